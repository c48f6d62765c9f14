import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { equipmentWords, type Understood, understand } from '../../src/language/index.ts';

export type Expected =
  | { error: 'past' | 'invalid' }
  | {
      /** `2026-12-03T15:00`, or the date alone. */
      start: string | null;
      durationMinutes: number | null;
      headcount: number | null;
      topic: string | null;
      attendees: string[];
      room: string | null;
      equipment: string[];
      recurrence: string | null;
    };

/** One line of a file of labelled utterances; `now` is the wall clock in `zone`. */
export type Utterance = {
  id: string;
  locale: string;
  now: string;
  zone: string;
  text: string;
  expect: Expected;
};

export type Miss = { field: string; expected: unknown; got: unknown };

export const utteranceFiles = ['utterances.jsonl', 'utterances-more.jsonl'].map((name) =>
  join(import.meta.dirname, '../data', name),
);

/** The rooms that the labelled utterances know. */
export const utteranceRooms: readonly string[] = [
  'Alps',
  'Everest',
  'Everest Annex',
  'Room 301',
  'B2-Boardroom',
  'Fishbowl',
  '玉山廳',
  '阿里山',
  '日月潭',
  '301會議室',
  '长江厅',
  '泰山',
  '泰山二厅',
  '西湖',
  '302会议室',
];

export const readUtterances = (path: string): Utterance[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Utterance);

/** What the parser makes of an utterance, at its moment and in its zone. */
export const parse = ({ text, now, zone }: Utterance, rooms = utteranceRooms): Understood =>
  understand(text, {
    now: DateTime.fromISO(now, { zone }).toMillis(),
    zone,
    rooms,
    equipment: equipmentWords,
  });

export const fields = [
  'start',
  'durationMinutes',
  'headcount',
  'topic',
  'attendees',
  'room',
  'equipment',
  'recurrence',
] as const;

/** In which fields the parser is wrong: of an error nothing else is compared. */
export function missesOf({ expect }: Utterance, got: Understood): Miss[] {
  if ('error' in expect) {
    const error = got.ok ? 'none' : got.error;
    return error === expect.error ? [] : [{ field: 'error', expected: expect.error, got: error }];
  }
  if (!got.ok) return [{ field: 'error', expected: 'none', got: got.error }];
  const start =
    got.start === null
      ? null
      : got.start.time === null
        ? got.start.date
        : `${got.start.date}T${got.start.time}`;
  const flat = { ...got, start };
  return fields
    .filter((field) => comparable(field, expect[field]) !== comparable(field, flat[field]))
    .map((field) => ({ field, expected: expect[field], got: flat[field] }));
}

/** Topics without regard to width, case and space; equipment and the parts of a rule as sets. */
function comparable(field: (typeof fields)[number], value: unknown): string {
  if (field === 'topic' && typeof value === 'string') {
    return value.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  }
  if (field === 'equipment' && Array.isArray(value)) return JSON.stringify([...value].sort());
  if (field === 'recurrence' && typeof value === 'string') {
    const parts = value.split(';').map((part) => part.split('='));
    return JSON.stringify(parts.map(([key, it = '']) => `${key}=${it.split(',').sort().join(',')}`).sort());
  }
  return JSON.stringify(value);
}
