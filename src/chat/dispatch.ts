import { randomUUID } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import { traceError } from '../core/describe-error.ts';
import type { CommandContext, CommandDef, Platform } from '../core/feature.ts';
import type { PersonId, Subject } from '../core/ids.ts';
import type { Logger } from '../core/logger.ts';
import { printOf } from '../core/print.ts';
import { may } from '../core/rights.ts';
import { keepTrace, newTrace, traced } from '../core/trace.ts';
import type { Answer, Field, Form, Option, Tone } from '../core/view.ts';
import { record } from '../db/audit.ts';
import type { Db, Tx } from '../db/database.ts';
import { answered, remember } from '../db/inbox.ts';
import { follow, followers } from '../db/live-cards.ts';
import { tell } from '../db/outbox.ts';
import { type Directory, namesOf, userIdsOf, welcomeOnce } from '../features/people/index.ts';
import { clauses } from '../features/rules/index.ts';
import type { Reader } from '../i18n/reader.ts';
import { type Admitted, createAdmission } from './admission.ts';
import { createNaming } from './naming.ts';
import type { Answered, Caller, Dispatch, Named } from './ports.ts';
import { burst, createRateLimit, type Limits, usualLimits } from './rate-limit.ts';
import type { Registry } from './registry.ts';

type Deps = {
  db: Db;
  clock: Clock;
  registry: Registry;
  directory: Directory;
  log: Logger;
  /** Called after each transaction: something may be due. */
  kick(): void;
  /** Called with each command's outcome and duration in milliseconds. */
  observe(command: string, platform: Platform, outcome: Outcome, ms: number): void;
  limits?: Limits;
};

export type Outcome = Answer['kind'] | 'refused' | 'fault';

/** Where a submitted form leaves nothing behind in the chat, its answer is sent as a message as well. */
const formsVanish: Record<Platform, boolean> = { slack: true, teams: false };

/** A command on its way: who, what, and by which id a repeat is recognised. */
type Incoming = {
  caller: Caller;
  command: string;
  input: Record<string, unknown>;
  id: string;
  form: boolean;
  named?: Named;
};

/** The one way in from both platforms: admit, check rights, run, keep the answer, answer. */
export function createDispatch(deps: Deps): Dispatch {
  const { db, clock, registry, directory, log } = deps;
  const limits = deps.limits ?? usualLimits;
  const recorded = createRateLimit(clock, limits.recorded);
  const admission = createAdmission({ ...deps, recorded });
  const { peopleIn, mentionedIn } = createNaming(db, admission.chosen);
  const within = {
    person: createRateLimit(clock, limits.person),
    workspace: createRateLimit(clock, limits.workspace, burst),
    suggestions: createRateLimit(clock, limits.suggestions),
  };

  /** Whatever comes in gets its id for the logs here. Every fault ends here: the person is told that id as its code. */
  function guarded<T>(caller: Caller, work: () => Promise<T>): Promise<T | Answered> {
    const code = newTrace();
    return traced(code, async () => {
      try {
        return await work();
      } catch (err) {
        log.error({ platform: caller.platform, ...traceError(err) }, 'a command failed');
        const reader = directory.stranger(caller.locale, clock.now());
        return note(reader, 'bad', reader.t('common.fault', { code }));
      }
    });
  }

  async function run(incoming: Incoming): Promise<Answered> {
    const started = performance.now();
    const { caller, command } = incoming;
    let outcome: Outcome = 'fault';
    try {
      const settled = await settle(incoming);
      outcome = settled.outcome;
      return settled.answered;
    } finally {
      // A name that came from outside and is none of ours would be a new series in the metrics each time.
      const name = registry.commands.has(command) ? command : 'unknown';
      const ms = performance.now() - started;
      deps.observe(name, caller.platform, outcome, ms);
      log.info({ command: name, platform: caller.platform, outcome, ms: Math.round(ms) }, 'answered');
    }
  }

  async function settle(incoming: Incoming): Promise<{ outcome: Outcome; answered: Answered }> {
    const { caller, command } = incoming;
    const admitted = await admission.admit(caller);
    if (!admitted.ok) return refused(admitted.reader, admitted.text);
    const { actor, reader } = admitted;
    // What a person does beyond their own limit is not held against their workspace.
    if (!within.person(actor.person)) return refused(reader, reader.t('common.tooFast'));
    if (!within.workspace(workspaceOf(caller))) return refused(reader, reader.t('common.tooMany'));
    const def = registry.commands.get(command);
    if (!def) return refused(reader, reader.t('common.stale'));
    if (!may(actor, def.right)) return refused(reader, await notAllowed(admitted, command));
    const { named, strangers } = await peopleIn(incoming, def.people ?? []);
    const input = def.input.safeParse({ ...incoming.input, ...named });
    if (!input.success) {
      log.info({ command, issues: input.error.issues.map((it) => it.path.join('.')) }, 'input did not fit');
      return refused(reader, reader.t('common.stale'));
    }
    const mentioned = await mentionedIn(incoming);
    const { answer, repeated } = await handle(def, input.data, { strangers, mentioned }, admitted, incoming);
    const shown = keepTrace(async (at: { conversation: string; message: string }) => {
      if (answer.kind !== 'card' || !answer.live) return;
      const view = registry.views.get(answer.live.view);
      if (!view) throw new Error(`no view ${answer.live.view}`);
      const { person, account } = actor;
      const card = { ...answer.live, ...at, person, account, at: clock.now() };
      await db.transact((tx) => follow(tx, card, { view, reader }));
      deps.kick();
    });
    const answered = { answer: await outgoing(answer, caller), reader, repeated, shown };
    return { outcome: answer.kind, answered };
  }

  async function handle(
    def: CommandDef,
    input: unknown,
    people: Pick<CommandContext, 'strangers' | 'mentioned'>,
    { actor, reader }: Extract<Admitted, { ok: true }>,
    incoming: Incoming,
  ): Promise<{ answer: Answer; repeated: boolean }> {
    const now = clock.now();
    const context = (tx: Tx): CommandContext => ({
      tx,
      now,
      reader,
      actor,
      ...people,
      place: incoming.caller.place ?? null,
      channels: new Map(Object.entries(incoming.named?.channels ?? {})),
      token: randomUUID,
    });
    if (!def.acts) return { answer: await def.handle(context(db.read), input), repeated: false };
    const key = inboxKey(actor.person, incoming);
    try {
      return await db.transact(async (tx) => {
        const first = await answered(tx, key);
        if (first) return { answer: first, repeated: true };
        const answer = await def.handle(context(tx), input);
        // A form that came back may be sent again, corrected; only what was done is done once.
        if (answer.kind === 'card') {
          await remember(tx, key, answer, now);
          if (incoming.form && formsVanish[actor.platform]) await sendAsWell(tx, answer, actor.person, now);
        }
        return { answer, repeated: false };
      });
    } finally {
      deps.kick();
    }
  }

  async function notAllowed(
    { actor, reader }: Extract<Admitted, { ok: true }>,
    command: string,
  ): Promise<string> {
    await db.transact((tx) =>
      record(tx, {
        at: reader.now,
        actor: actor.person,
        kind: 'refused',
        subject: `command:${command}`,
        detail: { why: 'role' },
      }),
    );
    const admins = await namesOf(db.read, await directory.admins(db.read));
    const names = reader.list([...admins.values()].slice(0, 3));
    return reader.t('people.refused.admin', { clause: clauses.access, admins: names || '–' });
  }

  /** Fields of people leave a feature as person ids and reach the platform as its own user ids. */
  async function outgoing(answer: Answer, caller: Caller): Promise<Answer> {
    const translated = async (form: Form): Promise<Form> => ({
      ...form,
      fields: await Promise.all(form.fields.map((field) => withUserIds(field, caller))),
    });
    return answer.kind === 'form' || answer.kind === 'invalid'
      ? { ...answer, form: await translated(answer.form) }
      : answer;
  }

  async function withUserIds(field: Field, { platform, tenant }: Caller): Promise<Field> {
    if (field.kind !== 'people' || !field.value) return field;
    return { ...field, value: await userIdsOf(db.read, field.value as PersonId[], platform, tenant) };
  }

  const incomingWord = (text: string): { command: string; input: Record<string, unknown> } => {
    const [, word = '', rest = ''] = /^\/?(\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
    const def = registry.words.get(word.toLowerCase());
    return def ? def(rest.trim()) : { command: 'sentence.said', input: { text: text.trim() } };
  };

  return {
    say: (caller, text, id, named = {}) =>
      guarded(caller, () =>
        run({ caller, id, form: false, named, ...incomingWord(text.slice(0, longestText)) }),
      ),

    act: (caller, act, id) =>
      guarded(caller, () => {
        const { command, data, values } = act;
        const input = { ...values, ...data };
        // A form knows its own submission by its token, however often and under whatever id it arrives.
        return data.token === undefined
          ? run({ caller, command, input, id: `${id}:${printOf(data)}`, form: false })
          : run({ caller, command, input, id: data.token, form: true });
      }),

    async suggest(caller, source, query): Promise<Option[]> {
      const lookUp = registry.options.get(source);
      try {
        const admitted = await admission.admit(caller);
        if (!lookUp || !admitted.ok) return [];
        const { actor, reader } = admitted;
        if (!within.suggestions(actor.person)) return [];
        return await lookUp({ tx: db.read, now: reader.now, reader, actor }, query);
      } catch (err) {
        log.error({ source, ...traceError(err) }, 'options could not be looked up');
        return [];
      }
    },

    arrive: (caller, id) =>
      guarded(caller, async () => {
        const admitted = await admission.admit(caller);
        if (!admitted.ok) return note(admitted.reader, 'bad', admitted.text);
        const first = await db.transact((tx) => welcomeOnce(tx, admitted.account.id, clock.now()));
        return first ? run({ caller, id, command: 'home.welcome', input: {}, form: false }) : null;
      }),

    async turnedAway(at) {
      const actor = `${at.platform}:${at.userId}`;
      if (!recorded(actor)) return;
      await db.transact((tx) =>
        record(tx, {
          at: clock.now(),
          actor,
          kind: 'refused',
          subject: workspaceOf(at),
          detail: { why: at.why },
        }),
      );
    },
  };
}

const workspaceOf = ({ platform, tenant }: Pick<Caller, 'platform' | 'tenant'>): string =>
  `${platform}:${tenant}`;

/** What somebody types is read as far as here. */
const longestText = 4_000;

const inboxKey = (person: PersonId, { caller, command, id }: Incoming): string =>
  [caller.platform, person, command, id].join(':');

const refused = (reader: Reader, text: string) =>
  ({ outcome: 'refused', answered: note(reader, 'bad', text) }) as const;

/** An answer that nothing follows from. */
const note = (reader: Reader, tone: Tone, text: string): Answered => ({
  answer: { kind: 'note', tone, text },
  reader,
  repeated: false,
  shown: async () => {},
});

/** The answer to a form, as a message that stays and follows its subject, unless the person has one already. */
async function sendAsWell(
  tx: Tx,
  { live }: Extract<Answer, { kind: 'card' }>,
  person: PersonId,
  now: number,
): Promise<void> {
  if (!live) return;
  const subject = live.subject as Subject;
  const there = await followers(tx, subject);
  if (there.some((card) => card.person === person && card.view === live.view)) return;
  await tell(tx, [person], live.view, { now, dueAt: now, subject, data: live.data });
}
