import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cardOf, errorsOf, formOf, noteOf } from '../../../test/support/answers.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';

let world: World;
let ada: Someone;
let ann: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ada, ann] = [await world.person('Ada'), await world.person('Ann')];
});
afterEach(() => world.stop());

async function assign(people: Someone[], department: string) {
  const list = cardOf(await world.say(ada, 'departments'));
  const form = formOf(await world.press(ada, list, 'Assign people'));
  return world.submit(ada, form, { people: people.map((it) => it.profile.userId), department });
}

test('[2.2] admins write down who belongs where; one department is one, however it is typed', async () => {
  await assign([ann], 'Human  Resources');
  const listed = cardOf(await assign([ada], 'human resources'));
  expect(listed.rows?.map(({ title, text, badge }) => [title, text, badge])).toEqual([
    ['Human Resources', 'Ada and Ann', '2 people'],
  ]);
  expect(cardOf(await assign([ann], '')).rows?.map((row) => row.text)).toEqual(['Ada']);
  const changes = (await world.audit()).filter((it) => it.kind === 'department.set');
  expect(changes.map((it) => it.detail)).toEqual([
    { before: null, after: 'Human Resources' },
    { before: null, after: 'Human Resources' },
    { before: 'Human Resources', after: null },
  ]);
});

test('[2.2] nobody chosen, a name too long, a guest: each is told at its field', async () => {
  expect(errorsOf(await assign([], 'Sales'))).toEqual({ people: 'Please choose whom it concerns.' });
  expect(errorsOf(await assign([ann], 'x'.repeat(61))).department).toContain('at most 60');
  const guest = await world.person('Gus', { kind: 'guest' });
  expect(errorsOf(await assign([guest], 'Sales')).people).toContain('Gus');
});

test('[6.2] only admins', async () => {
  expect(noteOf(await world.say(ann, 'departments'))).toContain('Only an admin');
});
