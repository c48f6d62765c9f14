import type { PersonId } from '../../core/ids.ts';
import { never } from '../../core/refusal.ts';
import { toLocal } from '../../core/time.ts';
import type { Fact, Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { equipmentNames, roomName } from '../rooms/index.ts';
import { reviewOf } from './decide.ts';
import type { Detail } from './detail.ts';
import type { Approval, Details, State } from './domain.ts';

export const tones: Record<State['kind'], Tone> = {
  requested: 'warning',
  approved: 'good',
  rejected: 'bad',
  withdrawn: 'neutral',
  expired: 'neutral',
  cancelled: 'neutral',
};

/** The colour of a state: what waits for a reviewer is not settled, though it is approved. */
export const toneOf = (state: State): Tone =>
  state.kind === 'approved' && (state.cancellation || state.change) ? 'warning' : tones[state.kind];

/** The state in a word or two; what waits for a reviewer counts more than that it is approved. */
export function stateName(reader: Reader, state: State): string {
  if (state.kind === 'approved' && state.cancellation) return reader.t('booking.state.cancelling');
  if (state.kind === 'approved' && state.change) return reader.t('booking.state.changing');
  return reader.t(`booking.state.${state.kind}`);
}

/** Who did something, and whose substitute they were (7.1). */
const actorName = (
  reader: Reader,
  nameOf: Detail['nameOf'],
  it: { by: PersonId | null; for: PersonId | null },
): string =>
  it.for === null
    ? nameOf(it.by)
    : reader.t('booking.stands.forWhom', { name: nameOf(it.by), other: nameOf(it.for) });

/** Who decided what and when, in one sentence; null while nobody has. */
export function outcomeText(reader: Reader, { booking, nameOf }: Detail): string | null {
  const { state } = booking;
  switch (state.kind) {
    case 'requested':
      return null;
    case 'approved': {
      const at = { instant: state.at };
      if (state.by === null)
        return reader.t('booking.outcome.approvedByRule', { rule: state.rule ?? '', at });
      if (state.for === null) return reader.t('booking.outcome.approved', { name: nameOf(state.by), at });
      return reader.t('booking.outcome.approvedFor', {
        name: nameOf(state.by),
        other: nameOf(state.for),
        at,
      });
    }
    case 'withdrawn':
      return reader.t('booking.outcome.withdrawn', { name: nameOf(state.by), at: { instant: state.at } });
    case 'rejected': {
      const told = { name: nameOf(state.by), at: { instant: state.at }, reason: state.reason };
      if (state.reason === '') return reader.t('booking.outcome.outdone', told);
      if (state.for === null) return reader.t('booking.outcome.rejected', told);
      return reader.t('booking.outcome.rejectedFor', { ...told, other: nameOf(state.for) });
    }
    case 'expired':
      return reader.t('booking.outcome.expired', { at: { instant: state.at } });
    case 'cancelled':
      return reader.t(state.late ? 'booking.outcome.cancelledLate' : 'booking.outcome.cancelled', {
        // A reviewer may have confirmed it, but this is whose wish and reason it was.
        name: state.asked === state.by ? actorName(reader, nameOf, state) : nameOf(state.asked),
        at: { instant: state.at },
        reason: state.reason,
      });
    default:
      return never(state);
  }
}

/** How what is under way stands: who has approved, what is asked, proposed, changing or being cancelled. */
export function standing(reader: Reader, { booking, nameOf, roomOf }: Detail): string[] {
  const { state, handover } = booking;
  const given = reviewOf(booking)?.given ?? [];
  const approver = (it: Approval) => actorName(reader, nameOf, it);
  const lines: string[] = [];
  if (given.length > 0)
    lines.push(reader.t('booking.stands.seconded', { names: reader.list(given.map(approver)) }));
  if (state.kind === 'requested') {
    if (state.escalated) lines.push(reader.t('booking.stands.escalated'));
    for (const { by, text, answer } of state.questions) {
      lines.push(reader.t('booking.stands.question', { name: nameOf(by), text }));
      if (answer !== null) lines.push(reader.t('booking.stands.answer', { text: answer }));
    }
    if (state.proposal) {
      const { room: id, start, end } = state.proposal;
      const { name: room, zone } = roomOf(id);
      const when = reader.when(start, end, zone);
      const name = actorName(reader, nameOf, state.proposal);
      lines.push(reader.t('booking.stands.proposal', { name, room, when }));
    }
  }
  if (state.kind === 'approved' && state.change) {
    if (state.change.escalated) lines.push(reader.t('booking.stands.escalated'));
    lines.push(reader.t('booking.stands.change'));
  }
  if (state.kind === 'approved' && state.cancellation) {
    const { reason, due, late } = state.cancellation;
    const key = late ? 'booking.stands.cancellingLate' : 'booking.stands.cancelling';
    lines.push(reader.t(key, { reason, due: { instant: due } }));
  }
  if (handover) lines.push(reader.t('booking.stands.handover', { name: nameOf(handover.to) }));
  return lines;
}

/** What host and reviewers see of a booking. */
export const bookingFacts = (reader: Reader, detail: Detail): Fact[] => [
  ...sharedFacts(reader, detail),
  ...(detail.booking.note ? [{ label: reader.t('booking.fact.note'), value: detail.booking.note }] : []),
];

/** What attendees see of it too: all but the note, which is for the reviewer. */
export function sharedFacts(reader: Reader, detail: Detail): Fact[] {
  const { note: _, ...facts } = factTexts(reader, detail);
  return labelled(reader, facts);
}

/** All facts of a booking as texts; empty where there is nothing. */
export const factTexts = (reader: Reader, detail: Detail) => ({
  ...detailTexts(reader, detail, detail.booking),
  host: detail.nameOf(detail.booking.host),
  declined: reader.list(detail.booking.declined.map(detail.nameOf)),
});

/** The order in which the facts of a booking are read. */
const factOrder = [
  'topic',
  'when',
  'room',
  'host',
  'attendees',
  'declined',
  'headcount',
  'equipment',
  'confidential',
] as const;

/** Those facts that there are, labelled, in the order in which they are read. */
export const labelled = (
  reader: Reader,
  facts: Partial<Record<(typeof factOrder)[number], string>>,
): Fact[] =>
  factOrder.flatMap((name) => {
    const value = facts[name] ?? '';
    return value === '' ? [] : [{ label: reader.t(`booking.fact.${name}`), value }];
  });

/** The details of a booking, or of what it is to become, as people read them; empty where there is nothing. */
function detailTexts(reader: Reader, { nameOf, roomOf }: Detail, it: Details) {
  const room = roomOf(it.room);
  return {
    topic: it.topic,
    when: reader.when(it.start, it.end, room.zone),
    room: roomName(reader, room),
    attendees: reader.list(it.attendees.map(nameOf)),
    headcount: reader.t('booking.headcountOf', { headcount: it.headcount, capacity: room.capacity }),
    equipment: equipmentNames(reader, it.equipment),
    confidential: it.confidential ? reader.t('common.yes') : '',
    note: it.note,
  };
}

/** What differs between two forms of a booking, old and new side by side (2.4). */
export function differences(reader: Reader, detail: Detail, from: Details, to: Details): Fact[] {
  const [was, is] = [detailTexts(reader, detail, from), detailTexts(reader, detail, to)];
  const or = (text: string) => text || reader.t('booking.nothing');
  // A time can have two lines, by two clocks: then the new one begins a line of its own.
  const key = (text: string) => (text.includes('\n') ? 'booking.fromToLines' : 'booking.fromTo');
  return (
    (Object.keys(was) as Array<keyof typeof was>)
      // The capacity beside the headcount changes with the room, which is said already.
      .filter((name) => (name === 'headcount' ? from.headcount !== to.headcount : was[name] !== is[name]))
      .map((name) => ({
        label: reader.t(`booking.fact.${name}`),
        value:
          (name === 'when' && onOneDay(reader, was.when + is.when, from, to)) ||
          reader.t(key(was[name] + is[name]), { from: or(was[name]), to: or(is[name]) }),
      }))
  );
}

/** Another time on the same day names day and zone once; null where it is another day, or a second clock is shown. */
function onOneDay(reader: Reader, text: string, from: Details, to: Details): string | null {
  const dayOf = (it: Details) => toLocal(it.start, reader.zone).date;
  if (text.includes('\n') || dayOf(from) !== dayOf(to)) return null;
  const times = { from: reader.span(from.start, from.end), to: reader.hours(to.start, to.end) };
  return reader.t('common.inZone', { span: reader.t('booking.fromTo', times), zone: reader.zoneName() });
}

/** What a change that waits would make of a booking; nothing where none does. */
export const pendingDifferences = (reader: Reader, detail: Detail): Fact[] =>
  detail.booking.state.kind === 'approved' && detail.booking.state.change
    ? differences(reader, detail, detail.booking, detail.booking.state.change.to)
    : [];
