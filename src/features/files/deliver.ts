import { parse } from 'node:path';
import { eq } from 'drizzle-orm';
import { day, type Instant } from '../../core/clock.ts';
import type { Feature, FileDef, Platform } from '../../core/feature.ts';
import { newId, type PersonId, type Subject } from '../../core/ids.ts';
import { record } from '../../db/audit.ts';
import type { Tx } from '../../db/database.ts';
import { giveFile, schedule } from '../../db/outbox.ts';
import { selvesOf } from '../people/index.ts';
import type { Disk } from './disk.ts';
import { linksIn } from './links.ts';
import { publishedFile } from './schema.ts';

/** Whether bots may put files into a chat there; elsewhere they are behind a link. */
const inChat: Record<Platform, boolean> = { slack: true, teams: false };

export const takesFiles = (platform: Platform | null): boolean => platform !== null && inChat[platform];

/** A file for one person. */
export type Publication = {
  person: PersonId;
  /** With its ending. */
  name: string;
  /** MIME type. */
  type: string;
  /** `path`: the name of a file in the folder of large files. */
  content: Buffer | { path: string };
  /** What it is about; it is revoked with it. */
  subject?: Subject;
  /** Milliseconds from now; without it, a week. */
  lasts?: number;
};

export type Parcel = Publication & {
  /** Where they asked for it; null: not known. */
  platform: Platform | null;
  /** What chat shows above the file, in their language; without it, the name. */
  title?: string;
};

export type Delivered =
  /** It is behind this link. */
  | { kind: 'link'; url: string }
  /** It will be in their chat in a moment. */
  | { kind: 'chat' }
  /** Files can reach nobody there. */
  | { kind: 'nowhere' };

/** How long a link works that says nothing else. */
const usually = 7 * day;

/** False where files can reach nobody: there is no address for links, and bots may put none into a chat. */
export const mayDeliver = async (tx: Tx, platform: Platform | null): Promise<boolean> =>
  takesFiles(platform) || (await linksIn(tx)).reachable;

/**
 * Gives somebody a file on the platform where they asked for it: into their chat where that is possible, or else behind
 * a link that ends (6.2). Outside of a command, the delivery has to be kicked after the commit.
 */
export async function deliverFile(tx: Tx, now: Instant, parcel: Parcel): Promise<Delivered> {
  const { platform, title = parcel.name, ...file } = parcel;
  const links = await linksIn(tx);
  if (!takesFiles(platform) && !links.reachable) return { kind: 'nowhere' };
  const id = await addFile(tx, now, file);
  if (!takesFiles(platform)) return { kind: 'link', url: links.toFile(id, file.name) ?? '' };
  const { person } = file;
  await giveFile(tx, [person], 'files.given', { now, dueAt: now, data: { file: id, title } });
  await record(tx, {
    at: now,
    actor: person,
    kind: 'file.given',
    subject: `file:${id}`,
    detail: { name: file.name },
  });
  return { kind: 'chat' };
}

/** Keeps a file for somebody. @returns its id */
export async function addFile(tx: Tx, now: Instant, it: Publication): Promise<string> {
  const id = newId();
  const { lasts = usually, subject = null, content, person, name, type } = it;
  const path = 'path' in content ? content.path : null;
  const expiresAt = now + lasts;
  await tx.insert(publishedFile).values({
    id,
    person,
    name,
    type,
    content: 'path' in content ? Buffer.alloc(0) : content,
    path,
    subject,
    issuedAt: now,
    expiresAt,
    revokedAt: null,
  });
  if (path !== null) await endLater(tx, now, id, expiresAt);
  return id;
}

/** Has a large file removed from disk, after the transaction that decides so. */
export const endLater = (tx: Tx, now: Instant, id: string, dueAt: Instant): Promise<void> =>
  schedule(tx, 'files.end', { now, dueAt, subject: `file:${id}`, data: { file: id } });

async function findFile(tx: Tx, id: string): Promise<typeof publishedFile.$inferSelect | null> {
  const [found] = await tx.select().from(publishedFile).where(eq(publishedFile.id, id));
  return found ?? null;
}

/** Files in chat, and the end of those on disk. */
export const createFilesFeature = (disk: Disk): Feature => ({
  name: 'files',
  files: { 'files.given': given(disk) },
  jobs: {
    'files.end': async ({ tx, now }, data) => {
      const file = await findFile(tx, data.file ?? '');
      if (!file || file.path === null || (file.revokedAt === null && now < file.expiresAt)) return;
      await tx.update(publishedFile).set({ path: null }).where(eq(publishedFile.id, file.id));
      disk.remove(file.path);
    },
  },
});

const given =
  (disk: Disk): FileDef =>
  async ({ tx, now, recipient }, data) => {
    const file = await findFile(tx, data.file ?? '');
    if (!file || file.revokedAt !== null || now >= file.expiresAt) return null;
    if (file.person !== recipient && !(await selvesOf(tx, recipient)).includes(file.person)) return null;
    const { id, type, path, content } = file;
    const { name, ext } = parse(file.name);
    return {
      // Two exports of one day are two files.
      name: `${name} ${id.slice(-4)}${ext}`,
      title: data.title ?? file.name,
      type,
      content: path === null ? content : { path: disk.pathOf(path) },
    };
  };
