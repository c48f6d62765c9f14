import { printOf } from '../../core/print.ts';
import type { Action, Card, Fact, Field } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Detail, type Matter, matterOf, outcomeText, reasonLength } from '../booking/index.ts';
import { roomName } from '../rooms/index.ts';
import type { Whole } from './load.ts';
import { pendingFacts } from './pending.ts';
import { occurrences } from './recurrence.ts';
import { seriesFacts } from './series-card.ts';
import { summary, waits } from './standing.ts';

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
    title: reader.t(titleOf(open), { host: first.nameOf(series.host), topic: first.booking.topic }),
    ...(banner ? { banner } : {}),
    text: [summary(reader, details), ...ended.slice(0, 3), ...waits(reader, details)],
    facts: [
      ...pendingFacts(reader, whole, open),
      ...seriesFacts(reader, whole),
      ...(note ? [{ label: reader.t('booking.fact.note'), value: note }] : []),
      ...waiting(reader, whole, open),
      ...exceptions(reader, whole),
    ],
    actions: open.length > 0 ? decisions(reader, whole, open) : [],
  };
}

const ofMatter = (open: readonly Detail[], matter: Matter): Detail[] =>
  open.filter(({ booking }) => matterOf(booking)?.matter === matter);

/** The dates to be decided; where they are about different matters, each apart. */
function waiting(reader: Reader, whole: Whole, open: readonly Detail[]): Fact[] {
  const apart = (['request', 'change', 'cancellation'] as const)
    .map((matter) => ({ label: reader.t(`series.waits.${matter}`), them: ofMatter(open, matter) }))
    .filter(({ them }) => them.length > 0);
  const all = apart.length > 1 ? apart : apart.map((it) => ({ ...it, label: reader.t('series.waiting') }));
  return all.map(({ label, them }) => {
    const lines = them.map((it) => line(reader, whole, it));
    return { label, value: listed(reader, lines) };
  });
}

/** What is asked for: the series itself, or where that stands already a change or a cancellation of it. */
function titleOf(open: readonly Detail[]): 'series.review' | 'series.reviewChange' | 'series.reviewCancel' {
  const matters = new Set(open.map(({ booking }) => matterOf(booking)?.matter));
  if (matters.size !== 1) return 'series.review';
  if (matters.has('change')) return 'series.reviewChange';
  return matters.has('cancellation') ? 'series.reviewCancel' : 'series.review';
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
  const ending = open.length - decidable.length;
  const isChange = decidable.length > 0 && ofMatter(open, 'change').length === decidable.length;
  const rejecting = reader.t(isChange ? 'series.rejectChange' : 'series.reject');
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
    label:
      ending > 0
        ? reader.t('series.approveAndEnd', { count: decidable.length, ending })
        : reader.t('series.approve', { count: open.length }),
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
    label: rejecting,
    command: 'series.reject',
    data,
    style: 'danger',
    ask: ask(rejecting, [reason]),
  };
  return [approve, ...(decidable.length > 1 ? [without] : []), reject];
}

/** Which forms of which bookings a reviewer saw: a click on older ones decides nothing. */
export const reviewPrint = (open: readonly Detail[]): string =>
  printOf(open.map(({ booking }) => [booking.id, matterOf(booking)?.asOf]));
