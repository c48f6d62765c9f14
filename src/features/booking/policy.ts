import { type Instant, minute } from '../../core/clock.ts';
import type { Refusal } from '../../core/refusal.ts';
import { addDays, pastStep, stepFrom, stepUntil, timeOfDay, toLocal } from '../../core/time.ts';
import { isOpen, openingOf } from '../rooms/domain.ts';
import { clauses, type Rules } from '../rules/domain.ts';
import type { Details, RequestFacts } from './request.ts';

export const topicLength = 150;
export const noteLength = 500;

type Check = (details: Details, facts: RequestFacts, now: Instant) => Refusal | null;

const first =
  (...checks: Check[]): Check =>
  (details, facts, now) => {
    for (const check of checks) {
      const breach = check(details, facts, now);
      if (breach) return breach;
    }
    return null;
  };

/** The first rule that a request breaks, with the field to change and the nearest thing that is allowed (2.1). */
export const firstBreach: Check = (...it) => first(text, length, time, people, room, review, free)(...it);

/** The same without the nearest start, which takes longest to find: for hundreds of requests at once. */
export const bareBreach: Check = (...it) =>
  first(text, length, timeBreach, people, room, review, free)(...it);

/**
 * The same for a change that asks for nothing more than the booking has (2.4): what the rules have come to say of
 * its place since does not stand against another topic.
 */
export const breachWithin: Check = (...it) => first(text, step, people, equipment)(...it);

/** The same for a meeting under way that is to end later (3.3): that is granted where the room is open and free. */
export const breachOfExtension: Check = (...it) => first(length, time, free)(...it);

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

const length: Check = (details, { rules }) => {
  const step = rules.stepMinutes;
  const minutes = lengthInMinutes(details);
  const longest = longestBooking(rules);
  const nearest = Math.min(longest, Math.max(step, Math.round(minutes / step) * step));
  const refused = {
    field: 'duration',
    nearest: { key: 'booking.nearest.length', figures: { length: { minutes: nearest } } },
  } as const;
  if (minutes > rules.maxMinutes)
    return {
      ...refused,
      key: 'booking.refused.tooLong',
      figures: { max: { minutes: rules.maxMinutes } },
      clause: clauses.maxMinutes,
    };
  if (minutes < step || minutes % step !== 0)
    return {
      ...refused,
      key: 'booking.refused.lengthStep',
      figures: { step: { minutes: step } },
      clause: clauses.stepMinutes,
    };
  return null;
};

/** A length that has become too long for its room is still none to be refused for. */
const step: Check = (details, facts, now) => {
  const breach = length(details, facts, now);
  return breach?.key === 'booking.refused.tooLong' ? null : breach;
};

const time: Check = (details, facts, now) => {
  const breach = timeBreach(details, facts, now);
  if (!breach || breach.nearest) return breach;
  const at = nearestStart(details, facts, now);
  return at === null
    ? breach
    : { ...breach, nearest: { key: 'booking.nearest.from', figures: { at: { instant: at } } } };
};

const timeBreach: Check = ({ start, end }, { rules, room }, now) => {
  if (start <= now) return { key: 'booking.refused.past', clause: '2.1', field: 'start' };
  const lastDay = addDays(toLocal(now, room.zone).date, rules.horizonDays);
  if (toLocal(start, room.zone).date > lastDay)
    return {
      key: 'booking.refused.horizon',
      figures: { count: rules.horizonDays },
      clause: clauses.horizonDays,
      field: 'date',
      nearest: { key: 'booking.nearest.lastDay', figures: { day: { day: lastDay } } },
    };
  if (pastStep(start, room.zone, rules.stepMinutes) !== 0)
    return {
      key: 'booking.refused.step',
      figures: { step: { minutes: rules.stepMinutes } },
      clause: clauses.stepMinutes,
      field: 'start',
    };
  if (!isOpen({ start, end }, room.zone, rules))
    return {
      key: 'booking.refused.closed',
      figures: { opens: timeOfDay(rules.opens), closes: timeOfDay(rules.closes), room: room.name },
      clause: clauses.opens,
      field: 'start',
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
      ...(least > room.capacity
        ? {}
        : { nearest: { key: 'booking.nearest.capacity', figures: { count: room.capacity } } }),
    };
  return null;
};

const room: Check = (details, facts, now) =>
  facts.room.active
    ? equipment(details, facts, now)
    : {
        key: 'booking.refused.inactive',
        figures: { room: facts.room.name },
        clause: '2.1',
        field: 'room',
      };

const equipment: Check = (details, { room }) => {
  const missing = details.equipment.find((kind) => !room.equipment.includes(kind));
  if (missing)
    return {
      key: `booking.refused.equipment.${missing}`,
      figures: { room: room.name },
      clause: '4.1',
      field: 'equipment',
    };
  return null;
};

const review: Check = (_, { room, deciders, verdict }) => {
  if (verdict.decision === 'refuse')
    return {
      key: 'booking.refused.byRule',
      figures: { rule: verdict.rule?.name ?? '' },
      clause: clauses.approval,
      field: 'room',
    };
  const reviewers = new Set(deciders.map((it) => it.for ?? it.person)).size;
  if (verdict.decision === 'askTwo' && reviewers === 1)
    return { key: 'booking.refused.onlyOne', figures: { room: room.name }, clause: '2.2', field: 'room' };
  if (verdict.decision !== 'approve' && reviewers === 0)
    return { key: 'booking.refused.nobody', figures: { room: room.name }, clause: '2.2', field: 'room' };
  return null;
};

const free: Check = (_, { room, taken }) => {
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

/** In minutes. What a room asks for need not be a full number of steps. */
export const longestBooking = ({ maxMinutes, stepMinutes }: Rules): number =>
  Math.floor(maxMinutes / stepMinutes) * stepMinutes;

const lengthInMinutes = ({ start, end }: Details): number => (end - start) / minute;

/** The start nearest to the wanted one, and later than now, that breaks no rule about time. */
function nearestStart(details: Details, facts: RequestFacts, now: Instant): Instant | null {
  const { room, rules } = facts;
  const length = details.end - details.start;
  const wanted = Math.max(details.start, now + 1);
  const { date } = toLocal(wanted, room.zone);
  const openings = [-1, 0, 1].map((days) => openingOf(addDays(date, days), room.zone, rules));
  const candidates = [
    wanted,
    ...openings.flatMap((opening) => [opening.start, opening.end - length]),
  ].flatMap((at) => [
    stepUntil(at, room.zone, rules.stepMinutes),
    stepFrom(at, room.zone, rules.stepMinutes),
  ]);
  const allowed = candidates.filter(
    (start) => timeBreach({ ...details, start, end: start + length }, facts, now) === null,
  );
  const [nearest] = allowed.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  return nearest ?? null;
}

/**
 * What the form is preset to, for a meeting of `length` minutes: the next step that leaves a few minutes to get
 * there, or the next opening where the rooms are closed by then.
 */
export function sensibleStart(
  now: Instant,
  zone: string,
  rules: { opens: number; closes: number; stepMinutes: number },
  length: number,
): Instant {
  const soon = stepFrom(now + 5 * minute, zone, rules.stepMinutes);
  const { date, minutes } = toLocal(soon, zone);
  if (minutes >= rules.opens && minutes + length <= rules.closes) return soon;
  const opening = openingOf(minutes < rules.opens ? date : addDays(date, 1), zone, rules);
  return stepFrom(opening.start, zone, rules.stepMinutes);
}
