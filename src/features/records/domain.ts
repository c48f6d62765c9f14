import type { Instant } from '../../core/clock.ts';
import type { PersonId, RoomId } from '../../core/ids.ts';
import type { Role } from '../../core/rights.ts';
import type { State } from '../booking/domain.ts';

export const stateKinds = [
  'requested',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
  'cancelled',
] as const satisfies ReadonlyArray<State['kind']>;

/** What is looked for; null: anything. Everything has to hold at once. */
export type Search = {
  number: number | null;
  /** Hosts or is invited; all ids of theirs. */
  person: PersonId[] | null;
  room: RoomId | null;
  site: string | null;
  /** The host's. */
  department: string | null;
  state: State['kind'] | null;
  /** Bookings that begin from here on … */
  from: Instant | null;
  /** … and before here. */
  until: Instant | null;
  /** Words of the topic. */
  words: string | null;
};

/** What somebody may see of the records (6.2): their own, those of the rooms that they review, or all. */
export type Viewer = {
  selves: PersonId[];
  /** The rooms that they review. */
  rooms: RoomId[];
  all: boolean;
};

/** Admins and supervisors look after all rooms. */
export const seesAll = (roles: ReadonlySet<Role>): boolean => roles.has('admin') || roles.has('supervisor');

/** The own records come with the right to a copy of one's data; these are for those who answer for rooms. */
export const mayExport = ({ all, rooms }: Viewer): boolean => all || rooms.length > 0;

type Whose = { host: PersonId; attendees: readonly PersonId[]; room: RoomId; confidential: boolean };

/** True where somebody may see that a booking took place, and how it came about. */
export const maySee = (viewer: Viewer, it: Whose): boolean => viewer.all || isConcerned(viewer, it);

/** True where they may also see what it is about: of a confidential one that is for those invited and its reviewers (5.3). */
export const mayRead = (viewer: Viewer, it: Whose): boolean =>
  isConcerned(viewer, it) || (viewer.all && !it.confidential);

const isConcerned = ({ selves, rooms }: Viewer, { host, attendees, room }: Whose): boolean =>
  rooms.includes(room) || [host, ...attendees].some((person) => selves.includes(person));

/** True where they see what passes between host and reviewers: the note, questions and answers. */
export const seesReview = (viewer: Viewer, it: Whose): boolean =>
  mayRead(viewer, it) && (viewer.all || viewer.rooms.includes(it.room) || viewer.selves.includes(it.host));
