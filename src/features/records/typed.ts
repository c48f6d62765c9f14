import { z } from 'zod';
import type { Instant } from '../../core/clock.ts';
import type { PersonId, RoomId } from '../../core/ids.ts';
import { addDays, fromLocal, isDate } from '../../core/time.ts';
import { type Search, stateKinds } from './domain.ts';

const text = z.string().max(200).default('');

/** A search as it goes through the form and the buttons; empty: anything. */
export const typedSearch = z.object({
  number: text,
  words: text,
  /** Person ids, with commas between them. */
  who: text,
  room: text,
  site: text,
  department: text,
  state: text,
  from: text,
  until: text,
});
export type TypedSearch = z.infer<typeof typedSearch>;

export const emptySearch: TypedSearch = typedSearch.parse({});

/** What the form means by "all". */
export const anything = '-';

export type Problem = { field: 'number' | 'until'; key: 'records.wrong.number' | 'records.wrong.backwards' };

const chosen = (value: string): string | null => (value === '' || value === anything ? null : value.trim());

/** What was typed, read by the clock in `zone`. */
export function readSearch(
  typed: TypedSearch,
  zone: string,
): { ok: true; search: Search } | { ok: false; problem: Problem } {
  const number = /^(?:[#＃]?\s*(\d{1,9}))?$/u.exec(typed.number.trim());
  if (!number) return { ok: false, problem: { field: 'number', key: 'records.wrong.number' } };
  const from = isDate(typed.from) ? typed.from : null;
  const until = isDate(typed.until) ? typed.until : null;
  if (from && until && until < from)
    return { ok: false, problem: { field: 'until', key: 'records.wrong.backwards' } };
  const dayBreak = (date: string): Instant => fromLocal({ date, time: '00:00', zone });
  const people = typed.who.split(',').filter(Boolean) as PersonId[];
  return {
    ok: true,
    search: {
      number: number[1] === undefined ? null : Number(number[1]),
      person: people.length === 0 ? null : people,
      room: chosen(typed.room) as RoomId | null,
      site: chosen(typed.site),
      department: chosen(typed.department),
      state: stateKinds.find((kind) => kind === typed.state) ?? null,
      from: from === null ? null : dayBreak(from),
      until: until === null ? null : dayBreak(addDays(until, 1)),
      words: chosen(typed.words),
    },
  };
}
