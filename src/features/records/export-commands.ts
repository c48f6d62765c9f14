import { z } from 'zod';
import { type CommandContext, type CommandDef, command, type ViewDef } from '../../core/feature.ts';
import type { Answer, Card } from '../../core/view.ts';
import { record } from '../../db/audit.ts';
import { tell } from '../../db/outbox.ts';
import type { Reader } from '../../i18n/reader.ts';
import { formats } from '../../tables/index.ts';
import { mayDeliver } from '../files/index.ts';
import { clauses } from '../rules/index.ts';
import { mayExport } from './domain.ts';
import { type Export, exportSubject, findExport, orderExport } from './exports.ts';
import { readSaid } from './said.ts';
import { noDepartments, refused, severalCalled } from './show.ts';
import { readSearch, type TypedSearch, typedSearch } from './typed.ts';
import { type Substitutes, viewerOf } from './viewer.ts';

const input = typedSearch.extend({ format: z.enum(formats), text: z.string().max(500).optional() });

/** `/records export csv <words>`, and the buttons below what was found. */
export const exportCommands = (substitutes: Substitutes): Record<string, CommandDef> => ({
  'records.export': command({
    right: 'member',
    input,
    acts: true,
    async handle(context, { format, text, ...typed }) {
      const { tx, now, reader, actor } = context;
      const viewer = await viewerOf(context, substitutes);
      if (!mayExport(viewer)) return refuseExport(context, format);
      if (!(await mayDeliver(tx, actor.platform))) return refused(reader.t('records.export.nowhere'));
      const said = text === undefined ? { ok: true as const, typed } : await readSaid(context, text, viewer);
      if (!said.ok) return severalCalled(context, said.severalCalled);
      const read = readSearch(said.typed satisfies TypedSearch, reader.zone);
      if (!read.ok) return refused(reader.t(read.problem.key));
      if (read.search.department !== null && !viewer.all) return noDepartments(context);
      const { language, zone } = reader;
      const ordered = await orderExport(tx, now, actor.person, {
        format,
        search: read.search,
        viewer,
        language,
        zone,
        platform: actor.platform,
      });
      // In their chat, where it can change: an answer that one person sees in a channel stays as it is.
      const subject = exportSubject(ordered.id);
      await tell(tx, [actor.person], 'records.export', {
        now,
        dueAt: now,
        subject,
        data: { export: ordered.id },
      });
      return { kind: 'note', tone: 'neutral', text: reader.t('records.export.begun') };
    },
  }),
});

/** It is written down who tried (6.2). */
async function refuseExport({ tx, now, reader, actor }: CommandContext, format: string): Promise<Answer> {
  await record(tx, {
    at: now,
    actor: actor.person,
    kind: 'refused',
    subject: 'command:records.export',
    detail: { why: 'role', format },
  });
  return refused(reader.refusal({ key: 'records.export.notAllowed', clause: clauses.access }));
}

/** How far an export is, for the person who asked for it. */
export const exportView: ViewDef = async ({ tx, reader, recipient }, data) => {
  const it = await findExport(tx, data.export ?? '');
  if (it?.person !== recipient) return null;
  return {
    card: exportCard(reader, it),
    live: { subject: exportSubject(it.id), revision: it.revision },
  };
};

function exportCard(reader: Reader, { order, state, rows, total, url }: Export): Card {
  const title = reader.t('records.export.title', { format: order.format.toUpperCase() });
  switch (state) {
    case 'running':
      return {
        layout: 'notice',
        tone: 'neutral',
        title,
        text: [
          reader.t('records.export.preparing'),
          ...(total > 0 ? [reader.t('records.export.progress', { rows, total })] : []),
        ],
      };
    case 'done':
      return {
        layout: 'notice',
        tone: 'good',
        title,
        text: [reader.t(url ? 'records.export.ready' : 'records.export.inChat', { count: rows })],
        actions: url ? [{ kind: 'link', label: reader.t('records.export.download'), url }] : [],
      };
    case 'failed':
      return { layout: 'notice', tone: 'bad', title, text: [reader.t('records.export.failed')] };
  }
}
