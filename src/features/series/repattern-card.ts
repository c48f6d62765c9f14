import { printOf } from '../../core/print.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Card, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Booking } from '../booking/index.ts';
import type { Draft } from '../draft/index.ts';
import type { Whole } from './load.ts';
import type { Wish } from './look.ts';
import { onPage, turns } from './preview-card.ts';
import type { Occurrence, Repeating } from './recurrence.ts';
import type { Repattern } from './repattern.ts';
import { recurrenceText } from './words.ts';

/** A new date: what would be booked, and what stands in its way. */
export type Added = { date: Occurrence; wish: Wish; breach: Refusal | null };

/** Another recurrence before it is in force. */
export type Outlook = Omit<Repattern, 'add'> & { whole: Whole; to: Repeating; add: Added[] };

/** The new dates that can be had; the others are left out. */
export const free = ({ add }: Outlook): Added[] => add.filter(({ breach }) => breach === null);

/** What would be done: where that has changed since it was shown, nothing is. */
export const outlookPrint = (outlook: Outlook): string =>
  printOf([outlook.end.map(({ id, revision }) => [id, revision]), free(outlook).map(({ date }) => date.day)]);

/** What another recurrence would do to a series (2.4): which dates end, which are new, and which can't be had. */
export function outlookCard(
  reader: Reader,
  { outlook, draft, page: wanted }: { outlook: Outlook; draft: Draft; page: number },
  banner?: Card['banner'],
): Card {
  const { whole, to, stay, exceptions, end, add } = outlook;
  const { series, details } = whole;
  const rows = [
    ...end.map((it) => bookingRow(reader, series.zone, it, 'ends')),
    ...exceptions.map((it) => bookingRow(reader, series.zone, it, 'exception')),
    ...add.map((it) => addedRow(reader, series.zone, it)),
  ].sort((a, b) => a.at - b.at);
  const { shown, page, pages } = onPage(rows, wanted);
  const changes = end.length + free(outlook).length;
  return {
    layout: 'list',
    tone: 'warning',
    title: reader.t('series.changeTitle', { topic: details[0].booking.topic }),
    ...(banner ? { banner } : {}),
    text: [
      reader.t('series.repatternText', {
        stay: stay.length + exceptions.length,
        add: free(outlook).length,
        end: end.length,
      }),
    ],
    facts: [
      {
        label: reader.t('booking.field.recurring'),
        value: reader.t('booking.fromTo', {
          from: recurrenceText(reader, series.recurrence),
          to: recurrenceText(reader, to.recurrence),
        }),
      },
    ],
    rows: shown.map(({ at: _, ...row }) => row),
    actions: [
      ...(changes > 0
        ? [
            {
              kind: 'command' as const,
              label: reader.t('series.repattern'),
              command: 'series.repattern',
              data: { draft: draft.id, print: outlookPrint(outlook) },
              style: 'primary' as const,
            },
          ]
        : []),
      ...turns(reader, page, pages, (other) => ({
        command: 'series.outlook',
        data: { draft: draft.id, page: other },
      })),
    ],
    ...(pages > 1 ? { footnote: reader.t('common.page', { page, pages }) } : {}),
  };
}

const bookingRow = (
  reader: Reader,
  zone: string,
  { start, end }: Booking,
  standing: 'ends' | 'exception',
): Row & { at: number } => ({
  at: start,
  title: reader.span(start, end, zone),
  badge: reader.t(`series.standing.${standing}`),
  tone: standing === 'ends' ? 'bad' : 'neutral',
});

const addedRow = (reader: Reader, zone: string, { date, breach }: Added): Row & { at: number } => ({
  at: date.start,
  title: reader.span(date.start, date.end, zone),
  ...(breach ? { text: reader.refusal(breach) } : {}),
  badge: reader.t(`series.standing.${breach ? 'skipped' : 'new'}`),
  tone: breach ? 'warning' : 'good',
});
