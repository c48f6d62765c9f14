import { printOf } from '../../core/print.ts';
import type { Action, Card, Fact, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Draft } from '../draft/index.ts';
import { equipmentNames, roomName } from '../rooms/index.ts';
import { bookable, type Planned, type Prepared } from './prepare.ts';
import type { Alternative } from './preview.ts';
import { recurrenceText } from './words.ts';

/** As many dates with their buttons as a message holds with ease. */
const previewPage = 6;

type PreviewPage = {
  draft: Draft;
  prepared: Prepared;
  /** By day, for the dates of this page that can't be booked as they are. */
  alternatives: ReadonlyMap<string, Alternative>;
  page: number;
  nameOf(person: string): string;
};

/** The dates of one page: those that something stands in the way of come where the calendar puts them. */
export const onPage = <T>(dates: readonly T[], page: number, size = previewPage) => {
  const pages = Math.max(1, Math.ceil(dates.length / size));
  const shown = Math.min(page, pages);
  return { shown: dates.slice((shown - 1) * size, shown * size), page: shown, pages };
};

/** What would be sent: where that has changed since it was shown, nothing is sent. */
export const previewPrint = (prepared: Prepared): string =>
  printOf(bookable(prepared).map(({ place }) => [place.room.id, place.start, place.end]));

/** Every date of a series before it is sent (2.1): free, or what stands in its way, and what can be had instead. */
export function previewCard(reader: Reader, it: PreviewPage, banner?: Card['banner']): Card {
  const { prepared } = it;
  const { shown, page, pages } = onPage(prepared.dates, it.page);
  const open = prepared.dates.filter((date) => date.place !== null && date.breach !== null).length;
  const booked = bookable(prepared).length;
  return {
    layout: 'list',
    tone: open > 0 ? 'warning' : 'neutral',
    title: reader.t('series.title', { topic: prepared.content.topic }),
    ...(banner ? { banner } : {}),
    text: [
      reader.t('series.previewText', { count: booked, all: prepared.dates.length }),
      ...(open > 0 ? [reader.t('series.openDates', { count: open })] : []),
    ],
    facts: facts(reader, it),
    rows: shown.map((date) => dateRow(reader, it, date, page)),
    actions: [
      ...(booked > 0 ? [sendAction(reader, it, booked)] : []),
      ...turns(reader, page, pages, (to) => ({
        command: 'series.preview',
        data: { draft: it.draft.id, page: to },
      })),
      {
        kind: 'command',
        label: reader.t('series.replan'),
        command: 'series.replan',
        data: { draft: it.draft.id },
        answer: 'new',
      },
    ],
    ...(pages > 1 ? { footnote: reader.t('common.page', { page, pages }) } : {}),
  };
}

/** The buttons that turn the pages of a list. */
export function turns(
  reader: Reader,
  page: number,
  pages: number,
  to: (page: string) => { command: string; data: Record<string, string> },
): Action[] {
  const turn = (label: 'common.previous' | 'common.next', other: number): Action => ({
    kind: 'command',
    label: reader.t(label),
    ...to(String(other)),
  });
  return [
    ...(page > 1 ? [turn('common.previous', page - 1)] : []),
    ...(page < pages ? [turn('common.next', page + 1)] : []),
  ];
}

function facts(reader: Reader, { prepared, nameOf }: PreviewPage): Fact[] {
  const { content, room, repeating } = prepared;
  const values = {
    when: reader.t('series.at', {
      text: recurrenceText(reader, repeating.recurrence),
      time: repeating.time,
      length: { minutes: repeating.minutes },
      zone: reader.zoneName(repeating.zone),
    }),
    room: roomName(reader, room),
    attendees: reader.list(content.attendees.map(nameOf)),
    headcount: reader.t('booking.headcountOf', { headcount: content.headcount, capacity: room.capacity }),
    equipment: equipmentNames(reader, content.equipment),
    confidential: content.confidential ? reader.t('common.yes') : '',
    note: content.note,
  };
  return (Object.keys(values) as Array<keyof typeof values>)
    .filter((name) => values[name] !== '')
    .map((name) => ({ label: reader.t(`booking.fact.${name}`), value: values[name] }));
}

function dateRow(reader: Reader, it: PreviewPage, date: Planned, page: number): Row {
  const { place, breach, choice } = date;
  const text = [
    ...(choice?.kind === 'room' && place
      ? [reader.t('series.inRoom', { room: roomName(reader, place.room) })]
      : []),
    ...(date.shifted ? [reader.t('series.shifted', { time: it.prepared.repeating.time })] : []),
    ...(breach ? [reader.refusal(breach)] : []),
  ];
  const at = place ?? date;
  return {
    title: reader.span(at.start, at.end, it.prepared.repeating.zone),
    ...(text.length > 0 ? { text: text.join('\n') } : {}),
    badge: reader.t(`series.standing.${standing(date)}`),
    tone: place === null ? 'neutral' : breach ? 'warning' : 'good',
    actions: choices(reader, it, date, page),
  };
}

const standing = ({ place, breach, choice }: Planned) => {
  if (place === null) return 'skipped';
  if (!breach) return choice === null ? 'free' : 'changed';
  return breach.key === 'booking.refused.taken' ? 'taken' : 'ruled';
};

/** What can be chosen for a date: what was chosen is taken back by one button. */
function choices(reader: Reader, it: PreviewPage, date: Planned, page: number): Action[] {
  const choose = (label: string, choice: Record<string, string>): Action => ({
    kind: 'command',
    label,
    command: 'series.choose',
    data: {
      draft: it.draft.id,
      rev: String(it.draft.revision),
      day: date.day,
      page: String(page),
      ...choice,
    },
  });
  const other = date.breach === null ? undefined : it.alternatives.get(date.day);
  return [
    ...(other?.room ? [choose(other.room.name, { choice: 'room', room: other.room.id })] : []),
    ...(other?.time
      ? [
          choose(reader.hours(other.time.start, other.time.end, it.prepared.repeating.zone), {
            choice: 'time',
            start: String(other.time.start),
          }),
        ]
      : []),
    date.choice === null
      ? choose(reader.t('series.skip'), { choice: 'skip' })
      : choose(reader.t('series.undo'), { choice: 'none' }),
  ];
}

const sendAction = (reader: Reader, { draft, prepared }: PreviewPage, count: number): Action => ({
  kind: 'command',
  label: reader.t('series.send', { count }),
  command: 'series.send',
  data: { draft: draft.id, rev: String(draft.revision), print: previewPrint(prepared) },
  style: 'primary',
});
