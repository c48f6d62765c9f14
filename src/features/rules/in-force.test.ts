import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { at, local } from '../../../test/support/examples.ts';
import { type Begin, readBegin, standingOf } from './in-force.ts';

const now = at('2026-12-01T09:00');
const zone = 'Europe/Berlin';
const begin = (typed: string, latest = 0) => {
  const read = readBegin(typed, now, zone, latest);
  return read.ok ? local(read.from) : read.refusal.key;
};

describe('[10.2] from when a version is in force', () => {
  test.each([
    ['', '2026-12-01T09:00'],
    ['2026-12-01', '2026-12-01T09:00'],
    ['2026-12-02', '2026-12-02T00:00'],
    ['2028-11-30', '2028-11-30T00:00'],
    ['2028-12-01', 'rules.wrong.farDay'],
    ['2026-11-30', 'rules.wrong.pastDay'],
    ['2026-13-01', 'rules.wrong.day'],
    ['tomorrow', 'rules.wrong.day'],
  ])('“%s”: %s', (typed, expected) => {
    expect(begin(typed)).toBe(expected);
  });

  test('a day that begins later by its clock begins then', () => {
    const read = readBegin('2026-09-06', at('2026-09-01T09:00'), 'America/Santiago', 0);
    expect(read.ok && local(read.from, 'America/Santiago')).toBe('2026-09-06T01:00');
  });

  test('the day of the version that it builds on is the very moment of that', () => {
    const coming = at('2026-12-20T00:00', 'Asia/Taipei');
    expect(begin('2026-12-19', coming)).toBe('2026-12-19T17:00');
    expect(begin('2026-12-01', at('2026-12-01T18:00'))).toBe('2026-12-01T18:00');
    expect(begin('2026-12-20', coming)).toBe('2026-12-20T00:00');
  });
});

describe('[10.2] how versions stand', () => {
  test('each replaces those before it from its own beginning', () => {
    const all: Begin[] = [
      { version: 1, from: 0 },
      { version: 2, from: 10 },
      { version: 3, from: 40 },
      { version: 4, from: 20 },
      { version: 5, from: 60 },
    ];
    expect(all.map((it) => standingOf(it, all, 30))).toEqual([
      'past',
      'past',
      'overtaken',
      'inForce',
      'coming',
    ]);
  });

  test('exactly one is in force at any moment: of those that have begun, the one made last', () => {
    const timelines = fc
      .array(fc.nat({ max: 9 }), { maxLength: 8 })
      .map((froms): Begin[] => [0, ...froms].map((from, n) => ({ version: n + 1, from })));
    fc.assert(
      fc.property(timelines, fc.nat({ max: 12 }), (all, moment) => {
        const inForce = all.filter((it) => standingOf(it, all, moment) === 'inForce');
        expect(inForce).toEqual(all.filter((it) => it.from <= moment).slice(-1));
      }),
    );
  });
});
