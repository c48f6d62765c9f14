import type { CommandContext } from '../../core/feature.ts';
import type { RoomId } from '../../core/ids.ts';
import type { Answer } from '../../core/view.ts';
import { departments } from '../people/index.ts';
import { findRoom, searchRooms, sitesInUse } from '../rooms/index.ts';
import { choiceSaid, choiceTyped, notForThem, refused, scopeWords } from './asking.ts';
import type { Choice, TypedChoice } from './choice.ts';
import type { StatisticsDeps } from './deps.ts';
import { maySeeDepartments, type Statistics } from './domain.ts';
import { type ExhibitName, exhibit, exhibitNames } from './exhibits.ts';
import { pictureOf } from './painting.ts';
import { aboutText, type ChoiceProblems, choiceForm, exhibitCard, statisticsCard } from './views.ts';

/** As many as a form holds beside the rest; the others are found by typing. */
const roomsInForm = 60;

/** `/stats <words>`: a period, and a site, room or department by name (2.8). */
export async function showSaid(deps: StatisticsDeps, context: CommandContext, said: string): Promise<Answer> {
  const read = await choiceSaid(context, said);
  return read.ok ? showNumbers(deps, context, read.choice) : read.answer;
}

/** The numbers of what was chosen in the form or by a button. */
export async function showChosen(
  deps: StatisticsDeps,
  context: CommandContext,
  typed: TypedChoice & { token?: string | undefined },
): Promise<Answer> {
  const read = await choiceTyped(context, typed);
  if (read.ok) return showNumbers(deps, context, read.choice);
  return typed.token === undefined
    ? refused(Object.values(read.problems)[0] ?? context.reader.t('common.stale'))
    : openChoice(context, typed, { token: typed.token, problems: read.problems });
}

/** One part of the numbers, with its picture. */
export async function showExhibit(
  deps: StatisticsDeps,
  context: CommandContext,
  typed: TypedChoice,
  name: ExhibitName,
): Promise<Answer> {
  const { reader, actor } = context;
  if (name === 'departments' && !maySeeDepartments(actor.roles)) return notForThem(context);
  const read = await choiceTyped(context, typed);
  if (!read.ok) return refused(Object.values(read.problems)[0] ?? reader.t('common.stale'));
  const { choice } = read;
  const statistics = await count(deps, context, choice);
  const about = await aboutChoice(context, choice);
  const shown = exhibit(reader, statistics, name);
  const image = await pictureOf(deps, { reader, person: actor.person }, { statistics, name, about });
  return { kind: 'card', card: exhibitCard(reader, { choice, about, name, shown, image }) };
}

/** The form in which to choose, with what was typed and what is wrong with it. */
export async function openChoice(
  { tx, reader, actor, token }: CommandContext,
  typed: TypedChoice,
  back?: { token: string; problems: ChoiceProblems },
): Promise<Answer> {
  const rooms = await searchRooms(tx, { activeOnly: true, limit: roomsInForm, zone: reader.zone });
  const chosen = typed.room ? await findRoom(tx, typed.room as RoomId) : null;
  const form = choiceForm(reader, {
    token: back?.token ?? token(),
    typed,
    sites: await sitesInUse(tx),
    rooms: chosen && !rooms.some((room) => room.id === chosen.id) ? [chosen, ...rooms] : rooms,
    departments: maySeeDepartments(actor.roles) ? await departments(tx) : null,
    ...(back ? { problems: back.problems } : {}),
  });
  return back ? { kind: 'invalid', form } : { kind: 'form', form };
}

async function showNumbers(deps: StatisticsDeps, context: CommandContext, choice: Choice): Promise<Answer> {
  const { reader, actor } = context;
  const statistics = await count(deps, context, choice);
  const about = await aboutChoice(context, choice);
  const image = await pictureOf(deps, { reader, person: actor.person }, { statistics, name: 'heat', about });
  const exhibits = exhibitsFor(context);
  return { kind: 'card', card: statisticsCard(reader, { choice, about, statistics, exhibits, image }) };
}

/** What this reader may see. */
export const exhibitsFor = ({ actor }: CommandContext): ExhibitName[] =>
  exhibitNames.filter((name) => name !== 'departments' || maySeeDepartments(actor.roles));

/** Counts what was chosen, for whoever asks. */
export const count = (
  { background }: StatisticsDeps,
  { now, actor }: CommandContext,
  choice: Choice,
): Promise<Statistics> => background.count({ ...choice, byDepartment: maySeeDepartments(actor.roles), now });

/** Of which time and of what the numbers are, in words. */
export const aboutChoice = async (
  context: Pick<CommandContext, 'tx' | 'reader'>,
  choice: Choice,
): Promise<string> => aboutText(context.reader, choice.period, await scopeWords(context, choice));
