import type { PartOfDay } from './dates.ts';
import type { Ground, Span } from './ground.ts';
import { findAll } from './ground.ts';
import { toNumber } from './numbers.ts';

/** How something repeats; `weekdays` 1 to 7, with `nth` in a month (−1 the last). */
export type Rule = {
  every: 'day' | 'week' | 'month';
  interval: number;
  weekdays: number[];
  nth: number[];
  monthDays: number[];
};

export type Repeating = { rule: Rule; partOfDay: PartOfDay | null };
export type RecurrencePart = Span & Repeating;
export type Groups = Record<string, string | undefined>;
export type Finder = { pattern: RegExp; read: (groups: Groups, text: string) => Repeating | null };

/** `every week` and `every month` take their day from elsewhere (C6). */
export const isOpen = ({ every, weekdays, monthDays }: Rule): boolean =>
  every !== 'day' && weekdays.length === 0 && monthDays.length === 0;

export const workdays = [1, 2, 3, 4, 5];

export const repeating = (
  rule: Partial<Rule> & Pick<Rule, 'every'>,
  partOfDay: PartOfDay | null = null,
): Repeating => ({
  rule: { interval: 1, weekdays: [], nth: [], monthDays: [], ...rule },
  partOfDay,
});

export const search = (ground: Ground, finders: readonly Finder[]): RecurrencePart[] =>
  finders.flatMap(({ pattern, read }) =>
    findAll(ground, pattern, (match) => read(match.groups ?? {}, match[0])),
  );

export const allOf = (text: string | undefined, source: string): string[] =>
  (text ?? '').match(new RegExp(source, 'g')) ?? [];
export const numbersIn = (text: string | undefined, source = '\\d+'): number[] =>
  unique(allOf(text, source).map(toNumber));
export const unique = (values: number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
export const inMonth = (days: number[]): boolean =>
  days.length > 0 && days.every((day) => day >= 1 && day <= 31);
