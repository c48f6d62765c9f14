import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import type { Config } from '../../src/config.ts';
import { hour } from '../../src/core/clock.ts';
import { createLogger } from '../../src/core/logger.ts';
import { type Digest, digest } from '../support/digest.ts';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { type Recorded, type Recorder, startRecorder } from '../support/recorder.ts';
import { type SlackUser, type SlackWorld, signature, textOf } from '../support/slack.ts';
import type { TeamsUser } from '../support/teams.ts';
import { createWorld } from '../support/world.ts';
import { type SocketEdge, startBridge } from './socket-edge.ts';

/** By this a run can be had again: `SEED=… npm test -- test/hostile`. */
export const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
export const runs = (usual: number) => ({
  seed,
  numRuns: Math.ceil(usual * Number(process.env.RUNS_FACTOR ?? 1)),
  endOnFailure: true,
});

/** What only the people of one booking may read. */
export const secret = 'Merger with Umbrella';

/** The whole program with something to attack in it: Ann's and Tom's bookings, which Rae and Reo decide. */
export type Stage = {
  program: Program;
  recorder: Recorder;
  /** What it logged. */
  logged: string[];
  slack: Record<'ann' | 'rae' | 'mallory', SlackUser>;
  teams: Record<'tom' | 'reo' | 'mallet', TeamsUser>;
  /** A request of somebody that was kept on its way, as one of Mallory's or Mallet's. */
  stolen(send: () => Promise<unknown>): Promise<Recorded>;
  toSlack(body: string, type?: string): Promise<Reply>;
  toTeams(body: unknown): Promise<Reply>;
  /** What others have, as one hash for each table. */
  others(): Digest;
  /** Forgets what was logged and went wrong so far. */
  forget(): void;
  /** The directories have Ann and Tom as guests from now on, and are asked anew with what they do next. */
  makeGuests(): void;
  /** Everything that was shown to the attackers. */
  shown(): Promise<string>;
  /** All faults so far: rejections that nobody handled, and exceptions. */
  faults: unknown[];
  stop(): Promise<void>;
};

export type Reply = { status: number; text: string };

/** What may change on its own, or tells of all bookings together. */
const moving = ['outbox', 'live_card', 'inbox', 'deployment', 'person'];

/** @param edge Slack comes over this socket, and not over HTTP */
export async function openStage(
  edge: SocketEdge | null = null,
  settings: Partial<Config> = {},
): Promise<Stage> {
  const logged: string[] = [];
  const faults: unknown[] = [];
  const onFault = (fault: unknown) => void faults.push(fault);
  process.on('unhandledRejection', onFault).on('uncaughtException', onFault);
  const profile = () => ({ tz: 'Europe/Berlin', locale: 'en-US', is_restricted: false });
  const people = ['ann', 'rae', 'mallory'].map((name) => ({ name, profile: profile() }));
  const program = await startProgram({
    people,
    admins: ['rae@example.org'],
    settings: { publicUrl: 'https://rooms.example.org', ...settings },
    log: createLogger('trace', { write: (line) => void logged.push(line) }),
    limits: { person: 1e6, workspace: 1e6, suggestions: 1e6, recorded: 5 },
    ...(edge && { socketUrl: edge.url }),
  });
  const bridge = edge && (await startBridge(edge));
  if (bridge) program.slack.connect(bridge.url);
  const zone = { zone: 'Europe/Berlin' };
  const teams = {
    tom: program.teams.user('Tom', zone),
    reo: program.teams.user('Reo', zone),
    mallet: program.teams.user('Mallet', zone),
  };
  const slack = {
    ann: program.slack.user('ann'),
    rae: program.slack.user('rae'),
    mallory: program.slack.user('mallory'),
  };
  await program.room({ name: 'Alps', reviewers: ['rae@example.org', teams.reo.email] });
  for (const user of Object.values(teams)) await program.teams.install(user);
  await book(program, slack.ann, teams.tom);
  await eventually(
    async () =>
      textOf((await program.slack.chat(slack.rae)).at(-1)).includes(secret) ||
      Promise.reject(new Error('not asked yet')),
  );

  const recorder = await startRecorder(() => bridge?.url ?? program.url);
  program.slack.connect(recorder.url);
  if (!bridge) program.teams.connect(recorder.url);
  const db = new Database(program.databasePath, { readonly: true });
  // Whoever is mentioned becomes known; those who are already stay who they are.
  const known = program.query<{ id: string }>('SELECT id FROM person').map((it) => it.id);
  const mine = db.prepare<[string, string], { person: string }>(
    'SELECT person FROM account WHERE user_id IN (?, ?)',
  );

  async function post(path: string, body: string, headers: Record<string, string>): Promise<Reply> {
    const send = () => fetch(`${program.url}${path}`, { method: 'POST', headers, body });
    // A connection that was kept open may be closed in the very moment in which it is used again.
    const response = await send().catch(send);
    return { status: response.status, text: await response.text() };
  }
  const stage: Stage = {
    program,
    recorder,
    logged,
    slack,
    teams,
    faults,
    async stolen(send) {
      const kept = await recorder.keep(send);
      const swaps = [
        [slack.ann, slack.mallory],
        [slack.rae, slack.mallory],
      ] as const;
      let body = kept.body;
      for (const [theirs, hers] of swaps)
        body = body.replaceAll(theirs.id, hers.id).replaceAll(theirs.chat, hers.chat);
      for (const theirs of [teams.tom, teams.reo])
        for (const key of ['id', 'aadObjectId', 'name'] as const)
          body = body.replaceAll(theirs[key], teams.mallet[key]);
      return { ...kept, body };
    },
    toSlack: (body, type = 'application/x-www-form-urlencoded') =>
      post('/slack/events', body, {
        ...signature(body, `${Math.floor(Date.now() / 1000)}`),
        'content-type': type,
      }),
    toTeams: (body) =>
      post('/api/messages', typeof body === 'string' ? body : JSON.stringify(body), {
        'content-type': 'application/json',
        authorization: `Bearer ${program.teams.issuer.sign({ serviceurl: program.teams.activity(teams.tom, {}).serviceUrl })}`,
      }),
    others() {
      const attackers = mine.all(slack.mallory.id, teams.mallet.aadObjectId).map((it) => it.person);
      const people = program
        .query<{ id: string }>('SELECT * FROM person ORDER BY id')
        .filter(({ id }) => known.includes(id) && !attackers.includes(id));
      return { ...digest(db, moving, idsOf(db, attackers)), people: JSON.stringify(people) };
    },
    forget() {
      logged.length = 0;
      faults.length = 0;
    },
    makeGuests() {
      for (const { name, profile } of people) profile.is_restricted = name === 'ann';
      teams.tom.role = 'guest';
      program.moveTo(program.now() + 2 * hour);
    },
    async shown() {
      const { mallory } = slack;
      return JSON.stringify([
        await program.slack.chat(mallory),
        program.slack.ephemerals(mallory),
        program.slack.homes.get(mallory.id) ?? [],
        program.teams.messages(teams.mallet),
      ]);
    },
    async stop() {
      process.off('unhandledRejection', onFault).off('uncaughtException', onFault);
      db.close();
      await program.stop();
      await recorder.stop();
      await bridge?.stop();
    },
  };
  return stage;
}

async function book({ slack, teams, day, query }: Program, ann: SlackUser, tom: TeamsUser): Promise<void> {
  const room = query<{ id: string }>('SELECT id FROM room')[0]?.id ?? '';
  const typed = { topic: secret, date: day, duration: '60', confidential: true };
  await formOf(slack, ann);
  await slack.submit(ann, { ...typed, room, start: '15:00' });
  await teams.say(tom, '/book');
  await teams.click(tom, teams.last(tom), 'Request', { ...typed, room, start: '11:00' });
}

/** A click lets a form open for three seconds only: where the machine is slow, it takes another. */
export const formOf = (slack: SlackWorld, user: SlackUser) =>
  eventually(async () => {
    await slack.command(user, '/book');
    return slack.view(user);
  });

/** The ids of whatever belongs to these people: rows that name them, and rows that name those. */
function idsOf(db: Database.Database, people: readonly string[]): string[] {
  const hosted = db.prepare('SELECT id FROM booking WHERE host = ?').pluck();
  const waiting = db.prepare('SELECT id FROM waitlist_entry WHERE host = ?').pluck();
  return people.flatMap((person) => [person, ...[...hosted.all(person), ...waiting.all(person)].map(String)]);
}

/** An id that no request had before. */
export const freshId = (): string => randomUUID();

/** Every command that there is. */
export async function commandNames(): Promise<string[]> {
  const world = await createWorld();
  const names = [...world.registry.commands.keys()];
  await world.stop();
  return names;
}
