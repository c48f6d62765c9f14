import type { CommandContext } from '../../core/feature.ts';
import type { PersonId, RoomId } from '../../core/ids.ts';
import { toLocal } from '../../core/time.ts';
import type { Answer, Picture } from '../../core/view.ts';
import { scriptFor } from '../../pictures/index.ts';
import { departments } from '../people/index.ts';
import { findRoom, roomName, searchRooms, sitesInUse } from '../rooms/index.ts';
import { clauses } from '../rules/index.ts';
import type { Background, Drawing } from './background.ts';
import { type Choice, readChoice, scopeIn, type TypedChoice } from './choice.ts';
import { maySeeDepartments, type Statistics } from './domain.ts';
import { type ExhibitName, exhibit, exhibitNames } from './exhibits.ts';
import { mostDays, periodIn, periodProblem } from './period.ts';
import { aboutText, altText, type ChoiceProblems, choiceForm, exhibitCard, statisticsCard } from './views.ts';

/** Makes a picture visible in the chats of one person; null: that can't be done here. */
export type Pictures = {
  publish(png: Buffer, alt: string, person: PersonId): Promise<Picture | null>;
};

/** What statistics need of the rest of the program. Without `pictures`, cards come without them. */
export type StatisticsDeps = { background: Background; pictures: Pictures | null };

/** As many as a form holds beside the rest; the others are found by typing. */
const roomsInForm = 60;
/** More rooms than an organisation has. */
const mostRooms = 10_000;

/** `/stats <words>`: a period, and a site, room or department by name (2.8). */
export async function showSaid(deps: StatisticsDeps, context: CommandContext, said: string): Promise<Answer> {
  const { tx, now, reader, actor } = context;
  const today = toLocal(now, reader.zone).date;
  const { period, rest } = periodIn(said, today);
  const scope = scopeIn(rest, {
    sites: await sitesInUse(tx),
    rooms: await searchRooms(tx, { activeOnly: false, limit: mostRooms, zone: reader.zone }),
    departments: await departments(tx),
  });
  if (scope.rest !== '')
    return refused(reader.t('statistics.wrong.unknown', { text: [...scope.rest].slice(0, 60).join('') }));
  const problem = periodProblem(period);
  if (problem) return refused(reader.t(`statistics.wrong.${problem}`, { count: mostDays }));
  if (scope.department !== null && !maySeeDepartments(actor.roles)) return notForThem(context);
  return showNumbers(deps, context, { period, ...scope });
}

/** The numbers of what was chosen in the form or by a button. */
export async function showChosen(
  deps: StatisticsDeps,
  context: CommandContext,
  typed: TypedChoice & { token?: string | undefined },
): Promise<Answer> {
  const read = await checked(context, typed);
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
  const read = await checked(context, typed);
  if (!read.ok) return refused(Object.values(read.problems)[0] ?? reader.t('common.stale'));
  const { choice } = read;
  const statistics = await count(deps, context, choice);
  const about = await aboutChoice(context, choice);
  const shown = exhibit(reader, statistics, name);
  const image = await pictureOf(deps, context, statistics, name, about);
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

async function checked(
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

async function showNumbers(deps: StatisticsDeps, context: CommandContext, choice: Choice): Promise<Answer> {
  const { reader, actor } = context;
  const statistics = await count(deps, context, choice);
  const about = await aboutChoice(context, choice);
  const image = await pictureOf(deps, context, statistics, 'heat', about);
  const exhibits = exhibitNames.filter((name) => name !== 'departments' || maySeeDepartments(actor.roles));
  return { kind: 'card', card: statisticsCard(reader, { choice, about, statistics, exhibits, image }) };
}

const count = (
  { background }: StatisticsDeps,
  { now, actor }: CommandContext,
  choice: Choice,
): Promise<Statistics> => background.count({ ...choice, byDepartment: maySeeDepartments(actor.roles), now });

async function aboutChoice({ tx, reader }: CommandContext, choice: Choice): Promise<string> {
  const room = choice.room ? await findRoom(tx, choice.room) : null;
  const where = room ? roomName(reader, room) : choice.site;
  return aboutText(
    reader,
    choice.period,
    [where, choice.department].filter((it) => it !== null),
  );
}

async function pictureOf(
  deps: StatisticsDeps,
  context: CommandContext,
  statistics: Statistics,
  name: ExhibitName,
  about: string,
): Promise<Picture | null> {
  const { reader } = context;
  const shown = exhibit(reader, statistics, name);
  const spec = shown.chart({ title: reader.t(`statistics.picture.${name}`), subtitle: about });
  if (!spec) return null;
  const script = scriptFor(reader.language);
  return publish(deps, context, { kind: 'chart', spec, script }, altText(reader, name, about, shown));
}

/** Paints a picture for whoever asked for it. */
export async function publish(
  { background, pictures }: StatisticsDeps,
  { actor }: CommandContext,
  drawing: Drawing,
  alt: string,
): Promise<Picture | null> {
  return pictures ? pictures.publish(await background.draw(drawing), alt, actor.person) : null;
}

const refused = (text: string): Answer => ({ kind: 'note', tone: 'bad', text });

const notForThem = ({ reader }: CommandContext): Answer =>
  refused(reader.refusal({ key: 'statistics.wrong.departments', clause: clauses.access }));
