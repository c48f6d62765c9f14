import { z } from 'zod';
import { command, type Feature } from '../../core/feature.ts';
import type { BookingId } from '../../core/ids.ts';
import { refuseStrangers } from '../people/index.ts';
import { roomOption, searchRooms } from '../rooms/index.ts';
import { exportCommands, exportView } from './export-commands.ts';
import type { Exports } from './exports.ts';
import { openSearch, refused, showFound, showSaid } from './show.ts';
import { showHistory } from './show-history.ts';
import { anything, typedSearch } from './typed.ts';
import { type Substitutes, viewerOf } from './viewer.ts';

export type { Sought } from './conditions.ts';
export type { Viewer } from './domain.ts';
export { createExports, type ExportDeps, type Exports } from './exports.ts';
export { findByScan, findRecords } from './find.ts';

/** Without `exports`, none is made. */
export type RecordsDeps = { substitutes: Substitutes; exports: Exports | null };

const text = z.string().max(500).default('');
const page = z.coerce.number().int().min(1).max(10_000).default(1);
const bookingId = z.string().transform((id) => id as BookingId);

/** What happened (2.6): `/history #1042`, `/records <words>`, and exports. */
export const createRecords = ({ substitutes, exports }: RecordsDeps): Feature => ({
  name: 'records',
  words: {
    history: (rest) => ({ command: 'records.history', input: { text: rest } }),
    records(rest) {
      const [, format, text] = /^(?:export|匯出|导出)(?:\s+(csv|xlsx))?(?:\s+(.*))?$/isu.exec(rest) ?? [];
      if (/^(?:export|匯出|导出)(?:\s|$)/iu.test(rest))
        return {
          command: 'records.export',
          input: { format: format?.toLowerCase() ?? 'xlsx', text: text ?? '' },
        };
      return { command: 'records.said', input: { text: rest } };
    },
  },
  options: {
    recordedRooms: async ({ tx, reader }, query) => {
      const found = await searchRooms(tx, { text: query, activeOnly: false, limit: 99, zone: reader.zone });
      const all = { value: anything, label: reader.t('records.form.any') };
      return [...(query.trim() === '' ? [all] : []), ...found.map((room) => roomOption(reader, room))];
    },
  },
  views: { 'records.export': exportView },
  jobs: {
    'records.export': async ({ tx, now }, data) => exports?.begin(tx, now, data.export ?? ''),
  },
  commands: {
    ...exportCommands(substitutes),
    'records.history': command({
      right: 'member',
      input: z.object({ booking: bookingId.optional(), text, page }),
      acts: false,
      handle: (context, asked) => showHistory(context, substitutes, asked),
    }),
    'records.said': command({
      right: 'member',
      input: z.object({ text }),
      acts: false,
      handle: (context, input) => showSaid(context, substitutes, input.text),
    }),
    'records.open': command({
      right: 'member',
      input: typedSearch,
      acts: false,
      handle: (context, typed) => openSearch(context, substitutes, typed),
    }),
    'records.search': command({
      right: 'member',
      input: typedSearch.extend({ token: z.string(), person: z.array(z.string()).default([]) }),
      people: ['person'],
      acts: false,
      async handle(context, { token, person, ...typed }) {
        const stranger = refuseStrangers(context.strangers, 'person');
        if (stranger) return refused(context.reader.refusal(stranger));
        const viewer = await viewerOf(context, substitutes);
        return showFound(context, viewer, { ...typed, who: person.join(',') }, 1, token);
      },
    }),
    'records.list': command({
      right: 'member',
      input: typedSearch.extend({ page }),
      acts: false,
      handle: async (context, { page: at, ...typed }) =>
        showFound(context, await viewerOf(context, substitutes), typed, at),
    }),
  },
});
