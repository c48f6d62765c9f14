import { expect, test } from '@jest/globals';
import type { State } from '../booking/domain.ts';
import { stateIn } from './state-words.ts';
import { emptySearch, readSearch } from './typed.ts';

test.each<[string, State['kind'] | null, string]>([
  ['rejected last week', 'rejected', 'last week'],
  ['Cancelled', 'cancelled', ''],
  ['canceled in May', 'cancelled', 'in May'],
  ['待審核的預算', 'requested', '的預算'],
  ['已核准', 'approved', ''],
  ['批准', 'approved', ''],
  ['被駁回 玉山廳', 'rejected', '玉山廳'],
  ['已撤销', 'withdrawn', ''],
  ['已撤回', 'withdrawn', ''],
  ['过期', 'expired', ''],
  ['disapproved unexpired', null, 'disapproved unexpired'],
  ['預算會議', null, '預算會議'],
])('[2.6] %s: %s', (text, state, rest) => {
  const read = stateIn(text);
  expect([read.state, read.rest.trim()]).toEqual([state, rest]);
});

test.each([
  ['1042', 1042],
  ['#1042', 1042],
  ['＃ 1042', 1042],
  ['', null],
])('[2.6] the number %j is read as %j', (number, read) => {
  expect(readSearch({ ...emptySearch, number }, 'UTC')).toMatchObject({ ok: true, search: { number: read } });
});

test.each([
  [{ number: 'abc' }, 'number'],
  [{ from: '2026-12-02', until: '2026-12-01' }, 'until'],
])('[2.6] %j is refused at %s', (its, field) => {
  expect(readSearch({ ...emptySearch, ...its }, 'UTC')).toMatchObject({ ok: false, problem: { field } });
});

test('[2.6] days are those of the reader’s clock, the last one to its end', () => {
  const read = readSearch({ ...emptySearch, from: '2026-10-25', until: '2026-10-25' }, 'Europe/Berlin');
  if (!read.ok) throw new Error('not read');
  // The clock is put back on that day, which has 25 hours.
  expect((read.search.until ?? 0) - (read.search.from ?? 0)).toBe(25 * 3_600_000);
});
