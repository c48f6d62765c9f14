import { z } from 'zod';
import { command, type Feature } from '../../core/feature.ts';
import { roomOption, searchRooms } from '../rooms/index.ts';
import { anything, typedChoice } from './choice.ts';
import { dayCard } from './day-card.ts';
import { exhibitNames } from './exhibits.ts';
import { openChoice, type StatisticsDeps, showChosen, showExhibit, showSaid } from './show.ts';

export { type Background, createBackground } from './background.ts';
export { type Names, scopeIn } from './choice.ts';
export { countPeriod, type Query } from './count.ts';
export { dayCard } from './day-card.ts';
export { periodSaid } from './period.ts';
export type { Pictures, StatisticsDeps } from './show.ts';
export { keepFigure, recordRefusal } from './store.ts';

const text = z.string().max(500).default('');

/** What the numbers say (2.8): `/stats <period, site, room or department>`, and the day at a glance. */
export const createStatistics = (deps: StatisticsDeps): Feature => ({
  name: 'statistics',
  words: { stats: (rest) => ({ command: 'statistics.said', input: { text: rest } }) },
  options: {
    countedRooms: async ({ tx, reader }, query) => {
      const found = await searchRooms(tx, { text: query, activeOnly: false, limit: 99, zone: reader.zone });
      const all = { value: anything, label: reader.t('statistics.form.any') };
      return [...(query.trim() === '' ? [all] : []), ...found.map((room) => roomOption(reader, room))];
    },
  },
  commands: {
    'statistics.said': command({
      right: 'member',
      input: z.object({ text }),
      acts: false,
      handle: (context, input) => showSaid(deps, context, input.text),
    }),
    'statistics.show': command({
      right: 'member',
      input: typedChoice.extend({ token: z.string().optional() }),
      acts: false,
      handle: (context, typed) => showChosen(deps, context, typed),
    }),
    'statistics.form': command({
      right: 'member',
      input: typedChoice,
      acts: false,
      handle: (context, typed) => openChoice(context, typed),
    }),
    'statistics.picture': command({
      right: 'member',
      input: typedChoice.extend({ picture: z.enum(exhibitNames) }),
      acts: false,
      handle: (context, { picture, ...typed }) => showExhibit(deps, context, typed, picture),
    }),
    'statistics.day': command({
      right: 'member',
      input: z.object({ day: text, text, page: z.coerce.number().int().min(1).default(1) }),
      acts: false,
      handle: (context, asked) => dayCard(deps, context, asked),
    }),
  },
});
