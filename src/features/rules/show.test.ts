import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, labelsOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { aRule } from '../../../test/support/rules.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { day } from '../../core/clock.ts';
import { defaultDocument, defaultRules, limitNames, type RulesDocument } from './domain.ts';
import { rulesVersion } from './schema.ts';

let world: World;
let ann: Someone;

beforeEach(async () => {
  world = await createWorld();
  ann = await world.person('Ann');
});
afterEach(() => world.stop());

const make = (version: number, organisation: Partial<RulesDocument['organisation']>, from = world.now()) =>
  world.db.transact(async (tx) => {
    const document = { ...defaultDocument, organisation: { ...defaultRules, ...organisation } };
    await tx.insert(rulesVersion).values({ version, from, by: ann.person, document });
  });
const say = async (text: string) => cardOf(await world.say(ann, text));

describe('[5.9] /rules', () => {
  test('says each parameter as one sentence, with its clause', async () => {
    const rows = (await say('rules')).rows?.map((row) => `${row.badge} ${row.title}`);
    expect(rows).toEqual([
      '3.1 Only full members of the organisation book and enter.',
      '2.1 A booking starts at most 60 days ahead.',
      '2.1 A booking lasts at most 4 h.',
      '2.1 Rooms are open from 08:00 to 20:00, by the clock at the room.',
      '2.1 Start and length go in steps of 15 min.',
      '2.2 A reviewer of the room decides each request; nobody decides their own.',
      '2.2 Reviewers who have not decided are reminded after 2 h of working time.',
      '2.2 What nobody has decided goes to the admins as well after 4 h of working time.',
      '2.2 Working time is 09:00 to 18:00, by the clock at the room, on Monday, Tuesday, Wednesday, Thursday, and Friday.',
      '2.4 These changes of an approved booking go back to review: another room, another start, a later end, and more people.',
      '2.5 A cancellation that no reviewer has confirmed holds by itself after 30 min.',
      '2.5 A cancellation less than 2 h before the start is marked as late.',
      '2.1 A slot that becomes free is held for 15 min for the first on the waitlist.',
      '2.7 Host and attendees are reminded 1 day and 15 min before the start.',
      '3.4 The headcount is at most the capacity of the room.',
      '10.4 A site or a room may be stricter than this, never looser.',
    ]);
  });

  test('says so where a parameter is switched off', async () => {
    await make(2, { reminders: [], material: [], cancelMinutes: 0, lateMinutes: 0 });
    const shown = textOf(await say('rules'));
    for (const sentence of [
      'Nobody is reminded before the start.',
      'No change of an approved booking goes back to review.',
      'A cancellation holds at once.',
      'No cancellation is marked as late.',
    ])
      expect(shown).toContain(sentence);
  });

  test('has the rules of approval in order, and goes on on a second page', async () => {
    const approval = Array.from({ length: 20 }, (_, n) => aRule({ name: `Rule ${n}` }));
    await make(2, { approval });
    const first = await say('rules');
    expect(rowOf(first, '1. Rule 0: Two reviewers have to approve')).toMatchObject({
      text: 'at least 2 h long',
      badge: '2.2',
    });
    const second = cardOf(await world.press(ann, first, 'Next page'));
    const all = [...(first.rows ?? []), ...(second.rows ?? [])].map((row) => row.title);
    expect(all.filter((title) => /^\d+\. Rule/.test(title))).toHaveLength(20);
    expect([labelsOf(first), labelsOf(second)]).toEqual([
      ['Next page', 'History'],
      ['Previous page', 'History'],
    ]);
  });

  test('[10.4] a site is shown as it really is, where it asks for more than is allowed', async () => {
    const sites = { Berlin: { opens: 420, maxMinutes: 60 } };
    await world.db.transact(async (tx) => {
      const document = { organisation: defaultRules, sites };
      await tx.insert(rulesVersion).values({ version: 2, from: world.now(), by: ann.person, document });
    });
    expect(textOf(await say('rules'))).toContain('Berlin: 60 days ahead, at most 1 h, open 08:00 to 20:00.');
  });
});

describe('[10.2] /rules history', () => {
  test('has each version with its day, its author and what it changed', async () => {
    await make(2, { maxMinutes: 60 });
    await make(3, { maxMinutes: 60, opens: 540 }, world.now() + day);
    const rows = (await say('rules history')).rows;
    expect(rows?.map((row) => [row.title, row.badge, row.text?.split('\n')])).toEqual([
      ['Version 3 of the rules', 'To come', ['Wed, Dec 2, 2026, 09:00 · Ann', 'Rooms open: 08:00 → 09:00']],
      ['Version 2 of the rules', 'In force', ['Tue, Dec 1, 2026, 09:00 · Ann', 'Longest booking: 4 h → 1 h']],
      ['Version 1 of the rules', 'Past', ['The start · The program', 'The rules as they were at the start.']],
    ]);
  });

  test('is paged, and the first of a page is compared with the last of the next', async () => {
    for (let version = 2; version <= 7; version++) await make(version, { maxMinutes: version * 15 });
    const first = await say('rules HISTORY');
    expect([first.rows?.length, first.footnote]).toEqual([5, 'Page 1 of 2']);
    expect(rowOf(first, 'Version 3').text).toContain('Longest booking: 30 min → 45 min');
    const second = cardOf(await world.press(ann, first, 'Next page'));
    expect(second.rows?.map((row) => row.title)).toEqual([
      'Version 2 of the rules',
      'Version 1 of the rules',
    ]);
  });

  test('many changes are counted there, and shown in full behind a button', async () => {
    const approval = Array.from({ length: 12 }, (_, n) => aRule({ name: `Rule ${n}` }));
    await make(2, { approval });
    const row = rowOf(await say('rules history'), 'Version 2');
    expect(row.text?.split('\n').slice(-2)).toEqual([
      'New at place 4: “Rule 3” (at least 2 h long – Two reviewers have to approve)',
      '… and 8 more changes',
    ]);
    const shown = cardOf(await world.press(ann, row, 'Show'));
    expect([shown.rows?.length, shown.footnote]).toEqual([8, 'Page 1 of 2']);
    expect(cardOf(await world.press(ann, shown, 'Next page')).rows).toHaveLength(4);
    const first = cardOf(await world.act(ann, { command: 'rules.version', data: { version: '1' } }));
    expect(first.text).toEqual(['The rules as they were at the start.']);
    const none = await world.act(ann, { command: 'rules.version', data: { version: '9' } });
    expect(noteOf(none)).toContain('out of date');
  });

  test('a version that was kept before a parameter came about is read with its default', async () => {
    await world.db.transact(async (tx) => {
      const { horizonDays, maxMinutes, opens, closes, stepMinutes, reminders } = defaultRules;
      const organisation = { horizonDays, maxMinutes: maxMinutes / 2, opens, closes, stepMinutes, reminders };
      await tx
        .insert(rulesVersion)
        .values({ version: 2, from: world.now(), by: ann.person, document: { organisation, sites: {} } });
    });
    expect((await say('rules')).rows?.length).toBeGreaterThan(limitNames.length - 5);
    expect(
      rowOf(await say('rules history'), 'Version 2')
        .text?.split('\n')
        .slice(1),
    ).toEqual(['Longest booking: 4 h → 2 h']);
  });
});
