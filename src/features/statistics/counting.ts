import { type Instant, minute } from '../../core/clock.ts';
import {
  type CountedRoom,
  type DepartmentUse,
  decisionBounds,
  type Figure,
  fillClasses,
  leadBounds,
  type Outcome,
  outcomes,
  type RoomUse,
  type Statistics,
  share,
  sizeBounds,
} from './domain.ts';
import { addLocalHours, type Hours, hoursInWeek, type LocalClock } from './local-hours.ts';
import { addTo, readTally, type Tally } from './tally.ts';

/** The days of a period in one room's zone, as instants `[from, until)`. */
export type Span = { from: Instant; until: Instant };

/** What was counted of some rooms, in a form that adds up with that of others. */
export type Counted = {
  booked: Hours;
  open: Hours;
  rooms: RoomUse[];
  departments: Map<string | null, DepartmentUse>;
  outcomes: Record<Outcome, number>;
  lead: Tally;
  decision: Tally;
  headcount: Statistics['headcount'];
  refused: Statistics['refused'];
};

const nothing = (): Counted => ({
  booked: hoursInWeek(),
  open: hoursInWeek(),
  rooms: [],
  departments: new Map(),
  outcomes: Object.fromEntries(outcomes.map((it) => [it, 0])) as Counted['outcomes'],
  lead: new Map(),
  decision: new Map(),
  headcount: { bookings: 0, people: 0, seats: 0, classes: fillClasses.map(() => 0) },
  refused: { total: 0, bySize: [...sizeBounds, 0].map(() => 0) },
});

/** What several parts come to together. */
export function addUp(parts: readonly Counted[]): Statistics {
  const sum = nothing();
  for (const part of parts) {
    for (const hours of ['booked', 'open'] as const) addEach(sum[hours], part[hours]);
    sum.rooms.push(...part.rooms);
    for (const { department, bookings, minutes } of part.departments.values()) {
      const use = departmentIn(sum, department);
      use.bookings += bookings;
      use.minutes += minutes;
    }
    for (const outcome of outcomes) sum.outcomes[outcome] += part.outcomes[outcome];
    for (const tally of ['lead', 'decision'] as const)
      for (const [minutes, times] of part[tally]) addTo(sum[tally], minutes, times);
    for (const figure of ['bookings', 'people', 'seats'] as const)
      sum.headcount[figure] += part.headcount[figure];
    addEach(sum.headcount.classes, part.headcount.classes);
    sum.refused.total += part.refused.total;
    addEach(sum.refused.bySize, part.refused.bySize);
  }
  return {
    ...sum,
    rooms: sum.rooms.toSorted((a, b) => share(b.used, b.open) - share(a.used, a.open)),
    booked: [...sum.booked],
    open: [...sum.open],
    departments: [...sum.departments.values()].sort((a, b) => b.minutes - a.minutes),
    lead: readTally(sum.lead, leadBounds),
    decision: readTally(sum.decision, decisionBounds),
  };
}

function addEach(to: Hours | number[], values: Hours | number[]): void {
  for (let at = 0; at < values.length; at++) to[at] = (to[at] ?? 0) + (values[at] ?? 0);
}

function departmentIn({ departments }: Counted, department: string | null): DepartmentUse {
  const use = departments.get(department) ?? { department, bookings: 0, minutes: 0 };
  departments.set(department, use);
  return use;
}

/** Counts bookings room by room, so that no more than one room's have to be at hand. */
export function createCount(workDays: readonly number[]) {
  const counted = nothing();
  const { rooms, outcomes: ended, lead, decision, headcount, refused } = counted;
  const onWorkDays = (hours: Hours): number =>
    hours.reduce((sum, minutes, at) => (workDays.includes(Math.floor(at / 24) + 1) ? sum + minutes : sum), 0);

  function takesPlace(figure: Figure, capacity: number): void {
    const use = departmentIn(counted, figure.department);
    use.bookings++;
    use.minutes += (figure.end - figure.start) / minute;
    headcount.bookings++;
    headcount.people += figure.headcount;
    headcount.seats += capacity;
    const fill = fillClasses.findIndex((most) => figure.headcount <= most * capacity);
    const at = fill === -1 ? fillClasses.length - 1 : fill;
    headcount.classes[at] = (headcount.classes[at] ?? 0) + 1;
  }

  return {
    /**
     * One room with its bookings that begin in the period, or before it and may reach into it; none after it.
     * @param open what `openHours` says of this room
     */
    room(
      room: CountedRoom,
      figures: Iterable<Figure>,
      { from, until }: Span,
      clock: LocalClock,
      open: Hours,
    ) {
      const booked = hoursInWeek();
      let bookings = 0;
      for (const figure of figures) {
        const takes = figure.outcome === 'approved';
        if (takes) {
          const during = { start: Math.max(figure.start, from), end: Math.min(figure.end, until) };
          addLocalHours(booked, during, clock, room);
        }
        if (figure.start < from) continue;
        ended[figure.outcome]++;
        addTo(lead, Math.floor((figure.start - figure.requestedAt) / minute));
        if (figure.decidedAt !== null)
          addTo(decision, Math.floor((figure.decidedAt - figure.requestedAt) / minute));
        if (!takes) continue;
        bookings++;
        takesPlace(figure, room.capacity);
      }
      addEach(counted.booked, booked);
      addEach(counted.open, open);
      const { id, name, site } = room;
      rooms.push({ id, name, site, bookings, open: onWorkDays(open), used: onWorkDays(booked) });
    },

    refused(headcounts: Iterable<number>) {
      for (const it of headcounts) {
        const found = sizeBounds.findIndex((most) => it <= most);
        const at = found === -1 ? sizeBounds.length : found;
        refused.total++;
        refused.bySize[at] = (refused.bySize[at] ?? 0) + 1;
      }
    },

    counted,
  };
}
