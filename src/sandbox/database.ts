import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { openDatabase, type Tx } from '../db/database.ts';
import { liveCard } from '../db/schema.ts';
import { findAccount, keepReference } from '../features/people/index.ts';
import type { ChatWindow } from './client.ts';
import { makeOrganisation } from './organisation.ts';
import { type Member, people, tenant } from './people.ts';

/** Where the sandbox keeps its data; the demo organisation is made where there is none yet. */
export async function prepareDatabase(folder: string, clock: Clock): Promise<string> {
  const path = join(folder, 'rooms.sqlite');
  if (existsSync(path)) return path;
  // Under another name until it is complete: a start that is broken off leaves no half of it.
  const unfinished = join(folder, 'unfinished.sqlite');
  for (const file of ['', '-wal', '-shm']) rmSync(unfinished + file, { force: true });
  const db = openDatabase(unfinished);
  await makeOrganisation(db, clock.now());
  await db.close();
  renameSync(unfinished, path);
  return path;
}

/**
 * Tells the bot where everybody can be written to: the two at their windows, and the others, who have none,
 * out of sight in the window of a colleague. Windows start empty, so no card from an earlier run is there to be changed.
 */
export async function seat(path: string, windows: readonly ChatWindow[]): Promise<void> {
  const everybody = Object.values<Member>(people);
  const references = await Promise.all(
    everybody.map(async (member) => {
      const window =
        windows.find((it) => it.member === member) ?? windows.find((it) => it.colleagues.includes(member));
      if (!window) throw new Error(`no chat window knows ${member.name}`);
      return { member, reference: await window.chatWith(member) };
    }),
  );
  const db = openDatabase(path);
  try {
    await db.transact(async (tx) => {
      await tx.delete(liveCard);
      for (const { member, reference } of references) {
        const account = await accountOf(tx, member);
        if (account) await keepReference(tx, account.id, reference);
      }
    });
  } finally {
    await db.close();
  }
}

const accountOf = (tx: Tx, { id }: Member) => findAccount(tx, { platform: 'teams', tenant, userId: id });
