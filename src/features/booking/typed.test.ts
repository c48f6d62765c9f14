import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { at, local, person } from '../../../test/support/examples.ts';
import { minute } from '../../core/clock.ts';
import { toLocal } from '../../core/time.ts';
import { anyRoom, readRequest, type TypedRequest } from './typed.ts';

const ann = person('ann');
const typed = (its: Partial<TypedRequest> = {}): TypedRequest => ({
  token: 't',
  room: anyRoom,
  topic: 'Design review',
  date: '2026-12-01',
  start: '15:00',
  duration: '60',
  attendees: [],
  headcount: '',
  equipment: [],
  confidential: false,
  note: '',
  ...its,
});
const read = (its: Partial<TypedRequest>, zone = 'Europe/Berlin') => readRequest(typed(its), ann, zone);

/** What is wrong, as field: key. */
const problems = (its: Partial<TypedRequest>) => {
  const result = read(its);
  return result.ok
    ? {}
    : Object.fromEntries(Object.entries(result.problems).map(([field, { key }]) => [field, key]));
};

describe('[2.1] a typed request', () => {
  test('is read with its blanks cut, in the zone of who typed it', () => {
    const its = {
      topic: '  Design review ',
      attendees: [person('ben'), person('ben'), ann, person('cem')],
      headcount: ' 5 ',
      equipment: ['projector', 'sauna'],
      confidential: true,
      note: ' please ',
    };
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Asia/Taipei'])
      expect(read(its, zone)).toEqual({
        ok: true,
        twice: false,
        details: {
          host: ann,
          topic: 'Design review',
          start: at('2026-12-01T15:00', zone),
          end: at('2026-12-01T16:00', zone),
          attendees: ['ben', 'cem'],
          headcount: 5,
          equipment: ['projector'],
          confidential: true,
          note: 'please',
        },
      });
  });

  test('[3.4] an empty headcount is the attendees and the host', () => {
    const attendees = [person('ben'), ann, person('cem')];
    expect(read({ attendees })).toMatchObject({ ok: true, details: { headcount: 3 } });
    expect(read({})).toMatchObject({ ok: true, details: { headcount: 1 } });
  });

  test.each<[Partial<TypedRequest>, Record<string, string>]>([
    [{ room: '' }, { room: 'booking.wrong.room' }],
    [{ topic: '  ' }, { topic: 'booking.wrong.topic' }],
    [{ date: '' }, { date: 'booking.wrong.date' }],
    [{ date: '1.12.2026' }, { date: 'booking.wrong.date' }],
    [{ date: '2026-02-30' }, { date: 'booking.wrong.date' }],
    [{ start: '' }, { start: 'booking.wrong.start' }],
    [{ start: '24:00' }, { start: 'booking.wrong.start' }],
    [{ start: '3pm' }, { start: 'booking.wrong.start' }],
    [{ duration: '' }, { duration: 'booking.wrong.duration' }],
    [{ duration: '0' }, { duration: 'booking.wrong.duration' }],
    [{ duration: '1.5' }, { duration: 'booking.wrong.duration' }],
    [{ duration: '9'.repeat(400) }, { duration: 'booking.wrong.duration' }],
    [{ headcount: 'many' }, { headcount: 'booking.wrong.headcount' }],
    [{ headcount: '0' }, { headcount: 'booking.wrong.headcount' }],
    [{ headcount: '2.5' }, { headcount: 'booking.wrong.headcount' }],
    [
      { room: '', topic: '', date: 'x', start: 'x', duration: 'x', headcount: 'x' },
      {
        room: 'booking.wrong.room',
        topic: 'booking.wrong.topic',
        date: 'booking.wrong.date',
        start: 'booking.wrong.start',
        duration: 'booking.wrong.duration',
        headcount: 'booking.wrong.headcount',
      },
    ],
  ])('%j is refused at each field', (its, wrong) => {
    expect(problems(its)).toEqual(wrong);
  });
});

describe('[2.1] the change of the clock', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T03:00'],
    ['America/New_York', '2027-03-14', '02:00', '2027-03-14T03:00'],
  ])('in %s, %s %s does not exist: refused, with the next that does', (zone, date, start, next) => {
    const result = read({ date, start }, zone);
    if (result.ok) throw new Error('was read');
    const { key, clause, field, figures, nearest } = result.problems.start ?? {};
    expect([key, clause, field, figures]).toEqual([
      'booking.refused.skipped',
      '2.1',
      'start',
      { time: start },
    ]);
    const offered = nearest?.figures?.at;
    expect(typeof offered === 'object' && 'instant' in offered && local(offered.instant, zone)).toBe(next);
  });

  test.each([
    ['Europe/Berlin', '2026-10-25', '02:30'],
    ['America/New_York', '2026-11-01', '01:30'],
  ])('in %s, %s %s comes twice: the first one is taken, and it is said', (zone, date, start) => {
    const result = read({ date, start }, zone);
    if (!result.ok) throw new Error('was refused');
    const again = toLocal(result.details.start + 60 * minute, zone);
    expect([result.twice, again.date, again.time]).toEqual([true, date, start]);
  });

  test('Taipei has none', () => {
    for (const date of ['2026-03-29', '2026-10-25'])
      expect(read({ date, start: '02:30' }, 'Asia/Taipei')).toMatchObject({ ok: true, twice: false });
  });
});

test('[2.1] whatever comes in is read or refused, and never throws', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('2026-12-01', '15:00', '24:00', '99:99', '1e308', '-0', 'NaN'),
  );
  fc.assert(
    fc.property(text, text, text, text, text, (topic, date, start, duration, headcount) => {
      const result = read({ topic, date, start, duration, headcount });
      if (!result.ok) expect(Object.keys(result.problems).length).toBeGreaterThan(0);
    }),
  );
});
