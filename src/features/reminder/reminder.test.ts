import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  buttonOf,
  cardOf,
  errorsOf,
  formOf,
  labelsOf,
  noteOf,
  textOf,
} from '../../../test/support/answers.ts';
import { at, local } from '../../../test/support/examples.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { day, hour, minute } from '../../core/clock.ts';
import type { BookingId } from '../../core/ids.ts';
import type { Values } from '../../core/view.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let cho: Someone;
let rae: Someone;

beforeEach(async () => {
  world = await createWorld();
  ann = await world.person('Ann');
  ben = await world.person('Ben', { zone: 'Asia/Taipei' });
  cho = await world.person('Cho');
  rae = await world.person('Rae');
  await world.room({
    name: 'Alps',
    reviewers: [rae],
    kind: 'hybrid',
    joinLink: 'https://meet.example.org/a',
  });
  // So that all of them have accounts.
  for (const someone of [ann, ben, cho, rae]) await world.say(someone, 'help');
});
afterEach(() => world.stop());

/** A booking on Thursday at 15:00 in Berlin, which is 22:00 in Taipei. */
async function approved(typed: Values = {}): Promise<BookingId> {
  const booking = await world.book(ann, {
    topic: 'Review',
    date: '2026-12-03',
    start: '15:00',
    duration: '60',
    attendees: [ben.caller.userId, cho.caller.userId],
    ...typed,
  });
  await world.press(rae, cardOf(await world.say(rae, 'approvals')).rows?.[0] ?? {}, 'Approve');
  return booking;
}

const set = async (who: Someone, typed: Values) =>
  world.submit(who, formOf(await world.act(who, { command: 'reminder.edit' })), typed);

/** When somebody is still to be reminded, on the clock in Berlin. */
const planned = async (who: Someone, name = 'reminder.card') =>
  (await world.outbox())
    .filter((row) => row.state === 'waiting' && row.name === name)
    .filter((row) => row.person === who.person || row.data.person === who.person)
    .map((row) => local(row.dueAt));

const remind = async (who: Someone, booking: BookingId) => {
  const card = await world.sent(who, 'reminder.card', { booking });
  if (!card) throw new Error('nobody is reminded');
  return card;
};

const told = async (name: string) =>
  (await world.outbox())
    .filter((row) => row.name === name && row.state === 'waiting')
    .map((row) => row.person);

describe('[2.7] /reminders', () => {
  test('shows what holds, and the form has it', async () => {
    const card = cardOf(await world.say(ben, 'reminders'));
    expect(card.facts?.map((fact) => fact.value)).toEqual([
      '1 day and 15 min before the start, as the organisation does',
      'None',
      'None',
    ]);
    const saved = await set(ben, { leads: ['60'], quiet: true, digest: true, digestTime: '08:30' });
    expect(cardOf(saved).facts?.map((fact) => fact.value)).toEqual([
      '1 h before the start',
      '22:00 – 07:00',
      'Every day at 08:30, if there are any',
    ]);
    expect(textOf(cardOf(saved))).toContain('Taiwan Standard Time');
    expect((await set(ben, { leads: [] })).answer.kind).toBe('card');
    expect(cardOf(await world.say(ben, 'reminders')).facts?.[0]?.value).toBe('None');
  });

  test('says at the field what can’t be', async () => {
    const refused = await set(ben, { leads: ['organisation', '5'], digest: true, digestTime: '' });
    expect(errorsOf(refused)).toEqual({
      leads: expect.stringContaining('either'),
      digestTime: 'Please choose a time.',
    });
    expect(cardOf(await world.say(ben, 'reminders')).facts?.[2]?.value).toBe('None');
  });

  test('each is reminded by their own setting and clock, all others as the organisation does', async () => {
    await set(ben, { leads: ['60', '10'], quiet: true, quietFrom: '21:30', quietUntil: '06:00' });
    await set(cho, { leads: [] });
    await approved();
    expect(await planned(ann)).toEqual(['2026-12-02T15:00', '2026-12-03T14:45']);
    // 21:50 in Taipei is quiet: it comes at 21:30.
    expect(await planned(ben)).toEqual(['2026-12-03T14:00', '2026-12-03T14:30']);
    expect(await planned(cho)).toEqual([]);
  });

  test('a changed setting moves one’s reminders of all meetings, and nobody else’s', async () => {
    const booking = await approved();
    await approved({ date: '2026-12-04', start: '10:00' });
    await set(ben, { leads: ['30'] });
    expect(await planned(ben)).toEqual(['2026-12-03T14:30', '2026-12-04T09:30']);
    expect(await planned(ann)).toHaveLength(4);
    await set(ben, { leads: ['organisation'] });
    expect(await planned(ben)).toHaveLength(4);
    await set(ben, { leads: ['organisation'], digest: true });
    expect(await planned(ben)).toHaveLength(4);
    expect(await world.sent(ben, 'reminder.card', { booking })).not.toBeNull();
  });

  test('one that is late already, and waits for the platform, is neither lost nor doubled by that', async () => {
    await approved();
    world.moveTo(at('2026-12-02T15:05'));
    await set(ben, { leads: ['60'] });
    expect(await planned(ben)).toEqual(['2026-12-02T15:00', '2026-12-03T14:00']);
    await set(ben, { leads: ['organisation'] });
    expect(await planned(ben)).toEqual(['2026-12-02T15:00', '2026-12-03T14:45']);
  });
});

describe('[2.7] reminders follow the booking', () => {
  test('somebody who can’t come is not reminded, and is again when they can', async () => {
    const booking = await approved();
    await world.press(ben, await remind(ben, booking), 'I can’t come');
    expect([await planned(ben), (await planned(cho)).length]).toEqual([[], 2]);
    const answered = await world.act(ben, { command: 'reminder.undecline', data: { booking } });
    expect(cardOf(answered).banner?.text).toContain('You are coming');
    expect(await planned(ben)).toHaveLength(2);
  });
});

describe('[2.7] the reminder', () => {
  test('has the buttons of who reads it', async () => {
    const booking = await approved();
    expect(labelsOf(await remind(ann, booking))).toEqual(['Join', 'Running late', 'Cancel booking']);
    expect(labelsOf(await remind(ben, booking))).toEqual(['Join', 'Running late', 'I can’t come']);
  });

  test('is not sent once the next is due, nor when the meeting has begun or is off', async () => {
    const booking = await approved();
    const until = String(at('2026-12-03T14:45'));
    world.moveTo(at('2026-12-03T14:44'));
    expect((await world.sent(ben, 'reminder.card', { booking, until }))?.title).toBe('In 16 min: Review');
    world.moveTo(at('2026-12-03T14:45'));
    expect(await world.sent(ben, 'reminder.card', { booking, until })).toBeNull();
    expect((await world.sent(ben, 'reminder.card', { booking }))?.title).toBe('In 15 min: Review');
    world.moveTo(at('2026-12-03T15:00'));
    expect(await world.sent(ben, 'reminder.card', { booking })).toBeNull();
  });

  test('running late: all others hear by how much, and in which words', async () => {
    const booking = await approved();
    const asked = buttonOf(await remind(ben, booking), 'Running late').ask;
    expect(asked?.fields.map((field) => field.name)).toEqual(['minutes', 'words']);
    const answered = await world.press(ben, await remind(ben, booking), 'Running late', {
      minutes: '10',
      words: 'Traffic',
    });
    expect(cardOf(answered).banner?.text).toBe('The 2 others hear that you are about 10 min late.');
    expect(labelsOf(cardOf(answered))).toEqual(['Join', 'Running late', 'I can’t come']);
    expect((await told('reminder.late')).sort()).toEqual([ann.person, cho.person].sort());
    const [row] = (await world.outbox()).filter((it) => it.name === 'reminder.late');
    const card = await world.sent(ann, 'reminder.late', row?.data ?? {});
    expect(card && textOf(card)).toContain('Ben is running late: about 10 min\nTraffic');
  });

  test('said twice it is told once, and said otherwise it is told anew', async () => {
    const booking = await approved();
    const late = (who: Someone, minutes: string) =>
      world.act(who, { command: 'reminder.late', data: { booking }, values: { minutes, words: '' } });
    await late(ben, '10');
    expect(cardOf(await late(ben, '10')).banner?.text).toBe('They have heard that already.');
    await late(cho, '10');
    expect(await told('reminder.late')).toHaveLength(4);
    await late(ben, '30');
    const waiting = (await world.outbox()).filter(
      (it) => it.name === 'reminder.late' && it.state === 'waiting',
    );
    expect(waiting.map((it) => it.data.minutes).sort()).toEqual(['10', '10', '30', '30']);
  });

  test('I can’t come: the host hears it and sees it, and it can be undone', async () => {
    const booking = await approved();
    const declined = cardOf(await world.press(ben, await remind(ben, booking), 'I can’t come'));
    expect(declined.banner?.text).toBe('You are not coming; the host sees that.');
    expect(labelsOf(declined)).toEqual(['Join', 'I can come after all']);
    expect(await told('booking.word')).toEqual([ann.person]);
    expect(textOf((await world.sent(ann, 'booking.host', { booking })) ?? declined)).toContain(
      'Can’t come: Ben',
    );

    const back = cardOf(await world.press(ben, declined, 'I can come after all'));
    expect(labelsOf(back)).toEqual(['Join', 'Running late', 'I can’t come']);
    expect(textOf((await world.sent(ann, 'booking.host', { booking })) ?? back)).not.toContain('Can’t come');
  });

  test('an invitation is answered on its own card', async () => {
    const booking = await approved();
    const invitation = await world.sent(ben, 'booking.invited', { booking });
    const answered = await world.press(ben, invitation ?? {}, 'I can’t come');
    expect(answered.answer).toMatchObject({ live: { view: 'booking.invited' } });
    expect(labelsOf(cardOf(answered))).toEqual(['Join', 'I can come after all']);
  });

  test('who clicks after the end, is not invited, or stays away, is told so', async () => {
    const booking = await approved();
    const late = (who: Someone) =>
      world.act(who, { command: 'reminder.late', data: { booking }, values: { minutes: '5' } });
    expect(noteOf(await late(rae))).toContain('out of date');
    await world.act(ben, { command: 'reminder.decline', data: { booking } });
    expect(cardOf(await late(ben)).banner?.text).toContain('You have said that you can’t come');
    world.moveTo(at('2026-12-03T16:00'));
    const over = cardOf(await late(cho));
    expect([over.title, over.banner?.text, labelsOf(over)]).toEqual([
      'Over: Review',
      'This booking has ended already. (rule 2.7)',
      [],
    ]);
    const away = cardOf(await world.act(cho, { command: 'reminder.decline', data: { booking } }));
    expect(away.banner?.text).toContain('has ended');
    expect(await told('reminder.late')).toEqual([]);
  });

  test('a host without others has nobody to tell', async () => {
    const booking = await approved({ attendees: [] });
    expect(labelsOf(await remind(ann, booking))).toEqual(['Join', 'Cancel booking']);
    const late = { command: 'reminder.late', data: { booking }, values: { minutes: '5' } };
    expect(cardOf(await world.act(ann, late)).banner?.text).toContain('Nobody else');
  });
});

describe('[2.7] the digest of the day', () => {
  const next = () => planned(ben, 'reminder.day');
  const run = async () => {
    const [row] = (await world.outbox()).filter((it) => it.name === 'reminder.day' && it.state === 'waiting');
    if (!row) throw new Error('no digest is planned');
    world.moveTo(row.dueAt);
    // As the queue marks it.
    await world.run('reminder.day', row.data);
    return row;
  };
  const digests = async () => (await world.outbox()).filter((it) => it.name === 'reminder.digest');

  test('comes at its time with the meetings that are still ahead', async () => {
    const booking = await approved();
    await set(ben, { digest: true, digestTime: '08:00' });
    // 08:00 in Taipei is 01:00 in Berlin.
    expect(await next()).toEqual(['2026-12-02T01:00']);
    world.moveTo(at('2026-12-03T01:00'));
    await world.run('reminder.day', { person: ben.person });
    const [row] = await digests();
    expect(row).toMatchObject({ person: ben.person, data: { day: '2026-12-03' } });
    const card = await world.sent(cho, 'reminder.digest', { day: '2026-12-03' });
    expect(card?.title).toBe('Today: 1 meeting');
    expect(labelsOf(card?.rows?.[0] ?? {})).toEqual(['Join', 'Open']);
    await world.act(cho, { command: 'reminder.decline', data: { booking } });
    expect(await world.sent(cho, 'reminder.digest', { day: '2026-12-03' })).toBeNull();
    world.moveTo(at('2026-12-03T16:00'));
    expect(await world.sent(ann, 'reminder.digest', { day: '2026-12-03' })).toBeNull();
  });

  test('is planned day after day, at the same local time over a change of the clock, and ends when switched off', async () => {
    const ny = await world.person('Nia', { zone: 'America/New_York' });
    await world.say(ny, 'help');
    world.moveTo(at('2027-03-12T12:00', 'America/New_York'));
    await set(ny, { digest: true, digestTime: '08:00' });
    const times: string[] = [];
    for (let n = 0; n < 4; n++) {
      const waiting = (await world.outbox()).filter((it) => it.name === 'reminder.day');
      const row = waiting.at(-1);
      if (!row) throw new Error('no digest is planned');
      times.push(local(row.dueAt, 'America/New_York'));
      world.moveTo(row.dueAt);
      await world.run('reminder.day', row.data);
    }
    expect(times).toEqual(['2027-03-13T08:00', '2027-03-14T08:00', '2027-03-15T08:00', '2027-03-16T08:00']);
    expect(await digests()).toHaveLength(4);
    await set(ny, { digest: false });
    const open = (await world.outbox()).filter((it) => it.name === 'reminder.day' && it.state === 'waiting');
    expect(open).toEqual([]);
  });

  test('another time takes the place of the first, and an unchanged one stays', async () => {
    await set(ben, { digest: true, digestTime: '08:00' });
    await set(ben, { digest: true, digestTime: '09:30' });
    await set(ben, { digest: true, digestTime: '09:30', leads: ['5'] });
    expect(await next()).toEqual(['2026-12-02T02:30']);
  });

  test('after an outage it comes late on the same day, and not for a day that is over', async () => {
    await set(ben, { digest: true, digestTime: '08:00' });
    const row = await run();
    world.moveTo(row.dueAt + 3 * day + 5 * hour);
    await world.run('reminder.day', row.data);
    expect((await digests()).map((it) => it.data.day)).toEqual(['2026-12-02', '2026-12-05']);
    expect(await world.sent(ben, 'reminder.digest', { day: '2026-12-02' })).toBeNull();
    world.moveTo(row.dueAt + 4 * day - minute);
    await world.run('reminder.day', row.data);
    expect(await digests()).toHaveLength(2);
  });
});
