import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  cardOf,
  errorsOf,
  fieldOf,
  formOf,
  labelsOf,
  noteOf,
  textOf,
  valuesOf,
} from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { Values } from '../../core/view.ts';

let world: World;
let ann: Someone;
let rae: Someone;

beforeEach(async () => {
  world = await createWorld();
  ann = await world.person('Ann');
  rae = await world.person('Rae');
});
afterEach(() => world.stop());

const open = async (who = ann, text = 'book') => formOf(await world.say(who, text));
const submit = async (typed: Values, who = ann) =>
  world.submit(who, await open(who), { topic: 'Review', date: '2026-12-02', start: '10:00', ...typed });

describe('[2.1] the form', () => {
  test('is preset so that it needs nothing but a topic', async () => {
    await world.room({ name: 'Alps', reviewers: [rae] });
    const form = await open();
    expect(valuesOf(form)).toMatchObject({ room: 'any', date: '2026-12-01', start: '09:15', duration: '30' });
    expect(textOf(cardOf(await world.submit(ann, form, { topic: 'Review' })))).toContain('#1001');
  });

  test('takes what stands behind /book as the topic', async () => {
    expect(valuesOf(await open(ann, '/book Design review'))).toMatchObject({ topic: 'Design review' });
  });

  test('opened at a room, it has that room, its hours and its lengths', async () => {
    const room = await world.room({ name: 'Late', reviewers: [rae], opens: 720, maxMinutes: 50 });
    const form = formOf(await world.act(ann, { command: 'booking.open', data: { room } }));
    expect(valuesOf(form)).toMatchObject({ room, start: '12:00', duration: '30' });
    const duration = fieldOf(form, 'duration');
    expect(duration.kind === 'choice' && duration.options.map((it) => it.value)).toEqual(['15', '30', '45']);
  });

  test('has the nearest sixty rooms, and the one that was chosen even where it is none of them', async () => {
    for (let n = 0; n < 70; n++)
      await world.room({ name: `Room ${n}`, site: n < 65 ? 'Berlin' : 'Taipei', reviewers: [rae] });
    const far = await world.room({
      name: 'Zulu',
      site: 'Zanzibar',
      zone: 'Africa/Dar_es_Salaam',
      reviewers: [rae],
    });
    const options = async (data: Record<string, string>) => {
      const field = fieldOf(formOf(await world.act(ann, { command: 'booking.open', data })), 'room');
      return field.kind === 'choice' ? field.options.map((it) => it.value) : [];
    };
    expect([(await options({})).length, (await options({})).includes(far)]).toEqual([61, false]);
    expect((await options({ room: far })).slice(0, 2)).toEqual(['any', far]);
  });

  test('is read on the clock of who typed it, and shown on the room’s as well where that differs', async () => {
    const room = await world.room({
      name: '阿里山',
      site: '臺北',
      zone: 'Asia/Taipei',
      floor: '',
      reviewers: [rae],
    });
    const card = cardOf(await submit({ room, start: '09:00' }));
    expect(await bookingsIn(world.db)).toMatchObject([{ start: at('2026-12-02T16:00', 'Asia/Taipei') }]);
    const when = card.facts?.find((fact) => fact.label === 'When')?.value.split('\n');
    expect(when?.map((line) => line.replace(/ \([A-Z].*\)$/, ''))).toEqual([
      'Wed, Dec 2, 2026, 09:00 – 09:30',
      'Wed, Dec 2, 2026, 16:00 – 16:30',
    ]);
  });
});

describe('[2.1] a refusal stands at its field and says what would be allowed', () => {
  test.each<[Values, Record<string, string>]>([
    [
      { start: '21:00' },
      {
        start:
          'Alps is open from 08:00 to 20:00, by the clock at the room. (rule 2.1) The nearest possible start is Wed, Dec 2, 2026, 19:30.',
      },
    ],
    [
      { date: '2026-12-01', start: '08:00' },
      { start: 'That moment has passed. (rule 2.1) The nearest possible start is Tue, Dec 1, 2026, 09:15.' },
    ],
    [
      { date: '2027-03-01' },
      {
        date: 'Rooms can be booked at most 60 days ahead. (rule 2.1) The last possible day is Sat, Jan 30, 2027.',
      },
    ],
    [{ duration: '300' }, { duration: 'A booking lasts at most 4 h. (rule 2.1) Nearest: 4 h.' }],
    [
      { headcount: '9' },
      {
        headcount:
          'Alps has room for 8 people. (rule 3.4) Enter at most 8, or choose “Find me one” for a larger room.',
      },
    ],
    [
      { equipment: ['tv'] },
      { equipment: 'Alps has no TV; please choose another room or “Find me one”. (rule 4.1)' },
    ],
  ])('%j', async (typed, errors) => {
    const room = await world.room({ name: 'Alps', reviewers: [rae] });
    expect(errorsOf(await submit({ room, ...typed }))).toEqual(errors);
    expect(await bookingsIn(world.db)).toEqual([]);
  });

  test('a room that is taken says until when, and what is free', async () => {
    const room = await world.room({ name: 'Alps', reviewers: [rae] });
    await submit({ room });
    expect(textOf(cardOf(await submit({ room }, await world.person('Ben'))))).toContain(
      'Alps is taken until Wed, Dec 2, 2026, 10:30. (rule 2.1) It is free again from Wed, Dec 2, 2026, 10:30.',
    );
  });

  test('a room out of use, and one whose only reviewer asks', async () => {
    const old = await world.room({ name: 'Old', reviewers: [rae], active: false });
    const own = await world.room({ name: 'Own', reviewers: [ann] });
    expect(errorsOf(await submit({ room: old }))).toMatchObject({
      room: expect.stringContaining('not in use'),
    });
    expect(errorsOf(await submit({ room: own }))).toMatchObject({
      room: expect.stringContaining('Nobody but you could approve'),
    });
  });
});

describe('[2.1] find me one', () => {
  const where = async (typed: Values, who = ann) => {
    await world.book(who, { topic: 'Review', date: '2026-12-02', start: '10:00', ...typed });
    const booking = (await bookingsIn(world.db)).at(-1);
    return booking?.room;
  };

  test('takes the smallest free room that fits, in one’s own zone', async () => {
    const [small, middle, large] = [
      await world.room({ name: 'Small', capacity: 2, reviewers: [rae] }),
      await world.room({ name: 'Middle', capacity: 6, reviewers: [rae] }),
      await world.room({ name: 'Large', capacity: 20, equipment: ['projector', 'video'], reviewers: [rae] }),
    ];
    await world.room({ name: 'Tiny', capacity: 1, zone: 'Asia/Taipei', reviewers: [rae] });
    await world.room({ name: 'Old', capacity: 1, active: false, reviewers: [rae] });
    expect(await where({ headcount: '1' })).toBe(small);
    expect(await where({ headcount: '1' })).toBe(middle);
    expect(await where({ headcount: '1', start: '12:00', equipment: ['video'] })).toBe(large);
    expect(await where({ headcount: '3', start: '14:00' })).toBe(middle);
    const mei = await world.person('Mei', { zone: 'America/New_York' });
    // Her city has none, so every room is as near: 10:00 in New York is 16:00 in Berlin.
    expect(await where({ headcount: '3' }, mei)).toBe(middle);
  });

  test('passes over rooms whose rules or reviewers say no', async () => {
    await world.room({ name: 'Short', capacity: 1, maxMinutes: 15, reviewers: [rae] });
    await world.room({ name: 'Own', capacity: 2, reviewers: [ann] });
    const fits = await world.room({ name: 'Fits', capacity: 8, reviewers: [rae] });
    expect(await where({})).toBe(fits);
  });

  test('says so where there is none, or which rule stands in the way', async () => {
    await world.room({ name: 'Alps', reviewers: [rae] });
    expect(textOf(cardOf(await submit({ headcount: '50' })))).toContain(
      'No room for 50 people with this equipment is free then; please try another time. (rule 2.1)',
    );
    expect(Object.keys(errorsOf(await submit({ duration: '300' })))).toEqual(['duration']);
  });
});

describe('[2.1] the change of the clock', () => {
  const night = { opens: 0, closes: 1440 };

  test('a time that is skipped is refused at its field; the next that exists is offered and taken', async () => {
    world.moveTo(at('2027-03-20T12:00'));
    await world.room({ name: 'Alps', ...night, reviewers: [rae] });
    const errors = errorsOf(await submit({ date: '2027-03-28', start: '02:30' }));
    expect(errors.start).toBe(
      '02:30 does not exist on that day: the clock is put forward over it. (rule 2.1) The nearest possible start is Sun, Mar 28, 2027, 03:00.',
    );
  });

  test('a time that comes twice is the first one, and the card says so', async () => {
    const eve = await world.person('Eve', { zone: 'America/New_York' });
    world.moveTo(at('2026-10-30T12:00'));
    // In Berlin it is 06:30 by then, which is too early; so the room is in Taipei, where it is the afternoon.
    const room = await world.room({ name: 'Yushan', zone: 'Asia/Taipei', reviewers: [rae] });
    const card = cardOf(await submit({ room, date: '2026-11-01', start: '01:30' }, eve));
    expect(card.banner?.text).toBe(
      'The clock shows 01:30 twice on that day, because it is put back. I took the first one.',
    );
    expect(await bookingsIn(world.db)).toMatchObject([{ start: Date.UTC(2026, 10, 1, 5, 30) }]);
  });
});

describe('[2.5] withdrawing', () => {
  test('the host does it on the card, which then says so; the room is free again', async () => {
    const room = await world.room({ name: 'Alps', reviewers: [rae] });
    const card = cardOf(await submit({ room }));
    const after = cardOf(await world.press(ann, card, 'Withdraw'));
    expect([after.badge, labelsOf(after)]).toEqual(['Withdrawn', ['History']]);
    expect(textOf(after)).toContain('Withdrawn by Ann on Tue, Dec 1, 2026, 09:00.');
    expect((await submit({ room })).answer.kind).toBe('card');
  });

  test('nobody else does, and not once it has begun or ended', async () => {
    const room = await world.room({ name: 'Alps', reviewers: [rae] });
    const card = cardOf(await submit({ room }));
    expect(noteOf(await world.press(rae, card, 'Withdraw'))).toBe('Only the host can do this. (rule 2.5)');
    world.moveTo(at('2026-12-02T10:00'));
    expect(cardOf(await world.press(ann, card, 'Withdraw')).banner?.text).toContain('has begun');
    expect(await bookingsIn(world.db)).toMatchObject([{ stateKind: 'requested' }]);
  });

  test('an old card’s button does nothing once it has been approved: that has to be cancelled', async () => {
    const room = await world.room({ name: 'Alps', reviewers: [rae] });
    const card = cardOf(await submit({ room }));
    const [{ id } = { id: '' }] = await bookingsIn(world.db);
    await world.act(rae, { command: 'approval.approve', data: { booking: id, asOf: '1' } });
    const after = cardOf(await world.press(ann, card, 'Withdraw'));
    expect(after.banner?.text).toBe('This request has been decided already. (rule 2.5)');
    expect(labelsOf(after)).toContain('Cancel booking');
  });
});
