import { day, type Instant } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import { addDays, fromLocal, isDate } from '../../core/time.ts';

/** Days of absence as they are typed, `2026-12-01`; empty where there is none. */
export type TypedDays = { from: string; until: string };

/** Who acts for whom, and when: `[from, until)` (7.1). */
export type Absence = { person: PersonId; substitute: PersonId; from: Instant; until: Instant };

export type AbsenceField = 'person' | 'from' | 'until' | 'substitute';
export type AbsenceProblems = Partial<Record<AbsenceField, Refusal>>;

export const clause = '7.1';
const longestDays = 366;

/** What is understood of `2026-12-01..2026-12-14 @lin`, `2026年12月1日到12日`: the days that are written out in full. */
export function readDays(text: string): TypedDays {
  const found = [...text.matchAll(/(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/g)].map(
    ([, year, month, date]) => [year, month?.padStart(2, '0'), date?.padStart(2, '0')].join('-'),
  );
  const [from = '', until = from] = found.filter(isDate);
  return { from, until };
}

/**
 * Judges an absence that is entered (7.1): whole days on the clock of `zone`, from now on, with somebody else as the
 * substitute. Of one person no two absences overlap, so that it is always clear who stands in.
 * @param others the person's own absences; `overlap` is the one among them that is in the way
 */
export function judgeAbsence(
  typed: TypedDays & {
    by: PersonId;
    admin: boolean;
    person: PersonId;
    substitute: PersonId | null;
    zone: string;
  },
  others: readonly Absence[],
  now: Instant,
): { ok: true; absence: Absence } | { ok: false; problems: AbsenceProblems; overlap?: Absence } {
  const { by, admin, person, substitute, zone } = typed;
  const problems: AbsenceProblems = {};
  const wrong = (field: AbsenceField, refusal: Omit<Refusal, 'field'>) => {
    problems[field] ??= { ...refusal, field };
  };
  if (by !== person && !admin) wrong('person', { key: 'duties.wrong.admin', clause });
  if (substitute === null) wrong('substitute', { key: 'duties.wrong.nobody' });
  if (substitute === person) wrong('substitute', { key: 'duties.wrong.yourself', clause });
  for (const field of ['from', 'until'] as const)
    if (!isDate(typed[field])) wrong(field, { key: 'duties.wrong.day' });
  if (problems.from || problems.until) return { ok: false, problems };

  const midnight = (date: string) => fromLocal({ date, time: '00:00', zone });
  const from = Math.max(now, midnight(typed.from));
  const until = midnight(addDays(typed.until, 1));
  if (typed.until < typed.from) wrong('until', { key: 'duties.wrong.order' });
  if (until <= now) wrong('until', { key: 'duties.wrong.past' });
  if (until - midnight(typed.from) > (longestDays + 1) * day)
    wrong('until', { key: 'duties.wrong.long', figures: { count: longestDays } });
  if (Object.keys(problems).length > 0 || substitute === null) return { ok: false, problems };
  const absence = { person, substitute, from, until };
  const overlap = others.find((it) => it.from < until && it.until > from);
  return overlap ? { ok: false, problems: {}, overlap } : { ok: true, absence };
}
