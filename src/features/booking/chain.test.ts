import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { aBooking, person, tuesday } from '../../../test/support/examples.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import type { BookingId } from '../../core/ids.ts';
import { canonical, linkHash } from '../../db/chain.ts';
import { walkChain } from './chain.ts';
import { evolve } from './evolve.ts';
import { saveTransition } from './store.ts';

let temporary: TemporaryDatabase;
beforeEach(() => {
  temporary = temporaryDatabase();
});
afterEach(() => temporary.remove());

/** A booking that was asked for and then withdrawn: two rows. */
const booked = (number: number) =>
  temporary.db.transact(async (tx) => {
    const booking = aBooking({ id: `b${number}` as BookingId, number });
    const origin = { at: tuesday, actor: 'ann', source: 'slack' };
    await saveTransition(tx, {
      before: null,
      after: booking,
      event: { type: 'requested', booking },
      ...origin,
    });
    const event = { type: 'withdrawn', by: person('ann'), at: tuesday } as const;
    const after = evolve(booking, event);
    await saveTransition(tx, { before: booking.state, after, event, ...origin });
  });

/** As somebody would who has the file in their hands. */
function tamper(...statements: string[]): void {
  const file = new Database(temporary.path);
  file.exec('DROP TRIGGER transition_update; DROP TRIGGER transition_delete; DROP TRIGGER booking_delete');
  for (const statement of statements) file.exec(statement);
  file.close();
}

const walk = () => walkChain(temporary.db.read);
const broken = async () => (await walk()).broken;

describe('[2.6] the chain of the records', () => {
  test('holds while nobody touches it, and over a restart', async () => {
    await booked(1001);
    await temporary.reopen();
    await booked(1002);
    expect(await walk()).toEqual({ linked: 4, before: 0, broken: null });
  });

  test('an empty record holds', async () => {
    expect(await walk()).toEqual({ linked: 0, before: 0, broken: null });
  });

  test.each([
    ['actor', "'eve'"],
    ['at', 'at + 1'],
    ['source', "'teams'"],
    ['rules_version', '9'],
    ['to_state', "'approved'"],
    ['from_state', 'NULL'],
    ['booking', "'b7'"],
    ['revision', '7'],
    ['event', "replace(event, 'ann', 'eve')"],
  ])('names the row in which %s was changed', async (column, value) => {
    await booked(1001);
    await booked(1002);
    tamper(`UPDATE booking_transition SET ${column} = ${value} WHERE id = 4`);
    expect(await broken()).toMatchObject({ row: 4, differs: 'row' });
  });

  test('names the booking after whose row one was taken out', async () => {
    await booked(1001);
    await booked(1002);
    tamper('DELETE FROM booking_transition WHERE id = 2');
    expect(await broken()).toEqual({ row: 3, number: 1002, differs: 'previous' });
  });

  test('sees that rows were cut off at the end', async () => {
    await booked(1001);
    await booked(1002);
    tamper('DELETE FROM booking_transition WHERE id = 4');
    expect(await broken()).toEqual({ row: null, number: 1002, differs: 'missing' });
  });

  test('sees a row that was put in, with a hash of its own or without', async () => {
    await booked(1001);
    const copy = (hash: string) => `INSERT INTO booking_transition
      SELECT 9, booking, 9, at, actor, source, from_state, to_state, rules_version, event, previous_hash, ${hash}
      FROM booking_transition WHERE id = 2`;
    tamper(copy('NULL'));
    expect(await broken()).toMatchObject({ row: 9, differs: 'unlinked' });
    const file = new Database(temporary.path);
    file.exec("UPDATE booking_transition SET hash = 'made up' WHERE id = 9");
    file.close();
    expect(await broken()).toMatchObject({ row: 9, differs: 'previous' });
  });

  test('seals rows from before there was a chain', async () => {
    await booked(1001);
    tamper('UPDATE booking_transition SET hash = NULL, previous_hash = NULL');
    await booked(1002);
    expect(await walk()).toEqual({ linked: 2, before: 2, broken: null });
    const file = new Database(temporary.path);
    file.exec("UPDATE booking_transition SET actor = 'eve' WHERE id = 1");
    file.close();
    expect(await broken()).toEqual({ row: 3, number: 1002, differs: 'previous' });
  });
});

describe('[2.6] npm run verify', () => {
  const verify = () =>
    new Promise<{ code: number; said: string }>((resolve) => {
      const script = join(import.meta.dirname, '../../verify.ts');
      const env = { ...process.env, DATABASE_PATH: temporary.path };
      execFile(process.execPath, [script], { env }, (err, stdout, stderr) =>
        resolve({ code: err ? Number(err.code) : 0, said: stdout + stderr }),
      );
    });

  test('says how many hold, or where the first break is', async () => {
    await booked(1001);
    expect(await verify()).toEqual({
      code: 0,
      said: 'The records hold: 2 transitions, each linked to the one before.\n',
    });
    tamper("UPDATE booking_transition SET actor = 'eve' WHERE id = 2");
    expect(await verify()).toEqual({
      code: 1,
      said: 'The chain breaks at row 2, booking #1001: the row is not what it was when it was written.\nRows before it that hold: 1.\n',
    });
  });
});

test('[2.6] the same value is the same text, in whatever order its keys were written', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonical(turned)).toBe(canonical(value));
      // Through JSON, where -0 becomes 0.
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(linkHash('a', turned)).toBe(linkHash('a', value));
    }),
  );
});
