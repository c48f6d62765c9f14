import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, labelsOf, textOf } from '../../../test/support/answers.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';

let world: World;
let ann: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  ann = await world.person('Ann');
});
afterEach(() => world.stop());

describe('[2.1] help', () => {
  test.each(['help', '/help', 'hi', 'Hello'])('%s shows every word with its button', async (text) => {
    const card = cardOf(await world.say(ann, text));
    expect(card.rows?.map((row) => [row.title, labelsOf(row)])).toEqual([
      ['/book', ['Book a room']],
      ['/bookings', ['My bookings']],
      ['/rooms', ['Rooms']],
      ['/approvals', ['Approvals']],
      ['/rules', ['Rules']],
      ['/language', ['Language']],
    ]);
  });

  test('every word that it shows is understood', async () => {
    const ada = await world.person('Ada');
    const card = cardOf(await world.say(ada, 'help'));
    for (const { title } of card.rows ?? []) {
      const answered = await world.say(ada, title.replace(/ <.*>/, ''));
      if (answered.answer.kind === 'card') expect(textOf(answered.answer.card)).not.toContain('I don’t know');
    }
    expect(card.rows?.length).toBe(9);
  });

  test('a text without words is no unknown word', async () => {
    expect(textOf(cardOf(await world.say(ann, '  ')))).not.toContain('“”');
  });
});

describe('[10.4] /rules', () => {
  test('shows the rules in force, each with its clause', async () => {
    const card = cardOf(await world.say(ann, 'rules'));
    expect(card.title).toBe('Rules in force at Example');
    expect(card.rows?.map((row) => `${row.badge} ${row.title}`)).toEqual([
      '3.1 Only full members of the organisation book and enter.',
      '2.1 A booking starts at most 60 days ahead.',
      '2.1 A booking lasts at most 4 h.',
      '2.1 Rooms are open from 08:00 to 20:00, by the clock at the room.',
      '2.1 Start and length go in steps of 15 min.',
      '2.2 A reviewer of the room decides each request; nobody decides their own.',
      '2.7 Host and attendees are reminded 1 day and 15 min before the start.',
      '3.4 The headcount is at most the capacity of the room.',
      '10.4 A site or a room may be stricter than this, never looser.',
    ]);
  });
});
