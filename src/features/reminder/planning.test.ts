import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formOf } from '../../../test/support/answers.ts';
import { local } from '../../../test/support/examples.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { day, hour, minute } from '../../core/clock.ts';
import type { BookingId, PersonId } from '../../core/ids.ts';
import { toLocal } from '../../core/time.ts';
import type { Tx } from '../../db/database.ts';
import { type Booking, type Details, detailsOf, findBooking } from '../booking/index.ts';
import { defaultRules } from '../rules/index.ts';
import { comingTo, plan } from './domain.ts';
import { settingOf } from './store.ts';

const zone = 'Europe/Berlin';

type Deed =
  | { kind: 'set'; who: number; leads: string[] }
  | { kind: 'come'; who: number; type: 'decline' | 'undecline' }
  | { kind: 'invite'; who: number[] }
  | { kind: 'move'; hours: number }
  | { kind: 'wait'; minutes: number };

const who = fc.constantFrom(1, 2);
const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('set' as const),
      who: fc.constantFrom(0, 1, 2),
      leads: fc.oneof(fc.constant<string[]>(['organisation']), fc.subarray(['1440', '120', '60', '5'])),
    }),
    fc.record({
      kind: fc.constant('come' as const),
      who,
      type: fc.constantFrom('decline' as const, 'undecline' as const),
    }),
    fc.record({ kind: fc.constant('invite' as const), who: fc.subarray([1, 2]) }),
    fc.record({ kind: fc.constant('move' as const), hours: fc.integer({ min: -3, max: 3 }) }),
    fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 900 }) }),
  ),
  { minLength: 3, maxLength: 6 },
);

type Scene = { world: World; people: Someone[]; rae: Someone; booking: BookingId };

/** A booking three days ahead at noon, approved, with everybody who may come. */
async function begin({ world, people, rae }: Omit<Scene, 'booking'>): Promise<Scene> {
  const [ann, ...others] = people;
  if (!ann) throw new Error('nobody hosts');
  // Each on a day of its own.
  world.moveTo(world.now() + day);
  const booking = await world.book(ann, {
    topic: 'Review',
    date: toLocal(world.now() + 3 * day, zone).date,
    start: '12:00',
    duration: '60',
    attendees: others.map((it) => it.caller.userId),
  });
  await approve(world, rae, booking, 1);
  return { world, people, rae, booking };
}

const originFor = (world: World, tx: Tx, actor: PersonId) => ({
  tx,
  now: world.now(),
  actor,
  source: 'test',
});

const approve = (world: World, { person: by }: Someone, booking: BookingId, asOf: number) =>
  world.db.transact((tx) =>
    world.bookings.change(originFor(world, tx, by), booking, { type: 'approve', by, asOf }),
  );

async function load(world: World, id: BookingId): Promise<Booking> {
  const found = await findBooking(world.db.read, id);
  if (!found) throw new Error('the booking is gone');
  return found;
}

async function act(deed: Deed, { world, people, rae, booking }: Scene) {
  const person = (n: number): Someone => people[n] ?? rae;
  const host = person(0).person;
  const before = await load(world, booking);
  const revise = (to: Details) =>
    world.db.transact((tx) =>
      world.bookings.revise(originFor(world, tx, host), booking, { by: host, to, apart: false }),
    );
  switch (deed.kind) {
    case 'set': {
      const form = formOf(await world.act(person(deed.who), { command: 'reminder.edit' }));
      await world.submit(person(deed.who), form, { leads: deed.leads });
      return;
    }
    case 'come':
      await world.act(person(deed.who), { command: `reminder.${deed.type}`, data: { booking } });
      return;
    case 'invite':
      await revise({ ...detailsOf(before), attendees: deed.who.map((n) => person(n).person) });
      return;
    case 'move': {
      const shift = deed.hours * hour;
      const to = { ...detailsOf(before), start: before.start + shift, end: before.end + shift };
      const asked = await revise(to);
      if (asked?.ok) await approve(world, rae, booking, asked.booking.revision);
      return;
    }
    case 'wait':
      world.moveTo(world.now() + deed.minutes * minute);
  }
}

/** What is to be told to each from now on, by what is planned and by what ought to be. */
async function plans({ world, people, booking }: Scene) {
  const now = world.now();
  const it = await load(world, booking);
  const rows = (await world.outbox()).filter(
    (row) => row.name === 'reminder.card' && row.state === 'waiting' && row.data.booking === booking,
  );
  const planned: Record<string, string[]> = {};
  const wanted: Record<string, string[]> = {};
  for (const { name, person } of people) {
    const { leads } = await settingOf(world.db.read, person);
    const due = rows.filter((row) => row.person === person && row.dueAt > now);
    planned[name] = due.map((row) => local(row.dueAt));
    const own = { start: it.start, leads: leads ?? defaultRules.reminders, quiet: null, zone: 'UTC', now };
    wanted[name] = comingTo(it).includes(person) ? plan(own).map(({ due }) => local(due)) : [];
  }
  return { planned, wanted };
}

test('[2.7] whatever happens to a booking and to settings, no reminder is lost, doubled, or sent to who stays away', async () => {
  const world = await createWorld();
  const rae = await world.person('Rae');
  const people = [await world.person('Ann'), await world.person('Ben'), await world.person('Cho')];
  await world.room({ name: 'Alps', reviewers: [rae] });
  let moved = 0;
  try {
    await fc.assert(
      fc.asyncProperty(deeds, async (deeds) => {
        const scene = await begin({ world, people, rae });
        const first = await load(world, scene.booking);
        for (const deed of deeds) {
          await act(deed, scene);
          const { planned, wanted } = await plans(scene);
          expect(planned).toEqual(wanted);
        }
        if ((await load(world, scene.booking)).start !== first.start) moved++;
      }),
      { numRuns: 12 },
    );
  } finally {
    await world.stop();
  }
  // The property has seen what it is about.
  expect(moved).toBeGreaterThan(0);
}, 60_000);
