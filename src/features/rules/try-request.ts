import { z } from 'zod';
import { minute } from '../../core/clock.ts';
import { type CommandContext, type CommandDef, command } from '../../core/feature.ts';
import { fromLocal } from '../../core/time.ts';
import type { Answer } from '../../core/view.ts';
import { equipmentWords, type Understood, understand } from '../../language/index.ts';
import type { Room } from '../rooms/domain.ts';
import { type Candidate, judge, mismatches } from './approval.ts';
import { type RulesParts, roomLabels } from './parts.ts';
import { rulesAt } from './store.ts';
import { type Assumed, tryCard } from './try-views.ts';

type Said = Extract<Understood, { ok: true }>;

/** A text that has to fit into the buttons that turn the pages. */
const mostCharacters = 400;

/** Which rule of approval would decide a booking that is described in words, and why (2.2). */
export function tryCommands(parts: RulesParts): Record<string, CommandDef> {
  return {
    'rules.test': command({
      right: 'member',
      input: z.object({ text: z.string().default(''), page: z.coerce.number().int().min(1).default(1) }),
      acts: false,
      handle: (context, input) => tryRequest(context, parts, input),
    }),
  };
}

async function tryRequest(
  context: CommandContext,
  parts: RulesParts,
  { text, page }: { text: string; page: number },
): Promise<Answer> {
  const { tx, now, reader, actor } = context;
  const note = (words: string): Answer => ({ kind: 'note', tone: 'bad', text: words });
  if (text.trim() === '') return note(reader.t('rules.try.how'));
  if (text.length > mostCharacters) return note(reader.t('rules.try.long', { most: mostCharacters }));

  const rooms = (await parts.rooms(tx)).filter((room) => room.active);
  const names = rooms.map((room) => room.name);
  const said = understand(text, { now, zone: reader.zone, rooms: names, equipment: equipmentWords });
  if (!said.ok)
    return note(reader.t(said.error === 'past' ? 'booking.refused.past' : 'rules.try.noSuchTime'));
  const namesakes = rooms.filter((room) => room.name === said.room);
  const room = namesakes.find((it) => it.zone === reader.zone) ?? namesakes[0];
  if (!room) return note(reader.t('rules.try.room'));

  const { candidate, assumed } = await candidateOf(context, parts, said, room);
  const { version, document } = await rulesAt(tx, now);
  const { organisation } = document;
  const card = tryCard(reader, {
    candidate,
    host: actor.name,
    assumed,
    lead: Math.floor((candidate.start - now) / minute),
    verdict: judge(candidate, organisation, now),
    tried: organisation.approval.map((rule) => ({
      rule,
      failing: mismatches(rule, candidate, organisation, now),
    })),
    rooms: await roomLabels(context, parts),
    version,
    text,
    page,
  });
  return { kind: 'card', card };
}

/** The request that the words describe, with the asker as its host; what they don't say is as in an untouched form. */
async function candidateOf(
  context: CommandContext,
  parts: RulesParts,
  said: Said,
  room: Room,
): Promise<{ candidate: Candidate; assumed: Assumed[] }> {
  const { tx, reader, actor } = context;
  const preset = await parts.preset(context, room);
  const assumed: Assumed[] = [];
  const given = <Value>(value: Value | null | undefined, name: Assumed, otherwise: Value): Value => {
    if (value === null || value === undefined) assumed.push(name);
    return value ?? otherwise;
  };
  const date = given(said.start?.date, 'date', preset.date);
  const time = given(said.start?.time, 'time', preset.start);
  // Of an hour that comes twice, the words may have named the second.
  const start = said.start?.at ?? fromLocal({ date, time, zone: reader.zone });
  const minutes = given(said.durationMinutes, 'length', Number(preset.duration));
  const headcount = given(said.headcount, 'headcount', said.attendees.length + 1);
  if (said.recurrence !== null) assumed.push('once');
  return {
    candidate: {
      room,
      start,
      end: start + minutes * minute,
      headcount,
      ...(await parts.standing(tx, actor.person)),
    },
    assumed,
  };
}
