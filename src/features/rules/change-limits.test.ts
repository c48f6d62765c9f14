import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  buttonOf,
  cardOf,
  errorsOf,
  fieldOf,
  formOf,
  labelsOf,
  noteOf,
  textOf,
} from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { Form, Values } from '../../core/view.ts';
import { rulesAt, rulesByVersion } from './store.ts';

let world: World;
let ada: Someone;
let bob: Someone;
let ann: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org', 'bob@example.org'] });
  [ada, bob, ann] = [await world.person('Ada'), await world.person('Bob'), await world.person('Ann')];
  await world.room({ name: 'Alps', reviewers: [ada] });
});
afterEach(() => world.stop());

const open = async (who = ada): Promise<Form> =>
  formOf(await world.press(who, cardOf(await world.say(who, 'rules')), 'Change the limits…'));
const save = (form: Form, typed: Values, who = ada) => world.submit(who, form, typed);
const saved = async (typed: Values, who = ada) => cardOf(await save(await open(who), typed, who));
const inForce = async () => rulesAt(world.db.read, world.now());

describe('[10.2] an admin changes the limits', () => {
  test('it is a new version, shown as what differs; the one before stays as it was', async () => {
    const before = await inForce();
    const card = await saved({ maxMinutes: '120', closes: '22:00', reminders: ['30'], material: [] });
    expect(textOf(card).split('\n')).toEqual([
      'Version 2 is in force. Bookings that are made already keep the version of their day.',
      'Version 2 of the rules',
      'In force',
      'Made by: Ada',
      'In force from: Tue, Dec 1, 2026, 09:00',
      'Longest booking: 4 h → 2 h',
      'Rooms close: 20:00 → 22:00',
      'Reminders before the start: 1 day and 15 min → 30 min',
      'Changes that go back to review: another room, another start, a later end, and more people → none',
    ]);
    expect((await inForce()).document.organisation).toEqual({
      ...before.document.organisation,
      maxMinutes: 120,
      closes: 1320,
      reminders: [30],
      material: [],
    });
    expect(await rulesByVersion(world.db.read, 1)).toEqual(before);
  });

  test('who did it, and what was before and after, is recorded', async () => {
    await saved({ maxMinutes: '120' });
    const [entry] = (await world.audit()).filter((it) => it.kind === 'rules.changed');
    expect(entry).toMatchObject({
      actor: ada.person,
      subject: 'rules:2',
      detail: {
        before: { organisation: { maxMinutes: 240 } },
        after: { organisation: { maxMinutes: 120 } },
        from: world.now(),
      },
    });
  });

  test('the same form sent twice makes one version', async () => {
    const form = await open();
    await save(form, { maxMinutes: '120' });
    const again = await save(form, { maxMinutes: '120' });
    expect([again.repeated, (await inForce()).version]).toEqual([true, 2]);
  });

  test('nothing changed: no version is made', async () => {
    const back = formOf(await save(await open(), {}));
    expect(back.banner?.text).toBe('Nothing is different from version 1.');
    expect((await inForce()).version).toBe(1);
  });

  test('every bad value comes back with one clear sentence at its field, and what was typed', async () => {
    const typed = {
      horizonDays: '1000',
      maxMinutes: '10',
      opens: 'nine',
      closes: '',
      reminders: ['5', '10', '15', '30', '60', '120'],
      cancelMinutes: '-1',
      escalateMinutes: '60',
      workDays: [],
      workFrom: '18:00',
      from: '2026-11-30',
    };
    const answered = await save(await open(), typed);
    expect(errorsOf(answered)).toEqual({
      horizonDays: 'Please enter a whole number of days from 1 to 730.',
      maxMinutes: 'The longest booking has to be at least one step, 15 min.',
      opens: 'Please enter a time such as 08:30.',
      closes: 'Please enter a time such as 08:30.',
      reminders: 'Please choose at most 5 reminders.',
      cancelMinutes: 'Please enter a whole number of minutes from 0 to 1440.',
      escalateMinutes: 'Requests can go to the admins only after the reviewers were reminded.',
      workDays: 'Please choose at least one working day.',
      workUntil: 'Working time has to end after it begins.',
      from: 'Rules can’t come into force on a day that has passed. (rule 10.2)',
    });
    for (const [name, value] of Object.entries(typed))
      expect([name, fieldOf(formOf(answered), name).value]).toEqual([name, value]);
    expect((await inForce()).version).toBe(1);
  });

  test('[6.2] nobody else may, and sees no button for it', async () => {
    expect(labelsOf(cardOf(await world.say(ann, 'rules')))).toEqual(['History']);
    const form = await open();
    for (const command of ['rules.limits', 'rules.saveLimits']) {
      const answered = await world.act(ann, { command, data: form.data });
      expect(noteOf(answered)).toContain('Only an admin can do that (rule 6.2)');
    }
    expect((await inForce()).version).toBe(1);
  });
});

describe('[10.2] a version that is still to come', () => {
  test('holds from the beginning of its day by the reader’s clock; a booking keeps the version it was made under', async () => {
    const card = await saved({ maxMinutes: '60', from: '2026-12-05' });
    expect(card.badge).toBe('To come');
    expect(card.banner?.text).toBe('Version 2 is saved and comes into force on Sat, Dec 5, 2026, 00:00.');
    expect(cardOf(await world.say(ann, 'rules')).text).toEqual([
      'Version 2 comes into force on Sat, Dec 5, 2026, 00:00.',
    ]);
    const typed = { topic: 'Review', date: '2026-12-08', start: '11:00', duration: '90' };
    await world.book(ann, typed);
    world.moveTo(at('2026-12-05T00:00') - 1);
    expect((await inForce()).version).toBe(1);
    world.moveTo(at('2026-12-05T00:00'));
    const form = formOf(await world.say(ann, 'book'));
    expect(errorsOf(await world.submit(ann, form, { ...typed, start: '14:00' })).duration).toContain(
      'A booking lasts at most 1 h. (rule 2.1)',
    );
    await world.book(ann, { ...typed, start: '14:00', duration: '60' });
    expect((await bookingsIn(world.db)).map((it) => it.rulesVersion)).toEqual([1, 2]);
    expect(cardOf(await world.say(ann, 'rules')).text).toBeUndefined();
  });

  test('the next change builds on it, and begins with it unless told otherwise', async () => {
    await saved({ maxMinutes: '60', from: '2026-12-05' });
    const form = await open(bob);
    expect(form.banner?.text).toBe(
      'Version 2 comes into force on Sat, Dec 5, 2026, 00:00. This takes it up and goes on from there: with an earlier day, all that version 2 changes begins then as well.',
    );
    expect([fieldOf(form, 'maxMinutes').value, fieldOf(form, 'from').value]).toEqual(['60', '2026-12-05']);
    const card = cardOf(await save(form, { horizonDays: '30' }, bob));
    expect(card.rows?.map((row) => row.title)).toEqual([
      'Days ahead that a booking may start: 60 days → 30 days',
    ]);
    expect((await inForce()).version).toBe(1);
    world.moveTo(at('2026-12-05T00:00'));
    expect(await inForce()).toMatchObject({
      version: 3,
      document: { organisation: { maxMinutes: 60, horizonDays: 30 } },
    });
  });

  test('with an earlier day, it brings that forward, and what was to come never comes', async () => {
    await saved({ maxMinutes: '60', from: '2026-12-05' });
    await saved({ horizonDays: '30', from: '' }, bob);
    expect((await inForce()).document.organisation).toMatchObject({ maxMinutes: 60, horizonDays: 30 });
    world.moveTo(at('2026-12-06T00:00'));
    expect((await inForce()).version).toBe(3);
    expect(
      textOf(cardOf(await world.act(ann, { command: 'rules.version', data: { version: '2' } }))),
    ).toContain('Never in force');
  });

  test('its day is the same moment for a reader in another zone', async () => {
    await saved({ maxMinutes: '60', from: '2026-12-05' });
    const tai = await world.person('Bob', { zone: 'Asia/Taipei' });
    const card = await saved({ horizonDays: '30' }, tai);
    expect(textOf(card)).toContain('In force from: Sat, Dec 5, 2026, 07:00');
  });
});

describe('[10.2] two admins at once', () => {
  test('who comes second is told who did what, keeps what was typed, and may send it again', async () => {
    const mine = await open();
    await saved({ maxMinutes: '120', opens: '09:00' }, bob);
    const answered = await save(mine, { horizonDays: '30', opens: '07:00' });
    const back = formOf(answered);
    expect(back.banner?.text.split('\n')).toEqual([
      'Bob has made version 2 since this form was opened. What you typed still stands; look through it and save again. Changed meanwhile:',
      'Longest booking: 4 h → 2 h',
      'Rooms open: 08:00 → 09:00',
    ]);
    expect(errorsOf(answered)).toEqual({
      maxMinutes: 'Version 2 says: 2 h. Saving puts your value in its place.',
      opens: 'Version 2 says: 09:00. Saving puts your value in its place.',
    });
    expect([fieldOf(back, 'horizonDays').value, fieldOf(back, 'opens').value]).toEqual(['30', '07:00']);
    expect((await inForce()).version).toBe(2);

    const card = cardOf(await save(back, { maxMinutes: '120' }));
    expect(card.rows?.map((row) => row.title)).toEqual([
      'Days ahead that a booking may start: 60 days → 30 days',
      'Rooms open: 09:00 → 07:00',
    ]);
    expect((await inForce()).version).toBe(3);
  });

  test('of two who save at the same moment, one is first', async () => {
    const forms = [await open(ada), await open(bob)];
    const answers = await Promise.all(
      [ada, bob].map((who, n) => save(forms[n] as Form, { maxMinutes: String(60 + n * 15) }, who)),
    );
    expect(answers.map((it) => it.answer.kind).sort()).toEqual(['card', 'invalid']);
    expect((await inForce()).version).toBe(2);
  });

  test('what came meanwhile and is still to come is said as well', async () => {
    const mine = await open();
    await saved({ maxMinutes: '120', from: '2026-12-05' }, bob);
    expect(formOf(await save(mine, { horizonDays: '30' })).banner?.text).toContain(
      'with an earlier day, all that version 2 changes begins then as well',
    );
  });
});

test('[10.2] every button of the cards leads on', async () => {
  const card = await saved({ maxMinutes: '120' });
  expect(labelsOf(card)).toEqual(['Change the limits…', 'Approval rules…', 'History', 'Rules in force']);
  for (const label of labelsOf(card))
    expect(['card', 'form']).toContain((await world.press(ada, card, label)).answer.kind);
  expect(buttonOf(card, 'History').answer).toBe('new');
});
