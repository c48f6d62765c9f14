import { stat } from 'node:fs/promises';
import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import { day, type Instant } from '../../core/clock.ts';
import type { PersonId, Subject } from '../../core/ids.ts';
import { record } from '../../db/audit.ts';
import type { Db, Tx } from '../../db/database.ts';
import { addFile, endLater, type Publication } from './deliver.ts';
import type { Disk } from './disk.ts';
import { createLinks, type LinkSettings } from './links.ts';
import { publishedFile } from './schema.ts';

export {
  createFilesFeature,
  type Delivered,
  deliverFile,
  mayDeliver,
  type Parcel,
  takesFiles,
} from './deliver.ts';
export { createDisk, type Disk } from './disk.ts';
export * from './links.ts';

export type Opened =
  | {
      kind: 'file';
      person: PersonId;
      name: string;
      type: string;
      /** `path`: where it is on disk. */
      content: Buffer | { path: string };
    }
  /** It was ours, and works no longer. */
  | { kind: 'expired' | 'revoked' }
  | { kind: 'unknown' };

/** Files behind signed links that end (6.2). Without an address from outside there are no links, and so no files. */
export function createFiles(deps: LinkSettings & { db: Db; disk: Disk; now(): Instant }) {
  const { db, disk, publicUrl } = deps;
  const links = createLinks(deps);

  return {
    /** Keeps a file for one person and gives its address; null where we can't be reached from outside. */
    async publish(it: Publication): Promise<string | null> {
      if (publicUrl === null) return null;
      return links.toFile(await db.transact((tx) => addFile(tx, deps.now(), it)), it.name);
    },

    /** What a link leads to; its use is recorded with the person it was issued to. */
    async open(token: string): Promise<Opened> {
      const id = links.readFile(token);
      const [file] = id ? await db.read.select().from(publishedFile).where(eq(publishedFile.id, id)) : [];
      if (!file) return { kind: 'unknown' };
      if (file.revokedAt !== null) return { kind: 'revoked' };
      const now = deps.now();
      if (now >= file.expiresAt) return { kind: 'expired' };
      const { person, name, type } = file;
      const path = file.path && disk.pathOf(file.path);
      // A database that was restored from a backup has no files beside it.
      if (path && !(await isThere(path))) return { kind: 'expired' };
      await db.transact((tx) =>
        record(tx, {
          at: now,
          actor: person,
          kind: 'file.opened',
          subject: `file:${file.id}`,
          detail: { name },
        }),
      );
      return { kind: 'file', person, name, type, content: path ? { path } : file.content };
    },

    /** At start and now and then: removes files from disk that no row knows, such as a killed process leaves behind. */
    sweep: (): Promise<void> =>
      disk.sweep(async () => {
        const { path } = publishedFile;
        const found = await db.read.select({ path }).from(publishedFile).where(isNotNull(path));
        return new Set(found.flatMap((it) => it.path ?? []));
      }),
  };
}

export type Files = ReturnType<typeof createFiles>;

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return false;
      throw cause;
    },
  );

/** Ends all links to files about a subject. */
export async function revokeFiles(tx: Tx, subject: Subject, now: Instant): Promise<void> {
  const revoked = await tx
    .update(publishedFile)
    .set({ revokedAt: now, content: Buffer.alloc(0) })
    .where(and(eq(publishedFile.subject, subject), isNull(publishedFile.revokedAt)))
    .returning({ id: publishedFile.id, path: publishedFile.path });
  for (const { id, path } of revoked) if (path !== null) await endLater(tx, now, id, now);
}

/** How long it is still said of a link that it has expired. */
const remembered = 30 * day;

/** Drops files that expired long ago. */
export async function pruneFiles(tx: Tx, now: Instant): Promise<void> {
  await tx.delete(publishedFile).where(lt(publishedFile.expiresAt, now - remembered));
}
