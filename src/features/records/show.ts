import type { CommandContext } from '../../core/feature.ts';
import type { PersonId, RoomId } from '../../core/ids.ts';
import type { Answer } from '../../core/view.ts';
import { loadDetails } from '../booking/index.ts';
import { departments, namesOf } from '../people/index.ts';
import { findRoom, roomName, searchRooms, sitesInUse } from '../rooms/index.ts';
import { clauses } from '../rules/index.ts';
import { mayExport, mayRead, type Search, type Viewer } from './domain.ts';
import { findRecords } from './find.ts';
import { readSaid } from './said.ts';
import { lookUp } from './sought.ts';
import { anything, emptySearch, type Problem, readSearch, type TypedSearch } from './typed.ts';
import { type Substitutes, viewerOf } from './viewer.ts';
import { aboutText, resultCard, searchForm } from './views.ts';

const pageSize = 5;
/** As many as a form holds beside the rest; the others are found by typing. */
const roomsInForm = 60;

/** `/records <words>`; without words, the form. */
export async function showSaid(
  context: CommandContext,
  substitutes: Substitutes,
  said: string,
): Promise<Answer> {
  if (said.trim() === '') return openSearch(context, substitutes, emptySearch);
  const viewer = await viewerOf(context, substitutes);
  const read = await readSaid(context, said, viewer);
  if (!read.ok) return severalCalled(context, read.severalCalled);
  return showFound(context, viewer, read.typed, 1);
}

/** What was typed into the form, or stands in a button. */
export async function showFound(
  context: CommandContext,
  viewer: Viewer,
  typed: TypedSearch,
  page: number,
  token?: string,
): Promise<Answer> {
  const { tx, reader } = context;
  const read = readSearch(typed, reader.zone);
  if (!read.ok) return refuseSearch(context, viewer, typed, read.problem, token);
  if (read.search.department !== null && !viewer.all) return noDepartments(context);
  const sought = await lookUp(tx, read.search);
  const { bookings, more } = await findRecords(tx, sought, viewer, { page, pageSize });
  const found = (await loadDetails(tx, bookings)).map((detail) => ({
    detail,
    isShown: mayRead(viewer, detail.booking),
  }));
  const about = await aboutSearch(context, typed, read.search);
  return {
    kind: 'card',
    card: resultCard(reader, { typed, about, found, page, more, exports: mayExport(viewer) }),
  };
}

/** The form in which to say what to look for. */
export async function openSearch(
  context: CommandContext,
  substitutes: Substitutes,
  typed: TypedSearch,
): Promise<Answer> {
  const viewer = await viewerOf(context, substitutes);
  return { kind: 'form', form: await formFor(context, viewer, typed, context.token()) };
}

/** From a form it comes back with what is wrong; a button has no form to go back to. */
async function refuseSearch(
  context: CommandContext,
  viewer: Viewer,
  typed: TypedSearch,
  problem: Problem,
  token: string | undefined,
): Promise<Answer> {
  if (token === undefined) return refused(context.reader.t(problem.key));
  return { kind: 'invalid', form: await formFor(context, viewer, typed, token, problem) };
}

async function formFor(
  { tx, reader }: CommandContext,
  viewer: Viewer,
  typed: TypedSearch,
  token: string,
  problem?: Problem,
) {
  const rooms = await searchRooms(tx, { activeOnly: true, limit: roomsInForm, zone: reader.zone });
  const chosen =
    typed.room === '' || typed.room === anything ? null : await findRoom(tx, typed.room as RoomId);
  const known = viewer.all ? await departments(tx) : [];
  return searchForm(reader, {
    token,
    typed,
    sites: await sitesInUse(tx),
    rooms: chosen && !rooms.some((room) => room.id === chosen.id) ? [chosen, ...rooms] : rooms,
    departments: known.length === 0 ? null : known,
    ...(problem ? { problem } : {}),
  });
}

async function aboutSearch(
  { tx, reader }: CommandContext,
  typed: TypedSearch,
  { person, room }: Search,
): Promise<string> {
  const names = await namesOf(tx, (person ?? []) as PersonId[]);
  const found = room ? await findRoom(tx, room) : null;
  return aboutText(reader, typed, {
    people: [...names.values()],
    room: found ? roomName(reader, found) : null,
  });
}

export const severalCalled = ({ reader }: CommandContext, name: string): Answer =>
  refused(reader.t('records.wrong.person', { name }));

export const noDepartments = ({ reader }: CommandContext): Answer =>
  refused(reader.refusal({ key: 'records.wrong.departments', clause: clauses.access }));

export const refused = (text: string): Answer => ({ kind: 'note', tone: 'bad', text });
