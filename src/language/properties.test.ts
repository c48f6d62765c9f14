import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { missesOf, parse, readUtterances, utteranceFiles } from '../../test/support/utterances.ts';
import { understand } from './index.ts';

const utterances = utteranceFiles.flatMap(readUtterances);
const anUtterance = fc.constantFrom(...utterances);
const facts = { now: Date.UTC(2026, 10, 24, 2, 20), zone: 'Asia/Taipei', rooms: ['Alps', '玉山廳'] };

const fragments = fc.constantFrom(
  ...[
    'tomorrow',
    '明天',
    '3pm',
    '3点',
    '半',
    '-',
    '到',
    'every',
    '每周',
    '一三五',
    '@',
    '@ann',
    '和',
    '8',
    '人',
    '"',
  ],
  ...[
    '「',
    '」',
    '主題：',
    '/',
    'for',
    'in',
    'Alps',
    '玉山廳',
    '投影',
    'with',
    '的',
    '開',
    '會',
    '(',
    '12/3',
    ' ',
    '👋',
  ],
);

const widened = (text: string): string =>
  text.replace(/[0-9A-Za-z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

describe('[2.1] whatever is typed', () => {
  test('it is understood as something, without an exception', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.array(fragments, { maxLength: 40 }).map((them) => them.join('')),
    );
    fc.assert(
      fc.property(text, (it) => {
        const got = understand(it, facts);
        expect(typeof got.ok).toBe('boolean');
        if (got.ok && got.durationMinutes !== null) expect(got.durationMinutes).toBeGreaterThan(0);
        if (!got.ok) expect(got.topic).toBe(it);
      }),
      { numRuns: 600 },
    );
  });

  test('nothing is lost where nothing is recognised', () => {
    const word = fc.string({ unit: fc.constantFrom(...'jkqvxz鑫淼犇彧'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        expect(understand(words.join(' '), facts)).toMatchObject({ start: null, topic: words.join(' ') });
      }),
    );
  });

  test('an end is after its start', () => {
    const hour = fc.integer({ min: 0, max: 23 });
    const ends = fc.tuple(
      hour,
      hour,
      fc.constantFrom('-', '到', ' to ', '～'),
      fc.constantFrom(':00', ':30', '点'),
    );
    fc.assert(
      fc.property(ends, ([from, to, joiner, form]) => {
        const got = understand(`明天${from}${form}${joiner}${to}${form}`, facts);
        if (!got.ok) throw new Error(`not understood: ${got.error}`);
        expect(got.durationMinutes).toBeGreaterThan(0);
        expect(got.durationMinutes).toBeLessThanOrEqual(1_440);
      }),
    );
  });
});

describe('[2.1] what does not matter', () => {
  test('full width', () => {
    fc.assert(
      fc.property(anUtterance, (it) => {
        expect(missesOf(it, parse({ ...it, text: widened(it.text) }))).toEqual([]);
      }),
    );
  });

  test('more space', () => {
    fc.assert(
      fc.property(anUtterance, fc.constantFrom('  ', '\u3000', ' \t '), (it, space) => {
        expect(missesOf(it, parse({ ...it, text: ` ${it.text.replaceAll(' ', space)} ` }))).toEqual([]);
      }),
    );
  });

  test('space between a number and its unit', () => {
    const counted = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom('人', '位', ' people', '个人'));
    fc.assert(
      fc.property(counted, ([count, unit]) => {
        const [tight, loose] = [
          understand(`${count}${unit.trim()}`, facts),
          understand(`${count} ${unit.trim()}`, facts),
        ];
        expect(tight).toMatchObject({ headcount: count, topic: null });
        expect(loose).toEqual(tight);
      }),
    );
  });
});
