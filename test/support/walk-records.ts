import type { BookingId, RoomId } from '../../src/core/ids.ts';
import { orderExport } from '../../src/features/records/exports.ts';
import { type Order, recordExport } from '../../src/features/records/schema.ts';
import { emptySearch, readSearch } from '../../src/features/records/typed.ts';
import { formOf } from './answers.ts';
import type { walkApprovals } from './walk-approvals.ts';

/** Histories, searches and exports; `nasty` is what is typed. */
export async function walkRecords(
  { world, act, submit, view }: Parameters<typeof walkApprovals>[0],
  { admin, host, other, reviewer }: Parameters<typeof walkApprovals>[1],
  it: { booking: BookingId; rejected: BookingId; room: RoomId },
  nasty: string,
): Promise<void> {
  for (const who of [host, other, reviewer, admin])
    for (const booking of [it.booking, it.rejected]) await act(who, 'records.history', { booking });
  await act(host, 'records.history', { text: nasty });
  for (const text of ['', 'rejected this year', nasty, `@${nasty}`, '#1'])
    await act(admin, 'records.said', { text });
  const form = formOf(await act(admin, 'records.open'));
  await submit(admin, form, {});
  await submit(admin, form, { number: 'x', words: nasty, room: it.room });
  await submit(reviewer, form, { words: nasty, until: '2026-01-01' });
  await act(reviewer, 'records.list', { room: it.room, page: '2' });
  for (const who of [host, reviewer]) await act(who, 'records.export', { format: 'csv', words: nasty });

  const read = readSearch(emptySearch, 'UTC');
  if (!read.ok) throw new Error('the search was not read');
  const viewer = { selves: [], rooms: [], all: true };
  const order: Order = { format: 'xlsx', search: read.search, viewer, language: 'en', zone: 'UTC' };
  const { id } = await world.db.transact((tx) => orderExport(tx, world.now(), admin.person, order));
  const stages = [
    { rows: 1000, total: 1_000_000 },
    { state: 'done', url: 'https://rooms.example.org/files/1' },
    { state: 'done', url: null },
    { state: 'failed' },
  ] as const;
  for (const stage of stages) {
    await world.db.transact(async (tx) => {
      await tx.update(recordExport).set(stage);
    });
    await view(admin, 'records.export', { export: id });
  }
}
