import { type Chosen, choose } from './choose.ts';
import type { PartOfDay } from './dates.ts';
import { type EquipmentIndex, findEquipment, indexEquipment } from './equipment.ts';
import { openGround, type Span } from './ground.ts';
import type { Field } from './labels.ts';
import { longestRead, normalise } from './normalise.ts';
import { findParts, type Parts } from './parts.ts';
import {
  afterMinutes,
  type Facts,
  type Moment,
  type Resolved,
  resolve,
  type TimeError,
  today,
  type When,
} from './resolve.ts';
import { chooseRoom, indexRooms, type RoomIndex } from './rooms.ts';
import { resolveSeries } from './series.ts';
import { topicOf } from './topic.ts';
import type { EquipmentWords } from './words/equipment.ts';

/** What a sentence says beside when it is. */
export type Said = {
  durationMinutes: number | null;
  headcount: number | null;
  /** What was not understood as anything else, as typed; null where nothing is left (S). */
  topic: string | null;
  attendees: string[];
  /** A known room's own name. */
  room: string | null;
  equipment: string[];
};

/** `start` is the wall clock in the zone, with the instant where a time is known. */
export type Understood =
  | ({ ok: true; start: Moment | null; partOfDay: PartOfDay | null; recurrence: string | null } & Said)
  | ({ ok: false; error: TimeError } & Said);

export type Grammar = (text: string, facts: Facts) => Understood;

/** A parser for the rooms and the equipment of an organisation; build it once, it serves any number of texts. */
export function createGrammar(vocabulary: { rooms: readonly string[]; equipment: EquipmentWords }): Grammar {
  const rooms = indexRooms(vocabulary.rooms);
  const equipment = indexEquipment(vocabulary.equipment);
  return (text, facts) => {
    const head = beginning(text);
    const rest = text.slice(head.length);
    const understood = read(head, facts, rooms, equipment);
    return rest === '' ? understood : { ...understood, topic: `${understood.topic ?? ''}${rest}` };
  };
}

// Not in the middle of a surrogate pair.
const beginning = (text: string): string =>
  text.slice(0, /[\ud800-\udbff]/.test(text[longestRead - 1] ?? '') ? longestRead - 1 : longestRead);

function read(text: string, facts: Facts, rooms: RoomIndex, equipment: EquipmentIndex): Understood {
  const strict = readOnce(text, facts, rooms, equipment, true);
  if (!strict.topicGiven || !strict.understood.ok || strict.understood.start !== null)
    return strict.understood;
  // The field of the topic holds everything: then it isn't only the topic.
  const open = readOnce(text, facts, rooms, equipment, false).understood;
  return open.ok && open.start === null ? strict.understood : open;
}

type Reading = { understood: Understood; topicGiven: boolean };

function readOnce(
  text: string,
  facts: Facts,
  rooms: RoomIndex,
  equipment: EquipmentIndex,
  topicAsTyped: boolean,
): Reading {
  const ground = openGround(normalise(text));
  const parts = findParts(ground, rooms, topicAsTyped);
  const chosen = choose(ground, parts, today(facts));
  const fields = (field: Field): Span[] =>
    parts.labels.filter((label) => label.field === field).map(({ to, end }) => ({ from: to, to: end }));
  const room = chooseRoom(ground, parts.rooms, fields('place'));
  if (room !== null) ground.claim(room);
  const needs = findEquipment(ground, equipment, fields('equipment'));
  const said: Said = {
    durationMinutes: chosen.duration?.minutes ?? null,
    headcount: chosen.headcount?.people ?? null,
    topic: text,
    attendees: parts.attendees.map(({ name }) => name),
    room: room?.room ?? null,
    equipment: [...new Set(needs.map(({ key }) => key))].sort(),
  };
  const topicGiven = parts.names.some(({ field }) => field);
  const partOfDay =
    chosen.date?.partOfDay ?? parts.partsOfDay[0]?.partOfDay ?? parts.recurrences[0]?.partOfDay ?? null;
  const { resolved, recurrence } = timing(parts, chosen, partOfDay, facts);
  if (resolved !== null && 'error' in resolved) {
    return { understood: { ok: false, error: resolved.error, ...said }, topicGiven };
  }
  const start = resolved?.start ?? null;
  const understood: Understood = {
    ok: true,
    ...said,
    topic: topicOf(
      ground,
      [...takenBy(parts, chosen), ...(room === null ? [] : [room]), ...needs],
      parts.names,
    ),
    start,
    durationMinutes: resolved?.durationMinutes ?? said.durationMinutes,
    partOfDay: start !== null && start.time === null ? partOfDay : null,
    recurrence,
  };
  return { understood, topicGiven };
}

type Timing = { resolved: Resolved | null; recurrence: string | null };

/** When it is, of what was chosen: so long from now, once, or a series. */
function timing(parts: Parts, chosen: Chosen, partOfDay: PartOfDay | null, facts: Facts): Timing {
  const once = (resolved: Resolved | null): Timing => ({ resolved, recurrence: null });
  const [elapsed] = parts.elapsed;
  if (elapsed !== undefined || chosen.time?.now) {
    return once({ start: afterMinutes(facts, elapsed?.minutes ?? 0), durationMinutes: null });
  }
  const [series] = parts.recurrences;
  const clock = chosen.time?.clock ?? null;
  // Z5: a part of the day by itself is today's.
  const todays = clock === null && series === undefined && parts.partsOfDay.length > 0;
  const when: When = {
    date: chosen.date?.date ?? (todays ? { on: 'days', days: 0 } : null),
    clock,
    end: chosen.time?.end ?? null,
    half: partOfDay,
  };
  if (series === undefined) return once(resolve(when, facts));
  return resolveSeries(
    {
      rule: series.rule,
      when,
      weekdays: chosen.weekdays,
      from: chosen.from?.date ?? null,
      until: chosen.until?.date ?? null,
      count: parts.counts[0] ?? null,
    },
    facts,
  );
}

/** What the parts that count took of the text, beside room and equipment. */
const takenBy = (parts: Parts, { spans, time, duration, headcount }: Chosen): Span[] =>
  [
    ...parts.labels,
    ...parts.attendees,
    parts.recurrences[0],
    parts.recurrences.length > 0 ? parts.counts[0] : undefined,
    parts.elapsed[0],
    ...spans,
    time,
    time?.endAt,
    duration,
    headcount,
    ...parts.partsOfDay,
  ].filter((it) => it !== null && it !== undefined);
