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
import { local } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ann, ben, rae] = [await world.person('Ann'), await world.person('Ben'), await world.person('Rae')];
  await world.room({ name: 'Alps', reviewers: [rae], equipment: ['projector'] });
  await world.room({ name: '玉山廳', reviewers: [rae], capacity: 12, equipment: [] });
  // They have used the bot: their accounts are known.
  for (const somebody of [ann, ben, rae]) await world.say(somebody, 'help');
});
afterEach(() => world.stop());

const valueIn = (form: ReturnType<typeof formOf>, name: string) => fieldOf(form, name).value;

describe('[2.1] /book with one sentence', () => {
  test('where nothing is missing, a card to confirm; one click books', async () => {
    const said = cardOf(await world.say(ann, 'book tomorrow 3pm 1h 6 people design review in Alps @ben'));
    expect(textOf(said)).toContain('design review');
    expect(textOf(said)).toContain('Wed, Dec 2, 2026, 15:00 – 16:00');
    expect(labelsOf(said)).toEqual(expect.arrayContaining(['Book it', 'Edit']));
    await world.press(ann, said, 'Book it');
    const [booking] = await bookingsIn(world.db);
    expect(booking).toMatchObject({ topic: 'design review', headcount: 6, stateKind: 'requested' });
    expect(local(booking?.start ?? 0)).toBe('2026-12-02T15:00');
    const host = await world.sent(ann, 'booking.host', { booking: booking?.id ?? '' });
    expect(host && textOf(host)).toContain('Attendees: Ben');
  });

  test('in Chinese, with a range of times and a room', async () => {
    const said = cardOf(await world.say(ann, 'book 明天下午三點到四點半 玉山廳 8人 設計評審'));
    await world.press(ann, said, 'Book it');
    const [booking] = await bookingsIn(world.db);
    expect([
      local(booking?.start ?? 0),
      local(booking?.end ?? 0),
      booking?.topic,
      booking?.headcount,
    ]).toEqual(['2026-12-02T15:00', '2026-12-02T16:30', '設計評審', 8]);
  });

  test('what is missing is asked for in the form, and what was said stands in it', async () => {
    const form = formOf(await world.say(ann, 'book design review 6 people 45 min'));
    expect(form.banner?.text).toBe('Please say when.');
    expect([valueIn(form, 'topic'), valueIn(form, 'headcount'), valueIn(form, 'duration')]).toEqual([
      'design review',
      '6',
      '45',
    ]);
    const day = formOf(await world.say(ann, 'book Friday design review'));
    expect([day.banner?.text, valueIn(day, 'date')]).toEqual(['Please say at what time.', '2026-12-04']);
    const about = formOf(await world.say(ann, 'book tomorrow 3pm'));
    expect([about.banner?.text, valueIn(about, 'start')]).toEqual(['Please say what it is about.', '15:00']);
  });

  test('a time that has passed, or that there is not, stands at its field, and the text is kept', async () => {
    const past = await world.say(ann, 'book yesterday 3pm retro');
    expect(errorsOf(past)).toEqual({ date: 'That moment has passed. (rule 2.1)' });
    expect(valueIn(formOf(past), 'topic')).toContain('retro');
    expect(errorsOf(await world.say(ann, 'book Feb 30 3pm retro')).date).toContain('no such day or time');
  });

  test.each([
    ['@nobody', 'I don’t know @nobody'],
    ['@ben', null],
    ['@Ben', null],
  ])('somebody named %s', async (name, banner) => {
    const answered = await world.say(ann, `book tomorrow 3pm 1h retro ${name}`);
    if (banner === null) expect(labelsOf(cardOf(answered))).toContain('Book it');
    else expect(formOf(answered).banner?.text).toContain(banner);
  });

  test('[3.1] a guest who is mentioned is not invited', async () => {
    const guest = await world.person('Gus', { kind: 'guest' });
    const answered = await world.dispatch.say(ann.caller, 'book tomorrow 3pm 1h retro @Gus', 'event-x', {
      mentions: { Gus: guest.profile.userId },
    });
    expect(formOf(answered).banner?.text).toContain('not a member');
    expect(valueIn(formOf(answered), 'attendees')).toEqual([]);
  });

  test('a mention is who the platform says it is, whatever they are called', async () => {
    const answered = await world.dispatch.say(
      ann.caller,
      'book tomorrow 3pm 1h retro @Somebody_Else',
      'event-y',
      { mentions: { Somebody_Else: ben.profile.userId } },
    );
    expect(textOf(cardOf(answered))).toContain('Ben');
  });

  test('the same event delivered twice answers the same card', async () => {
    const first = await world.say(ann, 'book tomorrow 3pm 1h retro', 'event-1');
    const again = await world.say(ann, 'book tomorrow 3pm 1h retro', 'event-1');
    expect([again.repeated, cardOf(again)]).toEqual([true, cardOf(first)]);
  });
});

describe('[2.1] a line without a command', () => {
  test('that says when and what is a booking; any other gets help', async () => {
    expect(labelsOf(cardOf(await world.say(ann, 'tomorrow 3pm 1h design review')))).toContain('Book it');
    expect(textOf(cardOf(await world.say(ann, 'asdf qwerty')))).toContain('“asdf qwerty”');
  });
});

describe('[2.4] a booking named by its number', () => {
  beforeEach(async () => {
    await world.book(ann, { topic: 'Retro', date: '2026-12-03', start: '10:00', duration: '60' });
  });

  test.each(['move #1001 to Friday 11am', '把 #1001 改到周五上午11点', 'reschedule 1001 to Friday 11am'])(
    '%s opens the change with the new time in it',
    async (text) => {
      const form = formOf(await world.say(ann, text));
      expect([form.command, valueIn(form, 'date'), valueIn(form, 'start'), valueIn(form, 'topic')]).toEqual([
        'change.submit',
        '2026-12-04',
        '11:00',
        'Retro',
      ]);
    },
  );

  test('[6.2] somebody else’s, or one that there is not', async () => {
    expect(noteOf(await world.say(ben, 'move #1001 to Friday 11am'))).toContain('Only the host');
    expect(noteOf(await world.say(ann, 'move #9999 to Friday 11am'))).toBe('There is no booking #9999.');
    expect(noteOf(await world.say(ann, 'move #1001 to yesterday 11am'))).toContain('has passed');
  });

  test('cancel #1001 shows it with its buttons', async () => {
    expect(labelsOf(cardOf(await world.say(ann, 'cancel #1001')))).toContain('Withdraw');
  });
});

describe('[2.1] /rooms with words', () => {
  test('shows what is free at a time, with what was asked for', async () => {
    await world.book(ann, {
      topic: 'Retro',
      date: '2026-12-02',
      start: '14:00',
      duration: '60',
      headcount: '3',
    });
    const card = cardOf(await world.say(ben, 'rooms tomorrow afternoon 5 people projector'));
    expect(card.rows?.map((row) => row.title)).toEqual([expect.stringContaining('Alps')]);
    expect(rowOf(card, 'Alps').badge).toBe('free 12:00 – 14:00, 15:00 – 18:00');
    const form = formOf(await world.press(ben, rowOf(card, 'Alps'), 'Book'));
    expect([valueIn(form, 'date'), valueIn(form, 'start'), valueIn(form, 'headcount')]).toEqual([
      '2026-12-02',
      '12:00',
      '5',
    ]);
  });

  test('at an exact time only rooms that are free for as long', async () => {
    await world.book(ann, {
      topic: 'Retro',
      date: '2026-12-02',
      start: '14:00',
      duration: '60',
      headcount: '3',
    });
    const titles = async (text: string) => cardOf(await world.say(ben, text)).rows?.map((row) => row.title);
    expect(await titles('rooms tomorrow 2:30pm')).toEqual([expect.stringContaining('玉山廳')]);
    expect(await titles('rooms tomorrow 3pm 1h')).toHaveLength(2);
    expect(textOf(cardOf(await world.say(ben, 'rooms tomorrow 3pm 50 people')))).toContain(
      'No room like this',
    );
  });

  test('words that say nothing of time or needs are looked for in the names, as before', async () => {
    expect(cardOf(await world.say(ben, 'rooms alps')).rows?.map((row) => row.title)).toEqual([
      expect.stringContaining('Alps'),
    ]);
    expect(noteOf(await world.say(ben, 'rooms yesterday 3pm'))).toContain('has passed');
  });
});
