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
import { createTally } from './tally.ts';

/** The days of a period in one room's zone, as instants `[from, until)`. */
export type Span = { from: Instant; until: Instant };

/** Counts bookings room by room, so that no more than one room's have to be at hand. */
export function createCount(workDays: readonly number[]) {
  const heat = { booked: hoursInWeek(), open: hoursInWeek() };
  const rooms: RoomUse[] = [];
  const departments = new Map<string | null, DepartmentUse>();
  const ended = Object.fromEntries(outcomes.map((it) => [it, 0])) as Record<Outcome, number>;
  const lead = createTally(leadBounds);
  const decision = createTally(decisionBounds);
  const headcount = { bookings: 0, people: 0, seats: 0, classes: fillClasses.map(() => 0) };
  const refused = { total: 0, bySize: [...sizeBounds, 0].map(() => 0) };
  const onWorkDays = (hours: Hours): number =>
    hours.reduce((sum, minutes, at) => (workDays.includes(Math.floor(at / 24) + 1) ? sum + minutes : sum), 0);

  function takesPlace(figure: Figure, capacity: number): void {
    const use = departments.get(figure.department) ?? {
      department: figure.department,
      bookings: 0,
      minutes: 0,
    };
    use.bookings++;
    use.minutes += (figure.end - figure.start) / minute;
    departments.set(figure.department, use);
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
        lead.add(Math.floor((figure.start - figure.requestedAt) / minute));
        if (figure.decidedAt !== null)
          decision.add(Math.floor((figure.decidedAt - figure.requestedAt) / minute));
        if (!takes) continue;
        bookings++;
        takesPlace(figure, room.capacity);
      }
      for (let at = 0; at < booked.length; at++) {
        heat.booked[at] = (heat.booked[at] ?? 0) + (booked[at] ?? 0);
        heat.open[at] = (heat.open[at] ?? 0) + (open[at] ?? 0);
      }
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

    result: (): Statistics => ({
      rooms: rooms.toSorted((a, b) => share(b.used, b.open) - share(a.used, a.open)),
      booked: [...heat.booked],
      open: [...heat.open],
      departments: [...departments.values()].sort((a, b) => b.minutes - a.minutes),
      outcomes: ended,
      lead: lead.read(),
      decision: decision.read(),
      headcount,
      refused,
    }),
  };
}
