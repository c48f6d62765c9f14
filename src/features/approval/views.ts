import type { Card, Fact, Row } from '../../core/view.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import type { Reader } from '../../i18n/reader.ts';
import {
  bookingFacts,
  type Matter,
  outcomeText,
  pendingDifferences,
  reviewOf,
  standing,
  stateName,
  tones,
} from '../booking/index.ts';
import { decisionActions, rivalAction } from './actions.ts';
import type { Judged, Neighbour, Rival } from './matter.ts';

const titles: Record<Matter, MessageKey> = {
  request: 'approval.title',
  change: 'approval.changeTitle',
  cancellation: 'cancel.request',
};

/** Everything that a reviewer needs to judge a request, a change or a cancellation (2.2, 2.4, 2.5). */
export function approvalCard(reader: Reader, judged: Judged, banner?: Card['banner']): Card {
  const { detail, matter, rivals } = judged;
  const { booking, room, nameOf } = detail;
  const changes = pendingDifferences(reader, detail);
  const changed = new Set(changes.map((fact) => fact.label));
  return {
    layout: 'approval',
    tone: matter ? 'warning' : tones[booking.state.kind],
    title: reader.t(titles[matter ?? 'request'], { host: nameOf(booking.host), room: room.name }),
    badge: stateName(reader, booking.state),
    ...(banner ? { banner } : {}),
    text: standingTexts(reader, judged),
    facts: [
      ...changes,
      // What changes is there already, old and new.
      ...bookingFacts(reader, detail).filter((fact) => !changed.has(fact.label)),
      recordFact(reader, judged),
      aroundFact(reader, judged),
    ],
    rows: rivals.map((rival) => rivalRow(reader, judged, rival)),
    actions: decisionActions(reader, judged),
    footnote: reader.t('approval.footnote', {
      number: booking.number,
      at: { instant: booking.requestedAt },
    }),
  };
}

/** How it stands, what is needed, and as whose substitute one looks. */
function standingTexts(reader: Reader, { detail, matter, forWhom, given, rivals }: Judged): string[] {
  const { booking } = detail;
  const outcome = outcomeText(reader, detail);
  const review = matter && reviewOf(booking);
  const both = review && review.needed > 1 && review.given.length === 0;
  return [
    ...(outcome ? [outcome] : []),
    ...standing(reader, detail),
    ...(both ? [reader.t('approval.both')] : []),
    ...(matter && given ? [reader.t('approval.yours')] : []),
    ...(matter && forWhom ? [reader.t('approval.forWhom', { name: forWhom })] : []),
    ...(rivals.length > 0 ? [reader.t('approval.rivals.text', { count: rivals.length })] : []),
  ];
}

const recordFact = (reader: Reader, { record }: Judged): Fact => ({
  label: reader.t('approval.record'),
  value: reader.t('approval.recordText', record),
});

function aroundFact(reader: Reader, { detail, neighbours }: Judged): Fact {
  const { state } = detail.booking;
  const room = state.kind === 'approved' && state.change ? detail.roomOf(state.change.to.room) : detail.room;
  const line = ({ start, end, topic, host }: Neighbour) => {
    const when = reader.hours(start, end, room.zone);
    return topic === null
      ? reader.t('approval.busy', { when })
      : reader.t('approval.neighbour', { when, topic, host: host ?? '' });
  };
  return {
    label: reader.t('approval.around'),
    value: neighbours.length > 0 ? neighbours.map(line).join('\n') : reader.t('approval.nothingAround'),
  };
}

/** A request for the same slot, beside the one that the card is about (2.2). */
function rivalRow(reader: Reader, { detail }: Judged, rival: Rival): Row {
  const { booking, host } = rival;
  return {
    title: reader.t('approval.rivals.title', { number: booking.number, topic: booking.topic, host }),
    text: [
      reader.when(booking.start, booking.end, detail.room.zone),
      reader.t('booking.headcountOf', { headcount: booking.headcount, capacity: detail.room.capacity }),
      reader.t('approval.rivals.asked', { at: { instant: booking.requestedAt } }),
    ].join('\n'),
    actions: rivalAction(reader, detail.booking, rival),
  };
}

/** The same card, some time later: it still waits (2.2). */
export const reminderCard = (reader: Reader, judged: Judged): Card =>
  judged.matter && judged.decider && !judged.given
    ? approvalCard(reader, judged, { tone: 'warning', text: reader.t('approval.reminder') })
    : approvalCard(reader, judged);
