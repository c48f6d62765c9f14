import type { Card, Form, Option } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Room, roomOption } from '../rooms/index.ts';
import type { Rules } from '../rules/index.ts';
import {
  type Defaults,
  type DefaultsProblems,
  lengthChoices,
  noPreference,
  type TypedDefaults,
} from './domain.ts';

/** The form of one's defaults (2.1), with what was typed and, where it came back, what is wrong at each field. */
export function defaultsForm(
  reader: Reader,
  it: {
    token: string;
    typed: TypedDefaults;
    sites: readonly string[];
    rooms: readonly Room[];
    rules: Rules;
    problems?: DefaultsProblems;
  },
): Form {
  const none: Option = { value: noPreference, label: reader.t('home.defaults.none') };
  const at = (name: keyof TypedDefaults) => {
    const problem = it.problems?.[name];
    return {
      name,
      label: reader.t(`home.defaults.${name}`),
      value: it.typed[name] || noPreference,
      ...(problem ? { error: reader.refusal(problem) } : {}),
    };
  };
  return {
    layout: 'settings',
    title: reader.t('home.defaults.title'),
    command: 'defaults.save',
    submit: reader.t('home.defaults.submit'),
    cancel: reader.t('common.cancel'),
    data: { token: it.token },
    fields: [
      {
        kind: 'choice',
        ...at('site'),
        options: [none, ...it.sites.map((site) => ({ value: site, label: site }))],
      },
      {
        kind: 'choice',
        ...at('room'),
        source: 'defaultRooms',
        options: [none, ...it.rooms.map((room) => roomOption(reader, room))],
      },
      {
        kind: 'choice',
        ...at('minutes'),
        options: [
          none,
          ...lengthChoices(it.rules).map((minutes) => ({
            value: String(minutes),
            label: reader.duration(minutes),
          })),
        ],
      },
    ],
  };
}

/** What is preset, in the order of the form; nothing where there is no preference. */
export const defaultsText = (reader: Reader, { site, minutes }: Defaults, room: Room | null): string[] => [
  ...(room ? [room.name] : []),
  ...(site && site !== room?.site ? [site] : room ? [room.site] : []),
  ...(minutes ? [reader.duration(minutes)] : []),
];

/** What was saved, and the way to use it. */
export const defaultsSavedCard = (reader: Reader, defaults: Defaults, room: Room | null): Card => ({
  layout: 'notice',
  tone: 'good',
  title: reader.t('home.defaults.saved'),
  text: [defaultsText(reader, defaults, room).join(' · ') || reader.t('home.defaults.none')],
  actions: [
    {
      kind: 'command',
      label: reader.t('home.bookNow'),
      command: 'booking.open',
      data: {},
      style: 'primary',
      answer: 'new',
    },
  ],
});
