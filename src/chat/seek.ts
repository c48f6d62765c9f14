import type { Clock } from '../core/clock.ts';
import type { PersonId } from '../core/ids.ts';
import type { Db } from '../db/database.ts';
import { findPerson, saveAccount } from '../features/people/index.ts';
import type { Messenger } from './ports.ts';

/**
 * Looks for somebody who has never written to the bot, such as a reviewer who was imported by e-mail address, on
 * the platforms that can be asked. True where an account of theirs is known now; rejects where a platform can't
 * be reached.
 */
export const createSeek =
  ({ db, clock, messengers }: { db: Db; clock: Clock; messengers: readonly Messenger[] }) =>
  async (person: PersonId): Promise<boolean> => {
    const email = (await findPerson(db.read, person))?.email;
    if (!email) return false;
    for (const messenger of messengers) {
      const found = await messenger.find?.(email);
      if (found?.profile.kind !== 'member') continue;
      const { tenant, profile } = found;
      const key = { platform: messenger.platform, tenant, userId: profile.userId };
      await db.transact((tx) => saveAccount(tx, key, profile, clock.now()));
      return true;
    }
    return false;
  };
