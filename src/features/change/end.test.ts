import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, fieldOf, formOf, labelsOf, noteOf } from '../../../test/support/answers.ts';
import { at, local } from '../../../test/support/examples.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { hour, minute } from '../../core/clock.ts';
import type { BookingId, RoomId } from '../../core/ids.ts';
import { slot } from '../rooms/schema.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;
let alps: RoomId;
let booking: BookingId;

const start = at('2026-12-04T10:00');

beforeEach(async () => {
  world = await createWorld();
  ann = await world.person('Ann');
  ben = await world.person('Ben');
  rae = await world.person('Rae');
  alps = await world.room({ name: 'Alps', reviewers: [rae] });
  booking = await world.book(ann, {
    topic: 'Review',
    date: '2026-12-04',
    start: '10:00',
    duration: '60',
    attendees: [ben.profile.userId],
  });
  await world.act(rae, { command: 'approval.approve', data: { booking, asOf: '1' } });
});
afterEach(() => world.stop());

const open = () => world.act(ann, { command: 'change.open', data: { booking } });
/** What is held, as `part: from – until`. */
const heldNow = async () =>
  (await world.db.read.select().from(slot))
    .map((it) => `${it.part}: ${local(it.start)} – ${local(it.end)}`)
    .sort();
const own = 'own: 2026-12-04T10:00 – 2026-12-04T11:00';

describe('[2.4] [3.3] ending later and earlier', () => {
  const card = async () => cardOf(await world.act(ann, { command: 'booking.show', data: { booking } }));

  test('before the start, +15 is a change that waits', async () => {
    expect(cardOf(await world.press(ann, await card(), '+15 min')).banner?.text).toContain(
      'waits for a reviewer',
    );
    expect(await heldNow()).toEqual(['change: 2026-12-04T10:00 – 2026-12-04T11:15', own]);
  });

  test('under way, +15 holds at once where the room is free, once for two clicks', async () => {
    world.moveTo(start + 5 * minute);
    const shown = await card();
    expect(labelsOf(shown)).not.toContain('Change');
    const told = await world.told(async () => {
      expect(cardOf(await world.press(ann, shown, '+15 min')).banner?.text).toBe('Changed.');
    });
    expect(told).toEqual(['Ben: change.news', 'Rae: change.news']);
    expect(await heldNow()).toEqual(['own: 2026-12-04T10:00 – 2026-12-04T11:15']);
    expect(cardOf(await world.press(ann, shown, '+15 min')).banner?.text).toBe(
      'Nothing was changed. (rule 2.4)',
    );
  });

  test('+15 of a card that is out of date neither shortens what was moved nor replaces a change that waits', async () => {
    const shown = await card();
    const answer = async () => cardOf(await world.press(ann, shown, '+15 min')).banner?.text;
    await world.submit(ann, formOf(await open()), { start: '10:30' });
    const held = await heldNow();
    expect(await answer()).toContain('has changed since you saw it');
    expect(await heldNow()).toEqual(held);
    await world.act(rae, { command: 'approval.approve', data: { booking, asOf: '3' } });
    expect(await answer()).toContain('has changed since you saw it');
    expect(await heldNow()).toEqual(['own: 2026-12-04T10:30 – 2026-12-04T11:30']);
  });

  test('under way, +15 is refused where the next meeting begins', async () => {
    await world.book(ben, { room: alps, topic: 'Next', date: '2026-12-04', start: '11:00' });
    world.moveTo(start + 5 * minute);
    expect(cardOf(await world.press(ann, await card(), '+15 min')).banner?.text).toContain(
      'Alps is taken until',
    );
    expect(await heldNow()).toContain(own);
  });

  test('an earlier end is chosen from the steps that are left, and frees the room at once', async () => {
    world.moveTo(start + 5 * minute);
    const form = formOf(await world.press(ann, await card(), 'End at …'));
    const field = fieldOf(form, 'end');
    if (field.kind !== 'choice') throw new Error('no choice');
    expect(field.options.slice(0, 5).map((it) => it.label)).toEqual([
      '10:15 (15 min)',
      '10:30 (30 min)',
      '10:45 (45 min)',
      '11:00 (1 h)',
      '11:15 (1 h 15 min)',
    ]);
    expect([field.value, field.options.at(-1)?.label]).toEqual([String(start + hour), '14:00 (4 h)']);
    expect(cardOf(await world.submit(ann, form, { end: String(start + 30 * minute) })).banner?.text).toBe(
      'Changed.',
    );
    expect(await heldNow()).toEqual(['own: 2026-12-04T10:00 – 2026-12-04T10:30']);
  });

  test('a forged or outdated end is refused', async () => {
    const end = (to: number) =>
      world.act(ann, { command: 'change.end', data: { booking, end: String(to), token: String(to) } });
    for (const to of [start, start - hour, start + 7 * minute])
      expect(cardOf(await end(to)).banner?.text).toContain('(rule 2.1)');
    world.moveTo(start + 20 * minute);
    expect(cardOf(await end(start + 15 * minute)).banner?.text).toContain('That moment has passed');
    expect(await heldNow()).toEqual([own]);
  });

  test('of a meeting under way nothing else can be changed, so the form asks for nothing else', async () => {
    const form = formOf(await open());
    world.moveTo(start);
    expect(formOf(await open()).fields.map((it) => it.name)).toEqual(['end']);
    expect(cardOf(await world.submit(ann, form, { topic: 'Late' })).banner?.text).toContain('only its end');
    world.moveTo(start + hour);
    expect(noteOf(await world.act(ann, { command: 'change.askEnd', data: { booking } }))).toContain(
      'has ended',
    );
  });
});
