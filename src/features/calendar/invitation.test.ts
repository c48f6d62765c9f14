import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aBooking, approved, aRoom, at, local, person, tuesday } from '../../../test/support/examples.ts';
import { readCalendar } from '../../../test/support/read-calendar.ts';
import { aPattern } from '../../../test/support/recurrences.ts';
import { minute } from '../../core/clock.ts';
import type { BookingId, SeriesId } from '../../core/ids.ts';
import { addDays, readLocal, timeOfDay } from '../../core/time.ts';
import { createReader } from '../../i18n/reader.ts';
import type { Language } from '../../i18n/translate.ts';
import type { State } from '../booking/domain.ts';
import type { Booking, Detail } from '../booking/index.ts';
import { occurrences, type Whole } from '../series/index.ts';
import { uidOf, type Viewer } from './event.ts';
import { invitationOf, seriesInvitation } from './invitation.ts';

const viewer = (who = 'ben', language: Language = 'en'): Viewer => ({
  reader: createReader(language, 'Europe/Berlin', tuesday),
  selves: [person(who)],
  leadsOf: () => [1440, 15],
  emailOf: (it) => (it === 'cy' ? null : `${it}@example.org`),
});

const detailOf = (its: Partial<Booking> = {}, room = aRoom()): Detail => ({
  booking: aBooking({ state: approved(), ...its }),
  room,
  nameOf: (it) => it ?? '–',
  roomOf: () => room,
  calendarLink: () => null,
});

const written = (detail: Detail, as = viewer()): string =>
  invitationOf(as, { detail, stamp: tuesday }) ?? 'nothing';

/** The file as its lines, unfolded. */
const linesOf = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n');
const lineOf = (text: string, name: string): string | undefined =>
  linesOf(text.slice(text.indexOf('BEGIN:VEVENT'))).find((line) => line.startsWith(name));

const cancelledState: State = {
  kind: 'cancelled',
  by: null,
  for: null,
  asked: person('ann'),
  at: tuesday,
  reason: 'ill',
  late: false,
};

describe('a booking', () => {
  test('[2.3] is one appointment with its time, zone, room, people, link and reminders', () => {
    const text = written(detailOf({}, aRoom({ joinLink: 'https://meet.example.org/alps?a=1,2;3' })));
    const { method, calendar, dates } = readCalendar(text);
    expect(method).toBe('REQUEST');
    expect(dates).toHaveLength(1);
    expect(dates[0]).toMatchObject({
      uid: uidOf('b1' as BookingId),
      summary: 'Design review',
      start: at('2026-12-01T15:00'),
      end: at('2026-12-01T16:00'),
      wall: '2026-12-01T15:00',
    });
    expect(calendar.getFirstSubcomponent('vtimezone')?.getFirstPropertyValue('tzid')).toBe('Europe/Berlin');
    const event = calendar.getFirstSubcomponent('vevent');
    expect(event?.getFirstPropertyValue('location')).toContain('Alps');
    expect(event?.getFirstPropertyValue('organizer')).toBe('mailto:ann@example.org');
    expect(event?.getAllProperties('attendee').map((it) => it.getParameter('cn'))).toEqual(['ann', 'ben']);
    expect(event?.getFirstPropertyValue('url')).toBe('https://meet.example.org/alps?a=1%2C2%3B3');
    expect(lineOf(text, 'DESCRIPTION')).toContain(
      'Booking #1001\\nHost: ann\\nAttendees: ben\\nJoin: https:',
    );
    expect(
      event?.getAllSubcomponents('valarm').map((alarm) => String(alarm.getFirstPropertyValue('trigger'))),
    ).toEqual(['-P1D', '-PT15M']);
  });

  test('[2.3] keeps its UID through changes, with a SEQUENCE that rises, and a cancellation that names the same', () => {
    const first = readCalendar(written(detailOf({ revision: 2 }))).dates[0];
    const moved = readCalendar(
      written(detailOf({ revision: 3, start: at('2026-12-02T09:00'), end: at('2026-12-02T10:00') })),
    );
    const cancelled = readCalendar(
      written(
        detailOf({
          revision: 5,
          state: cancelledState,
        }),
      ),
    );
    expect([first?.sequence, moved.dates[0]?.sequence, cancelled.dates[0]?.sequence]).toEqual([2, 3, 5]);
    expect(new Set([first?.uid, moved.dates[0]?.uid, cancelled.dates[0]?.uid]).size).toBe(1);
    expect([moved.method, cancelled.method]).toEqual(['REQUEST', 'CANCEL']);
    expect(cancelled.dates[0]?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
  });

  test.each(['requested', 'withdrawn', 'expired'] as const)(
    '[2.3] is no appointment while it is %s',
    (kind) => {
      const states = {
        requested: aBooking().state,
        withdrawn: { kind: 'withdrawn', by: person('ann'), at: tuesday },
        expired: { kind: 'expired', at: tuesday },
      } as const;
      expect(
        invitationOf(viewer(), { detail: detailOf({ state: states[kind] }), stamp: tuesday }),
      ).toBeNull();
    },
  );

  test('[5.3] a confidential one shows those not invited that the room is busy, and no more', () => {
    const secret = detailOf({ confidential: true, topic: 'Layoffs', note: 'hush' });
    const theirs = written(secret, viewer('zoe'));
    expect(readCalendar(theirs).dates[0]).toMatchObject({ summary: 'Busy', start: at('2026-12-01T15:00') });
    expect(theirs).not.toMatch(/Layoffs|VALARM|Attendees|hush/);
    expect(lineOf(theirs, 'CLASS')).toBe('CLASS:PRIVATE');
    const mine = written(secret, viewer('ben'));
    expect(readCalendar(mine).dates[0]?.summary).toBe('Layoffs');
    expect(lineOf(mine, 'CLASS')).toBe('CLASS:CONFIDENTIAL');
    expect(mine).not.toContain('hush');
  });

  test('[2.3] whoever has declined is named so, and not reminded', () => {
    const text = written(detailOf({ declined: [person('ben')] }));
    expect(text).not.toContain('VALARM');
    expect(linesOf(text).filter((line) => line.includes('DECLINED'))).toHaveLength(1);
  });

  test('[2.3] somebody without a known address is named with one that leads nowhere', () => {
    expect(lineOf(written(detailOf({ attendees: [person('cy')] })), 'ATTENDEE;ROLE=REQ')).toMatch(
      /CN="cy":MAILTO:cy@no-mail\.invalid$/,
    );
  });

  test('[2.3] what people typed comes out as typed, folded by bytes and never inside a character', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }),
      fc.string({ unit: fc.constantFrom('預', '約', '；', ',', ';', '\\', '"', '🎉', 'é', ':', ' ') }),
    );
    fc.assert(
      fc.property(anything, (topic) => {
        // Control characters have no place in a calendar, and those of line ends all become one.
        fc.pre(!/\p{Cc}/u.test(topic));
        const text = written(detailOf({ topic }));
        expect(readCalendar(text).dates[0]?.summary ?? '').toBe(topic);
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(Buffer.from(text).toString()).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  test('[2.3] a line end in what was typed begins no line of the file', () => {
    const text = written(detailOf({ topic: 'One\r\nATTENDEE:mailto:eve@example.org' }));
    expect(text.split('\r\n').filter((line) => line.startsWith('ATTENDEE:'))).toEqual([]);
  });
});

describe('a series', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'] as const;

  const seriesOf = (its: Partial<Whole['series']>): Whole['series'] => ({
    id: 's1' as SeriesId,
    host: person('ann'),
    zone: 'Europe/Berlin',
    date: '2026-12-01',
    time: '09:00',
    minutes: 60,
    recurrence: { pattern: { every: 'week', interval: 1, days: [2] }, ends: { count: 4 } },
    revision: 1,
    createdAt: tuesday,
    ...its,
  });

  /** A series with a booking on each of its days; `its` says what is different on one, null that there is none. */
  function wholeOf(
    series: Whole['series'],
    its: (n: number, day: string) => Partial<Booking> | null = () => ({}),
  ): Whole | null {
    const [first, ...more] = occurrences(series, '9999-12-31').flatMap(({ day, start, end }, n) => {
      const own = its(n, day);
      const id = `b${n}` as BookingId;
      const usual = { id, number: 1001 + n, series: series.id, occurrence: day, start, end };
      return own ? [detailOf({ ...usual, ...own })] : [];
    });
    return first ? { series, details: [first, ...more] } : null;
  }

  const readSeries = (whole: Whole | null, as = viewer()) =>
    readCalendar((whole && seriesInvitation(as, whole, tuesday)) ?? '');

  test('[2.3] another reader finds the very same dates, over both changes of the clock, in three zones', () => {
    const aSeries = fc
      .record({
        zone: fc.constantFrom(...zones),
        date: fc.integer({ min: 0, max: 364 }).map((n) => addDays('2026-01-01', n)),
        time: fc.integer({ min: 0, max: 95 }).map((step) => timeOfDay(step * 15)),
        minutes: fc.integer({ min: 1, max: 16 }).map((steps) => steps * 15),
        recurrence: fc.record({
          pattern: aPattern,
          ends: fc.record({ count: fc.integer({ min: 2, max: 40 }) }),
        }),
      })
      .map(seriesOf);
    const fates = fc.array(fc.constantFrom('as it is', 'as it is', 'as it is', 'moved', 'gone', 'rejected'), {
      minLength: 40,
      maxLength: 40,
    });
    fc.assert(
      fc.property(aSeries, fates, (series, fate) => {
        const whole = wholeOf(series, (n) => {
          if (fate[n] === 'gone') return null;
          if (fate[n] === 'rejected')
            return { state: { kind: 'rejected', by: null, for: null, at: tuesday, reason: 'no' } };
          return {};
        });
        fc.pre(whole !== null);
        for (const { booking } of whole.details)
          if (fate[Number(booking.id.slice(1))] === 'moved') {
            booking.start += 3 * 24 * 60 * minute;
            booking.end += 3 * 24 * 60 * minute + 30 * minute;
          }
        const live = whole.details.map(({ booking }) => booking).filter((it) => it.state.kind === 'approved');
        fc.pre(live.length > 0);
        const shown = ({ start, end }: { start: number; end: number }) => `${instant(start)} ${instant(end)}`;
        // Of a time that the clock shows twice the standard means the first, and this reader takes the second.
        const instant = (it: number) => (isTwice(it, series.zone) ? local(it, series.zone) : String(it));
        // Dates that begin at once, because one was moved onto another, have no order.
        expect(readSeries(whole).dates.map(shown).toSorted()).toEqual(live.map(shown).toSorted());
      }),
      { numRuns: 80 },
    );
  });

  test('[2.3] a date that was moved to where the clock shows its times twice stands by itself, in UTC', () => {
    const [start, minutes] = [Date.parse('2026-10-25T00:15:00Z'), 45];
    const series = seriesOf({ date: '2026-10-20', time: '02:15', minutes: 15 });
    const whole = wholeOf(series, (n) => (n === 1 ? { start, end: start + minutes * minute } : {}));
    expect(readSeries(whole).dates.map((it) => (it.end - it.start) / minute)).toEqual([15, minutes, 15, 15]);
    expect(readSeries(whole).dates[1]?.start).toBe(start);
  });

  const isTwice = (instant: number, zone: string): boolean => {
    const [date = '', time = ''] = local(instant, zone).split('T');
    return readLocal({ date, time, zone }).kind === 'twice';
  };

  test('[2.3] a time that the clock skips begins when the clock goes on', () => {
    const daily = seriesOf({
      date: '2026-03-28',
      time: '02:30',
      recurrence: { pattern: { every: 'day', interval: 1 }, ends: { count: 3 } },
    });
    expect(readSeries(wholeOf(daily)).dates.map(({ start }) => local(start))).toEqual([
      '2026-03-28T02:30',
      '2026-03-29T03:00',
      '2026-03-30T02:30',
    ]);
  });

  test('[2.3] it is one appointment: a rule, dates left out, and those that are unlike the rest', () => {
    const whole = wholeOf(seriesOf({}), (n) => {
      if (n === 1) return null;
      return n === 2 ? { topic: 'Retrospective', overrides: ['topic'] } : {};
    });
    const text = (whole && seriesInvitation(viewer(), whole, tuesday)) ?? '';
    const { dates, calendar } = readCalendar(text);
    expect(dates.map((it) => `${it.wall} ${it.summary}`)).toEqual([
      '2026-12-01T09:00 Design review',
      '2026-12-15T09:00 Retrospective',
      '2026-12-22T09:00 Design review',
    ]);
    expect(calendar.getAllSubcomponents('vevent')).toHaveLength(2);
    expect(lineOf(text, 'RRULE')).toBe('RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=4');
    expect(lineOf(text, 'EXDATE')).toBe('EXDATE;TZID=Europe/Berlin:20261208T090000');
    expect(new Set(dates.map((it) => it.uid))).toEqual(new Set([uidOf('s1' as SeriesId)]));
  });

  test('[2.3] each sees the dates to which they are invited', () => {
    const whole = wholeOf(seriesOf({}), (n) => (n === 3 ? { attendees: [person('cy')] } : {}));
    expect(readSeries(whole, viewer('cy')).dates.map((it) => it.wall)).toEqual(['2026-12-22T09:00']);
    expect(readSeries(whole, viewer('ben')).dates).toHaveLength(3);
    expect(readSeries(whole, viewer('ann')).dates).toHaveLength(4);
  });

  test('[2.3] one in UTC names no zone', () => {
    const whole = wholeOf(seriesOf({ zone: 'UTC' }), (n) => (n === 1 ? null : {}));
    const text = (whole && seriesInvitation(viewer(), whole, tuesday)) ?? '';
    expect(lineOf(text, 'EXDATE')).toBe('EXDATE:20261208T090000Z');
    expect(lineOf(text, 'DTSTART')).toBe('DTSTART:20261201T090000Z');
    expect(readCalendar(text).dates).toHaveLength(3);
  });

  test('[2.3] it is cancelled as one, once no date is left', () => {
    const some = wholeOf(seriesOf({}), (n) => (n < 2 ? { state: cancelledState } : {}));
    const all = wholeOf(seriesOf({}), () => ({ state: cancelledState }));
    expect(readSeries(some)).toMatchObject({ method: 'REQUEST' });
    expect(readSeries(some).dates).toHaveLength(2);
    expect(readSeries(all)).toMatchObject({ method: 'CANCEL' });
  });
});
