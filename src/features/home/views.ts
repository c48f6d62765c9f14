import type { Card, CommandAction, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';

const commands = [
  { word: 'book', command: 'booking.open' },
  { word: 'bookings', command: 'booking.list' },
  { word: 'rooms', command: 'rooms.list' },
  { word: 'approvals', command: 'approval.list' },
  { word: 'rules', command: 'rules.show' },
  { word: 'language', command: 'people.language' },
] as const;

const adminWords = ['roomsAdd', 'roomsEdit', 'roles'] as const;

/** What the bot understands, each with a button or its words. */
export function helpCard(reader: Reader, text: string, admin: boolean): Card {
  const row = ({ word, command }: (typeof commands)[number]): Row => ({
    title: `/${word}`,
    text: reader.t(`home.words.${word}`),
    actions: [
      {
        kind: 'command',
        label: reader.t(`home.buttons.${word}`),
        command,
        data: {},
        answer: 'new',
        ...(word === 'book' ? { style: 'primary' as const } : {}),
      } satisfies CommandAction,
    ],
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
