import { join } from 'node:path';
import { newId } from '../src/core/ids.ts';
import { openDatabase } from '../src/db/database.ts';
import { remember } from '../src/db/inbox.ts';
import { inFolder } from './measure.ts';
import { compare } from './results.ts';

const at = 200;

/** What group commit is for: many people at once, each answered after their own row is on disk. */
export const commits = (): Promise<void> =>
  inFolder(async (folder) => {
    const db = openDatabase(join(folder, 'bench.sqlite'));
    const one = () =>
      db.transact((tx) => remember(tx, newId(), { kind: 'note', tone: 'good', text: 'kept' }, 0));
    await compare({
      name: `${at} durable commands at once`,
      work: () => Promise.all(Array.from({ length: at }, one)),
      beside: 'one after the other',
      reference: async () => {
        for (let n = 0; n < at; n++) await one();
      },
      bar: 0.5,
      holds: 'ratio at most',
    });
    await db.close();
  });
