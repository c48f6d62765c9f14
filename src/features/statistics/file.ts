import { Writable } from 'node:stream';
import type { CommandContext } from '../../core/feature.ts';
import type { Answer, Card } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Format, mimeTypes, writeWorkbook } from '../../tables/index.ts';
import { choiceSaid, choiceTyped, refused, scopeWords } from './asking.ts';
import type { Choice, TypedChoice } from './choice.ts';
import { type DataTable, dataTables, longCsv, sheetsOf } from './data-tables.ts';
import type { StatisticsDeps } from './deps.ts';
import { count, exhibitsFor } from './show.ts';

/** For how many days a link to a file works. */
const linkDays = 7;

/** `/stats xlsx last month`, or a button: everything that the reader may see of it, as a file (2.8). */
export async function giveFile(
  deps: StatisticsDeps,
  context: CommandContext,
  asked: { format: Format; text: string } | { format: Format; typed: TypedChoice },
): Promise<Answer> {
  const { reader } = context;
  if ('text' in asked) {
    const read = await choiceSaid(context, asked.text);
    return read.ok ? deliver(deps, context, asked.format, read.choice) : read.answer;
  }
  const read = await choiceTyped(context, asked.typed);
  if (read.ok) return deliver(deps, context, asked.format, read.choice);
  return refused(Object.values(read.problems)[0] ?? reader.t('common.stale'));
}

async function deliver(
  deps: StatisticsDeps,
  context: CommandContext,
  format: Format,
  choice: Choice,
): Promise<Answer> {
  const { reader, actor } = context;
  if (!deps.deliver) return refused(reader.t('statistics.file.nowhere'));
  const statistics = await count(deps, context, choice);
  const { period } = choice;
  const scope = await scopeWords(context, choice);
  const tables = dataTables(reader, { period, scope, statistics }, exhibitsFor(context));
  const title = reader.t('statistics.file.title', { format: format.toUpperCase() });
  const delivered = await deps.deliver({
    person: actor.person,
    platform: actor.platform,
    name: `${reader.t('statistics.file.name', period)}.${format}`,
    title,
    type: mimeTypes[format],
    content: format === 'csv' ? Buffer.from(longCsv(reader, tables)) : await workbook(reader, tables),
  });
  switch (delivered.kind) {
    case 'link': {
      const label = reader.t('statistics.file.download');
      const text = reader.t('statistics.file.ready', { count: linkDays });
      return card(title, text, [{ kind: 'link', label, url: delivered.url }]);
    }
    case 'chat':
      return card(title, reader.t('statistics.file.coming'));
    case 'nowhere':
      return refused(reader.t('statistics.file.nowhere'));
  }
}

const card = (title: string, text: string, actions: Card['actions'] = []): Answer => ({
  kind: 'card',
  card: { layout: 'notice', tone: 'good', title, text: [text], actions },
});

async function workbook(reader: Reader, tables: readonly DataTable[]): Promise<Buffer> {
  const written: Buffer[] = [];
  const target = new Writable({
    write(chunk, _encoding, done) {
      written.push(chunk);
      done();
    },
  });
  await writeWorkbook(target, sheetsOf(reader, tables));
  return Buffer.concat(written);
}
