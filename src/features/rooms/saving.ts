import { z } from 'zod';
import type { CommandContext } from '../../core/feature.ts';
import { type PersonId, type RoomId, roomSubject } from '../../core/ids.ts';
import type { Answer } from '../../core/view.ts';
import { record } from '../../db/audit.ts';
import { namesOf, neighboursOn, refuseStrangers, whereabouts } from '../people/index.ts';
import { effectiveRules, rulesAt } from '../rules/index.ts';
import type { Room } from './domain.ts';
import { readRoom, type TypedRoom } from './draft.ts';
import { findRoom, findRoomNamed, reviewersOf, saveRoom } from './store.ts';
import { type EditedRoom, printOfRoom, roomForm, roomSavedCard, wouldChange } from './views.ts';

const text = z.string().default('');

/** The form of a room as it is sent. `seen`: the room on which it was opened, by its print. */
export const typedRoom = z.object({
  token: z.string(),
  room: z
    .string()
    .transform((id) => id as RoomId)
    .optional(),
  seen: text,
  name: text,
  site: text,
  floor: text,
  zone: text,
  kind: text,
  capacity: text,
  equipment: z.array(z.string()).default([]),
  opens: text,
  closes: text,
  maxMinutes: text,
  buffer: text,
  joinLink: text,
  active: z.boolean().default(false),
  tentative: z.boolean().default(false),
  reviewers: z.array(z.string().transform((id) => id as PersonId)).default([]),
});

/** The form in which an admin changes a room. */
export const editForm = async (context: CommandContext, room: Room): Promise<Answer> => ({
  kind: 'form',
  form: roomForm(context.reader, { token: context.token(), room: await edited(context, room) }),
});

export const gone = ({ reader }: CommandContext): Answer => ({
  kind: 'note',
  tone: 'bad',
  text: reader.t('rooms.gone'),
});

/**
 * Adds a room or changes one. A form of a room that has been changed since it was opened comes back first: it would
 * put back everything else that it holds.
 */
export async function save(context: CommandContext, input: z.infer<typeof typedRoom>): Promise<Answer> {
  const { tx, now, reader, actor } = context;
  const { token, room: id, seen, ...chosen } = input;
  const found = id ? await findRoom(tx, id) : null;
  if (id && !found) return gone(context);
  const before = found && (await edited(context, found));
  // Whom the form could not show, nobody has left out.
  const reviewers = [...new Set([...chosen.reviewers, ...(before?.hidden ?? [])])];
  const typed: TypedRoom = { ...chosen, reviewers };
  const { document } = await rulesAt(tx, now);
  const read = readRoom(typed, effectiveRules(document, typed.site.trim(), {}));
  const refused = (problems: Parameters<typeof roomForm>[1]['problems'], banner?: string): Answer => ({
    kind: 'invalid',
    form: roomForm(reader, { token, room: before, typed: chosen, problems: problems ?? {}, banner }),
  });
  const stranger = refuseStrangers(context.strangers, 'reviewers');
  const problems = { ...(read.ok ? {} : read.problems), ...(stranger ? { reviewers: stranger } : {}) };
  const changes = before && seen !== printOfRoom(before) ? wouldChange(reader, before, typed) : [];
  if (before && changes.length > 0)
    return refused(
      problems,
      reader.t('rooms.overtaken', { name: before.room.name, fields: { list: changes } }),
    );
  if (!read.ok || stranger) return refused(problems);
  const namesake = await findRoomNamed(tx, read.draft.site, read.draft.name);
  if (namesake && namesake.id !== id)
    return refused({ name: { key: 'rooms.wrong.namesake', field: 'name' } });

  const saved = await saveRoom(tx, read.draft, found?.id ?? null);
  await record(tx, {
    at: now,
    actor: actor.person,
    kind: found ? 'room.changed' : 'room.added',
    subject: roomSubject(saved),
    detail: { before: found, after: read.draft },
  });
  const { reviewers: _, ...facts } = read.draft;
  const names = await namesOf(tx, reviewers);
  return {
    kind: 'card',
    card: roomSavedCard(
      reader,
      { id: saved, ...facts },
      reviewers.map((person) => names.get(person) ?? person),
    ),
  };
}

/** A room with its reviewers as they are known by now, and those of them whom a form for the actor can't show. */
async function edited({ tx, actor }: CommandContext, room: Room): Promise<EditedRoom> {
  const kept = await reviewersOf(tx, room.id);
  const found = await whereabouts(tx, kept);
  const reviewers = [...new Set(kept.map((person) => found.get(person)?.self ?? person))];
  const shown = await neighboursOn(tx, actor.account, reviewers);
  const hidden = reviewers.filter((person) => !shown.has(person));
  return { room, reviewers, hidden, hiddenNames: [...(await namesOf(tx, hidden)).values()] };
}
