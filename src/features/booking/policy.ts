import { type Instant, minute } from '../../core/clock.ts';
import type { Refusal, Sentence } from '../../core/refusal.ts';
import { addDays, fromLocal, timeOfDay, toLocal } from '../../core/time.ts';
import { isOpen, openingOf } from '../rooms/domain.ts';
import { clauses } from '../rules/domain.ts';
import type { Details, RequestFacts } from './domain.ts';

export const topicLength = 150;
export const noteLength = 500;

/** The first rule that a request breaks, with the field to change and the nearest thing that is allowed (2.1). */
export function firstBreach(details: Details, facts: RequestFacts, now: Instant): Refusal | null {
  for (const check of [text, time, people, room]) {
    const breach = check(details, facts, now);
    if (breach) return breach;
  }
  return null;
}

type Check = (details: Details, facts: RequestFacts, now: Instant) => Refusal | null;

const text: Check = ({ topic, note }) => {
  const length = [...topic].length;
  if (length < 1 || length > topicLength)
    return {
      key: 'booking.refused.topic',
      figures: { most: topicLength, length },
      clause: '2.1',
      field: 'topic',
    };
  if ([...note].length > noteLength)
    return { key: 'booking.refused.note', figures: { most: noteLength }, clause: '2.1', field: 'note' };
  return null;
};

const time: Check = (details, facts, now) => {
  const { start, end } = details;
  const { rules, room } = facts;
  const step = rules.stepMinutes * minute;
  const minutes = lengthInMinutes(details);
  if (start <= now)
    return { key: 'booking.refused.past', clause: '2.1', field: 'start', nearest: from(nextStep(now, step)) };
  if (offStep(start, room.zone, rules.stepMinutes) !== 0)
    return {
      key: 'booking.refused.step',
      figures: { step: { minutes: rules.stepMinutes } },
      clause: clauses.stepMinutes,
      field: 'start',
      nearest: from(nearestStep(start, room.zone, rules.stepMinutes)),
    };
  if (minutes < rules.stepMinutes || minutes % rules.stepMinutes !== 0)
    return {
      key: 'booking.refused.lengthStep',
      figures: { step: { minutes: rules.stepMinutes } },
      clause: clauses.stepMinutes,
      field: 'duration',
      nearest: {
        key: 'booking.nearest.length',
        figures: {
          length: { minutes: Math.max(1, Math.round(minutes / rules.stepMinutes)) * rules.stepMinutes },
        },
      },
    };
  if (minutes > rules.maxMinutes)
    return {
      key: 'booking.refused.tooLong',
      figures: { max: { minutes: rules.maxMinutes } },
      clause: clauses.maxMinutes,
      field: 'duration',
      nearest: { key: 'booking.nearest.length', figures: { length: { minutes: rules.maxMinutes } } },
    };
  const lastDay = addDays(toLocal(now, room.zone).date, rules.horizonDays);
  if (toLocal(start, room.zone).date > lastDay)
    return {
      key: 'booking.refused.horizon',
      figures: { count: rules.horizonDays },
      clause: clauses.horizonDays,
      field: 'date',
      nearest: { key: 'booking.nearest.lastDay', figures: { day: lastDay } },
    };
  if (!isOpen({ start, end }, room.zone, rules))
    return {
      key: 'booking.refused.closed',
      figures: { opens: timeOfDay(rules.opens), closes: timeOfDay(rules.closes), room: room.name },
      clause: clauses.opens,
      field: 'start',
      ...nearestOpen(details, facts, now),
    };
  return null;
};

const people: Check = ({ headcount, attendees }, { room }) => {
  const least = attendees.length + 1;
  if (!Number.isInteger(headcount) || headcount < least)
    return {
      key: 'booking.refused.headcount',
      figures: { count: least },
      clause: '3.4',
      field: 'headcount',
      nearest: { key: 'booking.nearest.headcount', figures: { count: least } },
    };
  if (headcount > room.capacity)
    return {
      key: 'booking.refused.capacity',
      figures: { room: room.name, count: room.capacity },
      clause: clauses.capacity,
      field: 'headcount',
      nearest: { key: 'booking.nearest.capacity', figures: { count: room.capacity } },
    };
  return null;
};

const room: Check = (details, { room, deciders, taken }) => {
  if (!room.active)
    return { key: 'booking.refused.inactive', figures: { room: room.name }, clause: '2.1', field: 'room' };
  const missing = details.equipment.find((kind) => !room.equipment.includes(kind));
  if (missing)
    return {
      key: `booking.refused.equipment.${missing}`,
      figures: { room: room.name },
      clause: '4.1',
      field: 'equipment',
    };
  if (deciders.length === 0)
    return { key: 'booking.refused.nobody', figures: { room: room.name }, clause: '2.2', field: 'room' };
  if (taken)
    return {
      key: 'booking.refused.taken',
      figures: { room: room.name, until: { instant: taken.until } },
      clause: '2.1',
      field: 'room',
      ...(taken.nextFree === null
        ? {}
        : { nearest: { key: 'booking.nearest.free', figures: { at: { instant: taken.nextFree } } } }),
    };
  return null;
};

const from = (at: Instant): Sentence => ({ key: 'booking.nearest.from', figures: { at: { instant: at } } });

/** How many milliseconds past a step of the room's wall clock this is; 0 on a step. */
const offStep = (at: Instant, zone: string, step: number): number =>
  (toLocal(at, zone).minutes % step) * minute + (at % minute);

function nearestStep(at: Instant, zone: string, step: number): Instant {
  const off = offStep(at, zone, step);
  return off * 2 < step * minute ? at - off : at - off + step * minute;
}

export const lengthInMinutes = ({ start, end }: Pick<Details, 'start' | 'end'>): number =>
  (end - start) / minute;

export const nextStep = (now: Instant, step: number): Instant => (Math.floor(now / step) + 1) * step;

/** The start nearest to the wanted one at which a meeting of this length lies inside the opening hours. */
function nearestOpen(
  { start, end }: Details,
  { room, rules }: RequestFacts,
  now: Instant,
): { nearest?: Sentence } {
  const length = end - start;
  const date = toLocal(start, room.zone).date;
  const starts = [-1, 0, 1].flatMap((days) => {
    const opening = openingOf(addDays(date, days), room.zone, rules);
    return [opening.start, opening.end - length].filter(
      (at) => at > now && isOpen({ start: at, end: at + length }, room.zone, rules),
    );
  });
  const [best] = starts.sort((a, b) => Math.abs(a - start) - Math.abs(b - start));
  return best === undefined ? {} : { nearest: from(best) };
}

/**
 * What the form is preset to: the next step that leaves a few minutes to get there, or the next opening where
 * the rooms are closed by then.
 */
export function sensibleStart(
  now: Instant,
  zone: string,
  rules: { opens: number; closes: number; stepMinutes: number },
): Instant {
  const step = rules.stepMinutes * minute;
  const soon = nextStep(now + 4 * minute, step);
  const { date, minutes } = toLocal(soon, zone);
  if (minutes < rules.opens) return fromLocal({ date, time: timeOfDay(rules.opens), zone });
  if (minutes + rules.stepMinutes > rules.closes)
    return fromLocal({ date: addDays(date, 1), time: timeOfDay(rules.opens), zone });
  return soon;
}
