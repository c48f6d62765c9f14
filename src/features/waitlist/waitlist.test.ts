import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buttonOf, cardOf, formOf, labelsOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { at, local } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { minute } from '../../core/clock.ts';
import type { BookingId, RoomId } from '../../core/ids.ts';
import type { Card, Values } from '../../core/view.ts';
import { slot } from '../rooms/schema.ts';
import { addRules, defaultRules } from '../rules/index.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let cy: Someone;
let dee: Someone;
let rae: Someone;
let alps: RoomId;
let bens: BookingId;

/** Ben has Alps on Wednesday from 10:00 to 11:00. */
beforeEach(async () => {
  world = await createWorld();
  ann = await world.person('Ann');
  ben = await world.person('Ben');
  cy = await world.person('Cy');
  dee = await world.person('Dee');
  rae = await world.person('Rae');
  alps = await world.room({ name: 'Alps', reviewers: [rae] });
  bens = await book(ben, '10:00');
});
afterEach(() => world.stop());

const typed = { topic: 'Review', date: '2026-12-02', duration: '60' };
const book = (who: Someone, start: string, its: Values = {}) =>
  world.book(who, { ...typed, room: alps, start, ...its });
const asked = async (who: Someone, start: string, its: Values = {}) => {
  const form = formOf(await world.act(who, { command: 'booking.open' }));
  return cardOf(await world.submit(who, form, { ...typed, room: alps, start, ...its }));
};
const join = async (who: Someone, start: string, its: Values = {}) =>
  cardOf(await world.press(who, await asked(who, start, its), 'Join the waitlist'));
const entryOf = (card: Card) =>
  buttonOf(card, labelsOf(card).includes('Take it') ? 'Take it' : 'Leave the waitlist').data.entry ?? '';
/** The card as it stands now. */
const now = async (who: Someone, card: Card): Promise<Card> => {
  const shown = await world.sent(who, 'waitlist.entry', { entry: entryOf(card) });
  if (!shown) throw new Error('nothing to show');
  return shown;
};
const withdraw = (who: Someone, booking: BookingId) =>
  world.act(who, { command: 'booking.withdraw', data: { booking } });
const reject = (booking: BookingId) =>
  world.act(rae, { command: 'approval.reject', data: { booking }, values: { reason: 'No' } });
const held = async () =>
  (await world.db.read.select().from(slot))
    .map((it) => `${it.owner.split(':')[0]} ${local(it.start).slice(11)}–${local(it.end).slice(11)}`)
    .sort();
const offers = async () => (await world.waiting()).filter((it) => it.includes('waitlist.offer'));

describe('[2.1] the queue', () => {
  test('is first come, first served; the place in it is shown, and those behind move up', async () => {
    const first = await join(ann, '10:00');
    const second = await join(cy, '10:30');
    const third = await join(dee, '10:00');
    expect([first.badge, textOf(first)]).toEqual([
      'Waiting',
      expect.stringContaining('You are next in line.'),
    ]);
    expect(textOf(second)).toContain('Your place in the queue: 2.');
    expect(textOf(third)).toContain('Your place in the queue: 3.');
    expect(textOf(cardOf(await world.say(dee, '/waitlist')))).toContain('Place 3');

    const left = cardOf(await world.press(ann, first, 'Leave the waitlist'));
    expect([left.badge, labelsOf(left)]).toEqual(['Left', ['My waitlist']]);
    expect(textOf(await now(cy, second))).toContain('You are next in line.');
    expect(textOf(await now(dee, third))).toContain('Your place in the queue: 2.');
    // Their cards are brought up to date.
    const subjects = (await world.outbox()).filter((row) => row.kind === 'refresh').map((row) => row.subject);
    for (const card of [second, third]) expect(subjects).toContain(`waitlist:${entryOf(card)}`);
  });

  test('is left from the list too, by nobody but whoever waits', async () => {
    const card = await join(ann, '10:00');
    const list = cardOf(await world.say(ann, '/waitlist'));
    expect(noteOf(await world.press(cy, card, 'Leave the waitlist'))).toContain('Only whoever waits');
    const after = cardOf(await world.press(ann, rowOf(list, 'Review'), 'Leave the waitlist'));
    expect([after.rows, after.text?.[0]]).toEqual([[], expect.stringContaining('You are not waiting')]);
    const late = cardOf(await world.press(ann, card, 'Leave the waitlist'));
    expect(late.banner?.text).toContain('That is over');
  });

  test('takes nobody twice for the same, nobody where the room is free, and is for a certain room', async () => {
    const draft = await asked(ann, '10:00');
    const card = cardOf(await world.press(ann, draft, 'Join the waitlist'));
    const again = cardOf(await world.press(ann, draft, 'Join the waitlist'));
    expect([again.banner?.text, entryOf(again)]).toEqual([
      'You are on this waitlist already. (rule 2.1)',
      entryOf(card),
    ]);
    const late = await asked(cy, '10:00');
    await world.press(ann, card, 'Leave the waitlist');
    await withdraw(ben, bens);
    expect(noteOf(await world.press(cy, late, 'Join the waitlist'))).toContain('you can book it right away');
    expect(noteOf(await world.press(cy, late, 'Join the waitlist'))).toContain('out of date');
    expect(labelsOf(await asked(ann, '10:00', { headcount: '50', room: 'any' }))).toEqual(['Edit']);
  });

  test('pages are turned', async () => {
    for (const start of ['09:15', '09:30', '09:45', '10:00', '10:15', '10:30']) await join(ann, start);
    const list = cardOf(await world.say(ann, '/waitlist'));
    expect([list.rows?.length, list.footnote]).toEqual([5, 'Page 1 of 2']);
    const second = cardOf(await world.press(ann, list, 'Next page'));
    expect([second.rows?.length, labelsOf(second)]).toEqual([1, ['Previous page']]);
    await world.press(ann, second.rows?.[0] ?? {}, 'Leave the waitlist');
    expect(cardOf(await world.say(ann, '/waitlist')).footnote).toBeUndefined();
  });
});

describe('[2.1] a slot that becomes free', () => {
  test('is held for the first in line, who takes it with one click', async () => {
    const first = await join(ann, '10:00');
    await join(cy, '10:00');
    await withdraw(ben, bens);
    expect(await offers()).toEqual(['Ann: waitlist.offer']);
    expect(await held()).toEqual(['waitlist 10:00–11:00']);
    const offer = await world.sent(ann, 'waitlist.offer', { entry: entryOf(first) });
    expect([offer?.badge, labelsOf(offer ?? {})]).toEqual([
      'Free for you',
      ['Take it', 'No, thanks', 'My waitlist'],
    ]);
    expect(textOf(offer ?? first)).toContain('is held for you until 09:15.');
    // For everybody else it is taken.
    expect((await asked(ben, '10:00')).text).toContain('10:00 – 11:00: busy');

    const host = cardOf(await world.press(ann, offer ?? {}, 'Take it'));
    expect([host.title, host.badge]).toEqual(['Booking #1002', 'Waiting for approval']);
    expect((await bookingsIn(world.db))[1]).toMatchObject({ host: ann.person, topic: 'Review', room: alps });
    expect(await held()).toEqual(['booking 10:00–11:00']);
    expect(await offers()).toEqual([]);
    const again = cardOf(await world.press(ann, offer ?? {}, 'Take it'));
    expect([again.badge, again.banner?.text]).toEqual(['Booked', expect.stringContaining('That is over')]);
    expect(await world.sent(ann, 'waitlist.offer', { entry: entryOf(first) })).toBeNull();
  });

  test('goes to the next when the first declines, does not answer, or leaves', async () => {
    const [first, second, third] = [
      await join(ann, '10:00'),
      await join(cy, '10:00'),
      await join(dee, '10:00'),
    ];
    await withdraw(ben, bens);
    const declined = cardOf(await world.press(ann, await now(ann, first), 'No, thanks'));
    expect([declined.badge, await offers()]).toEqual(['Left', ['Cy: waitlist.offer']]);

    await world.run('waitlist.lapse', { entry: entryOf(second) });
    expect(await offers()).toEqual(['Cy: waitlist.offer']);
    world.moveTo(world.now() + 15 * minute);
    expect(cardOf(await world.press(cy, await now(cy, second), 'Take it')).banner?.text).toContain('over');
    await world.run('waitlist.lapse', { entry: entryOf(second) });
    expect(await offers()).toEqual(['Dee: waitlist.offer']);
    await world.press(dee, rowOf(cardOf(await world.say(dee, '/waitlist')), 'Review'), 'No, thanks');
    expect([await offers(), await held()]).toEqual([[], []]);
    expect((await world.sent(dee, 'waitlist.entry', { entry: entryOf(third) }))?.badge).toBe('Left');
  });

  test('is offered whole or not at all: the first whose time is free gets it', async () => {
    await book(ben, '11:00');
    await join(ann, '10:30');
    await join(cy, '10:00', { duration: '30' });
    await withdraw(ben, bens);
    expect([await offers(), await held()]).toEqual([
      ['Cy: waitlist.offer'],
      ['booking 11:00–12:00', 'waitlist 10:00–10:30'],
    ]);
  });

  test('is for as many as can have their part of it, and two slots are for two', async () => {
    const later = await book(ben, '13:00');
    await join(ann, '10:00', { duration: '30' });
    await join(cy, '10:30', { duration: '30' });
    await join(dee, '13:00');
    await withdraw(ben, bens);
    await withdraw(ben, later);
    expect(await offers()).toEqual(['Ann: waitlist.offer', 'Cy: waitlist.offer', 'Dee: waitlist.offer']);
  });

  test('counts however it came about: rejected, expired, or never taken up', async () => {
    await join(ann, '10:00');
    await reject(bens);
    expect(await offers()).toEqual(['Ann: waitlist.offer']);
    await world.press(ann, rowOf(cardOf(await world.say(ann, '/waitlist')), 'Review'), 'No, thanks');
    const next = await book(ben, '12:00');
    await join(cy, '12:30');
    world.moveTo(at('2026-12-02T12:00'));
    await world.run('booking.expire', { booking: next });
    expect(await offers()).toEqual(['Cy: waitlist.offer']);
  });

  test('near the start it is held for a quarter of the time that is left', async () => {
    const card = await join(ann, '10:00');
    world.moveTo(at('2026-12-02T09:40'));
    await withdraw(ben, bens);
    expect(textOf(await now(ann, card))).toContain('held for you until 09:45.');
  });

  test('the buffer of the room is part of what has to be free', async () => {
    const hut = await world.room({ name: 'Hut', buffer: 15, reviewers: [rae] });
    const room = { room: hut };
    const [early, late] = [await book(ben, '10:00', room), await book(ben, '11:15', room)];
    await join(ann, '10:15', room);
    await withdraw(ben, early);
    expect(await offers()).toEqual([]);
    await withdraw(ben, late);
    expect(await offers()).toEqual(['Ann: waitlist.offer']);
    expect(await held()).toContain('waitlist 10:15–11:30');
  });
});

describe('[2.1] what is taken', () => {
  test('is judged by the rules of that moment; refused, it goes to the next', async () => {
    const first = await join(ann, '10:00', { duration: '60' });
    await join(cy, '10:00', { duration: '30' });
    await withdraw(ben, bens);
    const organisation = { ...defaultRules, maxMinutes: 45 };
    await world.db.transact((tx) =>
      addRules(tx, { by: rae.person, from: 0, document: { organisation, sites: {} } }),
    );
    const card = cardOf(await world.press(ann, await now(ann, first), 'Take it'));
    expect([card.badge, card.banner?.text]).toEqual([
      'Over',
      expect.stringContaining('lasts at most 45 min'),
    ]);
    expect([await offers(), await held()]).toEqual([['Cy: waitlist.offer'], ['waitlist 10:00–10:30']]);
  });

  test('what the rules no longer allow is not offered', async () => {
    await join(ann, '10:00');
    const organisation = { ...defaultRules, opens: 11 * 60 };
    await world.db.transact((tx) =>
      addRules(tx, { by: rae.person, from: 0, document: { organisation, sites: {} } }),
    );
    await withdraw(ben, bens);
    expect([await offers(), await held()]).toEqual([[], []]);
  });

  test('nobody waits beyond the start', async () => {
    const card = await join(ann, '10:00');
    await world.run('waitlist.lapse', { entry: entryOf(card) });
    expect((await now(ann, card)).badge).toBe('Waiting');
    const jobs = (await world.outbox()).filter((row) => row.name === 'waitlist.lapse');
    expect(jobs.map((row) => local(row.dueAt))).toEqual(['2026-12-02T10:00']);
    world.moveTo(at('2026-12-02T10:00'));
    await world.run('waitlist.lapse', { entry: entryOf(card) });
    expect((await now(ann, card)).badge).toBe('Over');
    expect(textOf(cardOf(await world.say(ann, '/waitlist')))).toContain('You are not waiting');
  });
});
