import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, errorsOf, formOf, valuesOf } from '../../../test/support/answers.ts';
import { local } from '../../../test/support/examples.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { BookingId } from '../../core/ids.ts';
import type { Values } from '../../core/view.ts';
import { slot } from '../rooms/schema.ts';

let world: World;
let ann: Someone;
let cem: Someone;
let booking: BookingId;

beforeEach(async () => {
  world = await createWorld();
  ann = await world.person('Ann');
  cem = await world.person('Cem');
  const rae = await world.person('Rae');
  const room = await world.room({ name: 'Alps', reviewers: [rae] });
  const when = { date: '2026-12-04', start: '10:00', duration: '60' };
  booking = await world.book(ann, { room, topic: 'Review', ...when });
  await world.act(rae, { command: 'approval.approve', data: { booking, asOf: '1' } });
});
afterEach(() => world.stop());

const open = () => world.act(ann, { command: 'change.open', data: { booking } });
const change = async (typed: Values) => world.submit(ann, formOf(await open()), typed);
/** What is held, as `room part: from – until`. */
const heldNow = async () =>
  (await world.db.read.select().from(slot))
    .map((it) => `Alps ${it.part}: ${local(it.start)} – ${local(it.end)}`)
    .sort();
const own = 'Alps own: 2026-12-04T10:00 – 2026-12-04T11:00';
const atNoon = 'Alps change: 2026-12-04T12:00 – 2026-12-04T13:00';

describe('[2.4] a form that was opened before the booking changed', () => {
  test('is shown again with all that was typed and what it would change, and taken then', async () => {
    const older = formOf(await open());
    await change({ start: '12:00', topic: 'Retro' });
    const again = await world.submit(ann, older, { duration: '90' });
    const { banner } = formOf(again);
    expect(banner?.text).toContain('has changed since you opened this form');
    expect(banner?.text.split('\n').slice(1)).toEqual([
      '• Topic: Retro → Review',
      '• When: Fri, Dec 4, 2026, 12:00 – 13:00 → 10:00 – 11:30 (Central European Time)',
    ]);
    expect(valuesOf(formOf(again))).toMatchObject({ start: '10:00', duration: '90', topic: 'Review' });
    expect(await heldNow()).toEqual([atNoon, own]);
    await world.submit(ann, formOf(again), {});
    expect(await heldNow()).toEqual(['Alps change: 2026-12-04T10:00 – 2026-12-04T11:30', own]);
  });

  test('says so where it wants just what the booking has become', async () => {
    const older = formOf(await open());
    await change({ start: '12:00' });
    const card = cardOf(await world.submit(ann, older, { start: '12:00' }));
    expect(card.banner).toEqual({
      tone: 'neutral',
      text: expect.stringContaining('just as you filled it in'),
    });
    expect(await heldNow()).toEqual([atNoon, own]);
  });

  test('is taken at once where nothing has changed that it would', async () => {
    const older = formOf(await open());
    await world.act(ann, {
      command: 'change.handOver',
      data: { booking },
      values: { to: [cem.profile.userId] },
    });
    expect(cardOf(await world.submit(ann, older, { start: '12:00' })).banner?.text).toContain('waits');
    expect(await heldNow()).toEqual([atNoon, own]);
  });

  test('is taken at once where an older version of the program opened it and nothing has happened since', async () => {
    const { data, ...form } = formOf(await open());
    const older = { ...form, data: { ...data, seen: 'printed differently' } };
    expect(cardOf(await world.submit(ann, older, { start: '12:00' })).banner?.text).toContain('waits');
    expect(await heldNow()).toEqual([atNoon, own]);
    // Now something has, or nobody can tell.
    const { seen: _, asOf: __, ...bare } = data;
    for (const its of [older.data, bare]) {
      const late = { ...form, data: { ...its, token: `late ${its === bare}` } };
      expect(formOf(await world.submit(ann, late, { start: '11:00' })).banner?.text).toContain('has changed');
    }
    expect(await heldNow()).toEqual([atNoon, own]);
  });

  test('says what is wrong with it first, and forgets no older state over that', async () => {
    const older = formOf(await open());
    await change({ start: '12:00' });
    const wrong = await world.submit(ann, older, { headcount: 'many' });
    expect(errorsOf(wrong)).toHaveProperty('headcount');
    const again = await world.submit(ann, formOf(wrong), { headcount: '5' });
    expect(formOf(again).banner?.text).toContain('has changed since');
    expect(await heldNow()).toEqual([atNoon, own]);
  });
});
