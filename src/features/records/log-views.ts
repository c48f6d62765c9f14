import { never } from '../../core/refusal.ts';
import type { Action, Card, Row } from '../../core/view.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Detail, type Details, differences, type Event, stateName, toneOf } from '../booking/index.ts';
import { roomName } from '../rooms/index.ts';
import type { Entry } from './history.ts';

/** How much of a history somebody is shown. */
export type Sight = {
  /** What it is about, and who is invited. */
  content: boolean;
  /** What passes between host and reviewers. */
  review: boolean;
};

export type History = {
  /** It knows all the rooms and people that the entries name. */
  detail: Detail;
  entries: readonly Entry[];
  sight: Sight;
  page: number;
  pages: number;
};

/** What happened to a booking, a page of it (2.6). */
export function historyCard(reader: Reader, history: History): Card {
  const { detail, entries, sight, page, pages } = history;
  const { booking, room, nameOf } = detail;
  const turn = (to: number, label: MessageKey): Action => ({
    kind: 'command',
    label: reader.t(label),
    command: 'records.history',
    data: { booking: booking.id, page: String(to) },
  });
  return {
    layout: 'list',
    tone: toneOf(booking.state),
    title: reader.t('records.log.title', { number: booking.number }),
    badge: stateName(reader, booking.state),
    ...(sight.content ? {} : { text: [reader.t('records.log.concealed')] }),
    facts: [
      { label: reader.t('booking.fact.topic'), value: topicOf(reader, booking, sight.content) },
      { label: reader.t('booking.fact.when'), value: reader.when(booking.start, booking.end, room.zone) },
      { label: reader.t('booking.fact.room'), value: roomName(reader, room) },
      { label: reader.t('booking.fact.host'), value: nameOf(booking.host) },
    ],
    rows: entries.map((entry) => entryRow(reader, detail, entry, sight)),
    actions: [
      ...(page > 1 ? [turn(page - 1, 'common.previous')] : []),
      ...(page < pages ? [turn(page + 1, 'common.next')] : []),
    ],
    ...(pages > 1 ? { footnote: reader.t('common.page', { page, pages }) } : {}),
  };
}

/** The topic, or that it is not for this reader. */
export const topicOf = (reader: Reader, { topic }: Pick<Details, 'topic'>, isShown: boolean): string =>
  isShown ? topic : reader.t('records.confidential');

function entryRow(reader: Reader, detail: Detail, entry: Entry, sight: Sight): Row {
  const { at, source, rulesVersion, event, change } = entry;
  const changes = change
    ? differences(reader, detail, seen(change.from, sight), seen(change.to, sight)).map((fact) =>
        reader.t('records.log.changed', { label: fact.label, value: fact.value }),
      )
    : [];
  const meta = reader.t('records.log.meta', {
    at: { instant: at },
    source: sourceName(reader, source),
    version: rulesVersion,
  });
  return {
    title: sentence(reader, detail, entry),
    text: [...changes, ...(sight.content ? circumstances(reader, event) : []), meta].join('\n'),
  };
}

/** What is not for this reader is the same before and after, so that it makes no difference. */
const seen = (it: Details, { content, review }: Sight): Details => ({
  ...it,
  ...(content ? {} : { topic: '', attendees: [] }),
  ...(review ? {} : { note: '' }),
});

const knownSources = ['slack', 'teams', 'job'] as const;

function sourceName(reader: Reader, source: string): string {
  const known = knownSources.find((it) => it === source);
  return reader.t(`records.source.${known ?? 'other'}`);
}

/** Why, and on what terms. */
function circumstances(reader: Reader, event: Event): string[] {
  return [
    ...('reason' in event && event.reason !== ''
      ? [reader.t('records.log.reason', { reason: event.reason })]
      : []),
    ...('late' in event && event.late ? [reader.t('records.log.late')] : []),
    ...('due' in event ? [reader.t('records.log.due', { at: { instant: event.due } })] : []),
    ...('apart' in event && event.apart ? [reader.t('records.log.apart')] : []),
  ];
}

/** Who did what, and for whom, in one sentence. */
function sentence(reader: Reader, { nameOf }: Detail, { actor, event }: Entry): string {
  const said = (other?: string, more: Record<string, string> = {}) => {
    const stands = 'for' in event ? event.for : event.type === 'proposed' ? event.proposal.for : null;
    const own = actor ? nameOf(actor) : reader.t('records.log.nobody');
    const name = stands ? reader.t('records.log.forWhom', { name: own, other: nameOf(stands) }) : own;
    return reader.t(`records.event.${event.type}`, { name, other: other ?? '', ...more });
  };
  switch (event.type) {
    case 'approved':
      if (event.by !== null) return said();
      return event.rule === null
        ? reader.t('records.event.approvedByRules')
        : reader.t('records.event.approvedByRule', { rule: event.rule });
    case 'rejected':
      return event.reason === '' ? reader.t('records.event.outdone') : said();
    case 'cancelled':
      if (event.by === null) return reader.t('records.event.cancelledByClock');
      return event.by === event.asked
        ? said()
        : reader.t('records.event.cancelConfirmed', { name: nameOf(event.by), other: nameOf(event.asked) });
    case 'asked':
    case 'answered':
      return said('', { text: event.text });
    case 'handoverOffered':
      return said(nameOf(event.to));
    case 'handedOver':
      return said(nameOf(event.from));
    case 'requested':
    case 'seconded':
    case 'withdrawn':
    case 'expired':
    case 'escalated':
    case 'proposed':
    case 'proposalAccepted':
    case 'proposalDeclined':
    case 'amended':
    case 'changed':
    case 'changeRequested':
    case 'changeApproved':
    case 'changeRejected':
    case 'changeWithdrawn':
    case 'changeExpired':
    case 'cancelRequested':
    case 'cancelTakenBack':
    case 'handoverDeclined':
    case 'declined':
    case 'undeclined':
      return said();
    default:
      return never(event);
  }
}
