import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  cardOf,
  errorsOf,
  formOf,
  labelsOf,
  noteOf,
  textOf,
  valuesOf,
} from '../../../test/support/answers.ts';
import { at, local } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { hour } from '../../core/clock.ts';
import type { BookingId, RoomId } from '../../core/ids.ts';
import type { Values } from '../../core/view.ts';
import { slot } from '../rooms/schema.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let cem: Someone;
let rae: Someone;
let roy: Someone;
let booking: BookingId;
let fuji: RoomId;

const start = at('2026-12-04T10:00');

beforeEach(async () => {
  world = await createWorld();
  ann = await world.person('Ann');
  ben = await world.person('Ben');
  cem = await world.person('Cem');
  rae = await world.person('Rae');
  roy = await world.person('Roy');
  const alps = await world.room({ name: 'Alps', reviewers: [rae] });
  fuji = await world.room({ name: 'Fuji', reviewers: [roy] });
  booking = await world.book(ann, {
    room: alps,
    topic: 'Review',
    date: '2026-12-04',
    start: '10:00',
    duration: '60',
    attendees: [ben.profile.userId],
    headcount: '4',
    note: 'Window',
  });
  await decide(rae, 'approve', 1);
});
afterEach(() => world.stop());

const decide = (by: Someone, what: 'approve' | 'reject', asOf: number) =>
  world.act(by, {
    command: `approval.${what}`,
    data: { booking, asOf: String(asOf) },
    values: { reason: 'Painters' },
  });
const open = (by = ann) => world.act(by, { command: 'change.open', data: { booking } });
const change = async (typed: Values, by = ann) => world.submit(by, formOf(await open(by)), typed);
const current = async () => {
  const [found] = await bookingsIn(world.db);
  if (!found) throw new Error('no booking');
  return found;
};
const changeOf = async () => {
  const { state } = await current();
  return state.kind === 'approved' ? state.change : null;
};
/** What is held, as `room part: from – until`. */
const heldNow = async () =>
  (await world.db.read.select().from(slot))
    .map((it) => `${it.room === fuji ? 'Fuji' : 'Alps'} ${it.part}: ${local(it.start)} – ${local(it.end)}`)
    .sort();
const own = 'Alps own: 2026-12-04T10:00 – 2026-12-04T11:00';
const atNoon = 'Alps change: 2026-12-04T12:00 – 2026-12-04T13:00';
const news = async (to: Someone) => {
  const { revision } = await current();
  return world.sent(to, 'change.news', { booking, revision: String(revision) });
};
const factOf = (card: Awaited<ReturnType<typeof news>>, label: string) =>
  card?.facts?.find((fact) => fact.label === label)?.value;

describe('[2.4] the form', () => {
  test('opens with today’s values, and with those of the change that waits', async () => {
    const form = formOf(await open());
    expect(form.title).toBe('Change #1001');
    expect(valuesOf(form)).toMatchObject({
      topic: 'Review',
      date: '2026-12-04',
      start: '10:00',
      duration: '60',
      attendees: [ben.profile.userId],
      headcount: '4',
      note: 'Window',
    });
    await change({ start: '12:00' });
    expect(valuesOf(formOf(await open()))).toMatchObject({ start: '12:00', duration: '60', topic: 'Review' });
  });

  test('comes back with what is wrong at the field and everything typed kept', async () => {
    const back = await change({
      start: '12:00',
      topic: 'Another',
      headcount: '9',
      attendees: [cem.profile.userId],
    });
    expect(errorsOf(back).headcount).toContain('Alps has room for 8 people. (rule 3.4)');
    expect(valuesOf(formOf(back))).toMatchObject({
      start: '12:00',
      topic: 'Another',
      headcount: '9',
      attendees: [cem.profile.userId],
    });
    expect(errorsOf(await change({ duration: '', date: 'x' }))).toMatchObject({
      duration: expect.any(String),
      date: expect.any(String),
    });
    const gus = await world.person('Gus', { kind: 'guest' });
    expect(errorsOf(await change({ attendees: [gus.profile.userId] })).attendees).toContain('Gus');
    expect(await current()).toMatchObject({ revision: 2, topic: 'Review' });
  });

  test('is the host’s alone, and for what has not ended', async () => {
    expect(noteOf(await open(ben))).toBe('Only the host can do this. (rule 2.4)');
    const form = formOf(await open());
    world.moveTo(start + hour);
    expect(noteOf(await open())).toBe('This booking has ended already. (rule 2.4)');
    expect(cardOf(await world.submit(ann, form, { topic: 'Late' })).banner?.text).toContain(
      'has ended already',
    );
  });

  test('an attendee whom this platform can’t show stays invited', async () => {
    const tea = await world.person('Tea', { platform: 'teams', tenant: 'T2' });
    const elsewhere = await world.person('Ann', { platform: 'teams', tenant: 'T2' });
    await world.act(elsewhere, { command: 'home.welcome' });
    const both = [
      (await world.person('Ben', { platform: 'teams', tenant: 'T2' })).profile.userId,
      tea.profile.userId,
    ];
    await change({ attendees: both }, elsewhere);
    expect((await current()).revision).toBe(3);
    const form = formOf(await open());
    expect(valuesOf(form).attendees).toEqual([ben.profile.userId]);
    expect(await world.told(() => world.submit(ann, form, { topic: 'Other' }))).toEqual([
      'Ann: booking.host',
      'Ben: change.news',
      'Rae: change.news',
      'Tea: change.news',
    ]);
  });
});

describe('[2.4] what is not material applies at once', () => {
  test('and each hears what concerns them, old and new side by side', async () => {
    const told = await world.told(() =>
      change({ topic: 'Retro', attendees: [ben.profile.userId, cem.profile.userId] }),
    );
    expect(told).toEqual([
      'Ann: booking.host',
      'Ben: change.news',
      'Cem: booking.invited',
      'Cem: reminder.card',
      'Cem: reminder.card',
      'Rae: change.news',
    ]);
    const card = await news(ben);
    expect(card?.title).toBe('#1001 has changed: Retro');
    expect([factOf(card, 'Topic'), factOf(card, 'Attendees')]).toEqual([
      'Review → Retro',
      'Ben → Ben and Cem',
    ]);
    expect(labelsOf(card ?? {})).toEqual(['I can’t come']);
    expect(await news(cem)).not.toBeNull();
    expect(await current()).toMatchObject({ topic: 'Retro', stateKind: 'approved', awaits: null });
  });

  test('those who are taken off the list hear that, and are reminded no more', async () => {
    const told = await world.told(() => change({ attendees: [cem.profile.userId] }));
    expect(told).toContain('Ben: change.removed');
    expect((await world.sent(ben, 'change.removed', { booking }))?.title).toBe(
      'You are no longer expected at #1001: Review',
    );
    expect(await news(ben)).toBeNull();
    expect((await world.waiting()).filter((it) => it === 'Ben: reminder.card')).toEqual([]);
    await change({ attendees: [ben.profile.userId, cem.profile.userId] });
    expect(await world.sent(ben, 'change.removed', { booking })).toBeNull();
  });

  test('the note is between host and reviewer', async () => {
    await change({ note: 'Door' });
    expect(await news(ben)).toBeNull();
    expect(factOf(await news(rae), 'Note')).toBe('Window → Door');
    await change({ note: 'Wall', topic: 'Retro' });
    expect([factOf(await news(ben), 'Topic'), factOf(await news(ben), 'Note')]).toEqual([
      'Review → Retro',
      undefined,
    ]);
  });

  test('nobody hears of a change of what does not take place any more', async () => {
    await change({ topic: 'Retro' });
    await world.act(rae, { command: 'cancel.request', data: { booking }, values: { reason: 'Pipes' } });
    const [changed] = (await world.outbox()).filter((row) => row.name === 'change.news');
    expect(await world.sent(ben, 'change.news', changed?.data ?? {})).toBeNull();
  });

  test('a submission that arrives twice acts once', async () => {
    const form = formOf(await open());
    const [first, again] = [
      await world.submit(ann, form, { topic: 'Retro' }),
      await world.submit(ann, form, { topic: 'Retro' }),
    ];
    expect([cardOf(first).banner?.text, again.repeated, (await current()).revision]).toEqual([
      'Changed.',
      true,
      3,
    ]);
    expect(cardOf(await change({})).banner?.text).toBe('Nothing was changed. (rule 2.4)');
  });
});

describe('[2.4] what is material waits for a reviewer', () => {
  test('old and new place are both held; the card shows both, and nobody else hears yet', async () => {
    const told = await world.told(async () => {
      const card = cardOf(await change({ start: '12:00' }));
      expect(card.banner?.text).toContain('The change waits for a reviewer.');
      expect(card.badge).toBe('Change waits for approval');
      expect(textOf(card)).toMatch(/When: .*10:00 – 11:00.*→.*12:00 – 13:00/);
      expect(labelsOf(card)).toContain('Take the change back');
      expect(labelsOf(card)).not.toContain('+15 min');
    });
    expect(told).toEqual([
      'Ann: booking.host',
      'Rae: approval.request',
      'approval.escalate',
      'approval.remind',
      'booking.expire',
    ]);
    expect(await heldNow()).toEqual([atNoon, own].sort());
    expect(await current()).toMatchObject({ start, awaits: 'change' });
  });

  test('approved, it moves in one step, frees the old place, and everybody hears it', async () => {
    await change({ start: '12:00' });
    const asOf = (await changeOf())?.asOf ?? 0;
    expect(await world.told(() => decide(rae, 'approve', asOf))).toEqual([
      'Ann: change.news',
      'Ann: reminder.card',
      'Ann: reminder.card',
      'Ben: change.news',
      'Ben: reminder.card',
      'Ben: reminder.card',
    ]);
    expect(await heldNow()).toEqual(['Alps own: 2026-12-04T12:00 – 2026-12-04T13:00']);
    expect(await current()).toMatchObject({ start: start + 2 * hour, awaits: null });
    expect(factOf(await news(ben), 'When')).toMatch(/10:00 – 11:00.*→.*12:00 – 13:00/);
    const waiting = await world.waiting();
    expect(waiting.filter((it) => it === 'Ben: reminder.card')).toHaveLength(2);
    expect(waiting).not.toContain('booking.expire');
  });

  test('a meeting half an hour later is not in its own way', async () => {
    await change({ start: '10:30' });
    expect(await heldNow()).toEqual(['Alps change: 2026-12-04T10:30 – 2026-12-04T11:30', own]);
    await decide(rae, 'approve', (await changeOf())?.asOf ?? 0);
    expect(await heldNow()).toEqual(['Alps own: 2026-12-04T10:30 – 2026-12-04T11:30']);
  });

  test('rejected, the booking stays as it was, and the host hears why', async () => {
    const before = await current();
    await change({ start: '12:00' });
    const asOf = (await changeOf())?.asOf ?? 0;
    expect(await world.told(() => decide(rae, 'reject', asOf))).toEqual(['Ann: booking.word']);
    const { revision: _, ...after } = await current();
    const { revision: __, ...was } = before;
    expect([after, await heldNow()]).toEqual([was, [own]]);
    const word = (await world.outbox()).find((row) => row.name === 'booking.word');
    const card = await world.sent(ann, 'booking.word', word?.data ?? {});
    expect(card?.title).toBe('#1001 stays as it was: the change was rejected');
    expect(card?.text).toEqual(['Rae: Painters']);
  });

  test('undecided, it expires with the earlier of the two starts, and the host hears it', async () => {
    await change({ date: '2026-12-03', start: '12:00' });
    const [expires] = (await world.outbox()).filter(
      (row) => row.name === 'booking.expire' && row.state === 'waiting',
    );
    expect(local(expires?.dueAt ?? 0)).toBe('2026-12-03T12:00');
    world.moveTo(expires?.dueAt ?? 0);
    expect(await world.told(() => world.run('booking.expire', { booking }))).toEqual(['Ann: booking.word']);
    expect([await heldNow(), (await current()).stateKind]).toEqual([[own], 'approved']);
  });

  test('goes to the reviewers of the new room, who alone decide it', async () => {
    const told = await world.told(() => change({ room: fuji }));
    expect(told).toContain('Roy: approval.request');
    expect(told).not.toContain('Rae: approval.request');
    expect(await world.sent(roy, 'approval.request', { booking })).not.toBeNull();
    const asOf = (await changeOf())?.asOf ?? 0;
    expect(noteOf(await decide(rae, 'approve', asOf))).toContain(
      'Only the reviewers of this room can decide.',
    );
    await decide(roy, 'approve', asOf);
    expect(await heldNow()).toEqual(['Fuji own: 2026-12-04T10:00 – 2026-12-04T11:00']);
  });

  test('another change takes its place: a click on the older one does nothing', async () => {
    await change({ start: '12:00' });
    const asOf = (await changeOf())?.asOf ?? 0;
    await change({ start: '13:00' });
    expect(cardOf(await decide(rae, 'approve', asOf)).banner?.text).toContain(
      'This has changed since you saw it',
    );
    expect(await heldNow()).toEqual([own, 'Alps change: 2026-12-04T13:00 – 2026-12-04T14:00'].sort());
  });

  test('taken back, all is as it was; the second click is told so', async () => {
    const card = cardOf(await change({ start: '12:00' }));
    expect(cardOf(await world.press(ann, card, 'Take the change back')).banner?.text).toBe(
      'The change is taken back.',
    );
    expect([await heldNow(), await changeOf()]).toEqual([[own], null]);
    expect(cardOf(await world.press(ann, card, 'Take the change back')).banner?.text).toContain(
      'There is no change that waits.',
    );
    expect(await world.waiting()).not.toContain('Rae: approval.request');
  });

  test('a place that is taken is refused at its field', async () => {
    const alps = (await current()).room;
    await world.book(ben, { room: alps, topic: 'Other', date: '2026-12-04', start: '12:00', duration: '60' });
    expect(errorsOf(await change({ start: '12:30' })).room).toContain('Alps is taken until');
    expect(await changeOf()).toBeNull();
  });
});

describe('[2.4] a request that is changed', () => {
  test('is reviewed anew as it is now', async () => {
    const asked = await world.book(ann, { room: fuji, topic: 'Second', date: '2026-12-04', start: '15:00' });
    const form = formOf(await world.act(ann, { command: 'change.open', data: { booking: asked } }));
    const told = await world.told(async () => {
      const card = cardOf(await world.submit(ann, form, { start: '16:00' }));
      expect(card.banner?.text).toBe('The request is changed; the reviewers see it as it is now.');
    });
    expect(told).toContain('Roy: approval.request');
    const approve = (asOf: string) =>
      world.act(roy, { command: 'approval.approve', data: { booking: asked, asOf } });
    expect(cardOf(await approve('1')).banner?.text).toContain('This has changed since you saw it');
    await approve('2');
    expect(await heldNow()).toEqual([own, 'Fuji own: 2026-12-04T16:00 – 2026-12-04T16:30']);
  });
});
