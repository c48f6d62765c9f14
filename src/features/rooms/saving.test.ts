import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cardOf, formOf, noteOf, textOf, valuesOf } from '../../../test/support/answers.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { Form } from '../../core/view.ts';
import { reviewersOf, searchRooms } from './store.ts';

let world: World;
let ada: Someone;
let otto: Someone;
let rae: Someone;
let tia: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org', 'otto@example.org'] });
  [ada, rae] = [await world.person('Ada'), await world.person('Rae')];
  const onTeams = { platform: 'teams', tenant: 'entra' } as const;
  [otto, tia] = [await world.person('Otto', onTeams), await world.person('Tia', onTeams)];
  for (const someone of [ada, rae, otto, tia]) await world.say(someone, 'help');
});
afterEach(() => world.stop());

const edit = async (who: Someone): Promise<Form> => formOf(await world.say(who, 'rooms edit Alps'));
const alps = async () => {
  const [room] = await searchRooms(world.db.read, { text: 'Alps', activeOnly: false, limit: 1 });
  if (!room) throw new Error('no room');
  const reviewers = await reviewersOf(world.db.read, room.id);
  return { ...room, reviewers: new Set(reviewers) };
};
const hintOf = (form: Form) => {
  const field = form.fields.find((it) => it.name === 'reviewers');
  return field && 'hint' in field ? field.hint : undefined;
};

test('[2.2] a reviewer whom the form can’t show on this platform stays one', async () => {
  await world.room({ name: 'Alps', reviewers: [rae, tia] });
  const form = await edit(ada);
  expect(valuesOf(form).reviewers).toEqual([rae.caller.userId]);
  expect(hintOf(form)).toBe('Tia can’t be shown here, and will review it as well.');
  const saved = cardOf(await world.submit(ada, form, { reviewers: [ada.caller.userId] }));
  expect(textOf(saved)).toContain('Ada and Tia');
  expect((await alps()).reviewers).toEqual(new Set([ada.person, tia.person]));
  const other = await edit(otto);
  expect(hintOf(other)).toContain('Ada');
  await world.submit(otto, other, { reviewers: [otto.caller.userId] });
  expect((await alps()).reviewers).toEqual(new Set([ada.person, otto.person]));
});

test('[2.2] where the form can show none of the reviewers, nobody has to be chosen', async () => {
  await world.room({ name: 'Alps', reviewers: [tia] });
  const form = await edit(ada);
  expect(form.fields.find((it) => it.name === 'reviewers')).toMatchObject({ value: [], required: false });
  cardOf(await world.submit(ada, form, { capacity: '9' }));
  expect(await alps()).toMatchObject({ capacity: 9, reviewers: new Set([tia.person]) });
});

test('[6.2] a form of a room that has been changed since shows what it would change, and saves it the second time', async () => {
  await world.room({ name: 'Alps', capacity: 12, reviewers: [rae] });
  const [hers, his] = [await edit(ada), await edit(otto)];
  cardOf(await world.submit(ada, hers, { active: false }));
  const again = formOf(await world.submit(otto, his, { capacity: '9' }));
  expect(again.banner?.text).toBe(
    'Alps has been changed since this form was opened. What you typed still stands; saving it now changes: Capacity and In use.',
  );
  expect(valuesOf(again)).toMatchObject({ capacity: '9', active: true });
  expect(await alps()).toMatchObject({ capacity: 12, active: false });
  cardOf(await world.submit(otto, again, { active: false }));
  expect(await alps()).toMatchObject({ capacity: 9, active: false });
});

test('[6.2] reviewers who were set since count as a change; the same put in twice does not', async () => {
  await world.room({ name: 'Alps', reviewers: [rae] });
  const [first, second, third] = [await edit(ada), await edit(ada), await edit(ada)];
  const both = { reviewers: [rae.caller.userId, ada.caller.userId] };
  cardOf(await world.submit(ada, first, both));
  expect(formOf(await world.submit(ada, second)).banner?.text).toContain('changes: Reviewers.');
  cardOf(await world.submit(ada, third, both));
  expect((await alps()).reviewers).toEqual(new Set([rae.person, ada.person]));
});

test('a room that never was here is not saved', async () => {
  await world.room({ name: 'Alps', reviewers: [rae] });
  const form = await edit(ada);
  const answer = await world.submit(ada, { ...form, data: { ...form.data, room: 'nowhere' } });
  expect(noteOf(answer)).toContain('no longer there');
});
