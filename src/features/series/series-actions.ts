import type { PersonId } from '../../core/ids.ts';
import { printOf } from '../../core/print.ts';
import type { Action, Option } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Booking, calendarAction, type Detail, matterOf, reasonLength } from '../booking/index.ts';
import { aheadFrom, cancellingFrom } from './change.ts';
import type { Whole } from './load.ts';

/** More options than this no list has. */
const mostOptions = 90;

/** The invitation to any date is one to all of them (2.3). */
export function intoCalendar(reader: Reader, details: readonly Detail[], person: PersonId): Action[] {
  const ahead = details.filter(({ booking }) => booking.end > reader.now);
  const one = ahead.find(({ booking }) => booking.state.kind === 'approved') ?? ahead[0];
  return one ? calendarAction(reader, one, person) : [];
}

export const showAction = (reader: Reader, { id }: Booking): Action => ({
  kind: 'command',
  label: reader.t('booking.show'),
  command: 'booking.show',
  data: { booking: id },
  answer: 'new',
});

/** All dates that are ahead, or those from one of them on: what a change or a cancellation can be about. */
export function scopes(reader: Reader, { series, details }: Whole): Option[] {
  const [first, ...later] = aheadFrom(bookingsOf(details), { by: series.host, from: '', now: reader.now });
  const dayOf = ({ occurrence }: Booking) => occurrence ?? series.date;
  if (!first) return [];
  return [
    { value: dayOf(first), label: reader.t('series.all') },
    ...later.slice(0, mostOptions - 1).map((booking) => ({
      value: dayOf(booking),
      label: reader.t('series.following', { day: { day: dayOf(booking) } }),
    })),
  ];
}

/** What the host can do with the series now: only with dates that are ahead, and not being cancelled. */
export const hostSeriesActions = (reader: Reader, whole: Whole): Action[] => [
  ...changeActions(reader, whole),
  ...endAction(reader, whole),
  ...keepAction(reader, whole),
];

/** What the series is, and how it repeats. */
function changeActions(reader: Reader, whole: Whole): Action[] {
  if (scopes(reader, whole).length === 0) return [];
  const open = (label: 'series.change' | 'series.replan', command: string): Action => ({
    kind: 'command',
    label: reader.t(label),
    command,
    data: { series: whole.series.id },
    answer: 'new',
  });
  return [open('series.change', 'series.change'), open('series.replan', 'series.pattern')];
}

/** Ends all dates that are ahead, or those from one on, with a reason (2.5). */
function endAction(reader: Reader, whole: Whole): Action[] {
  const options = scopes(reader, whole);
  const [all] = options;
  if (!all) return [];
  return [
    {
      kind: 'command',
      label: reader.t('series.cancel'),
      command: 'series.cancel',
      data: { series: whole.series.id },
      style: 'danger',
      ask: {
        title: reader.t('series.cancelTitle'),
        submit: reader.t('series.cancel'),
        cancel: reader.t('common.no'),
        fields: [
          {
            kind: 'choice',
            name: 'from',
            label: reader.t('series.scope'),
            value: all.value,
            required: true,
            options,
          },
          {
            kind: 'text',
            name: 'reason',
            label: reader.t('cancel.reason'),
            hint: reader.t('cancel.reasonHint'),
            required: true,
            multiline: true,
            maxLength: reasonLength,
          },
        ],
      },
    },
  ];
}

/** Takes back the cancellation of all dates for which it is not confirmed yet (2.5). */
function keepAction(reader: Reader, { series, details }: Whole): Action[] {
  const dates = cancellingFrom(bookingsOf(details), { by: series.host, from: '', now: reader.now });
  if (dates.length === 0) return [];
  return [
    {
      kind: 'command',
      label: reader.t('series.keep', { count: dates.length }),
      command: 'series.keep',
      data: { series: series.id, print: keepPrint(dates) },
    },
  ];
}

/** Which cancellations the host saw: where there are others by now, none is taken back. */
export const keepPrint = (dates: readonly Booking[]): string =>
  printOf(dates.map((booking) => [booking.id, matterOf(booking)?.asOf]));

const bookingsOf = (details: readonly Detail[]): Booking[] => details.map(({ booking }) => booking);
