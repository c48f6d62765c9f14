import type { PersonId } from '../../core/ids.ts';
import type { Action, Card, Fact, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { anyOption, type TypedRequest } from '../booking/index.ts';
import { equipmentNames, roomName } from '../rooms/index.ts';
import type { Judged, Obstacle, Offer, Wish } from './judge.ts';
import type { Draft } from './store.ts';

export type NameOf = (person: PersonId) => string;

/** As much of what holds a room as anybody wants to read. */
const mostObstacles = 5;

/** The card of a draft: what is asked for, and what can be done about it now (2.1). */
export function draftCard(
  reader: Reader,
  draft: Draft,
  judged: Judged,
  nameOf: NameOf,
  banner?: Card['banner'],
): Card {
  const common = {
    layout: 'card',
    ...(banner ? { banner } : {}),
  };
  const edit = editAction(reader, draft);
  switch (judged.kind) {
    case 'unreadable':
      return {
        ...common,
        tone: 'warning',
        title: reader.t('draft.unreadable'),
        text: Object.values(judged.problems).map((problem) => reader.refusal(problem)),
        facts: typedFacts(reader, draft.typed),
        actions: [{ ...edit, style: 'primary' }],
      };
    case 'free':
      return {
        ...common,
        tone: 'neutral',
        title: reader.t('draft.ready'),
        text: [reader.t('draft.readyText'), ...twiceText(reader, draft, judged.wish)],
        facts: wishFacts(reader, judged.wish, nameOf),
        actions: [bookAction(reader, draft), edit],
      };
    case 'refused': {
      const { wish, refusal, obstacles, offers } = judged;
      const isTaken = obstacles.length > 0;
      return {
        ...common,
        tone: 'warning',
        title: reader.t('draft.refused'),
        text: [
          reader.refusal(refusal),
          ...obstacleLines(reader, obstacles),
          reader.t(offers.length > 0 ? 'draft.offers' : 'draft.noOffers'),
        ],
        facts: wishFacts(reader, wish, nameOf),
        rows: offers.map((offer) => offerRow(reader, draft, wish, offer)),
        actions: [...(isTaken ? [joinAction(reader, draft)] : []), edit],
      };
    }
  }
}

/** The card of a draft that repeats: its dates come next, each with what stands in its way. */
export const recurringCard = (
  reader: Reader,
  draft: Draft,
  wish: Wish,
  nameOf: NameOf,
  repeats: string | null,
  banner?: Card['banner'],
): Card => ({
  layout: 'card',
  tone: 'neutral',
  title: reader.t('draft.recurring'),
  ...(banner ? { banner } : {}),
  text: [reader.t('draft.readyText')],
  facts: [
    ...wishFacts(reader, wish, nameOf),
    ...(repeats ? [{ label: reader.t('booking.field.recurring'), value: repeats }] : []),
  ],
  actions: [
    {
      kind: 'command',
      label: reader.t(repeats ? 'series.preview' : 'series.repeat'),
      command: 'series.open',
      data: { draft: draft.id },
      style: 'primary',
    },
    editAction(reader, draft),
  ],
});

/** The card of a draft that has become a booking. */
export const settledCard = (reader: Reader, { booking }: Draft): Card => ({
  layout: 'notice',
  tone: 'neutral',
  title: reader.t('draft.done'),
  text: [reader.t('draft.doneText')],
  actions: booking
    ? [
        {
          kind: 'command',
          label: reader.t('booking.show'),
          command: 'booking.show',
          data: { booking },
          answer: 'new',
        },
      ]
    : [],
});

const seen = ({ id, revision }: Draft): Record<string, string> => ({ draft: id, rev: String(revision) });

const bookAction = (reader: Reader, draft: Draft): Action => ({
  kind: 'command',
  label: reader.t('draft.book'),
  command: 'draft.book',
  data: seen(draft),
  style: 'primary',
});

const editAction = (reader: Reader, { id }: Draft) =>
  ({
    kind: 'command',
    label: reader.t('draft.edit'),
    command: 'draft.edit',
    data: { draft: id },
    answer: 'new',
  }) as const satisfies Action;

/** The command is the waitlist's; where a room is taken, one can wait for it. */
const joinAction = (reader: Reader, draft: Draft): Action => ({
  kind: 'command',
  label: reader.t('waitlist.join'),
  command: 'waitlist.join',
  data: seen(draft),
  answer: 'new',
});

function offerRow(reader: Reader, draft: Draft, wish: Wish, { room, start, end }: Offer): Row {
  const sameTime = start === wish.details.start;
  const kind = room.id === wish.room?.id ? 'sameRoom' : sameTime ? 'sameTime' : 'other';
  return {
    title: roomName(reader, room),
    text: [
      reader.when(start, end, room.zone),
      [reader.t('rooms.people', { count: room.capacity }), equipmentNames(reader, room.equipment)]
        .filter(Boolean)
        .join(' · '),
    ].join('\n'),
    badge: reader.t(`draft.kind.${kind}`),
    tone: 'good',
    actions: [
      {
        kind: 'command',
        label: reader.t('draft.take', { room: room.name, start: reader.until(start) }),
        command: 'draft.take',
        data: { ...seen(draft), room: room.id, start: String(start), end: String(end) },
      },
    ],
  };
}

function obstacleLines(reader: Reader, obstacles: readonly Obstacle[]): string[] {
  const more = obstacles.length - mostObstacles;
  return [
    ...obstacles.slice(0, mostObstacles).map(({ start, end, about }) => {
      const hours = reader.hours(start, end);
      return about
        ? reader.t('draft.takenBy', { hours, topic: about.topic, host: about.host })
        : reader.t('draft.busy', { hours });
    }),
    ...(more > 0 ? [reader.t('draft.more', { count: more })] : []),
  ];
}

const twiceText = (reader: Reader, { typed }: Draft, { twice }: Wish): string[] =>
  twice ? [reader.t('booking.twice', { time: typed.start })] : [];

function wishFacts(reader: Reader, { details, room, zone }: Wish, nameOf: NameOf): Fact[] {
  const { headcount } = details;
  const values = {
    topic: details.topic,
    when: reader.when(details.start, details.end, room?.zone ?? zone),
    room: room ? roomName(reader, room) : anyOption(reader).label,
    attendees: reader.list(details.attendees.map(nameOf)),
    headcount: room
      ? reader.t('booking.headcountOf', { headcount, capacity: room.capacity })
      : reader.t('rooms.people', { count: headcount }),
    equipment: equipmentNames(reader, details.equipment),
    confidential: details.confidential ? reader.t('common.yes') : '',
    note: details.note,
  };
  return (Object.keys(values) as Array<keyof typeof values>)
    .filter((name) => values[name] !== '')
    .map((name) => ({ label: reader.t(`booking.fact.${name}`), value: values[name] }));
}

/** What can be shown of a draft that can't be read. */
const typedFacts = (reader: Reader, { topic, note }: TypedRequest): Fact[] => [
  ...(topic.trim() ? [{ label: reader.t('booking.fact.topic'), value: topic }] : []),
  ...(note.trim() ? [{ label: reader.t('booking.fact.note'), value: note }] : []),
];
