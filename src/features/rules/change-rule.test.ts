import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  cardOf,
  errorsOf,
  fieldOf,
  formOf,
  labelsOf,
  noteOf,
  rowOf,
  textOf,
} from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { Card, Form, Values } from '../../core/view.ts';
import { person } from '../people/schema.ts';
import { latestRules } from './store.ts';

let world: World;
let ada: Someone;
let bob: Someone;
let ann: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org', 'bob@example.org'] });
  [ada, bob, ann] = [await world.person('Ada'), await world.person('Bob'), await world.person('Ann')];
  await world.room({ name: 'Alps', reviewers: [ada] });
  await world.room({ name: 'Jade', site: 'Taipei', zone: 'Asia/Taipei', reviewers: [ada] });
  await world.db.transact(async (tx) => {
    await tx.update(person).set({ department: 'Sales' });
  });
});
afterEach(() => world.stop());

const list = async (who = ada): Promise<Card> =>
  cardOf(await world.press(who, cardOf(await world.say(who, 'rules')), 'Approval rules…'));
const newRule = async (who = ada): Promise<Form> =>
  formOf(await world.press(who, await list(who), 'Add a rule'));
const add = async (typed: Values, who = ada) =>
  cardOf(await world.submit(who, await newRule(who), typed, undefined));
const edit = async (name: string, who = ada): Promise<Form> =>
  formOf(await world.press(who, rowOf(await list(who), name), 'Edit'));
const names = async () =>
  (await latestRules(world.db.read)).document.organisation.approval.map((it) => it.name);
const titles = (card: Card) => (card.rows ?? []).map((row) => row.title);
const long = { name: 'Long', decision: 'askTwo', minMinutes: '120' };
const short = { name: 'Short', decision: 'approve', maxMinutes: '30', workingHours: 'inside' };

describe('[2.2] an admin writes a rule of approval', () => {
  test('it is a new version, shown in words, and listed with the rest of the rules', async () => {
    expect((await list()).text).toEqual(['There are none yet: for each request, a reviewer is asked.']);
    const card = await add({
      ...long,
      sites: ['Taipei'],
      kinds: ['physical', 'hybrid'],
      maxHeadcount: '8',
      roles: ['admin'],
      departments: ['Sales'],
      minLead: '1440',
      workingHours: 'outside',
    });
    expect([card.title, titles(card)]).toEqual([
      'Version 2 of the rules',
      [
        'New at place 1: “Long” (site: Taipei · kind of room: Room / Room and online · at least 2 h long · at most 8 people · role of the host: Admin · department of the host: Sales · asked for at least 1 day before the start · not all within working time – Two reviewers have to approve)',
      ],
    ]);
    const shown = textOf(cardOf(await world.say(ann, 'rules')));
    expect(shown).toContain('The first rule that fits a request says how it is decided');
    expect(shown).toContain('1. Long: Two reviewers have to approve');
  });

  test('requests are judged by it from then on', async () => {
    await add(short);
    const typed = { topic: 'Review', date: '2026-12-08', start: '11:00' };
    await world.book(ann, { ...typed, duration: '30' });
    await world.book(ann, { ...typed, start: '13:00', duration: '45' });
    await world.book(ann, { ...typed, start: '18:30', duration: '30' });
    expect((await bookingsIn(world.db)).map((it) => [it.stateKind, it.rulesVersion])).toEqual([
      ['approved', 2],
      ['requested', 2],
      ['requested', 2],
    ]);
  });

  test('a rule goes on to hold for a room that gets another name', async () => {
    const alps = (fieldOf(await newRule(), 'rooms') as { options: Array<{ value: string; label: string }> })
      .options;
    expect(alps.map((it) => it.label)).toEqual(['Alps · Berlin', 'Jade · Taipei']);
    await add({ name: 'Closed', decision: 'refuse', rooms: [alps[0]?.value ?? ''] });
    const form = formOf(await world.say(ada, 'rooms edit Alps'));
    await world.submit(ada, form, { name: 'Fells', reviewers: [ada.caller.userId] });
    expect(textOf(cardOf(await world.say(ann, 'rules')))).toContain('room: Fells · Berlin');
    const book = formOf(await world.say(ann, 'book'));
    const typed = {
      room: alps[0]?.value ?? '',
      topic: 'Review',
      date: '2026-12-08',
      start: '11:00',
      duration: '30',
    };
    expect(errorsOf(await world.submit(ann, book, typed)).room).toContain('Closed');
  });

  test('bad values come back, each with its sentence; a typo with the nearest names', async () => {
    await add(long);
    const answered = await world.submit(ada, await newRule(), {
      name: 'long',
      sites: 'Berlim',
      rooms: 'Jaed',
      departments: ['Slaes'],
      minMinutes: 'x',
      minHeadcount: '5',
      maxHeadcount: '4',
      from: '2030-01-01',
    });
    expect(errorsOf(answered)).toEqual({
      name: 'Another rule has this name already.',
      decision: 'Please choose what the rule does.',
      sites: '“Berlim” is not known. Nearest: Berlin / Taipei.',
      rooms: '“Jaed” is not known. Nearest: Jade · Taipei / Alps · Berlin.',
      departments: '“Slaes” is not known. Nearest: Sales.',
      minMinutes: 'Please enter a whole number of minutes from 1 to 1440.',
      maxHeadcount: 'The most can’t be less than the least.',
      from: 'Rules can be set until Thu, Nov 30, 2028.',
    });
    expect(await names()).toEqual(['Long']);
  });

  test('where there are many rooms, their names are typed; a name that several have is refused', async () => {
    for (let n = 0; n < 20; n++) await world.room({ name: `Hall ${n}`, reviewers: [ada] });
    await world.room({ name: 'Jade', reviewers: [ada] });
    const form = await newRule();
    expect(fieldOf(form, 'rooms')).toMatchObject({ kind: 'text', multiline: true });
    const answered = await world.submit(ada, form, { ...long, rooms: 'Hall 7, jade' });
    expect(errorsOf(answered)).toEqual({
      rooms: '“jade” can mean several. Nearest: Jade · Berlin / Jade · Taipei.',
    });
    await world.submit(ada, formOf(answered), { rooms: 'Hall 7\nJade · Taipei' });
    expect(fieldOf(await edit('Long'), 'rooms').value).toBe('Hall 7 · Berlin\nJade · Taipei');
  });

  test('a department that nobody belongs to any more does not keep the rule from being edited', async () => {
    await add({ ...long, departments: ['Sales'] });
    await world.db.transact(async (tx) => {
      await tx.update(person).set({ department: null });
    });
    const card = cardOf(await world.submit(ada, await edit('Long'), { minMinutes: '90' }));
    expect(titles(card)).toEqual(['“Long”: at least 2 h long → at least 1 h 30 min long']);
  });

  test('[6.2] nobody else may; everybody may look', async () => {
    await add(long);
    const shown = cardOf(await world.act(ann, { command: 'rules.approval' }));
    expect([labelsOf(shown), rowOf(shown, 'Long').actions]).toEqual([['Rules in force'], undefined]);
    const data = { base: '2', rule: 'Long', to: 'up', token: 'x' };
    for (const command of [
      'rules.addRule',
      'rules.editRule',
      'rules.saveRule',
      'rules.move',
      'rules.removeRule',
    ])
      expect(noteOf(await world.act(ann, { command, data }))).toContain('Only an admin can do that');
    expect((await latestRules(world.db.read)).version).toBe(2);
  });
});

describe('[2.2] the order of the rules', () => {
  beforeEach(async () => {
    await add(long);
    await add(short);
    await add({ name: 'Rest', decision: 'ask' });
  });

  test('up and down move a rule, each time as a new version', async () => {
    expect(rowOf(await list(), 'Long').actions?.map((it) => it.label)).toEqual(['Down', 'Edit', 'Remove']);
    expect(rowOf(await list(), 'Rest').actions?.map((it) => it.label)).toEqual(['Up', 'Edit', 'Remove']);
    const after = cardOf(await world.press(ada, rowOf(await list(), 'Rest'), 'Up'));
    expect(await names()).toEqual(['Long', 'Rest', 'Short']);
    expect(after.banner?.text).toContain('Version 5 is in force.');
    expect(after.text?.[0]).toBe('“Rest” moved to place 2, after “Long”');
    cardOf(await world.press(ada, rowOf(after, 'Long'), 'Down'));
    expect(await names()).toEqual(['Rest', 'Long', 'Short']);
  });

  test('removing asks first, and says what is gone', async () => {
    const row = rowOf(await list(), 'Short');
    expect(row.actions?.find((it) => it.label === 'Remove')).toMatchObject({ confirm: { yes: 'Remove' } });
    const after = cardOf(await world.press(ada, row, 'Remove'));
    expect(after.text?.[0]).toBe(
      'Removed from place 2: “Short” (at most 30 min long · within working time – Approved at once)',
    );
    expect(await names()).toEqual(['Long', 'Rest']);
  });

  test('a button on a card that is out of date does nothing, and says so', async () => {
    const [mine, theirs] = [await list(), await list(bob)];
    await world.press(bob, rowOf(theirs, 'Long'), 'Remove');
    const answered = cardOf(await world.press(ada, rowOf(mine, 'Rest'), 'Up'));
    expect(answered.banner?.text.split('\n')).toEqual([
      'Nothing was done: Bob has made version 5 since this list was shown. Changed meanwhile:',
      expect.stringContaining('Removed from place 1: “Long”'),
    ]);
    expect(await names()).toEqual(['Short', 'Rest']);
    const gone = cardOf(await world.press(ada, rowOf(mine, 'Long'), 'Edit'));
    expect(gone.banner?.text).toContain('There is no rule “Long” any more.');
  });

  test('what is still to come is changed with it, and not brought forward', async () => {
    await add({ name: 'Later', decision: 'ask', from: '2026-12-05' });
    const shown = await list();
    expect(shown.text?.[0]).toBe(
      'Version 5 comes into force on Sat, Dec 5, 2026, 00:00. These are its rules.',
    );
    const after = cardOf(await world.press(ada, rowOf(shown, 'Later'), 'Up'));
    expect(after.banner?.text).toBe('Version 6 is saved and comes into force on Sat, Dec 5, 2026, 00:00.');
    expect((await latestRules(world.db.read)).from).toBe(at('2026-12-05T00:00'));
  });

  test('many of them are shown page by page, and a move stays on its page', async () => {
    for (let n = 1; n <= 4; n++) await add({ name: `More ${n}`, decision: 'ask' });
    const second = cardOf(await world.press(ada, await list(), 'Next page'));
    expect([titles(second), second.footnote]).toEqual([
      ['6. More 3: A reviewer decides', '7. More 4: A reviewer decides'],
      'Page 2 of 2',
    ]);
    const after = cardOf(await world.press(ada, rowOf(second, 'More 4'), 'Up'));
    expect([titles(after)[0], after.footnote]).toEqual(['6. More 4: A reviewer decides', 'Page 2 of 2']);
  });
});

describe('[10.2] two admins at once', () => {
  beforeEach(async () => {
    await add(long);
  });

  test('who comes second is told what was changed in this rule, and keeps what was typed', async () => {
    const mine = await edit('Long');
    await world.submit(bob, await edit('Long', bob), {
      minMinutes: '180',
      decision: 'refuse',
      maxHeadcount: '8',
    });
    const answered = await world.submit(ada, mine, { maxHeadcount: '8' });
    expect(formOf(answered).banner?.text).toContain('Bob has made version 3');
    expect(errorsOf(answered)).toEqual({
      minMinutes: 'Version 3 says: at least 3 h long. Saving puts your value in its place.',
      decision: 'Version 3 says: Refused. Saving puts your value in its place.',
    });
    const card = cardOf(await world.submit(ada, formOf(answered), { minMinutes: '150', decision: 'refuse' }));
    expect(titles(card)).toEqual(['“Long”: at least 3 h long → at least 2 h 30 min long']);
  });

  test('a rule that was removed meanwhile is added again only when it is saved once more', async () => {
    const mine = await edit('Long');
    await world.press(bob, rowOf(await list(bob), 'Long'), 'Remove');
    const back = formOf(await world.submit(ada, mine, { minMinutes: '90' }));
    expect(back.banner?.text).toContain('The rule “Long” was removed meanwhile; saving adds it again.');
    expect(await names()).toEqual([]);
    const card = cardOf(await world.submit(ada, back));
    expect(titles(card)[0]).toContain('New at place 1: “Long” (at least 1 h 30 min long');
  });

  test('two new rules of one name are not both taken', async () => {
    const mine = await newRule();
    await add({ ...short, name: 'Same' }, bob);
    const back = formOf(await world.submit(ada, mine, { name: 'Same', decision: 'ask' }));
    expect(errorsOf(await world.submit(ada, back))).toEqual({ name: 'Another rule has this name already.' });
    expect(await names()).toEqual(['Long', 'Same']);
  });
});
