import type { PersonId, SeriesId } from '../../core/ids.ts';
import type { Action, Card, Fact, Option, Row, Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import {
  type Booking,
  calendarAction,
  type Detail,
  isLive,
  joinAction,
  outcomeText,
  reasonLength,
  sharedFacts,
  showSeriesAction,
  stateName,
  tones,
} from '../booking/index.ts';
import { roomName } from '../rooms/index.ts';
import { typical } from './change.ts';
import type { Whole } from './load.ts';
import { onPage, turns } from './preview-card.ts';
import { recurrenceText } from './words.ts';

const pageSize = 8;
/** More options than this no list has. */
const mostOptions = 90;

/** A series as its host sees it (2.4): each date with its state, and what can be done with all of them. */
export function hostSeriesCard(reader: Reader, whole: Whole, page: number, banner?: Card['banner']): Card {
  const { series, details } = whole;
  const it = onPage(details, page, pageSize);
  return {
    ...heading(reader, whole, banner),
    facts: seriesFacts(reader, whole),
    rows: it.shown.map((detail) => row(reader, whole, detail, [showAction(reader, detail.booking)])),
    actions: [
      ...turns(reader, it.page, it.pages, (to) => ({
        command: 'series.show',
        data: { series: series.id, page: to },
      })),
      ...intoCalendar(reader, whole.details, whole.series.host),
      ...changeActions(reader, whole),
      ...endAction(reader, whole),
    ],
    ...(it.pages > 1 ? { footnote: reader.t('common.page', { page: it.page, pages: it.pages }) } : {}),
  };
}

/** What those who are invited get: the dates that take place and to which they are invited. */
export function invitedSeriesCard(reader: Reader, whole: Whole, person: PersonId, page = 1): Card {
  const [first] = whole.details;
  const theirs = whole.details.filter(
    ({ booking }) => booking.attendees.some((it) => it === person) && booking.state.kind !== 'requested',
  );
  const it = onPage(theirs, page, pageSize);
  return {
    ...heading(reader, { ...whole, details: [first, ...whole.details.slice(1)] }),
    title: reader.t('series.invited', { host: first.nameOf(whole.series.host), topic: first.booking.topic }),
    facts: seriesFacts(reader, whole),
    rows: it.shown.map((detail) =>
      row(reader, whole, detail, [
        ...joinAction(reader, detail.booking, detail.room),
        showAction(reader, detail.booking),
      ]),
    ),
    actions: [
      ...turns(reader, it.page, it.pages, (to) => ({
        command: 'series.show',
        data: { series: whole.series.id, page: to },
      })),
      ...intoCalendar(reader, theirs, person),
    ],
    ...(it.pages > 1 ? { footnote: reader.t('common.page', { page: it.page, pages: it.pages }) } : {}),
  };
}

/** A short message that a series has moved on; it says why dates ended in one of these ways. */
export function seriesNewsCard(
  reader: Reader,
  whole: Whole,
  ways: ReadonlyArray<Booking['state']['kind']>,
): Card {
  const ends = whole.details.filter(({ booking }) => ways.includes(booking.state.kind));
  const why = [...new Set(ends.flatMap((detail) => outcomeText(reader, detail) ?? []))];
  const { text, ...card } = heading(reader, whole);
  return {
    ...card,
    layout: 'notice',
    text: [...(text ?? []), ...why.slice(0, 3)],
    facts: seriesFacts(reader, whole).slice(0, 3),
    actions: [showSeriesAction(reader, whole.series.id)],
  };
}

/** What the card of a draft becomes once it has been sent or applied. */
export const settledCard = (reader: Reader, series: SeriesId | null): Card => ({
  layout: 'notice',
  tone: 'neutral',
  title: reader.t('series.settled'),
  actions: series ? [showSeriesAction(reader, series)] : [],
});

/** How many dates are in which state: `Approved: 9 · Rejected: 1`. */
export function summary(reader: Reader, details: readonly Detail[]): string {
  const counts = new Map<string, number>();
  for (const { booking } of details) {
    const name = stateName(reader, booking.state);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([state, count]) => reader.t('series.inState', { state, count })).join(' · ');
}

/** The topic is that of the next date: a date can have one of its own. */
function heading(reader: Reader, { details }: Whole, banner?: Card['banner']): Card {
  const next = details.find(({ booking }) => booking.end > reader.now) ?? details[0];
  const live = details.filter(({ booking }) => isLive(booking.state));
  const waits = live.some(({ booking }) => booking.state.kind === 'requested');
  const tone: Tone = waits ? 'warning' : live.length > 0 ? 'good' : 'neutral';
  return {
    layout: 'list',
    tone,
    title: reader.t('series.title', { topic: next.booking.topic }),
    ...(banner ? { banner } : {}),
    text: [
      summary(reader, details),
      ...(live.some(({ booking: { state } }) => state.kind === 'requested' && state.escalated)
        ? [reader.t('booking.stands.escalated')]
        : []),
    ],
  };
}

/** The same facts as those of a booking, with how it repeats in the place of a date. */
export function seriesFacts(reader: Reader, whole: Whole): Fact[] {
  const { series } = whole;
  const when = reader.t('series.at', {
    text: recurrenceText(reader, series.recurrence),
    time: series.time,
    length: { minutes: series.minutes },
    zone: reader.zoneName(series.zone),
  });
  const label = reader.t('booking.fact.when');
  return sharedFacts(reader, model(whole)).map((fact) =>
    fact.label === label ? { label, value: when } : fact,
  );
}

/** The date that stands for the others: one on which nothing was changed by hand. */
const model = ({ details }: Whole): Detail => {
  const booking = typical(details.map((it) => it.booking));
  return details.find((it) => it.booking === booking) ?? details[0];
};

function row(reader: Reader, whole: Whole, detail: Detail, actions: Action[]): Row {
  const { series } = whole;
  const { booking, room } = detail;
  const elsewhere = booking.room !== model(whole).booking.room;
  return {
    title: reader.span(booking.start, booking.end, series.zone),
    ...(elsewhere ? { text: roomName(reader, room) } : {}),
    badge: stateName(reader, booking.state),
    tone: tones[booking.state.kind],
    actions,
  };
}

/** The invitation to any date is one to all of them (2.3). */
function intoCalendar(reader: Reader, details: readonly Detail[], person: PersonId): Action[] {
  const ahead = details.filter(({ booking }) => booking.end > reader.now);
  const one = ahead.find(({ booking }) => booking.state.kind === 'approved') ?? ahead[0];
  return one ? calendarAction(reader, one, person) : [];
}

const showAction = (reader: Reader, { id }: Booking): Action => ({
  kind: 'command',
  label: reader.t('booking.show'),
  command: 'booking.show',
  data: { booking: id },
  answer: 'new',
});

/** All dates that are ahead, or those from one of them on: what a change or a cancellation can be about. */
export function scopes(reader: Reader, { series, details }: Whole): Option[] {
  const ahead = details.filter(({ booking }) => isLive(booking.state) && booking.start > reader.now);
  const [first, ...later] = ahead.slice(0, mostOptions);
  const dayOf = ({ booking }: Detail) => booking.occurrence ?? series.date;
  if (!first) return [];
  return [
    { value: dayOf(first), label: reader.t('series.all') },
    ...later.map((detail) => ({
      value: dayOf(detail),
      label: reader.t('series.following', { day: { day: dayOf(detail) } }),
    })),
  ];
}

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
