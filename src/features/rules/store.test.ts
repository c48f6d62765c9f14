import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, errorsOf, formOf, textOf } from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { hour, minute } from '../../core/clock.ts';
import { defaultDocument, defaultRules, type RulesDocument } from './domain.ts';
import { rulesVersion } from './schema.ts';
import { ensureRules, rulesAt, rulesByVersion } from './store.ts';

let world: World;
let ann: Someone;
const from = at('2026-12-05T00:00');
const stricter: RulesDocument = {
  organisation: { ...defaultRules, maxMinutes: 60, reminders: [30] },
  sites: { Berlin: { opens: 600 } },
};

beforeEach(async () => {
  world = await createWorld();
  ann = await world.person('Ann');
  await world.room({ name: 'Alps', reviewers: [await world.person('Rae')] });
  await world.db.transact(async (tx) => {
    await tx.insert(rulesVersion).values({ version: 2, from, by: ann.person, document: stricter });
  });
});
afterEach(() => world.stop());

describe('[10.2] versions of the rules', () => {
  test('the one in force is the latest that has begun; each is found by its number', async () => {
    const version = async (at: number) => (await rulesAt(world.db.read, at)).version;
    expect([await version(0), await version(from - 1), await version(from)]).toEqual([1, 1, 2]);
    expect((await rulesByVersion(world.db.read, 2)).document).toEqual(stricter);
    await expect(rulesByVersion(world.db.read, 3)).rejects.toThrow('missing');
  });

  test('the defaults are written once, and never over what is there', async () => {
    await world.db.transact(ensureRules);
    expect((await rulesByVersion(world.db.read, 1)).document).toEqual(defaultDocument);
    expect((await rulesAt(world.db.read, from)).version).toBe(2);
  });

  test('a booking is reminded of as the rules said when it was made', async () => {
    const typed = { topic: 'Review', date: '2026-12-08', start: '11:00', duration: '60' };
    const start = at('2026-12-08T11:00');
    const before = await world.book(ann, typed);
    world.moveTo(from);
    const after = await world.book(ann, { ...typed, start: '12:00' });
    const rae = await world.person('Rae');
    for (const booking of [before, after])
      await world.act(rae, { command: 'approval.approve', data: { booking } });
    const rows = (await world.outbox()).filter((it) => it.name === 'reminder.card');
    const leads = (booking: string, start: number) =>
      rows.filter((it) => it.data.booking === booking).map((it) => (start - it.dueAt) / minute);
    expect([leads(before, start), leads(after, start + hour)]).toEqual([[1440, 15], [30]]);
  });
});

describe('[10.4] layers in use', () => {
  test('a site’s hours and the new limits count, and /rules shows them', async () => {
    world.moveTo(from + 12 * hour);
    const form = formOf(await world.say(ann, 'book'));
    const typed = { topic: 'Review', date: '2026-12-08' };
    const refused = async (its: Record<string, string>) =>
      Object.keys(errorsOf(await world.submit(ann, form, { ...typed, ...its })));
    expect(await refused({ start: '09:00', duration: '30' })).toEqual(['start']);
    expect(await refused({ start: '11:00', duration: '75' })).toEqual(['duration']);
    const card = cardOf(await world.say(ann, 'rules'));
    expect(textOf(card)).toContain('Berlin: 60 days ahead, at most 1 h, open 10:00 to 20:00.');
    expect(card.footnote).toBe('Version 2, in force since Sat, Dec 5, 2026, 00:00');
  });
});
