import type { ICalTemporalPlainDateTimeStub, ICalTemporalZonedDateTimeStub } from 'ical-generator';
import { minute as aMinute, type Instant } from '../../core/clock.ts';
import { readLocal, toLocal } from '../../core/time.ts';

/** What the clock on the wall shows, in the form of Temporal's PlainDateTime, which is written as it stands. */
export type WallClock = ICalTemporalPlainDateTimeStub;

/**
 * The wall clock some minutes after a day and time, also where the clocks skip it: a calendar names a moved date of a
 * series by what its rule would have given.
 */
export function wallClock(date: string, time: string, later = 0): WallClock {
  const shown = new Date(Date.parse(`${date}T${time}Z`) + later * aMinute).toISOString().slice(0, 19);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = shown.split(/\D/).map(Number);
  const fields = { year, month, day, hour, minute, second: 0 };
  const written = { toString: () => shown, toJSON: () => shown };
  const plain: WallClock = {
    ...fields,
    ...written,
    toPlainDate: () => ({ year, month, day, ...written }),
    toZonedDateTime: (zone) => zoned(zone),
  };
  const zoned = (timeZoneId: string): ICalTemporalZonedDateTimeStub => ({
    ...fields,
    ...written,
    timeZoneId,
    toPlainDateTime: () => plain,
    withTimeZone: zoned,
    toInstant: () => {
      throw new Error(`${shown} stands for itself`);
    },
  });
  return plain;
}

/** The wall clock of a zone at an instant. */
export function wallClockAt(at: Instant, zone: string): WallClock {
  const { date, time } = toLocal(at, zone);
  return wallClock(date, time);
}

/** True for an instant whose wall clock means another one as well: no calendar can be told which by that clock. */
export const isShownTwice = (at: Instant, zone: string): boolean =>
  readLocal({ ...toLocal(at, zone), zone }).kind === 'twice';
