import type { BookingId } from '../../core/ids.ts';
import type { Action, Card, CommandAction, Row } from '../../core/view.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Detail } from '../booking/index.ts';
import { handoverActions } from '../change/index.ts';
import { meetingRow } from '../reminder/index.ts';
import { roomName } from '../rooms/index.ts';
import type { Waiting } from './waiting.ts';

const commands = [
  { word: 'home', command: 'home.show' },
  { word: 'book', command: 'booking.open' },
  { word: 'bookings', command: 'booking.list' },
  { word: 'waitlist', command: 'waitlist.list' },
  { word: 'rooms', command: 'rooms.list' },
  { word: 'approvals', command: 'approval.list' },
  { word: 'duties', command: 'duties.show' },
  { word: 'reminders', command: 'reminder.settings' },
  { word: 'calendar', command: 'calendar.show' },
  { word: 'records', command: 'records.open' },
  { word: 'stats', command: 'statistics.said' },
  { word: 'rules', command: 'rules.show' },
  { word: 'language', command: 'people.language' },
] as const;

const adminWords = ['roomsAdd', 'roomsEdit', 'roles', 'departments'] as const;

/** More than these nobody is asked to take over at once. */
const mostHandovers = 5;

/** What the bot understands, each with a button or its words. */
export function helpCard(reader: Reader, text: string, admin: boolean): Card {
  const row = ({ word, command }: (typeof commands)[number]): Row => ({
    title: `/${word}`,
    text: reader.t(`home.words.${word}`),
    actions: [toNew(reader, `home.buttons.${word}`, command, word === 'book' ? 'primary' : undefined)],
  });
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('home.title'),
    text: [text],
    rows: [
      ...commands.map(row),
      ...(admin
        ? adminWords.map((word) => ({
            title: reader.t(`home.admin.${word}.title`),
            text: reader.t(`home.admin.${word}.text`),
          }))
        : []),
    ],
  };
}

/** A button whose answer leaves this card as it is. */
const toNew = (
  reader: Reader,
  label: MessageKey,
  command: string,
  style?: CommandAction['style'],
  data: Record<string, string> = {},
): CommandAction => ({
  kind: 'command',
  label: reader.t(label),
  command,
  data,
  answer: 'new',
  ...(style ? { style } : {}),
});

export type Home = {
  name: string;
  waiting: Waiting;
  /** The next ones, `hosting` where they are one's own. */
  meetings: ReadonlyArray<{ detail: Detail; hosting: boolean }>;
  /** What the booking form is preset to, in words. */
  defaults: readonly string[];
};

/** What matters to one person now: what waits for them, their next meetings, and the way to everything else (2.1). */
export function homeCard(reader: Reader, { name, waiting, meetings, defaults }: Home): Card {
  const waits = waitingRows(reader, waiting);
  const heading = meetings.length > 0 ? 'next' : 'nothingNext';
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('home.hello', { name }),
    text: [reader.t(waits.length > 0 ? `home.waiting.${heading}` : `home.${heading}`)],
    rows: [...waits, ...meetings.map(({ detail, hosting }) => meetingRow(reader, detail, hosting))],
    actions: [
      toNew(reader, 'home.bookNow', 'booking.open', 'primary'),
      toNew(reader, 'home.buttons.bookings', 'booking.list'),
      toNew(reader, 'home.defaults.title', 'defaults.edit'),
      toNew(reader, 'home.buttons.reminders', 'reminder.settings'),
      toNew(reader, 'home.buttons.help', 'home.help'),
    ],
    footnote: reader.t('home.defaults.are', {
      defaults: defaults.join(' · ') || reader.t('home.defaults.none'),
    }),
  };
}

function waitingRows(reader: Reader, { reviews, questions, proposals, offers, handovers }: Waiting): Row[] {
  const row = (
    key: 'reviews' | 'questions' | 'proposals' | 'offers',
    count: number,
    action: Action,
  ): Row[] =>
    count === 0
      ? []
      : [{ title: reader.t(`home.waits.${key}`, { count }), tone: 'warning', actions: [action] }];
  // The only one is opened, several are found among one's bookings.
  const toThem = ([first, ...others]: readonly BookingId[]): Action =>
    first && others.length === 0
      ? toNew(reader, 'booking.show', 'booking.show', undefined, { booking: first })
      : toNew(reader, 'home.buttons.bookings', 'booking.list');
  return [
    ...row('offers', offers, toNew(reader, 'home.buttons.waitlist', 'waitlist.list', 'primary')),
    ...row('reviews', reviews, toNew(reader, 'home.buttons.approvals', 'approval.list', 'primary')),
    ...row('questions', questions.length, toThem(questions)),
    ...row('proposals', proposals.length, toThem(proposals)),
    ...handovers.slice(0, mostHandovers).map((detail) => handoverRow(reader, detail)),
  ];
}

/** What somebody else asks this person to take over, to be answered on the spot (2.4). */
function handoverRow(reader: Reader, { booking, room, nameOf }: Detail): Row {
  const { host, number, topic, start, end } = booking;
  return {
    title: reader.t('change.offered', { host: nameOf(host), number }),
    text: [topic, reader.when(start, end, room.zone), roomName(reader, room)].join('\n'),
    tone: 'warning',
    actions: handoverActions(reader, booking).map((it) => ({ ...it, answer: 'new' })),
  };
}
