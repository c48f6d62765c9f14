import { timeOfDay } from '../../core/time.ts';
import type { Reader } from '../../i18n/reader.ts';
import { decisionBounds, leadBounds, sizeBounds } from './domain.ts';

/*
 * Figures in the reader's language, for cards and pictures alike.
 */

/** `45%` of 0.449. */
export const percent = (reader: Reader, share: number): string =>
  new Intl.NumberFormat(reader.language, { style: 'percent' }).format(share);

/** `1,000` of 999.7. */
export const wholeNumber = (reader: Reader, value: number): string =>
  new Intl.NumberFormat(reader.language, { maximumFractionDigits: 0 }).format(value);

/** `Mon` of 1, `Sun` of 7. */
export const weekdayName = (reader: Reader, weekday: number): string =>
  new Intl.DateTimeFormat(reader.language, { weekday: 'short', timeZone: 'UTC' }).format(
    // 2024 began on a Monday.
    Date.UTC(2024, 0, weekday),
  );

export const hourName = (hour: number): string => timeOfDay(hour * 60);

/** A duration no more exact than anybody wants to know: days from three days on, hours from six hours on. */
export function roughly(reader: Reader, minutes: number): string {
  const unit = minutes >= 3 * 1440 ? 1440 : minutes >= 6 * 60 ? 60 : 1;
  return reader.duration(Math.round(minutes / unit) * unit);
}

/** The classes between bounds, in minutes: `under 1 h`, `1 h – 1 day`, … `28 days or more`. */
export function durationClasses(reader: Reader, bounds: readonly number[]): string[] {
  const last = reader.t('statistics.over', { least: { minutes: bounds.at(-1) ?? 0 } });
  const others = bounds.map((bound, at) => {
    const from = bounds[at - 1];
    return from === undefined
      ? reader.t('statistics.under', { most: { minutes: bound } })
      : reader.t('statistics.between', { from: { minutes: from }, to: { minutes: bound } });
  });
  return [...others, last];
}

export const leadClasses = (reader: Reader): string[] => durationClasses(reader, leadBounds);
export const decisionClasses = (reader: Reader): string[] => durationClasses(reader, decisionBounds);

export const fillNames = (reader: Reader): string[] =>
  (['quarter', 'half', 'threeQuarters', 'full'] as const).map((name) => reader.t(`statistics.fill.${name}`));

/** `up to 4 people`, `5–8 people`, … `more than 16 people`. */
export function sizeNames(reader: Reader): string[] {
  const last = reader.t('statistics.size.over', { most: sizeBounds.at(-1) ?? 0 });
  const others = sizeBounds.map((most, at) => {
    const below = sizeBounds[at - 1];
    return below === undefined
      ? reader.t('statistics.size.upTo', { most })
      : reader.t('statistics.size.between', { from: below + 1, to: most });
  });
  return [...others, last];
}
