import { describe, expect, test } from '@jest/globals';
import { fromLocal } from '../core/time.ts';
import { createReader } from './reader.ts';
import { type Language, languages, matchLanguage } from './translate.ts';

const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';
const taipei = 'Asia/Taipei';
const lagos = 'Africa/Lagos'; // One hour ahead of UTC all year: Berlin's clock in winter, not in summer.

const at = (local: string, zone: string) => {
  const [date = '', time = ''] = local.split(' ');
  return fromLocal({ date, time, zone });
};
const noon = at('2026-11-24 12:00', berlin);
const readerOf = (language: Language, zone = berlin, now = noon) => createReader(language, zone, now);

describe('[2.1] when: in the reader’s zone, and in the room’s where its clock differs', () => {
  const meeting = [at('2026-11-25 15:00', taipei), at('2026-11-25 16:30', taipei)] as const;

  test('one line for somebody whose clock is the room’s', () => {
    expect(readerOf('en', taipei).when(...meeting, taipei)).toBe(
      'Wed, Nov 25, 2026, 15:00 – 16:30 (Taiwan Standard Time)',
    );
    expect(readerOf('en', 'Europe/Paris').when(...meeting, berlin)).toBe(
      'Wed, Nov 25, 2026, 08:00 – 09:30 (Central European Time)',
    );
  });

  test.each<[Language, string[]]>([
    [
      'en',
      [
        'Wed, Nov 25, 2026, 02:00 – 03:30 (Eastern Time)',
        'Wed, Nov 25, 2026, 15:00 – 16:30 (Taiwan Standard Time)',
      ],
    ],
    [
      'zh-TW',
      ['2026年11月25日週三 02:00 – 03:30（東部時間）', '2026年11月25日週三 15:00 – 16:30（台北標準時間）'],
    ],
    [
      'zh-CN',
      [
        '2026年11月25日周三 02:00 – 03:30（北美东部时间）',
        '2026年11月25日周三 15:00 – 16:30（台北标准时间）',
      ],
    ],
  ])('two lines elsewhere, the reader’s own first (%s)', (language, lines) => {
    expect(
      readerOf(language, newYork)
        .when(...meeting, taipei)
        .split('\n'),
    ).toEqual(lines);
  });

  test('the same time of another day is another clock', () => {
    const lines = readerOf('en', 'Pacific/Honolulu').when(noon, noon + 3_600_000, 'Pacific/Kiritimati');
    expect(lines.split('\n')).toEqual([
      expect.stringContaining('Tue, Nov 24, 2026, 01:00 – 02:00'),
      expect.stringContaining('Wed, Nov 25, 2026, 01:00 – 02:00'),
    ]);
  });

  test.each([
    ['winter: the same clock', '2026-11-25 09:00', 1],
    ['summer: an hour apart', '2027-06-25 09:00', 2],
  ])('two zones that part with the season, in %s', (_, start, lines) => {
    const from = at(start, lagos);
    expect(
      readerOf('en')
        .when(from, from + 3_600_000, lagos)
        .split('\n'),
    ).toHaveLength(lines);
  });

  test('a meeting during which one of the two clocks is put forward or back', () => {
    const forward = [at('2027-03-28 01:30', berlin), at('2027-03-28 03:30', berlin)] as const;
    expect(
      readerOf('en')
        .when(...forward, lagos)
        .split('\n'),
    ).toEqual([
      'Sun, Mar 28, 2027, 01:30 – 03:30 (Central European Time)',
      'Sun, Mar 28, 2027, 01:30 – 02:30 (West Africa Time)',
    ]);
    const back = at('2026-10-25 02:30', berlin);
    expect(
      readerOf('en')
        .when(back, back + 3_600_000, lagos)
        .split('\n'),
    ).toEqual([
      'Sun, Oct 25, 2026, 02:30 – 02:30 (Central European Time)',
      'Sun, Oct 25, 2026, 01:30 – 02:30 (West Africa Time)',
    ]);
  });

  test.each([
    ['before either has changed', '2027-03-10 14:00', '08:00 – 09:00'],
    ['New York changed, Berlin not yet', '2027-03-20 14:00', '09:00 – 10:00'],
    ['both changed', '2027-03-30 14:00', '08:00 – 09:00'],
    ['Berlin changed back, New York not yet', '2026-10-28 14:00', '09:00 – 10:00'],
    ['both changed back', '2026-11-03 14:00', '08:00 – 09:00'],
  ])('Berlin as seen from New York: %s', (_, start, seen) => {
    const from = at(start, berlin);
    const [mine] = readerOf('en', newYork)
      .when(from, from + 3_600_000, berlin)
      .split('\n');
    expect(mine).toContain(`, ${seen} (Eastern Time)`);
  });
});

test('[2.1] a span that ends on another day of the reader says which', () => {
  const span = [at('2026-11-25 23:00', taipei), at('2026-11-26 00:30', taipei)] as const;
  expect(readerOf('en', taipei).span(...span)).toBe('Wed, Nov 25, 2026, 23:00 – Thu, Nov 26, 2026, 00:30');
  expect(readerOf('zh-TW', taipei).span(...span)).toBe('2026年11月25日週三 23:00 – 2026年11月26日週四 00:30');
  expect(readerOf('zh-TW', taipei).span(...span, berlin)).toBe('2026年11月25日週三 16:00 – 17:30');
  expect(readerOf('zh-CN', taipei).hours(...span)).toBe('23:00 – 00:30');
  expect(readerOf('zh-CN', taipei).hours(...span, berlin)).toBe('16:00 – 17:30');
});

describe('[2.1] a refusal names the rule, the clause and the nearest that is allowed', () => {
  const past = { key: 'booking.refused.past' } as const;
  const nearest = { key: 'booking.nearest.from', figures: { at: { instant: noon } } } as const;

  test.each<[Language, string]>([
    ['en', 'That moment has passed. (rule 2.1) The nearest possible start is Tue, Nov 24, 2026, 19:00.'],
    ['zh-TW', '這個時間已經過了。（規則 2.1）最接近的可用開始時間是 2026年11月24日週二 19:00。'],
    ['zh-CN', '这个时间已经过了。（规则 2.1）最近的可选开始时间是 2026年11月24日周二 19:00。'],
  ])('in %s', (language, text) => {
    expect(readerOf(language, taipei).refusal({ ...past, clause: '2.1', nearest })).toBe(text);
  });

  test('without a clause, or without anything near, those are left out', () => {
    const reader = readerOf('en');
    expect(reader.refusal(past)).toBe('That moment has passed.');
    expect(reader.refusal({ ...past, clause: '2.1' })).toBe('That moment has passed. (rule 2.1)');
    expect(reader.refusal({ ...past, nearest })).toBe(
      'That moment has passed. The nearest possible start is Tue, Nov 24, 2026, 12:00.',
    );
  });
});

describe('[2.1] figures are written for the reader', () => {
  test('an instant in the reader’s zone, or in the one that it names', () => {
    const text = (zone?: string) =>
      readerOf('en', taipei).t('booking.nearest.free', {
        at: { instant: noon, ...(zone ? { zone } : {}) },
      });
    expect(text()).toBe('It is free again from Tue, Nov 24, 2026, 19:00.');
    expect(text(newYork)).toBe('It is free again from Tue, Nov 24, 2026, 06:00.');
  });

  test('a span and a length', () => {
    const span: [number, number] = [noon, noon + 5_400_000];
    expect(readerOf('zh-CN').t('approval.busy', { when: { span } })).toBe(
      '2026年11月24日周二 12:00 – 13:30 已被预订',
    );
    expect(readerOf('zh-TW').t('booking.refused.step', { step: { minutes: 15 } })).toBe(
      '開始時間須以 15 分鐘為單位。',
    );
  });

  test('a count chooses singular and plural in English; Chinese has one form', () => {
    const people = (language: Language, count: number) => readerOf(language).t('rooms.people', { count });
    expect([people('en', 1), people('en', 2)]).toEqual(['1 person', '2 people']);
    expect([people('zh-TW', 1), people('zh-CN', 2)]).toEqual(['1 人', '2 人']);
  });

  test('what a person typed is neither filled in nor escaped', () => {
    const topic = '<b>{{number}}</b> & $t(common.cancel)';
    for (const language of languages)
      expect(readerOf(language).t('booking.rowTitle', { number: 7, topic })).toBe(`#7 ${topic}`);
  });
});

test.each([
  [0, '0 min', '0 分鐘', '0 分钟'],
  [15, '15 min', '15 分鐘', '15 分钟'],
  [60, '1 h', '1 小時', '1 小时'],
  [90, '1 h 30 min', '1 小時 30 分鐘', '1 小时 30 分钟'],
  [1440, '1 day', '1 天', '1 天'],
  [2880, '2 days', '2 天', '2 天'],
  [1500, '25 h', '25 小時', '25 小时'],
])('[2.7] %i minutes as a person says it', (minutes, ...said) => {
  expect(languages.map((language) => readerOf(language).duration(minutes))).toEqual(said);
});

describe('[2.1] until: the time, with the day where that is not today', () => {
  const evening = at('2026-11-24 23:30', taipei);

  test.each<[string, Language, string, string]>([
    ['today', 'en', '2026-11-24 23:45', '23:45'],
    ['tomorrow', 'en', '2026-11-25 00:15', 'tomorrow 00:15'],
    ['tomorrow', 'zh-TW', '2026-11-25 09:00', '明天 09:00'],
    ['later', 'zh-CN', '2026-11-26 09:00', '2026年11月26日周四 09:00'],
  ])('%s (%s)', (_, language, local, text) => {
    expect(readerOf(language, taipei, evening).until(at(local, taipei))).toBe(text);
  });

  test('which day it is depends on where the reader is', () => {
    expect(readerOf('en', berlin, evening).until(at('2026-11-25 00:15', taipei))).toBe('17:15');
  });

  test.each([
    [berlin, '2026-10-24 23:30', '2026-10-25 23:30'],
    [berlin, '2027-03-27 23:30', '2027-03-28 23:30'],
    [newYork, '2026-10-31 23:30', '2026-11-01 23:30'],
    [newYork, '2027-03-13 00:30', '2027-03-14 23:30'],
  ])('a day of 23 or 25 hours is one day (%s, %s)', (zone, now, then) => {
    expect(readerOf('en', zone, at(now, zone)).until(at(then, zone))).toBe('tomorrow 23:30');
  });
});

test.each<[Language, string]>([
  ['en', 'Ann, 陳雅婷, and Ben'],
  ['zh-TW', 'Ann、陳雅婷、Ben'],
  ['zh-CN', 'Ann、陳雅婷、Ben'],
])('[2.7] names in a row (%s)', (language, text) => {
  expect(readerOf(language).list(['Ann', '陳雅婷', 'Ben'])).toBe(text);
});

test.each([
  ['en', 'en'],
  ['en-GB', 'en'],
  ['EN_us', 'en'],
  ['zh', 'zh-CN'],
  ['zh-CN', 'zh-CN'],
  ['zh-SG', 'zh-CN'],
  ['zh-Hans-HK', 'zh-CN'],
  ['zh-TW', 'zh-TW'],
  ['zh_tw', 'zh-TW'],
  ['zh-HK', 'zh-TW'],
  ['zh-Hant', 'zh-TW'],
  ['zh-Hant-MO', 'zh-TW'],
  ['de-DE', null],
  ['zhx', null],
  ['enx', null],
  ['', null],
  [null, null],
  [undefined, null],
])('[2.1] the platform’s %s is read as %s', (tag, language) => {
  expect(matchLanguage(tag)).toBe(language);
});
