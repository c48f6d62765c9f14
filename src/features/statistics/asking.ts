import type { CommandContext, Scope as Reading } from '../../core/feature.ts';
import type { RoomId } from '../../core/ids.ts';
import { toLocal } from '../../core/time.ts';
import type { Answer } from '../../core/view.ts';
import { departments } from '../people/index.ts';
import { findRoom, roomName, roomsNamedIn, sitesInUse } from '../rooms/index.ts';
import { clauses } from '../rules/index.ts';
import { type Choice, readChoice, type Scope, scopeIn, type TypedChoice } from './choice.ts';
import { maySeeDepartments } from './domain.ts';
import { mostDays, periodIn, periodProblem } from './period.ts';
import type { ChoiceProblems } from './views.ts';

/*
 * What somebody asks for, by words, form or button: read, and whether they may see it.
 */

/** A period, and a site, room or department by name; or why that can't be counted for this reader. */
export async function choiceSaid(
  context: CommandContext,
  said: string,
): Promise<{ ok: true; choice: Choice } | { ok: false; answer: Answer }> {
  const { now, reader } = context;
  const { period, rest } = periodIn(said, toLocal(now, reader.zone).date);
  const read = await scopeSaid(context, rest);
  if (!read.ok) return read;
  const problem = periodProblem(period);
  if (problem)
    return { ok: false, answer: refused(reader.t(`statistics.wrong.${problem}`, { count: mostDays })) };
  return { ok: true, choice: { period, ...read.scope } };
}

/** The site, room or department that a text names, or why it can't be counted for this reader. */
export async function scopeSaid(
  context: CommandContext,
  said: string,
): Promise<{ ok: true; scope: Scope } | { ok: false; answer: Answer }> {
  const { tx, reader, actor } = context;
  const { rest, ...scope } = scopeIn(said, {
    sites: await sitesInUse(tx),
    rooms: await roomsNamedIn(tx, said, reader.zone),
    departments: await departments(tx),
  });
  if (rest !== '') {
    const text = [...rest].slice(0, 60).join('');
    return { ok: false, answer: refused(reader.t('statistics.wrong.unknown', { text })) };
  }
  const barred = scope.department !== null && !maySeeDepartments(actor.roles);
  return barred ? { ok: false, answer: notForThem(context) } : { ok: true, scope };
}

/** What came with a button or the form, or what is wrong with it by field. */
export async function choiceTyped(
  { tx, now, reader, actor }: CommandContext,
  typed: TypedChoice,
): Promise<{ ok: true; choice: Choice } | { ok: false; problems: ChoiceProblems }> {
  const choice = readChoice(typed, toLocal(now, reader.zone).date);
  const problems: ChoiceProblems = {};
  const problem = periodProblem(choice.period);
  if (problem) problems.until = reader.t(`statistics.wrong.${problem}`, { count: mostDays });
  if (choice.room && !(await findRoom(tx, choice.room))) problems.room = reader.t('statistics.wrong.room');
  if (choice.department !== null && !maySeeDepartments(actor.roles))
    problems.department = reader.t('statistics.wrong.departments');
  return Object.keys(problems).length === 0 ? { ok: true, choice } : { ok: false, problems };
}

/** What of the organisation is chosen, in words; nothing: all of it. */
export async function scopeWords(
  { tx, reader }: Pick<Reading, 'tx' | 'reader'>,
  { site, room, department }: { site: string | null; room: RoomId | null; department: string | null },
): Promise<string[]> {
  const found = room ? await findRoom(tx, room) : null;
  return [found ? roomName(reader, found) : site, department].filter((it) => it !== null);
}

export const refused = (text: string): Answer => ({ kind: 'note', tone: 'bad', text });

export const notForThem = ({ reader }: CommandContext): Answer =>
  refused(reader.refusal({ key: 'statistics.wrong.departments', clause: clauses.access }));
