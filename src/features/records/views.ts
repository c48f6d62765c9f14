import type { PersonId } from '../../core/ids.ts';
import { isDate } from '../../core/time.ts';
import type { Action, Card, Field, Form, Option, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { formats } from '../../tables/index.ts';
import { type Detail, historyAction, stateName, toneOf } from '../booking/index.ts';
import { type Room, roomName, roomOption } from '../rooms/index.ts';
import { stateKinds } from './domain.ts';
import { topicOf } from './log-views.ts';
import { anything, type Problem, type TypedSearch } from './typed.ts';

export type Result = {
  typed: TypedSearch;
  /** What was looked for, by what it is called. */
  about: string;
  /** Each with whether the reader may see what it is about. */
  found: ReadonlyArray<{ detail: Detail; isShown: boolean }>;
  page: number;
  more: boolean;
  exports: boolean;
};

/** A page of what was found (2.6). */
export function resultCard(reader: Reader, result: Result): Card {
  const { typed, page, more, found } = result;
  const turn = (to: number, label: string): Action => ({
    kind: 'command',
    label,
    command: 'records.list',
    data: { ...typed, page: String(to) },
  });
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('records.title'),
    text: [result.about, ...(found.length === 0 ? [reader.t('records.none')] : [])],
    rows: found.map(({ detail, isShown }) => resultRow(reader, detail, isShown)),
    actions: [
      ...(page > 1 ? [turn(page - 1, reader.t('common.previous'))] : []),
      ...(more ? [turn(page + 1, reader.t('common.next'))] : []),
      {
        kind: 'command',
        label: reader.t('records.change'),
        command: 'records.open',
        data: typed,
        answer: 'new',
      },
      ...(result.exports && found.length > 0 ? exportActions(reader, typed) : []),
    ],
    ...(found.length > 0
      ? {
          footnote: [
            reader.t('records.page', { page }),
            reader.t(typed.words === '' ? 'records.order.start' : 'records.order.number'),
          ].join(' · '),
        }
      : {}),
  };
}

const exportActions = (reader: Reader, typed: TypedSearch): Action[] =>
  formats.map((format) => ({
    kind: 'command',
    label: reader.t(`records.export.${format}`),
    command: 'records.export',
    data: { ...typed, format },
    answer: 'new',
  }));

function resultRow(reader: Reader, detail: Detail, isShown: boolean): Row {
  const { booking, room, nameOf } = detail;
  return {
    title: reader.t('booking.rowTitle', {
      number: booking.number,
      topic: topicOf(reader, booking, isShown),
    }),
    text: reader.t('records.rowText', {
      when: reader.when(booking.start, booking.end, room.zone),
      room: roomName(reader, room),
      host: nameOf(booking.host),
    }),
    badge: stateName(reader, booking.state),
    tone: toneOf(booking.state),
    actions: [historyAction(reader, booking)],
  };
}

/** What was looked for, in one line. */
export function aboutText(
  reader: Reader,
  typed: TypedSearch,
  names: { people: readonly string[]; room: string | null },
): string {
  const state = stateKinds.find((kind) => kind === typed.state);
  const parts = [
    typed.number && reader.t('records.about.number', { number: typed.number.replace(/\D/g, '') }),
    state && reader.t(`booking.state.${state}`),
    ...names.people,
    names.room,
    typed.site !== anything && typed.site,
    typed.department !== anything && typed.department,
    isDate(typed.from) && reader.t('records.about.from', { day: { day: typed.from } }),
    isDate(typed.until) && reader.t('records.about.until', { day: { day: typed.until } }),
    typed.words && reader.t('records.about.words', { words: typed.words }),
  ].filter((part): part is string => typeof part === 'string' && part !== '');
  return parts.join(' · ') || reader.t('records.about.all');
}

/** What to look for; everything can stay empty. */
export function searchForm(
  reader: Reader,
  it: {
    token: string;
    typed: TypedSearch;
    sites: readonly string[];
    rooms: readonly Room[];
    /** Null: this reader can't search by department. */
    departments: readonly string[] | null;
    problem?: Problem;
  },
): Form {
  const { typed, problem } = it;
  const at = (name: keyof TypedSearch | 'person') => ({
    name,
    label: reader.t(`records.form.${name === 'who' ? 'person' : name}`),
    ...(problem?.field === name ? { error: reader.t(problem.key) } : {}),
  });
  const all: Option = { value: anything, label: reader.t('records.form.any') };
  const choice = (name: 'site' | 'department' | 'state', options: Option[]): Field => ({
    kind: 'choice',
    ...at(name),
    value: typed[name] || anything,
    options: [all, ...options],
  });
  const named = (names: readonly string[]): Option[] => names.map((name) => ({ value: name, label: name }));
  const people = typed.who.split(',').filter(Boolean) as PersonId[];
  return {
    layout: 'settings',
    title: reader.t('records.form.title'),
    command: 'records.search',
    submit: reader.t('records.form.submit'),
    cancel: reader.t('common.cancel'),
    data: { token: it.token },
    fields: [
      { kind: 'text', ...at('words'), value: typed.words, maxLength: 200 },
      { kind: 'people', ...at('person'), value: people, multiple: false },
      {
        kind: 'choice',
        ...at('room'),
        value: typed.room || anything,
        source: 'recordedRooms',
        options: [all, ...it.rooms.map((room) => roomOption(reader, room))],
      },
      choice('site', named(it.sites)),
      ...(it.departments ? [choice('department', named(it.departments))] : []),
      choice(
        'state',
        stateKinds.map((kind) => ({ value: kind, label: reader.t(`booking.state.${kind}`) })),
      ),
      { kind: 'date', ...at('from'), ...(typed.from ? { value: typed.from } : {}) },
      { kind: 'date', ...at('until'), ...(typed.until ? { value: typed.until } : {}) },
      {
        kind: 'text',
        ...at('number'),
        value: typed.number,
        maxLength: 10,
        hint: reader.t('records.hint.number'),
      },
    ],
  };
}
