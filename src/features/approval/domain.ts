import { type Instant, minute } from '../../core/clock.ts';
import { addDays, toLocal, weekdayOf } from '../../core/time.ts';
import { openingOf } from '../rooms/domain.ts';
import type { Rules } from '../rules/domain.ts';

export type WorkingHours = Pick<Rules, 'workDays' | 'workFrom' | 'workUntil'>;

/**
 * The moment at which `minutes` of working time have passed since `from`, on the wall clock of `zone` (2.2). Where
 * nobody ever works, all time counts.
 */
export function afterWorking(from: Instant, minutes: number, zone: string, hours: WorkingHours): Instant {
  const { workDays, workFrom, workUntil } = hours;
  if (minutes <= 0) return from;
  if (workDays.length === 0 || workUntil <= workFrom) return from + minutes * minute;
  let left = minutes * minute;
  for (let date = toLocal(from, zone).date; ; date = addDays(date, 1)) {
    if (!workDays.includes(weekdayOf(date))) continue;
    const worked = openingOf(date, zone, { opens: workFrom, closes: workUntil });
    const start = Math.max(from, worked.start);
    const length = Math.max(0, worked.end - start);
    if (length >= left) return start + left;
    left -= length;
  }
}

/**
 * When the reviewers of what waits are reminded, and when it escalates (2.2). Both are counted in working time. An
 * escalation that would leave the others less time than the reviewers had comes halfway to the moment at which it
 * all expires, and so in time before the start; a reminder that would not come before the escalation, halfway to
 * that.
 */
export function reviewTimes(
  now: Instant,
  expires: Instant,
  zone: string,
  rules: WorkingHours & Pick<Rules, 'remindReviewersMinutes' | 'escalateMinutes'>,
): { remind: Instant; escalate: Instant } {
  const halfway = (until: Instant) => now + Math.max(0, Math.floor((until - now) / 2));
  const late = afterWorking(now, rules.escalateMinutes, zone, rules);
  const escalate = late + rules.escalateMinutes * minute <= expires ? late : halfway(expires);
  const due = afterWorking(now, rules.remindReviewersMinutes, zone, rules);
  return { remind: due < escalate ? due : halfway(escalate), escalate };
}
