import { asc } from 'drizzle-orm';
import { createDispatch, type Outcome } from '../../src/chat/dispatch.ts';
import type { Act, Answered, Caller, Dispatch, Profile } from '../../src/chat/ports.ts';
import type { Limits } from '../../src/chat/rate-limit.ts';
import { createRegistry, type Registry } from '../../src/chat/registry.ts';
import type { Instant } from '../../src/core/clock.ts';
import type { Platform } from '../../src/core/feature.ts';
import type { BookingId, PersonId, RoomId } from '../../src/core/ids.ts';
import { createLogger } from '../../src/core/logger.ts';
import type { Action, Card, Form, Values } from '../../src/core/view.ts';
import type { Db, Tx } from '../../src/db/database.ts';
import type { OutboxRow } from '../../src/db/outbox.ts';
import { audit, outbox } from '../../src/db/schema.ts';
import type { BookingService } from '../../src/features/booking/index.ts';
import { booking } from '../../src/features/booking/schema.ts';
import type { Sender } from '../../src/features/calendar/index.ts';
import type { DeliveryReports } from '../../src/features/delivery/index.ts';
import { addPerson, type Directory, namesOf } from '../../src/features/people/index.ts';
import { type RoomDraft, saveRoom } from '../../src/features/rooms/index.ts';
import { ensureRules } from '../../src/features/rules/index.ts';
import { createReader } from '../../src/i18n/reader.ts';
import { createProduct } from '../../src/product.ts';
import { buttonOf, valuesOf } from './answers.ts';
import { aRoom, tuesday } from './examples.ts';
import { temporaryDatabase } from './temporary-database.ts';

/** Somebody in the platform's directory. `person` is theirs in our database, by their e-mail address. */
export type Someone = { name: string; person: PersonId; caller: Caller; profile: Profile };

type PersonSettings = Partial<Omit<Profile, 'name'>> & { platform?: Platform; tenant?: string };

export type World = {
  db: Db;
  dispatch: Dispatch;
  registry: Registry;
  directory: Directory;
  bookings: BookingService;
  /** What is done about messages that can't be delivered. */
  reports: DeliveryReports;
  /** What the dispatch reported of each command. */
  outcomes: Array<{ command: string; platform: Platform; outcome: Outcome }>;
  now(): Instant;
  moveTo(at: Instant): void;
  /** From now on the platforms' directories can't be reached, or can again. */
  directoryIsDown(down: boolean): void;
  person(name: string, settings?: PersonSettings): Promise<Someone>;
  room(room: Partial<Omit<RoomDraft, 'reviewers'>> & { name: string; reviewers: Someone[] }): Promise<RoomId>;
  /** A typed command. */
  say(who: Someone, text: string, id?: string): Promise<Answered>;
  act(who: Someone, act: Partial<Act> & { command: string }, id?: string): Promise<Answered>;
  /** Sends a form as a platform would: with the values that it holds, and those that were typed into it. */
  submit(who: Someone, form: Form, typed?: Values, id?: string): Promise<Answered>;
  /** Clicks a button of a card or row, with what it asks for. */
  press(
    who: Someone,
    on: { actions?: Action[] },
    label: string,
    asked?: Values,
    id?: string,
  ): Promise<Answered>;
  /** Books through the form, and gives the id of the booking. */
  book(who: Someone, typed: Values): Promise<BookingId>;
  /** What the view shows to somebody, as the delivery would send it; null: overtaken. */
  sent(who: Someone, view: string, data: Record<string, string>): Promise<Card | null>;
  /** The same for a card that is in the chat already, as it is brought up to date. */
  updated(
    who: Someone,
    view: string,
    data: Record<string, string>,
  ): Promise<{ card: Card; revision: number | undefined } | null>;
  /** Does the job `name` as the queue does when its time has come. */
  run(job: string, data: Record<string, string>): Promise<void>;
  /** Rows of the outbox as `who: what`, those that still wait; a job or refresh belongs to nobody. Without files. */
  waiting(): Promise<string[]>;
  /** The same of what `work` has brought about, without refreshes. */
  told(work: () => Promise<unknown>): Promise<string[]>;
  outbox(): Promise<OutboxRow[]>;
  audit(): Promise<Array<typeof audit.$inferSelect>>;
  stop(): Promise<void>;
};

/** Everything between the platforms and the disk, on a real database: say and click as people do, and see the answers. */
export async function createWorld(
  settings: { admins?: string[]; now?: Instant; sender?: Sender; limits?: Limits } = {},
): Promise<World> {
  const temporary = temporaryDatabase();
  const { db } = temporary;
  let now = settings.now ?? tuesday;
  let down = false;
  let events = 0;
  const nextId = () => `event-${++events}`;
  const clock = { now: () => now };
  const outcomes: World['outcomes'] = [];
  const profiles = new Map<string, Profile>();

  await db.transact(ensureRules);
  const { directory, bookings, background, reports, features } = createProduct(
    {
      databasePath: temporary.path,
      organisation: 'Example',
      adminEmails: settings.admins ?? [],
      language: 'en',
      zone: 'Europe/Berlin',
    },
    { pictures: null, exports: null, sender: settings.sender ?? null },
  );
  const registry = createRegistry(features);
  const dispatch = createDispatch({
    db,
    clock,
    registry,
    directory,
    log: createLogger('silent'),
    kick: () => {},
    observe: (command, platform, outcome) => outcomes.push({ command, platform, outcome }),
    ...(settings.limits && { limits: settings.limits }),
  });

  const lookup = async (userId: string): Promise<Profile> => {
    const profile = profiles.get(userId);
    if (down || !profile) throw new Error('the directory does not answer');
    return profile;
  };
  async function named(rows: readonly OutboxRow[]): Promise<string[]> {
    const waiting = rows.filter((row) => row.state === 'waiting' && row.kind !== 'file');
    const names = await namesOf(
      db.read,
      waiting.flatMap((row) => row.person ?? []),
    );
    return waiting.map((row) => (row.person ? `${names.get(row.person)}: ${row.name}` : row.name)).sort();
  }

  const shown = async (
    who: Someone,
    purpose: 'send' | 'update',
    view: string,
    data: Record<string, string>,
  ) => {
    const reader = createReader('en', 'Europe/Berlin', now);
    const scope = { tx: db.read, now, reader, purpose, recipient: who.person };
    return (await registry.views.get(view)?.(scope, data)) ?? null;
  };
  const inTx = <T>(work: (tx: Tx) => Promise<T>) => db.transact(work);

  const world: World = {
    db,
    dispatch,
    registry,
    directory,
    bookings,
    reports,
    outcomes,
    now: clock.now,
    moveTo(at) {
      now = at;
    },
    directoryIsDown(is) {
      down = is;
    },
    async person(name, { platform = 'slack', tenant = 'T1', ...its } = {}) {
      const profile: Profile = {
        userId: `${platform}-${name}`,
        name,
        email: `${name.toLowerCase()}@example.org`,
        kind: 'member',
        locale: null,
        zone: null,
        ...its,
      };
      profiles.set(profile.userId, profile);
      const { userId, email, kind } = profile;
      const known = kind === 'member' && email !== null;
      const person = known ? await inTx((tx) => addPerson(tx, name, email, now)) : ('' as PersonId);
      return { name, person, profile, caller: { platform, tenant, userId, conversation: null, lookup } };
    },
    room({ reviewers, ...its }) {
      const { id: _, ...facts } = aRoom(its);
      return inTx((tx) => saveRoom(tx, { ...facts, reviewers: reviewers.map((it) => it.person) }, null));
    },
    say: (who, text, id = nextId()) => dispatch.say(who.caller, text, id),
    act: (who, act, id = nextId()) => dispatch.act(who.caller, { data: {}, values: {}, ...act }, id),
    submit: (who, form, typed = {}, id = nextId()) =>
      dispatch.act(
        who.caller,
        {
          command: form.command,
          data: form.data,
          values: { ...valuesOf(form), ...typed },
        },
        id,
      ),
    press(who, on, label, values = {}, id = nextId()) {
      const { command, data } = buttonOf(on, label);
      return dispatch.act(who.caller, { command, data, values }, id);
    },
    async book(who, typed) {
      const opened = await world.say(who, 'book');
      if (opened.answer.kind !== 'form') throw new Error('/book did not open the form');
      const { answer } = await world.submit(who, opened.answer.form, typed);
      if (answer.kind !== 'card' || !answer.live) throw new Error(`not booked: ${JSON.stringify(answer)}`);
      return answer.live.data.booking as BookingId;
    },
    async sent(who, view, data) {
      return (await shown(who, 'send', view, data))?.card ?? null;
    },
    async updated(who, view, data) {
      const found = await shown(who, 'update', view, data);
      return found && { card: found.card, revision: found.live?.revision };
    },
    async run(job, data) {
      const work = registry.jobs.get(job);
      if (!work) throw new Error(`no job ${job}`);
      await inTx((tx) => work({ tx, now }, data));
    },
    waiting: async () => named(await world.outbox()),
    async told(work) {
      const known = new Set((await world.outbox()).map((row) => row.id));
      await work();
      return named((await world.outbox()).filter((row) => !known.has(row.id) && row.kind !== 'refresh'));
    },
    outbox: async () => db.read.select().from(outbox).orderBy(asc(outbox.dueAt)),
    audit: async () => db.read.select().from(audit).orderBy(asc(audit.id)),
    async stop() {
      await background.close();
      await temporary.remove();
    },
  };
  return world;
}

/** All bookings as the database has them. */
export const bookingsIn = async (db: Db) => db.read.select().from(booking).orderBy(asc(booking.number));
