import { and, eq, isNull, lt } from 'drizzle-orm';
import { day, type Instant } from '../../core/clock.ts';
import { newId, type PersonId, type Subject } from '../../core/ids.ts';
import { record } from '../../db/audit.ts';
import type { Db, Tx } from '../../db/database.ts';
import { createLinks, type LinkSettings } from './links.ts';
import { publishedFile } from './schema.ts';

export * from './links.ts';

/** How long a link works that says nothing else. */
const usually = 7 * day;

export type Publication = {
  person: PersonId;
  name: string;
  type: string;
  content: Buffer;
  subject?: Subject;
  /** Milliseconds from now. */
  lasts?: number;
};

export type Opened =
  | { kind: 'file'; file: typeof publishedFile.$inferSelect }
  /** It was ours, and works no longer. */
  | { kind: 'expired' | 'revoked' }
  | { kind: 'unknown' };

/** Files behind signed links that end (6.2). Without an address from outside there are no links, and so no files. */
export function createFiles(deps: LinkSettings & { db: Db; now(): Instant }) {
  const { db, publicUrl } = deps;
  const links = createLinks(deps);

  return {
    /** Keeps a file for one person and gives its address; null where we can't be reached from outside. */
    async publish(it: Publication): Promise<string | null> {
      if (publicUrl === null) return null;
      const id = newId();
      const now = deps.now();
      const { lasts = usually, subject = null, ...file } = it;
      await db.transact(async (tx) => {
        await tx
          .insert(publishedFile)
          .values({ id, ...file, subject, issuedAt: now, expiresAt: now + lasts, revokedAt: null });
      });
      return links.toFile(id, it.name);
    },

    /** What a link leads to; its use is recorded with the person it was issued to. */
    async open(token: string): Promise<Opened> {
      const id = links.readFile(token);
      const [file] = id ? await db.read.select().from(publishedFile).where(eq(publishedFile.id, id)) : [];
      if (!file) return { kind: 'unknown' };
      if (file.revokedAt !== null) return { kind: 'revoked' };
      const now = deps.now();
      if (now >= file.expiresAt) return { kind: 'expired' };
      await db.transact((tx) =>
        record(tx, {
          at: now,
          actor: file.person,
          kind: 'file.opened',
          subject: `file:${file.id}`,
          detail: { name: file.name },
        }),
      );
      return { kind: 'file', file };
    },
  };
}

export type Files = ReturnType<typeof createFiles>;

/** Ends all links to files about a subject. */
export async function revokeFiles(tx: Tx, subject: Subject, now: Instant): Promise<void> {
  await tx
    .update(publishedFile)
    .set({ revokedAt: now, content: Buffer.alloc(0) })
    .where(and(eq(publishedFile.subject, subject), isNull(publishedFile.revokedAt)));
}

/** How long it is still said of a link that it has expired. */
const remembered = 30 * day;

/** Drops files that expired long ago. */
export async function pruneFiles(tx: Tx, now: Instant): Promise<void> {
  await tx.delete(publishedFile).where(lt(publishedFile.expiresAt, now - remembered));
}
