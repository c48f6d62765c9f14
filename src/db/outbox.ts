import { and, asc, count, eq, gt, inArray, isNotNull, lt, lte, min, or, sql } from 'drizzle-orm';
import { day, type Instant } from '../core/clock.ts';
import type { OutboxId, PersonId, Subject } from '../core/ids.ts';
import { newId } from '../core/ids.ts';
import { currentTrace } from '../core/trace.ts';
import type { Tx } from './database.ts';
import { among, type Gaps, insertion, prepared } from './prepared.ts';
import { outbox } from './schema.ts';

export type OutboxRow = typeof outbox.$inferSelect;

type Entry = { dueAt: Instant; now: Instant; data?: Record<string, string>; subject?: Subject };

const row = (kind: OutboxRow['kind'], name: string, entry: Entry): typeof outbox.$inferInsert => ({
  id: newId<OutboxId>(),
  kind,
  name,
  person: null,
  subject: entry.subject ?? null,
  data: entry.data ?? {},
  dueAt: entry.dueAt,
  createdAt: entry.now,
  state: 'waiting',
  attempts: 0,
  trace: currentTrace(),
});

const insertRows = insertion(outbox);
const toEach = (people: readonly PersonId[], it: ReturnType<typeof row>) =>
  people.map((person) => ({ ...it, id: newId<OutboxId>(), person }));

/** Tell each of `people`, at `dueAt`, what the view `view` shows of `data` then. */
export async function tell(tx: Tx, people: readonly PersonId[], view: string, entry: Entry): Promise<void> {
  await insertRows(tx, toEach(people, row('tell', view, entry)));
}

/** Send each of `people` the mail `name`, as it is at `dueAt`. */
export async function mail(tx: Tx, people: readonly PersonId[], name: string, entry: Entry): Promise<void> {
  await insertRows(tx, toEach(people, row('mail', name, entry)));
}

/** Put the file `name` into the chat of each of `people`, as it is at `dueAt`. */
export async function giveFile(
  tx: Tx,
  people: readonly PersonId[],
  name: string,
  entry: Entry,
): Promise<void> {
  await insertRows(tx, toEach(people, row('file', name, entry)));
}

/** Post `name` in the channel that it is for, at `dueAt`. */
export async function postIn(tx: Tx, name: string, entry: Entry): Promise<void> {
  await insertRows(tx, [row('post', name, entry)]);
}

/** Do the job `name` at `dueAt`. */
export async function schedule(tx: Tx, name: string, entry: Entry): Promise<void> {
  await insertRows(tx, [row('run', name, entry)]);
}

/** Bring every live card of `subject` (or of each of these) up to date. */
export async function refresh(tx: Tx, subject: Subject | readonly Subject[], now: Instant): Promise<void> {
  await insertRows(
    tx,
    [subject].flat().map((it) => row('refresh', 'refresh', { dueAt: now, now, subject: it })),
  );
}

const withdrawNamed = prepared((tx, it: Gaps<{ subject: Subject; names: readonly string[] }>) =>
  tx
    .update(outbox)
    .set({ state: 'withdrawn', leaseUntil: null })
    .where(
      and(
        eq(outbox.subject, it.subject),
        among(outbox.name, it.names),
        inArray(outbox.state, ['waiting', 'sending']),
      ),
    ),
);

/**
 * Takes back what was not yet told or done about `subject` under any of `names`; what is being sent is not tried
 * again.
 */
export async function withdraw(tx: Tx, subject: Subject, ...names: string[]): Promise<void> {
  await withdrawNamed(tx, { subject, names });
}

type About = { subjects: readonly Subject[]; names: readonly string[] };
const rowsOn = prepared((tx, it: Gaps<About>) =>
  tx
    .select()
    .from(outbox)
    .where(and(among(outbox.subject, it.subjects), among(outbox.name, it.names)))
    .orderBy(asc(outbox.createdAt)),
);

/** Everything that was to be told about any of `subjects` under `name` (or one of these), to anybody or to `people`, whatever became of it. */
export async function rowsAbout(
  tx: Tx,
  it: { subjects: readonly Subject[]; name: string | readonly string[]; people?: readonly PersonId[] },
): Promise<OutboxRow[]> {
  if (it.subjects.length === 0) return [];
  const found = await rowsOn(tx, { subjects: it.subjects, names: [it.name].flat() });
  const { people } = it;
  return people ? found.filter(({ person }) => person !== null && people.includes(person)) : found;
}

/** True where a row can still be taken back: it waits, or is being sent. */
export const isOpen = ({ state }: Pick<OutboxRow, 'state'>): boolean =>
  state === 'waiting' || state === 'sending';

/** Takes back these rows, where they are still open. */
export async function withdrawRows(tx: Tx, rows: readonly OutboxRow[]): Promise<void> {
  const ids = rows.filter(isOpen).map((row) => row.id);
  if (ids.length === 0) return;
  await tx.update(outbox).set({ state: 'withdrawn', leaseUntil: null }).where(inArray(outbox.id, ids));
}

/**
 * Of `people`, those to whom `name` about `subject` has to be brought anew, because nothing waits that will be made as
 * things stand then. What is being brought to them just now is not tried again: what comes after it says it, too.
 */
export async function anewFor(
  tx: Tx,
  it: { subject: Subject; name: string; people: readonly PersonId[] },
): Promise<PersonId[]> {
  const rows = await rowsAbout(tx, { subjects: [it.subject], name: it.name, people: it.people });
  const waiting = new Set(rows.filter((row) => row.state === 'waiting').map((row) => row.person));
  const onTheirWay = rows.filter((row) => !waiting.has(row.person));
  await withdrawRows(tx, onTheirWay);
  return [...new Set(it.people)].filter((person) => !waiting.has(person));
}

/** How long it can be looked up what became of a message. */
const keptFor = 90 * day;

/** Drops what was settled long ago; what failed stays. The record of bookings is elsewhere. */
export async function prune(tx: Tx, now: Instant): Promise<void> {
  const settled = inArray(outbox.state, ['done', 'dropped', 'withdrawn']);
  await tx.delete(outbox).where(and(settled, lt(outbox.dueAt, now - keptFor)));
}

export type DueRow = Pick<OutboxRow, 'id' | 'kind' | 'person' | 'dueAt'>;

/**
 * Rows that are due and not yet delivered, oldest first; those whose claim has run out are among them.
 * A page of at most `most`, after the last row of the page before.
 */
export const due = (tx: Tx, now: Instant, most: number, after?: DueRow): Promise<DueRow[]> =>
  duePage(tx, { now, most, afterDue: after?.dueAt ?? 0, afterId: after?.id ?? ('' as OutboxId) });

type Page = { now: Instant; most: number; afterDue: Instant; afterId: OutboxId };
const duePage = prepared((tx, it: Gaps<Page>) => {
  const { id, kind, person, dueAt } = outbox;
  const beyond = or(gt(dueAt, it.afterDue), and(eq(dueAt, it.afterDue), gt(id, it.afterId)));
  const free = and(eq(outbox.state, 'waiting'), lte(dueAt, it.now));
  const abandoned = and(eq(outbox.state, 'sending'), lte(outbox.leaseUntil, it.now));
  return tx
    .select({ id, kind, person, dueAt })
    .from(outbox)
    .where(and(or(free, abandoned), beyond))
    .orderBy(asc(dueAt), asc(id))
    .limit(it.most);
});

/** When the next row falls due (of those due after `after`), or null when none waits. */
export async function nextDue(tx: Tx, after: Instant = 0): Promise<Instant | null> {
  const [first] = await firstAfter(tx, { after });
  return first?.at ?? null;
}

const firstAfter = prepared((tx, it: Gaps<{ after: Instant }>) =>
  tx
    .select({ at: min(outbox.dueAt) })
    .from(outbox)
    .where(and(eq(outbox.state, 'waiting'), gt(outbox.dueAt, it.after))),
);

const rowById = prepared((tx, it: Gaps<{ id: OutboxId }>) =>
  tx.select().from(outbox).where(eq(outbox.id, it.id)),
);
const take = prepared((tx, it: Gaps<{ id: OutboxId; leaseUntil: Instant; attempts: number }>) =>
  tx
    .update(outbox)
    .set({ state: 'sending', leaseUntil: sql`${it.leaseUntil}`, attempts: sql`${it.attempts}` })
    .where(eq(outbox.id, it.id)),
);

/** A row in the hands of one worker until `leaseUntil`. */
export type Claim = OutboxRow & { leaseUntil: Instant };

/** Claims a row for one worker, for as long as its kind takes; null when it is no longer there to be claimed. */
export async function claim(
  tx: Tx,
  id: OutboxId,
  now: Instant,
  until: (kind: OutboxRow['kind']) => Instant,
): Promise<Claim | null> {
  const [found] = await rowById(tx, { id });
  if (!found) return null;
  const free = found.state === 'waiting' && found.dueAt <= now;
  const abandoned = found.state === 'sending' && (found.leaseUntil ?? 0) <= now;
  if (!free && !abandoned) return null;
  const leaseUntil = until(found.kind);
  const attempts = found.attempts + 1;
  await take(tx, { id, leaseUntil, attempts });
  return { ...found, state: 'sending', leaseUntil, attempts };
}

const mine = (row: Claim) =>
  and(eq(outbox.id, row.id), eq(outbox.state, 'sending'), eq(outbox.leaseUntil, row.leaseUntil));

const held = prepared((tx, it: Gaps<Pick<Claim, 'id' | 'leaseUntil'>>) =>
  tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.id, it.id), eq(outbox.state, 'sending'), eq(outbox.leaseUntil, it.leaseUntil))),
);

/** Whether the claim still stands: not withdrawn meanwhile, nor run out and taken by another worker. */
export async function holds(tx: Tx, { id, leaseUntil }: Claim): Promise<boolean> {
  const found = await held(tx, { id, leaseUntil });
  return found.length > 0;
}

const done = prepared((tx, it: Gaps<{ id: OutboxId; now: Instant }>) =>
  tx
    .update(outbox)
    .set({ state: 'done', error: null, doneAt: sql`${it.now}`, leaseUntil: null })
    .where(eq(outbox.id, it.id)),
);

/** The row is told or done. True to what happened even when the claim was lost meanwhile. */
export async function finish(tx: Tx, row: Claim, now: Instant): Promise<void> {
  await done(tx, { id: row.id, now });
}

/** The row is given up: there was nothing (left) to tell, or it failed for good. */
export async function giveUp(
  tx: Tx,
  row: Claim,
  state: 'dropped' | 'failed',
  now: Instant,
  error: string | null = null,
): Promise<void> {
  await tx.update(outbox).set({ state, error, doneAt: now, leaseUntil: null }).where(mine(row));
}

/** Try again at `dueAt`, after a failure, or (`waits`) where the attempt does not count, because it was none. */
export async function postpone(
  tx: Tx,
  row: Claim,
  dueAt: Instant,
  why: { error: string } | { waits: string },
): Promise<void> {
  const failed = 'error' in why;
  await tx
    .update(outbox)
    .set({
      state: 'waiting',
      dueAt,
      error: failed ? why.error : (row.error ?? why.waits),
      leaseUntil: null,
      attempts: failed ? row.attempts : row.attempts - 1,
    })
    .where(mine(row));
}

/** At start: what a killed process had claimed is free again, without waiting for its claim to end. */
export async function release(tx: Tx): Promise<void> {
  await tx.update(outbox).set({ state: 'waiting', leaseUntil: null }).where(eq(outbox.state, 'sending'));
}

/**
 * Where the clock was set back, what was due already is due, and what waits for another try is not kept waiting for as
 * long: whatever of that kind would fall due from `now` to `until`. What was planned for its own time is left to it.
 * @param wait no try is put off for longer, in milliseconds
 */
export async function bringForward(
  tx: Tx,
  now: Instant,
  { until, wait }: { until: Instant; wait: number },
): Promise<void> {
  const atOnce = lte(outbox.dueAt, outbox.createdAt);
  const again = and(isNotNull(outbox.error), gt(outbox.dueAt, now + wait));
  await tx
    .update(outbox)
    .set({ dueAt: now })
    .where(
      and(
        eq(outbox.state, 'waiting'),
        gt(outbox.dueAt, now),
        lte(outbox.dueAt, until + wait),
        or(atOnce, again),
      ),
    );
  // Whoever claimed it for so long has ended without a word.
  await tx
    .update(outbox)
    .set({ leaseUntil: now + wait })
    .where(and(eq(outbox.state, 'sending'), gt(outbox.leaseUntil, now + wait)));
}

const overdue = prepared((tx, it: Gaps<{ now: Instant }>) =>
  tx
    .select({ rows: count(), oldest: min(outbox.dueAt) })
    .from(outbox)
    .where(and(inArray(outbox.state, ['waiting', 'sending']), lte(outbox.dueAt, it.now))),
);
const givenUp = prepared((tx) => tx.select({ rows: count() }).from(outbox).where(eq(outbox.state, 'failed')));

/**
 * How the outbox stands: what is due and not yet delivered, what was given up, and since when the oldest overdue row is
 * due. What is planned for later is not counted: there may be a million of it.
 */
export async function standing(
  tx: Tx,
  now: Instant,
): Promise<{ due: number; failed: number; oldestDue: Instant | null }> {
  const [late] = await overdue(tx, { now });
  const [failed] = await givenUp(tx, {});
  return { due: late?.rows ?? 0, failed: failed?.rows ?? 0, oldestDue: late?.oldest ?? null };
}
