import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq, lt, ne } from 'drizzle-orm';
import { day, type Instant, minute } from '../../core/clock.ts';
import { newId, type PersonId, type Subject } from '../../core/ids.ts';
import { toLocal } from '../../core/time.ts';
import type { Db, Tx } from '../../db/database.ts';
import { refresh, schedule } from '../../db/outbox.ts';
import { createReader } from '../../i18n/reader.ts';
import { type Progress, writeExport } from './background.ts';
import type { Format } from './domain.ts';
import { type Order, recordExport } from './schema.ts';

export type Export = typeof recordExport.$inferSelect;

/** Keeps a file for one person and gives its address; null: that can't be done here. */
export type Publish = (file: {
  person: PersonId;
  name: string;
  type: string;
  content: Buffer;
}) => Promise<string | null>;

export type ExportDeps = {
  db: Db;
  databasePath: string;
  now(): Instant;
  publish: Publish;
  /** Tells the delivery that there is something to tell. */
  kick(): void;
  onFailed(cause: unknown): void;
};

/** How often a card says how far its export is, at most. */
const progressEveryMs = 2_000;
/** After this long without an end, it is looked whether an export is still under way: a restart may have ended it. */
const watchAfter = 5 * minute;
const keptFor = 30 * day;

const mimeTypes: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

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
    path: null,
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

export type Exports = ReturnType<typeof createExports>;

/** Makes the exports, one after the other, beside everything else. */
export function createExports(deps: ExportDeps) {
  const { db } = deps;
  const underWay = new Set<string>();
  let last: Promise<void> = Promise.resolve();

  /** Brings the export and the card about it up to date. */
  async function update(id: string, its: Partial<Pick<Export, 'state' | 'rows' | 'total' | 'url'>>) {
    await db.transact(async (tx) => {
      const found = await findExport(tx, id);
      if (!found) return;
      await tx
        .update(recordExport)
        .set({ ...its, revision: found.revision + 1 })
        .where(eq(recordExport.id, id));
      await refresh(tx, exportSubject(id), deps.now());
    });
    deps.kick();
  }

  async function make(it: Export): Promise<void> {
    const { order, person } = it;
    const folder = await mkdtemp(join(tmpdir(), 'export-'));
    try {
      const file = join(folder, 'file');
      const job = { databasePath: deps.databasePath, file, order, now: deps.now() };
      const rows = await writeExport(job, progressOf(it.id));
      const reader = createReader(order.language, order.zone, deps.now());
      const date = toLocal(deps.now(), order.zone).date;
      const name = `${reader.t('records.export.file', { date })}.${order.format}`;
      const content = await readFile(file);
      const url = await deps.publish({ person, name, type: mimeTypes[order.format], content });
      await update(it.id, { state: url === null ? 'failed' : 'done', rows, total: rows, url });
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** Passes on how far it is, now and then. */
  function progressOf(id: string): (progress: Progress) => void {
    let said = performance.now();
    return (progress) => {
      if (performance.now() - said < progressEveryMs) return;
      said = performance.now();
      update(id, progress).catch(deps.onFailed);
    };
  }

  async function run(id: string): Promise<void> {
    try {
      // In the next transaction: the one that began it has been committed by then.
      const it = await db.transact((tx) => findExport(tx, id));
      if (it?.state === 'running') await make(it);
    } catch (cause) {
      deps.onFailed(cause);
      await update(id, { state: 'failed' });
    } finally {
      underWay.delete(id);
    }
  }

  return {
    /** Begins an export unless it is under way or has ended, and looks again later. */
    async begin(tx: Tx, now: Instant, id: string): Promise<void> {
      const it = await findExport(tx, id);
      if (it?.state !== 'running') return;
      await watch(tx, now, id, now + watchAfter);
      if (underWay.has(id)) return;
      underWay.add(id);
      last = last.then(() => run(id)).catch(deps.onFailed);
    },
    /** Resolves when nothing is under way. */
    idle: (): Promise<void> => last,
  };
}
