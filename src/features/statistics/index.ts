import { z } from 'zod';
import { command, type Feature } from '../../core/feature.ts';
import { formats } from '../../tables/index.ts';
import { roomOption, searchRooms } from '../rooms/index.ts';
import { askedFor } from './asked.ts';
import { anything, typedChoice } from './choice.ts';
import { dayCard } from './day-card.ts';
import type { StatisticsDeps } from './deps.ts';
import { exhibitNames } from './exhibits.ts';
import { giveFile } from './file.ts';
import { scheduleDue, scheduledPost, scheduleEnded } from './posting.ts';
import { scheduleCommands } from './schedule-commands.ts';
import { endedView, jobName, postName } from './schedules.ts';
import { openChoice, showChosen, showExhibit, showSaid } from './show.ts';

export { type Background, createBackground } from './background.ts';
export { type Names, scopeIn } from './choice.ts';
export { countPeriod, type Query } from './count.ts';
export { dayCard } from './day-card.ts';
export type { Pictures, StatisticsDeps } from './deps.ts';
export { periodSaid } from './period.ts';
export { keepFigure, recordRefusal } from './store.ts';

const text = z.string().max(500).default('');

/** What the numbers say (2.8): `/stats <period, site, room or department>`, and the day at a glance. */
export const createStatistics = (deps: StatisticsDeps): Feature => ({
  name: 'statistics',
  words: { stats: askedFor },
  views: { [endedView]: scheduleEnded },
  jobs: { [jobName]: scheduleDue(deps) },
  posts: { [postName]: scheduledPost(deps) },
  options: {
    countedRooms: async ({ tx, reader }, query) => {
      const found = await searchRooms(tx, { text: query, activeOnly: false, limit: 99, zone: reader.zone });
      const all = { value: anything, label: reader.t('statistics.form.any') };
      return [...(query.trim() === '' ? [all] : []), ...found.map((room) => roomOption(reader, room))];
    },
  },
  commands: {
    ...scheduleCommands(deps.people),
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
    'statistics.file': command({
      right: 'member',
      input: typedChoice.extend({ format: z.enum(formats), text: z.string().max(500).optional() }),
      acts: false,
      handle: (context, { format, text, ...typed }) =>
        giveFile(deps, context, text === undefined ? { format, typed } : { format, text }),
    }),
    'statistics.day': command({
      right: 'member',
      input: z.object({ day: text, text, page: z.coerce.number().int().min(1).default(1) }),
      acts: false,
      handle: (context, asked) => dayCard(deps, context, asked),
    }),
  },
});
