import type { CommandContext } from '../../core/feature.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { type Understood, understand, type Vocabulary } from '../../language/index.ts';
import { type Problems, presetFor, type TypedRequest, topicLength } from '../booking/index.ts';
import { membersNamed } from '../people/index.ts';
import { equipmentKinds, findRoom, namedRooms, roomNamed } from '../rooms/index.ts';

/** What a sentence says, as it would have been typed into the form, and what is still to be said. */
export type Reading = {
  typed: TypedRequest;
  /** What is wrong with what was said. */
  problems: Problems;
  /** What was not said, or could not be read: one sentence each. */
  missing: string[];
  /** The RRULE of a meeting that repeats. */
  recurrence: string | null;
};

/** Reads a sentence by the reader's clock; what is not said is preset as in an untouched form (2.1). */
export async function readSentence(context: CommandContext, text: string): Promise<Reading> {
  const { reader, token } = context;
  const said = await understood(context, text);
  const named = said.ok && said.room ? roomNamed(await namedRooms(context.tx), said.room, reader.zone) : null;
  const room = named && (await findRoom(context.tx, named.id));
  const preset = await presetFor(context, token(), room);
  if (!said.ok) {
    return {
      typed: { ...preset, topic: clip(text) },
      problems: { date: unreadable(said.error) },
      missing: [],
      recurrence: null,
    };
  }
  const { people, missing } = await attendeesIn(context, said.attendees);
  const missed = (key: MessageKey) => missing.push(reader.t(key));
  if (said.start === null) missed('sentence.missing.start');
  else if (said.start.time === null) missed('sentence.missing.time');
  if (said.topic === null) missed('sentence.missing.topic');
  return {
    typed: {
      ...preset,
      room: room?.id ?? preset.room,
      topic: clip(said.topic ?? ''),
      date: said.start?.date ?? preset.date,
      start: said.start?.time ?? preset.start,
      duration: said.durationMinutes === null ? preset.duration : String(said.durationMinutes),
      headcount: said.headcount === null ? '' : String(Math.max(said.headcount, people.length + 1)),
      attendees: people,
      equipment: equipmentKinds.filter((kind) => said.equipment.includes(kind)),
    },
    problems: {},
    missing,
    recurrence: said.recurrence,
  };
}

/** The grammar's answer, with this organisation's rooms. */
export const understood = async (context: CommandContext, text: string): Promise<Understood> =>
  understand(text, await vocabulary(context));

/** What a sentence is read by: the reader's clock, and the names of the rooms. */
export async function vocabulary({ tx, now, reader }: CommandContext): Promise<Vocabulary> {
  const names = (await namedRooms(tx)).map((room) => room.name);
  return { now, zone: reader.zone, rooms: sameNames(names) };
}

// The grammar is made once for an array: as long as the rooms keep their names, it is the same one.
let known: readonly string[] = [];
function sameNames(names: readonly string[]): readonly string[] {
  if (names.length !== known.length || names.some((name, n) => name !== known[n])) known = names;
  return known;
}

/** Why a day or time can't be taken. */
export const unreadable = (error: 'past' | 'invalid'): Refusal => ({
  key: error === 'past' ? 'booking.refused.past' : 'sentence.noSuchTime',
  clause: '2.1',
  field: 'date',
});

/** Those whom a sentence names with an @: mentioned on the platform, or the only member of that name. */
async function attendeesIn(
  { tx, reader, mentioned, actor }: CommandContext,
  names: readonly string[],
): Promise<{ people: PersonId[]; missing: string[] }> {
  const people: PersonId[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const found = mentioned.get(name);
    if (found && !found.member) {
      missing.push(reader.t('sentence.guest', { name: found.name }));
      continue;
    }
    const [only, ...others] = found ? [found.person] : await membersNamed(tx, name);
    if (only === undefined || others.length > 0)
      missing.push(reader.t(only === undefined ? 'sentence.nobody' : 'sentence.several', { name }));
    else if (only !== actor.person) people.push(only);
  }
  return { people: [...new Set(people)], missing };
}

const clip = (text: string): string => [...text].slice(0, topicLength).join('');

/** What a sentence about a booking that is there changes in it; fields that it does not name stay. */
export async function changesIn(
  context: CommandContext,
  said: Extract<Understood, { ok: true }>,
): Promise<Partial<TypedRequest>> {
  const room = said.room ? roomNamed(await namedRooms(context.tx), said.room, context.reader.zone) : null;
  return {
    ...(said.start ? { date: said.start.date } : {}),
    ...(said.start?.time ? { start: said.start.time } : {}),
    ...(said.durationMinutes === null ? {} : { duration: String(said.durationMinutes) }),
    ...(said.headcount === null ? {} : { headcount: String(said.headcount) }),
    ...(room ? { room: room.id } : {}),
  };
}
