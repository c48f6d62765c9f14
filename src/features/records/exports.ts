import { and, eq, lt, ne } from 'drizzle-orm';
import { day, type Instant, minute } from '../../core/clock.ts';
import { newId, type PersonId, type Subject } from '../../core/ids.ts';
import { toLocal } from '../../core/time.ts';
import { within } from '../../core/within.ts';
import type { Db, Tx } from '../../db/database.ts';
import { refresh, schedule } from '../../db/outbox.ts';
import { createReader } from '../../i18n/reader.ts';
import { mimeTypes } from '../../tables/index.ts';
import { type Disk, deliverFile } from '../files/index.ts';
import { type Progress, writeExport } from './background.ts';
import { type Order, recordExport } from './schema.ts';

export type Export = typeof recordExport.$inferSelect;

export type ExportDeps = {
  db: Db;
  databasePath: string;
  disk: Disk;
  now(): Instant;
  /** Tells the delivery that there is something to tell. */
  kick(): void;
  onFailed(cause: unknown): void;
};

/** How often a card says how far its export is, at most. */
const progressEveryMs = 2_000;
/** After this long without an end, it is looked whether an export is still under way: a restart may have ended it. */
const watchAfter = 5 * minute;
const keptFor = 30 * day;

export const exportSubject = (id: string): Subject => `export:${id}`;

export async function findExport(tx: Tx, id: string): Promise<Export | null> {
  const [found] = await tx.select().from(recordExport).where(eq(recordExport.id, id));
  return found ?? null;
}

/** Writes down that somebody wants an export; it is begun by the job `records.export`. */
export async function orderExport(tx: Tx, now: Instant, person: PersonId, order: Order): Promise<Export> {
  const row: Export = {
    id: newId(),
    person,
    order,
    state: 'running',
    revision: 1,
    rows: 0,
    total: 0,
    url: null,
    askedAt: now,
  };
  await tx
    .delete(recordExport)
    .where(and(lt(recordExport.askedAt, now - keptFor), ne(recordExport.state, 'running')));
  await tx.insert(recordExport).values(row);
  await watch(tx, now, row.id, now);
  return row;
}

const watch = (tx: Tx, now: Instant, id: string, dueAt: Instant): Promise<void> =>
  schedule(tx, 'records.export', { now, dueAt, subject: exportSubject(id), data: { export: id } });

type Changes = Partial<Pick<Export, 'state' | 'rows' | 'total' | 'url'>>;

export type Exports = ReturnType<typeof createExports>;

/** Makes the exports, one after the other, beside everything else. */
export function createExports(deps: ExportDeps) {
  const { db, disk } = deps;
  const underWay = new Set<string>();
  const ending = new AbortController();
  let last: Promise<void> = Promise.resolve();

  /** Brings the export and the card about it up to date, with what `work` comes to. */
  async function update(id: string, work: (tx: Tx) => Promise<Changes>) {
    await db.transact(async (tx) => {
      const found = await findExport(tx, id);
      if (!found) return;
      await tx
        .update(recordExport)
        .set({ ...(await work(tx)), revision: found.revision + 1 })
        .where(eq(recordExport.id, id));
      await refresh(tx, exportSubject(id), deps.now());
    });
    deps.kick();
  }

  function make(it: Export): Promise<void> {
    const { id, order } = it;
    const job = { databasePath: deps.databasePath, order, now: deps.now() };
    return disk.keep(
      id,
      (file) => writeExport({ ...job, file }, progressOf(id), ending.signal),
      (rows) =>
        update(id, async (tx) => {
          const url = await deliver(tx, it);
          return { state: 'done', rows, total: rows, url };
        }),
    );
  }

  /** Gives the finished file to whoever asked for it. @returns the address, where it is behind a link */
  async function deliver(tx: Tx, { id, person, order }: Export): Promise<string | null> {
    const { format, language, zone, platform = null } = order;
    const now = deps.now();
    const reader = createReader(language, zone, now);
    const { date } = toLocal(now, zone);
    const delivered = await deliverFile(tx, now, {
      person,
      platform,
      name: `${reader.t('records.export.file', { date })}.${format}`,
      title: reader.t('records.export.title', { format: format.toUpperCase() }),
      type: mimeTypes[format],
      content: { path: id },
    });
    if (delivered.kind === 'nowhere') throw new Error('there is no address any more that files could have');
    return delivered.kind === 'link' ? delivered.url : null;
  }

  /** Passes on how far it is, now and then. */
  function progressOf(id: string): (progress: Progress) => void {
    let said = performance.now();
    return (progress) => {
      if (performance.now() - said < progressEveryMs) return;
      said = performance.now();
      update(id, async () => progress).catch(deps.onFailed);
    };
  }

  async function run(id: string): Promise<void> {
    if (ending.signal.aborted) return;
    try {
      // In the next transaction: the one that began it has been committed by then.
      const it = await db.transact((tx) => findExport(tx, id));
      if (it?.state === 'running') await make(it);
    } catch (cause) {
      // It is begun again with the next start.
      if (ending.signal.aborted) return;
      deps.onFailed(cause);
      await update(id, async () => ({ state: 'failed' }));
    } finally {
      underWay.delete(id);
    }
  }

  function start(id: string): void {
    if (underWay.has(id)) return;
    underWay.add(id);
    last = last.then(() => run(id)).catch(deps.onFailed);
  }

  return {
    /** Begins an export unless it is under way or has ended, and looks again later. */
    async begin(tx: Tx, now: Instant, id: string): Promise<void> {
      const it = await findExport(tx, id);
      if (it?.state !== 'running') return;
      await watch(tx, now, id, now + watchAfter);
      start(id);
    },
    /** At start: begins those again that a restart has broken off. */
    async resume(): Promise<void> {
      const running = eq(recordExport.state, 'running');
      for (const { id } of await db.read.select({ id: recordExport.id }).from(recordExport).where(running))
        start(id);
    },
    /** Resolves when nothing is under way. */
    idle: (): Promise<void> => last,
    /** Begins nothing more, and breaks off what takes longer than `graceMs`. */
    async stop(graceMs: number): Promise<void> {
      await within(graceMs, last);
      ending.abort();
      await last;
    },
  };
}
