import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { asc } from 'drizzle-orm';
import { person, tuesday } from '../../../test/support/examples.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { day } from '../../core/clock.ts';
import type { ChatFile } from '../../core/feature.ts';
import type { PersonId } from '../../core/ids.ts';
import { audit, outbox } from '../../db/schema.ts';
import { createReader } from '../../i18n/reader.ts';
import {
  createDisk,
  createFiles,
  createFilesFeature,
  type Disk,
  deliverFile,
  keepPublicUrl,
  linkSettings,
  mayDeliver,
  type Parcel,
  revokeFiles,
} from './index.ts';

let temporary: TemporaryDatabase;
let disk: Disk;
let now = tuesday;

beforeEach(() => {
  temporary = temporaryDatabase();
  disk = createDisk(temporary.path);
  now = tuesday;
});
afterEach(() => temporary.remove());

const parcel = (its: Partial<Parcel> = {}): Parcel => ({
  person: person('ann'),
  platform: 'slack',
  name: 'use 2026-11.csv',
  title: 'Use in November',
  type: 'text/csv',
  content: Buffer.from('a,b'),
  ...its,
});
const deliver = (its: Partial<Parcel> = {}) =>
  temporary.db.transact((tx) => deliverFile(tx, now, parcel(its)));
const reachable = (at: string | null) => temporary.db.transact((tx) => keepPublicUrl(tx, at));
const rows = async () => temporary.db.read.select().from(outbox).orderBy(asc(outbox.dueAt));
const onDisk = () => readdirSync(join(dirname(temporary.path), 'exports'));
const filesNow = async () =>
  createFiles({ db: temporary.db, disk, now: () => now, ...(await linkSettings(temporary.db.read)) });

/** What the chat is given now of the n-th row that waits. */
async function given(recipient: PersonId = person('ann'), n = 0): Promise<ChatFile | null> {
  const row = (await rows()).filter((it) => it.kind === 'file')[n];
  const reader = createReader('en', 'UTC', now);
  const scope = { tx: temporary.db.read, now, reader, recipient };
  return (await createFilesFeature(disk).files?.['files.given']?.(scope, row?.data ?? {})) ?? null;
}

/** Runs the jobs that are due by now. */
async function runDue(): Promise<void> {
  for (const row of await rows())
    if (row.kind === 'run' && row.dueAt <= now)
      await temporary.db.transact(async (tx) =>
        createFilesFeature(disk).jobs?.[row.name]?.({ tx, now }, row.data),
      );
}

/** A large file, delivered. */
async function deliverLarge(its: Partial<Parcel> = {}): Promise<string> {
  let url = '';
  await disk.keep(
    'large',
    (path) => writeFile(path, 'row'),
    async () => {
      const delivered = await deliver({ content: { path: 'large' }, ...its });
      if (delivered.kind === 'link') url = delivered.url;
    },
  );
  return url;
}

describe('[2.6] a file', () => {
  test('goes into the chat of the one person it is for, where chat takes files, and that is recorded', async () => {
    expect(await deliver()).toEqual({ kind: 'chat' });
    expect(await rows()).toMatchObject([{ kind: 'file', person: 'ann', name: 'files.given' }]);
    expect(await given()).toMatchObject({
      name: expect.stringMatching(/^use 2026-11 [\da-f]{4}\.csv$/),
      title: 'Use in November',
      content: Buffer.from('a,b'),
    });
    expect(await given(person('ben'))).toBeNull();
    const recorded = await temporary.db.read.select().from(audit);
    expect(recorded).toMatchObject([{ actor: 'ann', kind: 'file.given' }]);
  });

  test('has a name of its own, also where several of one name are given at once', async () => {
    const many = 5;
    for (let n = 0; n < many; n++) await deliver();
    const names = await Promise.all(
      Array.from({ length: many }, async (_, n) => (await given(person('ann'), n))?.name),
    );
    expect(new Set(names).size).toBe(many);
  });

  test('is behind a link elsewhere', async () => {
    expect(await mayDeliver(temporary.db.read, 'teams')).toBe(false);
    expect(await deliver({ platform: 'teams' })).toEqual({ kind: 'nowhere' });
    await reachable('https://rooms.example.org');
    expect(await mayDeliver(temporary.db.read, 'teams')).toBe(true);
    const delivered = await deliver({ platform: 'teams' });
    if (delivered.kind !== 'link') throw new Error('no link');
    const token = new URL(delivered.url).pathname.split('/')[2] ?? '';
    expect(await (await filesNow()).open(token)).toMatchObject({ kind: 'file', person: 'ann' });
    expect(await rows()).toEqual([]);
  });

  test('that is no longer theirs to have is not given', async () => {
    await deliver({ subject: 'booking:1' });
    await temporary.db.transact((tx) => revokeFiles(tx, 'booking:1', now));
    expect(await given()).toBeNull();
  });
});

describe('[6.2] a file on disk', () => {
  test('is given from there, and removed when its time is over', async () => {
    await deliverLarge({ lasts: day });
    expect((await given())?.content).toEqual({ path: disk.pathOf('large') });
    now += day - 1;
    await runDue();
    expect(onDisk()).toEqual(['large']);
    now += 1;
    await runDue();
    expect(onDisk()).toEqual([]);
    expect(await given()).toBeNull();
  });

  test('is removed with what it is about', async () => {
    await deliverLarge({ subject: 'booking:1' });
    await deliver({ subject: 'booking:2' });
    await temporary.db.transact((tx) => revokeFiles(tx, 'booking:1', now));
    await runDue();
    expect(onDisk()).toEqual([]);
  });

  test('is kept whole or not at all', async () => {
    const failing = disk.keep(
      'broken',
      async (path) => {
        await writeFile(path, 'half');
        throw new Error('the disk is full');
      },
      async () => {},
    );
    await expect(failing).rejects.toThrow('the disk is full');
    const unnoted = disk.keep(
      'unnoted',
      (path) => writeFile(path, 'row'),
      () => Promise.reject(new Error('no')),
    );
    await expect(unnoted).rejects.toThrow('no');
    expect(onDisk()).toEqual([]);
  });

  test('that no row knows is swept away, but for what is being written', async () => {
    await deliverLarge();
    await writeFile(disk.pathOf('left.part'), 'half');
    await writeFile(disk.pathOf('left'), 'row');
    const files = await filesNow();
    await disk.keep(
      'new',
      async (path) => {
        await writeFile(path, 'row');
        await files.sweep();
      },
      () => files.sweep(),
    );
    expect(onDisk().sort()).toEqual(['large', 'new']);
  });
});
