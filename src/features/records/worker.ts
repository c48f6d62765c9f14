import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { hasLoaded } from '../../core/thread.ts';
import type { Tx } from '../../db/database.ts';
import { openReader } from '../../db/reader.ts';
import { createReader } from '../../i18n/reader.ts';
import { byteOrderMark, type Cell, csvLine, write, writeWorkbook } from '../../tables/index.ts';
import type { Job, Progress } from './background.ts';
import { columnNames, countRecords, exportRows } from './rows.ts';
import { lookUp } from './sought.ts';

/*
 * The other side of background.ts: writes one export to a file, in a thread of its own with a connection of its own
 * that can only read, and says how far it is.
 */

async function main({ databasePath, file, order, now }: Job): Promise<void> {
  const { read, close } = openReader(databasePath);
  hasLoaded();
  const reader = createReader(order.language, order.zone, now);
  const heading = columnNames.map((name) => reader.t(`records.export.column.${name}`));
  const chunks = await rowsFor(read, reader, order);
  const target = createWriteStream(file, { mode: 0o600 });
  if (order.format === 'xlsx')
    await writeWorkbook(target, [{ name: reader.t('records.export.sheet'), heading, chunks }]);
  else {
    await write(target, byteOrderMark + csvLine(heading));
    for await (const rows of chunks) await write(target, rows.map(csvLine).join(''));
    target.end();
    await finished(target);
  }
  close();
}

async function rowsFor(
  read: Tx,
  reader: Parameters<typeof exportRows>[1],
  { search, viewer }: Job['order'],
): Promise<AsyncGenerator<Cell[][]>> {
  const sought = await lookUp(read, search);
  const total = await countRecords(read, sought, viewer);
  const say = (rows: number) => parentPort?.postMessage({ rows, total } satisfies Progress);
  say(0);
  async function* counted() {
    let rows = 0;
    for await (const chunk of exportRows(read, reader, sought, viewer)) {
      yield chunk;
      rows += chunk.length;
      say(rows);
    }
  }
  return counted();
}

await main(workerData as Job);
