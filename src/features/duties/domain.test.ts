import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { at, local, person, tuesday } from '../../../test/support/examples.ts';
import { type Absence, judgeAbsence, readDays } from './domain.ts';

const [rae, roy, ada] = [person('rae'), person('roy'), person('ada')];

describe('[7.1] the days of an absence, as typed', () => {
  test.each([
    ['away 2026-12-01..2026-12-14 @lin', '2026-12-01', '2026-12-14'],
    ['2026-12-01 2026-12-14', '2026-12-01', '2026-12-14'],
    ['2026-12-01 - 2026-12-14', '2026-12-01', '2026-12-14'],
    ['2026-12-01到2026-12-14 @小美', '2026-12-01', '2026-12-14'],
    ['请假 2026年12月1日到2026年12月14日', '2026-12-01', '2026-12-14'],
    ['2026/12/1 to 2026/12/14', '2026-12-01', '2026-12-14'],
    ['away 2026-12-05 @lin', '2026-12-05', '2026-12-05'],
    ['away @lin', '', ''],
    ['2026-02-30', '', ''],
    ['', '', ''],
  ])('%s', (text, from, until) => {
    expect(readDays(text)).toEqual({ from, until });
  });

  test('whatever else is typed does no harm', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const { from, until } = readDays(text);
        expect(from === '').toBe(until === '');
      }),
    );
  });
});

describe('[7.1] an absence', () => {
  const judge = (
    its: Partial<Parameters<typeof judgeAbsence>[0]> = {},
    others: Absence[] = [],
    now = tuesday,
  ) =>
    judgeAbsence(
      {
        from: '2026-12-07',
        until: '2026-12-09',
        by: rae,
        admin: false,
        person: rae,
        substitute: roy,
        zone: 'Europe/Berlin',
        ...its,
      },
      others,
      now,
    );
  const span = (judged: ReturnType<typeof judge>, zone?: string) =>
    judged.ok ? [local(judged.absence.from, zone), local(judged.absence.until, zone)] : judged;
  const problems = (judged: ReturnType<typeof judge>) =>
    judged.ok ? {} : Object.fromEntries(Object.entries(judged.problems).map(([name, it]) => [name, it.key]));

  test('is whole days on the clock of whoever is away, the last one included', () => {
    expect(span(judge())).toEqual(['2026-12-07T00:00', '2026-12-10T00:00']);
    const zone = 'Asia/Taipei';
    expect(span(judge({ zone }), zone)).toEqual(['2026-12-07T00:00', '2026-12-10T00:00']);
    expect(span(judge({ from: '2026-12-31', until: '2027-01-01' }))).toEqual([
      '2026-12-31T00:00',
      '2027-01-02T00:00',
    ]);
  });

  test('is an hour shorter or longer where the clock is changed', () => {
    const spring = judge({ from: '2027-03-28', until: '2027-03-28' });
    const autumn = judge({ from: '2027-10-31', until: '2027-10-31' });
    const hours = [spring, autumn].map((it) => it.ok && (it.absence.until - it.absence.from) / 3_600_000);
    expect(hours).toEqual([23, 25]);
  });

  test('that begins today begins at once', () => {
    expect(span(judge({ from: '2026-12-01', until: '2026-12-01' }))).toEqual([
      '2026-12-01T09:00',
      '2026-12-02T00:00',
    ]);
    expect(span(judge({ from: '2026-11-20', until: '2026-12-02' }))).toEqual([
      '2026-12-01T09:00',
      '2026-12-03T00:00',
    ]);
  });

  test.each([
    { its: { from: '' }, wrong: { from: 'duties.wrong.day' } },
    { its: { until: '2026-13-01' }, wrong: { until: 'duties.wrong.day' } },
    { its: { until: '2026-12-06' }, wrong: { until: 'duties.wrong.order' } },
    { its: { from: '2026-11-01', until: '2026-11-30' }, wrong: { until: 'duties.wrong.past' } },
    { its: { until: '2027-12-09' }, wrong: { until: 'duties.wrong.long' } },
    { its: { substitute: null }, wrong: { substitute: 'duties.wrong.nobody' } },
    { its: { substitute: rae }, wrong: { substitute: 'duties.wrong.yourself' } },
    { its: { by: roy, substitute: ada }, wrong: { person: 'duties.wrong.admin' } },
    {
      its: { from: '', until: '', substitute: null },
      wrong: {
        from: 'duties.wrong.day',
        until: 'duties.wrong.day',
        substitute: 'duties.wrong.nobody',
      },
    },
  ])('is refused: $wrong', ({ its, wrong }) => {
    expect(problems(judge(its))).toEqual(wrong);
  });

  test('is entered for others by admins', () => {
    expect(judge({ by: ada, admin: true })).toMatchObject({ ok: true, absence: { person: rae } });
  });

  test('does not overlap with another of the same person', () => {
    const other: Absence = {
      person: rae,
      substitute: ada,
      from: at('2026-12-09T00:00'),
      until: at('2026-12-12T00:00'),
    };
    expect(judge({}, [other])).toMatchObject({ ok: false, problems: {}, overlap: other });
    expect(judge({ until: '2026-12-08' }, [other]).ok).toBe(true);
    expect(judge({ from: '2026-12-12', until: '2026-12-13' }, [other]).ok).toBe(true);
  });
});
