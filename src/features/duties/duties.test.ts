import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  buttonOf,
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
import { askForSeries } from '../../../test/support/series-request.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { type BookingId, bookingSubject, type RoomId } from '../../core/ids.ts';
import type { Card, Values } from '../../core/view.ts';

let world: World;
let ann: Someone;
let rae: Someone;
let lin: Someone;
let ada: Someone;
let alps: RoomId;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ann, rae] = [await world.person('Ann'), await world.person('Rae')];
  [lin, ada] = [await world.person('Lin'), await world.person('Ada')];
  alps = await world.room({ name: 'Alps', reviewers: [rae] });
  for (const who of [ann, rae, lin, ada]) await world.say(who, 'help');
});
afterEach(() => world.stop());

const book = (who: Someone, typed: Values = {}) =>
  world.book(who, {
    topic: 'Review',
    room: alps,
    date: '2026-12-09',
    start: '10:00',
    duration: '60',
    ...typed,
  });
const duties = async (who: Someone) => cardOf(await world.say(who, 'duties'));
const away = async (who: Someone, typed: Values, substitute = lin) =>
  world.submit(who, formOf(await world.say(who, 'duties away')), {
    substitute: [substitute.profile.userId],
    ...typed,
  });
const today = { from: '2026-12-01', until: '2026-12-02' };
const next = { from: '2026-12-07', until: '2026-12-08' };
const told = async (who: Someone) =>
  (await world.waiting()).filter((it) => it.startsWith(`${who.name}: `)).map((it) => it.split(': ')[1]);
const request = (who: Someone, booking: BookingId) => world.sent(who, 'approval.request', { booking });
const runDue = async (job: string) => {
  const row = (await world.outbox()).find((it) => it.name === job && it.state === 'waiting');
  if (!row) throw new Error(`no ${job} is planned`);
  world.moveTo(row.dueAt);
  await world.run(job, row.data);
};
const asked = async (who: Someone) => (await told(who)).filter((it) => it === 'approval.request').length;

describe('[7.1] /duties', () => {
  test('shows who reviews which rooms, and who has which role', async () => {
    await world.room({ name: 'Andes', reviewers: [rae] });
    await world.room({ name: 'Ural', reviewers: [lin, rae] });
    await world.room({ name: 'Yushan', site: 'Taipei', reviewers: [rae] });
    await world.room({ name: 'Old', active: false, reviewers: [lin] });
    await world.act(ada, {
      command: 'people.giveRole',
      values: { people: [ann.profile.userId], role: 'supervisor' },
    });
    const card = await duties(ann);
    expect(card.rows?.map(({ title, text }) => `${title}: ${text}`)).toEqual([
      'Berlin · Rae: Alps and Andes',
      expect.stringMatching(/^Berlin · (Rae and Lin|Lin and Rae): Ural$/),
      'Taipei · Rae: Yushan',
    ]);
    expect(card.facts).toEqual([
      { label: 'Admin', value: 'Ada' },
      { label: 'Supervisor', value: 'Ann' },
    ]);
  });

  test('turns its pages', async () => {
    for (let n = 0; n < 10; n++) await world.room({ name: 'Room', site: `Site ${n}`, reviewers: [rae] });
    const first = await duties(ann);
    expect([first.rows?.length, first.footnote]).toEqual([8, 'Page 1 of 2']);
    const second = cardOf(await world.press(ann, first, 'Next page'));
    expect([second.rows?.length, labelsOf(second)]).toEqual([3, ['I’ll be away…', 'Previous page']]);
  });

  test('shows who is away until when, and who stands in', async () => {
    await away(rae, today);
    await away(lin, next, rae);
    const card = await duties(ann);
    expect(card.rows?.slice(0, 2)).toEqual([
      { title: 'Rae is away until Wed, Dec 2, 2026', text: 'Lin stands in.', tone: 'warning' },
      {
        title: 'Lin will be away from Mon, Dec 7, 2026 to Tue, Dec 8, 2026',
        text: 'Rae stands in.',
        tone: 'neutral',
      },
    ]);
    expect(labelsOf(rowOf(await duties(rae), 'Rae is away'))).toEqual(['End']);
    expect(labelsOf(rowOf(await duties(ada), 'Lin will'))).toEqual(['End']);
  });
});

describe('[7.1] /duties away', () => {
  // It is Tuesday, 1 December 2026.
  test.each([
    ['next week', '2026-12-07', '2026-12-13'],
    ['下週 @lin', '2026-12-07', '2026-12-13'],
    ['this week', '2026-12-01', '2026-12-06'],
    ['明天', '2026-12-02', '2026-12-02'],
    ['last week', '', ''],
    ['', '', ''],
  ])('understands “%s”', async (text, from, until) => {
    const form = formOf(await world.say(rae, `duties away ${text}`));
    expect(['from', 'until'].map((name) => fieldOf(form, name).value ?? '')).toEqual([from, until]);
  });

  test('opens the form with what was understood', async () => {
    const said = await world.dispatch.say(
      rae.caller,
      'duties away 2026-12-07..2026-12-14 @lin',
      'event-away',
      { mentions: { lin: lin.profile.userId } },
    );
    const form = formOf(said);
    expect(['from', 'until'].map((name) => fieldOf(form, name).value)).toEqual(['2026-12-07', '2026-12-14']);
    expect(fieldOf(form, 'substitute').value).toEqual([lin.profile.userId]);
    expect(form.fields.map((it) => it.name)).toEqual(['from', 'until', 'substitute']);
    const saved = cardOf(await world.submit(rae, form));
    expect(saved.banner?.text).toBe('Lin stands in from Mon, Dec 7, 2026 to Mon, Dec 14, 2026.');
    expect(await told(lin)).toEqual(['duties.news']);
  });

  test('tells the substitute', async () => {
    await away(rae, next);
    const data = (await world.outbox()).find((it) => it.name === 'duties.news')?.data ?? {};
    const card = await world.sent(lin, 'duties.news', data);
    expect([card?.title, card?.text]).toEqual([
      'You stand in for Rae',
      [
        'From Mon, Dec 7, 2026 to Tue, Dec 8, 2026 you decide what waits for Rae. What waits already comes to you then.',
      ],
    ]);
    world.moveTo(at('2026-12-09T00:00'));
    expect(await world.sent(lin, 'duties.news', data)).toBeNull();
  });

  test('names what is wrong at its field, and keeps what was typed', async () => {
    const guest = await world.person('Gus', { kind: 'guest' });
    expect(errorsOf(await away(rae, { from: '', until: '', substitute: [] }))).toEqual({
      from: 'Please choose a day.',
      until: 'Please choose a day.',
      substitute: 'Please choose who stands in.',
    });
    expect(errorsOf(await away(rae, next, rae))).toEqual({
      substitute: 'Nobody stands in for themselves; please choose somebody else. (rule 7.1)',
    });
    expect(errorsOf(await away(rae, next, guest))).toEqual({
      substitute: expect.stringContaining('Gus'),
    });
    const back = await away(rae, { ...next, until: '2026-12-01' });
    expect(errorsOf(back)).toEqual({ until: 'The last day can’t be before the first.' });
    expect(fieldOf(formOf(back), 'substitute').value).toEqual([lin.profile.userId]);
    expect(await told(lin)).toEqual([]);
  });

  test('is refused where it overlaps with one that is there', async () => {
    await away(rae, next);
    const second = await away(rae, { from: '2026-12-08', until: '2026-12-10' }, ann);
    expect(errorsOf(second)).toEqual({
      from: 'That overlaps with the time from Mon, Dec 7, 2026 to Tue, Dec 8, 2026, for which Lin stands in. End that first, under /duties. (rule 7.1)',
    });
  });

  test('acts once, however often it is sent', async () => {
    const form = formOf(await world.say(rae, 'duties away'));
    const typed = { ...next, substitute: [lin.profile.userId] };
    for (let n = 0; n < 2; n++) await world.submit(rae, form, typed);
    expect(await told(lin)).toEqual(['duties.news']);
  });

  test('an admin enters it for somebody else, who hears of it', async () => {
    const form = formOf(await world.say(ada, 'duties away'));
    const typed = { person: [rae.profile.userId], substitute: [lin.profile.userId], ...today };
    await world.submit(ada, form, typed);
    expect(await told(rae)).toEqual(['duties.news']);
    const data = (await world.outbox()).find((it) => it.data.news === 'away')?.data ?? {};
    const card = (await world.sent(rae, 'duties.news', data)) as Card;
    expect(card.title).toBe('Ada has entered that you are away');
    await world.press(rae, card, 'End');
    expect((await duties(rae)).rows?.map((row) => row.title)).toEqual(['Berlin · Rae']);
    const kinds = (await world.audit()).map((it) => [it.kind, it.actor]);
    expect(kinds).toEqual([
      ['duty.away', ada.person],
      ['duty.back', rae.person],
    ]);
  });

  test('[6.2] nobody else does, nor ends another’s', async () => {
    const form = formOf(await world.say(lin, 'duties away'));
    const typed = { person: [rae.profile.userId], substitute: [ann.profile.userId], ...today };
    const values = { ...typed };
    const answered = await world.act(lin, { command: 'duties.save', data: form.data, values });
    expect(answered.answer.kind).toBe('invalid');
    await away(rae, today);
    const { data } = buttonOf(rowOf(await duties(rae), 'Rae is away'), 'End');
    expect(noteOf(await world.act(lin, { command: 'duties.end', data }))).toContain('out of date');
    expect((await duties(ann)).rows?.[0]?.title).toContain('Rae is away');
  });
});

describe('[7.1] while somebody is away', () => {
  test('cards that are open move over at once, and what is done is done for them', async () => {
    const booking = await book(ann);
    expect(await request(lin, booking)).toBeNull();
    await away(rae, today);
    expect(await asked(lin)).toBe(1);
    const card = (await request(lin, booking)) as Card;
    expect(textOf(card)).toContain('You decide for Rae.');
    const after = cardOf(await world.press(lin, card, 'Approve'));
    expect(textOf(after)).toContain('Approved by Lin for Rae on');
    expect(await bookingsIn(world.db)).toMatchObject([
      { state: { kind: 'approved', by: lin.person, for: rae.person } },
    ]);
  });

  test('new requests go to the substitute; who is away may decide, but is not asked', async () => {
    await away(rae, today);
    const booking = await book(ann);
    expect([await asked(lin), await asked(rae)]).toEqual([1, 0]);
    expect(cardOf(await world.say(lin, 'approvals')).rows).toHaveLength(1);
    await world.press(rae, (await request(rae, booking)) as Card, 'Approve');
    expect(await bookingsIn(world.db)).toMatchObject([{ state: { by: rae.person, for: null } }]);
  });

  test('what is planned begins when its time has come', async () => {
    const booking = await book(ann);
    await away(rae, next);
    expect([await asked(lin), await request(lin, booking)]).toEqual([0, null]);
    await runDue('duties.begin');
    expect(world.now()).toBe(at('2026-12-07T00:00'));
    expect(await asked(lin)).toBe(1);
    expect(await request(lin, booking)).not.toBeNull();
  });

  test('what is still open goes back when it ends, and leaves the substitute’s card', async () => {
    const booking = await book(ann);
    const decided = await book(ann, { start: '12:00' });
    await away(rae, today);
    await world.press(lin, (await request(lin, decided)) as Card, 'Approve');
    const before = await asked(rae);
    const shown = await world.updated(lin, 'approval.request', { booking });
    expect(labelsOf(shown?.card ?? {})).toContain('Approve');
    await runDue('duties.end');
    expect(world.now()).toBe(at('2026-12-03T00:00'));
    expect(await asked(rae)).toBe(before + 1);
    expect(await request(lin, booking)).toBeNull();
    const after = await world.updated(lin, 'approval.request', { booking });
    expect(after?.card.actions).toEqual([]);
    expect(after?.revision).toBeGreaterThan(shown?.revision ?? Number.NaN);
    const refreshed = (await world.outbox()).filter(
      (row) => row.kind === 'refresh' && row.subject === bookingSubject(booking),
    );
    expect(refreshed.at(-1)?.dueAt).toBe(world.now());
    const press = { command: 'approval.approve', data: { booking, asOf: '1' } };
    expect(noteOf(await world.act(lin, press))).toContain('Only the reviewers');
  });

  test('/duties back ends it early; what was planned about it is taken back', async () => {
    const booking = await book(ann);
    expect(noteOf(await world.say(rae, 'duties back'))).toContain('You are not away.');
    await away(rae, today);
    world.moveTo(at('2026-12-01T12:00'));
    const after = cardOf(await world.say(rae, 'duties back'));
    expect(after.banner?.text).toBe('Ended. What still waits is back with Rae.');
    expect(await request(lin, booking)).toBeNull();
    expect(await told(lin)).toContain('duties.news');
    expect(await world.waiting()).not.toContain('duties.end');
  });

  test('one that has not begun is taken back', async () => {
    await away(rae, next);
    const after = cardOf(await world.press(rae, rowOf(await duties(rae), 'Rae will'), 'End'));
    expect(after.banner?.text).toBe('Taken back.');
    expect(await world.waiting()).not.toContain('duties.begin');
    world.moveTo(at('2026-12-07T12:00'));
    expect((await duties(ann)).rows).toHaveLength(1);
  });

  test('nobody decides their own request as somebody’s substitute', async () => {
    await away(rae, today);
    const booking = await book(lin);
    expect([await asked(rae), await asked(lin)]).toEqual([1, 0]);
    const press = { command: 'approval.approve', data: { booking, asOf: '1' } };
    expect(noteOf(await world.act(lin, press))).toContain('Nobody decides their own request');
  });

  test('two who stand in for each other are both asked', async () => {
    const room = await world.room({ name: 'Ural', reviewers: [rae, lin] });
    await away(rae, today);
    await away(lin, today, rae);
    const [rae0, lin0] = [await asked(rae), await asked(lin)];
    await book(ann, { room });
    expect([await asked(rae), await asked(lin)]).toEqual([rae0 + 1, lin0 + 1]);
  });

  test('where the substitute is away too, theirs is asked', async () => {
    await away(lin, today, ada);
    const booking = await book(ann);
    await away(rae, today);
    expect([await asked(ada), await asked(lin)]).toEqual([1, 0]);
    await world.press(ada, (await request(ada, booking)) as Card, 'Approve');
    expect(await bookingsIn(world.db)).toMatchObject([{ state: { by: ada.person, for: rae.person } }]);
  });

  test('a series moves over as a whole', async () => {
    await askForSeries(world, ann, alps, 'Stand-up');
    await away(rae, today);
    expect((await told(lin)).filter((it) => it !== 'duties.news')).toEqual(['series.review']);
  });

  test('[2.5] a cancellation moves over as well', async () => {
    const booking = await book(ann);
    await world.press(rae, (await request(rae, booking)) as Card, 'Approve');
    const cancel = { command: 'cancel.request', data: { booking }, values: { reason: 'No time' } };
    await world.act(ann, cancel);
    await away(rae, today);
    await world.press(lin, (await request(lin, booking)) as Card, 'Confirm cancellation');
    expect(await bookingsIn(world.db)).toMatchObject([
      { state: { kind: 'cancelled', by: lin.person, for: rae.person } },
    ]);
  });
});
