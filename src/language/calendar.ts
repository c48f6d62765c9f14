const dayMs = 86_400_000;

/** Days since 1970-01-01 of an ISO date: dates that can be added to and compared. */
export const dayNumber = (date: string): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / dayMs;

export const isoDate = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

export const daysIn = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The day with this number, or null where the calendar has none; a month beyond 12 is in a later year. */
export function dayAt(year: number, month: number, day: number): number | null {
  const [y, m] = [year + Math.floor((month - 1) / 12), ((((month - 1) % 12) + 12) % 12) + 1];
  return day >= 1 && day <= daysIn(y, m) ? Date.UTC(y, m - 1, day) / dayMs : null;
}

export const partsOf = (day: number): { year: number; month: number; day: number } => {
  const date = new Date(day * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/** A day as people name it. */
export type DateExpr =
  /** `tomorrow`, 昨天, `in 3 days` */
  | { on: 'days'; days: number }
  /** `Friday` (week null: the coming one), `this Friday` (0), 下下周三 (2), `last Friday` (-1) */
  | { on: 'weekday'; weekday: number; week: number | null }
  /** `Dec 10`; `years` counts from this year, as in 明年 (1) */
  | { on: 'monthDay'; month: number; day: number; year: number | null; years: number | null }
  /** `the 5th`; `months` counts from this month, as in 下个月5号 (1) */
  | { on: 'monthsDay'; day: number; months: number | null }
  /** The last day of a month or year, as in 到年底; month null: of this year, 0: this month */
  | { on: 'end'; month: number | null; years: number };

/** One day that is pinned, or the coming ones of which the first that fits is meant (D2, D6, D8). */
export type Days = { kind: 'pinned'; day: number } | { kind: 'coming'; days: number[]; todayCounts: boolean };

/** The days that an expression can mean on `today`; null for a day that the calendar doesn't have (E2). */
export function daysOf(expr: DateExpr, today: number): Days | null {
  const now = partsOf(today);
  switch (expr.on) {
    case 'days':
      return pinned(today + expr.days);
    case 'weekday': {
      const monday = today - weekdayOf(today) + 1;
      if (expr.week !== null) return pinned(monday + 7 * expr.week + expr.weekday - 1);
      const ahead = (expr.weekday - weekdayOf(today) + 7) % 7;
      return { kind: 'coming', days: [today + ahead, today + ahead + 7], todayCounts: false };
    }
    case 'monthDay': {
      const year = expr.year ?? (expr.years === null ? null : now.year + expr.years);
      if (year !== null) return pinned(expr.month <= 12 ? dayAt(year, expr.month, expr.day) : null);
      // 29 February may be eight years away.
      return coming([0, 1, 2, 3, 4, 5, 6, 7, 8], today, (years) =>
        expr.month <= 12 && expr.month >= 1 ? dayAt(now.year + years, expr.month, expr.day) : null,
      );
    }
    case 'monthsDay':
      if (expr.months !== null) return pinned(dayAt(now.year, now.month + expr.months, expr.day));
      return coming([0, 1, 2, 3], today, (months) => dayAt(now.year, now.month + months, expr.day));
    case 'end': {
      const month = expr.month === null ? 12 : expr.month === 0 ? now.month : expr.month;
      const later = expr.month !== null && expr.years === 0 && month < now.month ? 1 : 0;
      const year = now.year + expr.years + later;
      return pinned(dayAt(year, month, daysIn(year, month)));
    }
  }
}

const pinned = (day: number | null): Days | null => (day === null ? null : { kind: 'pinned', day });

function coming(steps: number[], today: number, at: (step: number) => number | null): Days | null {
  const days = steps.map(at).filter((day) => day !== null && day >= today) as number[];
  return days.length === 0 ? null : { kind: 'coming', days: days.slice(0, 2), todayCounts: true };
}
