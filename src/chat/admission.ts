import { type Clock, hour, minute } from '../core/clock.ts';
import { traceError } from '../core/describe-error.ts';
import { Unreachable } from '../core/errors.ts';
import type { Actor } from '../core/feature.ts';
import type { Logger } from '../core/logger.ts';
import { isZone } from '../core/time.ts';
import { record } from '../db/audit.ts';
import type { Db } from '../db/database.ts';
import {
  type Account,
  type Directory,
  findAccount,
  isLastUsed,
  type Known,
  saveAccount,
  seen,
} from '../features/people/index.ts';
import { clauses } from '../features/rules/index.ts';
import type { Reader } from '../i18n/reader.ts';
import type { Caller } from './ports.ts';

/** How long what the directory said of somebody is believed. */
const believed = hour;
/** Until when they are let in on the directory's last word while it can't be reached. */
const trusted = 24 * hour;

export type Admitted =
  | { ok: true; actor: Actor; reader: Reader; account: Account }
  | { ok: false; reader: Reader; text: string };

const nameless: Known = { name: '', email: null, kind: 'member', locale: null, zone: null };

/** Who comes in (3.1): full members only, as their platform's directory has it. */
export function createAdmission(deps: {
  db: Db;
  clock: Clock;
  directory: Directory;
  log: Logger;
  /** Whether one more refusal of somebody is still put on record: they must not fill the disk with them. */
  recorded(who: string): boolean;
}) {
  const { db, clock, directory, log, recorded } = deps;

  /** Asks the platform's directory where that is due; null where it can't say and nothing recent is known. */
  async function accountOf(caller: Caller, userId: string, otherwise?: Known): Promise<Account | null> {
    const key = { platform: caller.platform, tenant: caller.tenant, userId };
    const known = await findAccount(db.read, key);
    if (known && clock.now() - known.checkedAt < believed) return known;
    try {
      const profile = await caller.lookup(userId);
      // One user may go by several ids on a platform; the directory's own is the one to keep.
      const found = { ...key, userId: profile.userId };
      return await db.transact((tx) => saveAccount(tx, found, profile, clock.now()));
    } catch (err) {
      if (known && clock.now() - known.checkedAt < trusted) return known;
      // Checked at 0, so that the directory is asked again as soon as it may know them.
      if (otherwise && err instanceof Unreachable)
        return known ?? db.transact((tx) => saveAccount(tx, key, otherwise, 0));
      log.warn({ platform: caller.platform, ...traceError(err) }, 'the directory could not be asked');
      return null;
    }
  }

  return {
    /**
     * The account of somebody whom a caller chose in a form; null where the directory can't be asked just now.
     * Who has never opened the bot may be invited all the same: when it can't write to them, the host hears it.
     */
    chosen: (caller: Caller, userId: string) => accountOf(caller, userId, nameless),

    /** Lets a caller in, or says in one sentence why not; a refusal is recorded. */
    async admit(caller: Caller): Promise<Admitted> {
      const now = clock.now();
      const account = await accountOf(caller, caller.userId);
      const stranger = directory.stranger(caller.locale ?? account?.locale, now);
      if (!account) return { ok: false, reader: stranger, text: stranger.t('people.refused.unknown') };
      if (account.kind !== 'member') {
        if (recorded(account.person))
          await db.transact((tx) =>
            record(tx, {
              at: now,
              actor: account.person,
              kind: 'refused',
              subject: `${caller.platform}:${caller.tenant}`,
              detail: { why: account.kind },
            }),
          );
        const text = stranger.t('people.refused.guest', { clause: clauses.members });
        return { ok: false, reader: stranger, text };
      }
      const at = {
        conversation: caller.conversation,
        locale: caller.locale ?? null,
        // A client may say anything.
        zone: caller.zone && isZone(caller.zone) ? caller.zone : null,
      };
      const fresh = { ...account, ...withoutNulls(at), seenAt: now };
      if (isNews(account, fresh, now) || !(await isLastUsed(db.read, account)))
        await db.transact((tx) => seen(tx, account.id, now, at));
      return { ok: true, account: fresh, ...(await directory.actor(db.read, fresh, now)) };
    },
  };
}

// Not every click is worth a write: a new address, locale or zone is, a first sign of life in a while, and a move
// to another client, since people are told where they were last.
const isNews = (known: Account, fresh: Account, now: number): boolean =>
  known.conversation !== fresh.conversation ||
  known.locale !== fresh.locale ||
  known.zone !== fresh.zone ||
  now - known.seenAt > minute;

const withoutNulls = <T extends Record<string, string | null>>(it: T): Partial<T> =>
  Object.fromEntries(Object.entries(it).filter(([, value]) => value !== null)) as Partial<T>;
