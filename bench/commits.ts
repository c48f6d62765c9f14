import { join } from 'node:path';
import { newId } from '../src/core/ids.ts';
import { openDatabase } from '../src/db/database.ts';
import { remember } from '../src/db/inbox.ts';
import { compare, inFolder, median } from './measure.ts';

const at = 200;

/** What group commit is for: many people at once, each answered after their own row is on disk. */
export const commits = (): Promise<void> =>
  inFolder(async (folder) => {
    const db = openDatabase(join(folder, 'bench.sqlite'));
    const one = () =>
      db.transact((tx) => remember(tx, newId(), { kind: 'note', tone: 'good', text: 'kept' }, 0));
    const inTurn = await median(async () => {
      for (let n = 0; n < at; n++) await one();
    });
    const together = await median(() => Promise.all(Array.from({ length: at }, one)));
    compare(`${at} durable commands`, ['one after the other', inTurn], ['at once', together]);
    await db.close();
  });
