import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { aRule } from '../../../test/support/rules.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { RoomId } from '../../core/ids.ts';
import { person } from '../people/schema.ts';
import type { ApprovalRule } from './approval.ts';
import { defaultRules } from './domain.ts';
import { rulesVersion } from './schema.ts';

let world: World;
let ann: Someone;
let alps: RoomId;

beforeEach(async () => {
  world = await createWorld();
  ann = await world.person('Ann');
  const rae = await world.person('Rae');
  alps = await world.room({ name: 'Alps', reviewers: [rae] });
  await world.room({ name: '玉山廳', site: 'Taipei', zone: 'Asia/Taipei', kind: 'hybrid', reviewers: [rae] });
});
afterEach(() => world.stop());

const approvedBy = (...approval: ApprovalRule[]) =>
  world.db.transact(async (tx) => {
    const document = { organisation: { ...defaultRules, approval }, sites: {} };
    await tx.insert(rulesVersion).values({ version: 2, from: world.now(), by: ann.person, document });
  });
const tried = async (words: string) => cardOf(await world.say(ann, `rules test ${words}`));

describe('[2.2] /rules test', () => {
  test('says which rule would decide, and of each of the others what does not fit and with what value', async () => {
    await approvedBy(
      aRule({ name: 'Long', when: { minMinutes: 120, kinds: ['online', 'hybrid'] }, decision: 'askTwo' }),
      aRule({ name: 'Elsewhere', when: { sites: ['Taipei'], workingHours: false }, decision: 'refuse' }),
      aRule({ name: 'Short', when: { rooms: [alps], maxMinutes: 60 }, decision: 'approve' }),
      aRule({ name: 'All', when: {}, decision: 'ask' }),
    );
    const card = await tried('tomorrow 3pm 1h 8 people Alps design review');
    expect([card.badge, card.tone, card.text]).toEqual([
      'Approved at once',
      'good',
      ['Rule 3, “Short”, decides: Approved at once.'],
    ]);
    const facts = Object.fromEntries((card.facts ?? []).map((it) => [it.label, it.value]));
    expect(facts).toMatchObject({
      Room: 'Alps · Berlin',
      When: expect.stringContaining('Wed, Dec 2, 2026, 15:00 – 16:00'),
      Headcount: '8',
      Host: 'Ann',
    });
    expect(card.rows?.map((row) => [row.badge, row.text?.split('\n')])).toEqual([
      [
        'Does not fit',
        ['kind of room: Online / Room and online (here: Room)', 'at least 2 h long (here: 1 h)'],
      ],
      [
        'Does not fit',
        ['site: Taipei (here: Berlin)', 'not all within working time (here: within working time)'],
      ],
      ['Decides', ['room: Alps · Berlin · at most 1 h long']],
      ['Fits, but comes later', ['every request']],
    ]);
  });

  test('says every other value as well', async () => {
    await approvedBy(
      aRule({
        when: {
          rooms: [alps],
          maxMinutes: 30,
          minHeadcount: 20,
          maxHeadcount: 2,
          roles: ['admin'],
          departments: ['Sales'],
          minLead: 2880,
          maxLead: 60,
          workingHours: true,
        },
      }),
    );
    await world.db.transact(async (tx) => {
      await tx.update(person).set({ department: '研發' });
    });
    const card = await tried('明天晚上八點 一小時 8人 玉山廳');
    expect(card.rows?.[0]?.text?.split('\n')).toEqual([
      'room: Alps · Berlin (here: 玉山廳 · Taipei)',
      'at most 30 min long (here: 1 h)',
      'at least 20 people (here: 8 people)',
      'at most 2 people (here: 8 people)',
      'role of the host: Admin (here: none)',
      'department of the host: Sales (here: 研發)',
      'asked for at least 2 days before the start (here: 35 h)',
      'asked for at most 1 h before the start (here: 35 h)',
      'within working time (here: not all within working time)',
    ]);
    expect(card.text).toEqual(['No rule fits, so a reviewer is asked.']);
  });

  test('what was not said is taken as in an empty form, and said to be so', async () => {
    const card = await tried('Alps');
    expect(card.text).toEqual([
      'No rule fits, so a reviewer is asked.',
      'Not said, and so taken as in an empty form: the day, the time, the length, and the headcount.',
    ]);
    expect(textOf(card)).toContain('Tue, Dec 1, 2026, 09:15 – 09:45');
    const dated = await tried('Alps 2026-12-10 2h with @ben');
    expect(dated.text?.[1]).toBe('Not said, and so taken as in an empty form: the time and the headcount.');
    expect(dated.facts?.find((it) => it.label === 'Headcount')?.value).toBe('2');
  });

  test('of a meeting that repeats, the first date', async () => {
    const card = await tried('every Tuesday 10am 1h 5 people Alps');
    expect(card.text?.at(-1)).toBe('It repeats; this is how its first date would be decided.');
  });

  test.each([
    ['', 'Please write the booking behind it, for example: tomorrow 3pm, 1 h, 8 people, Alps.'],
    ['tomorrow 3pm 1h', 'Please name a room as well: what decides may differ from one to the next.'],
    ['yesterday 3pm Alps', 'That moment has passed.'],
    ['Feb 30 3pm Alps', 'There is no such date or time.'],
    [`Alps ${'x'.repeat(400)}`, 'Please say it in at most 400 characters.'],
  ])('“%s” is answered in one sentence', async (words, sentence) => {
    expect(noteOf(await world.say(ann, `rules test ${words}`))).toBe(sentence);
  });

  test('many rules are shown page by page', async () => {
    await approvedBy(...Array.from({ length: 10 }, (_, n) => aRule({ name: `Rule ${n}` })));
    const first = await tried('tomorrow 3pm 3h Alps');
    expect([first.rows?.length, rowOf(first, 'Rule 0').badge]).toEqual([8, 'Decides']);
    const second = cardOf(await world.press(ann, first, 'Next page'));
    expect(second.rows?.map((row) => row.badge)).toEqual(['Fits, but comes later', 'Fits, but comes later']);
    expect(second.facts).toEqual(first.facts);
  });

  test('it books nothing', async () => {
    await tried('tomorrow 3pm 1h Alps');
    expect(await world.outbox()).toEqual([]);
  });
});
