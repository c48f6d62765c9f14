import { z } from 'zod';
import { minute } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import { isDate, isTimeOfDay, readLocal, toLocal } from '../../core/time.ts';
import { equipmentKinds } from '../rooms/domain.ts';
import type { Details } from './domain.ts';

/** The value of the room field that means "find me one". */
export const anyRoom = 'any';

const text = z.string().default('');

/** A request as it is typed into the form. */
export const typedRequest = z.object({
  token: z.string(),
  room: text,
  topic: text,
  date: text,
  start: text,
  duration: text,
  attendees: z.array(z.string().transform((id) => id as PersonId)).default([]),
  headcount: text,
  equipment: z.array(z.string()).default([]),
  confidential: z.boolean().default(false),
  note: text,
  /** How and until when is asked next; see the feature `series`. */
  recurring: z.boolean().optional(),
});
export type TypedRequest = z.infer<typeof typedRequest>;

export type TypedField = Exclude<keyof TypedRequest, 'token'>;
export type Problems = Partial<Record<TypedField, Refusal>>;

export type ReadRequest =
  | {
      ok: true;
      details: Omit<Details, 'room'>;
      /** The start is a time that the clock shows twice: the first was taken. */
      twice: boolean;
    }
  | { ok: false; problems: Problems };

/**
 * Reads what was typed, naming every field that can't be read. Date and start are on the wall clock of `zone`;
 * a time that the clock skips there is refused, one that it shows twice is read as the first (2.1).
 */
export function readRequest(typed: TypedRequest, host: PersonId, zone: string): ReadRequest {
  const problems: Problems = {};
  const wrong = (field: TypedField, refusal: Omit<Refusal, 'field'>) => {
    problems[field] = { ...refusal, field };
  };

  if (typed.room === '') wrong('room', { key: 'booking.wrong.room' });
  if (typed.topic.trim() === '') wrong('topic', { key: 'booking.wrong.topic' });
  const minutes = Number(typed.duration);
  if (!Number.isInteger(minutes) || minutes < 1) wrong('duration', { key: 'booking.wrong.duration' });

  const read = readLocal({ date: typed.date, time: typed.start, zone });
  if (!isDate(typed.date)) wrong('date', { key: 'booking.wrong.date' });
  if (!isTimeOfDay(typed.start)) wrong('start', { key: 'booking.wrong.start' });
  if (read.kind === 'skipped')
    wrong('start', {
      key: 'booking.refused.skipped',
      figures: { time: typed.start },
      clause: '2.1',
      nearest: { key: 'booking.nearest.from', figures: { at: { instant: read.next } } },
    });

  const attendees = [...new Set(typed.attendees)].filter((person) => person !== host);
  const headcount = typed.headcount.trim() === '' ? attendees.length + 1 : Number(typed.headcount);
  if (!Number.isInteger(headcount) || headcount < 1) wrong('headcount', { key: 'booking.wrong.headcount' });

  if (Object.keys(problems).length > 0 || read.kind === 'skipped' || read.kind === 'invalid')
    return { ok: false, problems };
  return {
    ok: true,
    twice: read.kind === 'twice',
    details: {
      host,
      topic: typed.topic.trim(),
      start: read.at,
      end: read.at + minutes * minute,
      attendees,
      headcount,
      equipment: equipmentKinds.filter((kind) => typed.equipment.includes(kind)),
      confidential: typed.confidential,
      note: typed.note.trim(),
    },
  };
}

/** The details of a booking as they would be typed into the form, on the wall clock of `zone`. */
export function typedFrom(details: Details, zone: string, token: string): TypedRequest {
  const { date, time } = toLocal(details.start, zone);
  return {
    token,
    room: details.room,
    topic: details.topic,
    date,
    start: time,
    duration: String((details.end - details.start) / minute),
    attendees: details.attendees,
    headcount: String(details.headcount),
    equipment: details.equipment,
    confidential: details.confidential,
    note: details.note,
  };
}
