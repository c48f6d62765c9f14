import type { Instant } from '../../core/clock.ts';
import type { Place } from '../../core/feature.ts';
import type { Action, Card, Picture, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Statistics } from './domain.ts';
import { type ExhibitName, exhibit } from './exhibits.ts';
import type { Loss, Schedule } from './schedules.ts';
import { keyFacts } from './views.ts';

/** How a channel is called, where that is known. */
export const channelName = (reader: Reader, { name }: Place): string =>
  name || reader.t('statistics.schedule.nameless');

type Shown = { schedule: Schedule; scope: readonly string[]; by: string; next: Instant };

/** What is posted where again and again, each with the button that ends it. */
export function schedulesCard(
  reader: Reader,
  it: { shown: readonly Shown[]; page: number; pages: number; banner?: Card['banner'] },
): Card {
  const turn = (page: number, label: string): Action => ({
    kind: 'command',
    label,
    command: 'statistics.schedules',
    data: { page: String(page) },
  });
  const row = ({ schedule, scope, by, next }: Shown): Row => ({
    title: reader.t('statistics.schedule.row', {
      channel: channelName(reader, schedule.place),
      every: reader.t(`statistics.schedule.every.${schedule.every}`),
    }),
    text: reader.t('statistics.schedule.about', {
      scope: scope.join(' · ') || reader.t('statistics.all'),
      name: by,
      next: { instant: next },
    }),
    actions: [
      {
        kind: 'command',
        label: reader.t('statistics.schedule.stop'),
        command: 'statistics.stop',
        data: { schedule: schedule.id, page: String(it.page) },
        style: 'danger',
      },
    ],
  });
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('statistics.schedule.title'),
    ...(it.banner ? { banner: it.banner } : {}),
    text: [reader.t(it.shown.length > 0 ? 'statistics.schedule.hint' : 'statistics.schedule.none')],
    rows: it.shown.map(row),
    actions: [
      ...(it.page > 1 ? [turn(it.page - 1, reader.t('common.previous'))] : []),
      ...(it.page < it.pages ? [turn(it.page + 1, reader.t('common.next'))] : []),
    ],
    ...(it.pages > 1 ? { footnote: reader.t('common.page', { page: it.page, pages: it.pages }) } : {}),
  };
}

/** The statistics as they stand in a channel: for everybody there, so without buttons. */
export const postedCard = (
  reader: Reader,
  it: {
    schedule: Pick<Schedule, 'every'>;
    by: string;
    about: string;
    statistics: Statistics;
    exhibits: readonly ExhibitName[];
    image: Picture | null;
  },
): Card => ({
  layout: 'list',
  tone: 'neutral',
  title: reader.t(`statistics.schedule.posted.${it.schedule.every}`),
  text: [it.about],
  facts: keyFacts(reader, it.statistics),
  ...(it.image ? { image: it.image } : {}),
  rows: it.exhibits.map((name) => ({
    title: reader.t(`statistics.picture.${name}`),
    text: exhibit(reader, it.statistics, name).says,
  })),
  footnote: reader.t('statistics.schedule.footnote', {
    every: reader.t(`statistics.schedule.every.${it.schedule.every}`),
    name: it.by,
  }),
});

/** Statistics have ended that nobody stopped; `by`: who had set them up. */
export const endedCard = (reader: Reader, it: { schedule: Schedule; why: Loss; by: string }): Card => ({
  layout: 'notice',
  tone: 'warning',
  title: reader.t('statistics.schedule.ended.title', { channel: channelName(reader, it.schedule.place) }),
  text: [reader.t(`statistics.schedule.ended.${it.why}`, { name: it.by })],
  actions: [
    {
      kind: 'command',
      label: reader.t('statistics.schedule.again'),
      command: 'statistics.again',
      data: { schedule: it.schedule.id },
    },
  ],
});
