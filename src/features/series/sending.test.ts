import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, labelsOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { createSeriesWorld, type SeriesWorld } from '../../../test/support/series-world.ts';
import { bookingsIn, type Someone, type World } from '../../../test/support/world.ts';
import { type ApprovalDecision, defaultRules } from '../rules/index.ts';
import { rulesVersion } from '../rules/schema.ts';

let it: SeriesWorld;
let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;

beforeEach(async () => {
  it = await createSeriesWorld();
  ({ world, ann, ben, rae } = it);
});
afterEach(() => world.stop());

describe('[2.1] sending a series', () => {
  test('books every date that can be, in one step, and asks the reviewers once', async () => {
    await it.taken('2026-12-09');
    const told = await it.told();
    const card = cardOf(await it.sendAll(await it.preview()));
    expect(await it.booked()).toEqual([
      '2026-12-02 10:00 requested',
      '2026-12-16 10:00 requested',
      '2026-12-23 10:00 requested',
    ]);
    expect((await it.told()).filter((it) => !told.includes(it))).toEqual(['Rae: series.review']);
    expect(textOf(card)).toContain('Waiting for approval: 3');
    expect(card.rows?.map((it) => it.title)).toHaveLength(3);
  });

  test('what was chosen for a date is an exception by hand', async () => {
    await world.room({ name: 'Eiger', capacity: 6, reviewers: [rae] });
    await it.taken('2026-12-09');
    await it.taken('2026-12-16');
    const first = cardOf(await world.press(ann, rowOf(await it.preview(), 'Dec 9'), 'Eiger'));
    await it.sendAll(cardOf(await world.press(ann, rowOf(first, 'Dec 16'), '11:00 – 12:00')));
    const made = (await bookingsIn(world.db)).filter((it) => it.series !== null);
    expect(made.map((it) => [it.occurrence, it.overrides])).toEqual([
      ['2026-12-02', []],
      ['2026-12-09', ['room']],
      ['2026-12-16', ['start', 'end']],
      ['2026-12-23', []],
    ]);
  });

  test('nothing is sent where a date has been taken since it was shown, nor twice', async () => {
    const card = await it.preview();
    await it.taken('2026-12-09');
    const again = cardOf(await it.sendAll(card));
    expect(again.banner?.text).toContain('changed since you saw it');
    expect(await it.booked()).toEqual([]);
    await it.sendAll(again);
    expect(cardOf(await it.sendAll(again)).banner?.text).toBe('This series has been sent already.');
    expect(await it.booked()).toHaveLength(3);
  });
});

describe('[2.2] one approval decides the series', () => {
  test('the reviewer sees the dates and what is different about some', async () => {
    await it.taken('2026-12-09');
    await it.taken('2026-12-16');
    await it.sendAll(cardOf(await world.press(ann, rowOf(await it.preview(), 'Dec 16'), '11:00 – 12:00')));
    const card = await it.seen(rae, 'series.review');
    const facts = Object.fromEntries((card.facts ?? []).map((it) => [it.label, it.value]));
    expect(card.title).toBe('Ann asks for a series: Stand-up');
    expect(facts).toMatchObject({
      When: 'every week on Wednesday, 4 times, 10:00, 1 h (Central European Time)',
      'Different on': 'Wed, Dec 16, 2026, 11:00 – 12:00, Alps · Berlin, floor 3',
      'Left out': 'Wed, Dec 9, 2026',
    });
    expect(facts['Waiting for you']?.split('\n')).toHaveLength(3);
    expect(labelsOf(card)).toEqual(['Approve 3 dates', 'Approve, leaving out dates', 'Reject the series']);
  });

  test('approving: host and attendees hear of it once', async () => {
    await it.send();
    const card = await it.seen(rae, 'series.review');
    const after = cardOf(await world.press(rae, card, 'Approve 4 dates'));
    expect(await it.states()).toEqual(Array(4).fill('approved'));
    expect(textOf(after)).toContain('Approved: 4');
    expect(labelsOf(after)).toEqual([]);
    const told = await it.told();
    expect(told).toEqual(['Ann: series.news', 'Ben: series.invited']);
    expect(textOf(await it.seen(ann, 'series.news'))).toContain('Approved: 4');
    expect((await it.seen(ben, 'series.invited')).rows).toHaveLength(4);
  });

  test('leaving out dates: those are rejected with the reason, the others approved', async () => {
    await it.send();
    const card = await it.seen(rae, 'series.review');
    await world.press(rae, card, 'Approve, leaving out dates', {
      except: ['2026-12-23'],
      reason: 'Closed early',
    });
    expect(await it.states()).toEqual(['approved', 'approved', 'approved', 'rejected']);
    expect(textOf(await it.seen(ann, 'series.news'))).toContain('Closed early');
  });

  test('rejecting needs a reason, and rejects all', async () => {
    await it.send();
    const card = await it.seen(rae, 'series.review');
    expect(cardOf(await world.press(rae, card, 'Reject the series', { reason: ' ' })).banner?.text).toContain(
      'Please give a reason',
    );
    await world.press(rae, card, 'Reject the series', { reason: 'Works on the roof' });
    expect(await it.states()).toEqual(Array(4).fill('rejected'));
  });

  test('a click that comes too late or on what has changed decides nothing', async () => {
    const roy = await world.person('Roy');
    await world.room({ name: 'Both', reviewers: [rae, roy] });
    await it.send();
    const card = await it.seen(rae, 'series.review');
    const [first] = (await bookingsIn(world.db)).filter((it) => it.series !== null);
    await world.act(ann, { command: 'booking.withdraw', data: { booking: first?.id ?? '' } });
    const changed = cardOf(await world.press(rae, card, 'Approve 4 dates'));
    expect(changed.banner?.text).toContain('changed since you saw it');
    await world.press(rae, changed, 'Approve 3 dates');
    const late = cardOf(await world.press(rae, changed, 'Approve 3 dates'));
    expect(late.banner?.text).toBe('This request has been decided already. (rule 2.2)');
    expect(noteOf(await world.press(ben, card, 'Reject the series', { reason: 'No' }))).toContain(
      'decided already',
    );
    expect(await it.states()).toEqual(['withdrawn', 'approved', 'approved', 'approved']);
  });
});

describe('[2.2] where the rules decide', () => {
  const rule = (decision: ApprovalDecision) =>
    world.db.transact(async (tx) => {
      const organisation = { ...defaultRules, approval: [{ name: 'All', when: {}, decision }] };
      await tx
        .insert(rulesVersion)
        .values({ version: 2, from: world.now(), by: ann.person, document: { organisation, sites: {} } });
    });

  test('what they approve by themselves is approved at once, and those invited hear of it once', async () => {
    await rule('approve');
    expect(textOf(await it.send())).toContain('Approved: 4');
    expect(await it.told()).toEqual(['Ben: series.invited']);
  });

  test('where two have to approve, the first decides nothing, and is not asked again', async () => {
    const roy = await world.person('Roy');
    const room = await world.room({ name: 'Both', reviewers: [rae, roy] });
    await rule('askTwo');
    await it.send({ room });
    const first = cardOf(await world.press(rae, await it.seen(rae, 'series.review'), 'Approve 4 dates'));
    expect([labelsOf(first), await it.states()]).toEqual([[], Array(4).fill('requested')]);
    expect(await it.told()).not.toContain('Ann: series.news');
    await world.press(roy, await it.seen(roy, 'series.review'), 'Approve 4 dates');
    expect(await it.states()).toEqual(Array(4).fill('approved'));
    expect((await it.told()).filter((row) => row.startsWith('Ann'))).toEqual(['Ann: series.news']);
  });

  test('what they refuse is said of each date before anything is sent', async () => {
    await rule('refuse');
    const card = await it.preview();
    expect(card.rows?.map((row) => row.badge)).toEqual(Array(4).fill('Against a rule'));
    expect(labelsOf(card)).toEqual(['Change how it repeats']);
  });
});

describe('[2.2] a series that nobody decides', () => {
  const jobOf = async (name: string) => {
    const rows = (await world.outbox()).filter((it) => it.state === 'waiting' && it.name === name);
    expect(rows).toHaveLength(1);
    return rows[0];
  };

  test('is reminded of and escalates as one, and a decision takes both back', async () => {
    const ada = await world.person('Ada');
    await it.sendAll(await it.preview());
    const waiting = await world.waiting();
    expect(waiting.filter((it) => /remind|escalate/.test(it))).toEqual(['series.escalate', 'series.remind']);
    const remind = await jobOf('series.remind');
    world.moveTo(remind?.dueAt ?? 0);
    await world.run('series.remind', remind?.data ?? {});
    const reminded = await world.sent(rae, 'series.review', { series: await it.series(), reminder: 'yes' });
    expect(reminded?.banner?.text).toBeTruthy();
    const escalate = await jobOf('series.escalate');
    expect(await world.sent(ada, 'series.review', { series: await it.series() })).toBeNull();
    world.moveTo(escalate?.dueAt ?? 0);
    await world.run('series.escalate', escalate?.data ?? {});
    expect((await world.waiting()).filter((it) => it.startsWith('Ada'))).toEqual(['Ada: series.review']);
    await world.press(ada, await it.seen(ada, 'series.review'), 'Approve 4 dates');
    expect(await it.states()).toEqual(Array(4).fill('approved'));
    expect(await world.waiting()).not.toContain('series.escalate');
  });
});
