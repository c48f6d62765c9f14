import { printOf } from '../../core/print.ts';
import type { Action, Card, Field } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Detail, matterOf, outcomeText, reasonLength } from '../booking/index.ts';
import { roomName } from '../rooms/index.ts';
import type { Whole } from './load.ts';
import { occurrences } from './recurrence.ts';
import { seriesFacts, summary } from './series-card.ts';

/** As many dates as anybody reads in one line. */
const mostListed = 30;
/** More options than this no list has. */
const mostOptions = 90;

/** What a reviewer needs to judge a series in one go (2.2): its dates, and those that are unlike the others. */
export function reviewCard(
  reader: Reader,
  whole: Whole,
  /** Those of its bookings that wait and are theirs to decide. */
  open: readonly Detail[],
  banner?: Card['banner'],
): Card {
  const { series, details } = whole;
  const [first] = details;
  const note = first.booking.note;
  const ended = [...new Set(details.flatMap((detail) => outcomeText(reader, detail) ?? []))];
  return {
    layout: 'approval',
    tone: open.length > 0 ? 'warning' : 'neutral',
    title: reader.t('series.review', { host: first.nameOf(series.host), topic: first.booking.topic }),
    ...(banner ? { banner } : {}),
    text: [summary(reader, details), ...ended.slice(0, 3)],
    facts: [
      ...seriesFacts(reader, whole),
      ...(note ? [{ label: reader.t('booking.fact.note'), value: note }] : []),
      ...(open.length > 0
        ? [
            {
              label: reader.t('series.waiting'),
              value: listed(
                reader,
                open.map((it) => line(reader, whole, it)),
              ),
            },
          ]
        : []),
      ...exceptions(reader, whole),
    ],
    actions: open.length > 0 ? decisions(reader, whole, open) : [],
  };
}

/** Which dates are elsewhere, at another time, or not booked at all. */
function exceptions(reader: Reader, whole: Whole) {
  const { series, details } = whole;
  const other = details.filter(({ booking }) => booking.overrides.length > 0);
  const booked = new Set(details.map(({ booking }) => booking.occurrence));
  const last = details.at(-1)?.booking.occurrence ?? series.date;
  const left = occurrences(series, last).filter(({ day }) => !booked.has(day));
  return [
    ...(other.length > 0
      ? [
          {
            label: reader.t('series.exceptions'),
            value: other.map((it) => line(reader, whole, it)).join('\n'),
          },
        ]
      : []),
    ...(left.length > 0
      ? [
          {
            label: reader.t('series.leftOut'),
            value: listed(
              reader,
              left.map(({ day }) => reader.day(day)),
            ),
          },
        ]
      : []),
  ];
}

function line(reader: Reader, { series }: Whole, { booking, room }: Detail): string {
  if (booking.overrides.length === 0) return reader.day(booking.occurrence ?? series.date);
  return `${reader.span(booking.start, booking.end, series.zone)}, ${roomName(reader, room)}`;
}

function listed(reader: Reader, texts: readonly string[]): string {
  const shown = texts.slice(0, mostListed).join('\n');
  const more = texts.length - mostListed;
  return more > 0 ? `${shown}\n${reader.t('series.more', { count: more })}` : shown;
}

function decisions(reader: Reader, { series }: Whole, open: readonly Detail[]): Action[] {
  const data = { series: series.id, print: reviewPrint(open) };
  const decidable = open.filter(({ booking }) => matterOf(booking)?.matter !== 'cancellation');
  const reason: Field = {
    kind: 'text',
    name: 'reason',
    label: reader.t('approval.reason'),
    hint: reader.t('approval.reasonHint'),
    required: true,
    multiline: true,
    maxLength: reasonLength,
  };
  const ask = (
    submit: string,
    fields: Field[],
  ): NonNullable<Extract<Action, { kind: 'command' }>['ask']> => ({
    title: submit,
    submit,
    cancel: reader.t('common.cancel'),
    fields,
  });
  const approve: Action = {
    kind: 'command',
    label: reader.t('series.approve', { count: open.length }),
    command: 'series.approve',
    data,
    style: 'primary',
  };
  if (decidable.length === 0)
    return [{ ...approve, label: reader.t('series.confirm', { count: open.length }) }];
  const without: Action = {
    kind: 'command',
    label: reader.t('series.approveWithout'),
    command: 'series.approve',
    data,
    ask: ask(reader.t('series.approveWithout'), [
      {
        kind: 'choices',
        name: 'except',
        label: reader.t('series.except'),
        required: true,
        options: decidable.slice(0, mostOptions).map(({ booking }) => ({
          value: booking.occurrence ?? series.date,
          label: reader.day(booking.occurrence ?? series.date),
        })),
      },
      reason,
    ]),
  };
  const reject: Action = {
    kind: 'command',
    label: reader.t('series.reject'),
    command: 'series.reject',
    data,
    style: 'danger',
    ask: ask(reader.t('series.reject'), [reason]),
  };
  return [approve, ...(decidable.length > 1 ? [without] : []), reject];
}

/** Which forms of which bookings a reviewer saw: a click on older ones decides nothing. */
export const reviewPrint = (open: readonly Detail[]): string =>
  printOf(open.map(({ booking }) => [booking.id, matterOf(booking)?.asOf]));
