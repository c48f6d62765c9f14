import type { PersonId, SeriesId } from '../../core/ids.ts';
import type { Action, Card, Fact, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import {
  type Booking,
  type Detail,
  joinAction,
  outcomeText,
  sharedFacts,
  showSeriesAction,
  stateName,
  toneOf,
} from '../booking/index.ts';
import { roomName } from '../rooms/index.ts';
import { typical } from './change.ts';
import type { Whole } from './load.ts';
import { pendingFacts } from './pending.ts';
import { onPage, turns } from './preview-card.ts';
import { hostSeriesActions, intoCalendar, showAction } from './series-actions.ts';
import { summary, toneOfAll, waits } from './standing.ts';
import { recurrenceText } from './words.ts';

const pageSize = 8;

/** A series as its host sees it (2.4): each date with its state, and what can be done with all of them. */
export function hostSeriesCard(reader: Reader, whole: Whole, page: number, banner?: Card['banner']): Card {
  const { series, details } = whole;
  const it = onPage(details, page, pageSize);
  return {
    ...heading(reader, details),
    ...(banner ? { banner } : {}),
    text: [summary(reader, details), ...waits(reader, details)],
    facts: [...pendingFacts(reader, whole, details), ...seriesFacts(reader, whole)],
    rows: it.shown.map((detail) => row(reader, whole, detail, [showAction(reader, detail.booking)])),
    actions: [
      ...turns(reader, it.page, it.pages, (to) => ({
        command: 'series.show',
        data: { series: series.id, page: to },
      })),
      ...intoCalendar(reader, whole.details, whole.series.host),
      ...hostSeriesActions(reader, whole),
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
    ...heading(reader, whole.details),
    ...(theirs.length > 0 ? { tone: toneOfAll(theirs), text: [summary(reader, theirs)] } : {}),
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
  const { text, ...card } = heading(reader, whole.details);
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

/** The topic is that of the next date: a date can have one of its own. */
function heading(reader: Reader, details: Whole['details']): Card {
  const next = details.find(({ booking }) => booking.end > reader.now) ?? details[0];
  return {
    layout: 'list',
    tone: toneOfAll(details),
    title: reader.t('series.title', { topic: next.booking.topic }),
    text: [summary(reader, details)],
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
    tone: toneOf(booking.state),
    actions,
  };
}
