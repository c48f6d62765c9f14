import { describe, expect, test } from '@jest/globals';
import { fields, missesOf, parse, readUtterances, utteranceFiles } from '../../test/support/utterances.ts';

const utterances = utteranceFiles.flatMap(readUtterances);

describe('[2.1] every labelled utterance is understood wholly', () => {
  test.each(utterances.map((it) => [it.id, it.text, it] as const))('%s %s', (_id, _text, utterance) => {
    expect(missesOf(utterance, parse(utterance))).toEqual([]);
  });
});

test('[2.1] the utterances are in three languages, and every field and error occurs in each', () => {
  for (const locale of ['en', 'zh-TW', 'zh-CN']) {
    const own = utterances.filter((it) => it.locale === locale);
    expect(own.length).toBeGreaterThan(120);
    for (const error of ['past', 'invalid']) {
      expect(own.some(({ expect: it }) => 'error' in it && it.error === error)).toBe(true);
    }
    for (const field of fields) {
      expect(own.some(({ expect: it }) => !('error' in it) && it[field] !== null)).toBe(true);
    }
  }
});

test('[2.1] a wrong answer is seen as a miss of its field', () => {
  const [utterance] = utterances;
  if (utterance === undefined) throw new Error('no utterances');
  const got = parse(utterance);
  if (!got.ok) throw new Error('expected to be understood');
  expect(missesOf(utterance, { ...got, headcount: 99 }).map(({ field }) => field)).toEqual(['headcount']);
  expect(missesOf(utterance, { ...got, topic: ' DESIGN\u3000ｒｅｖｉｅｗ' })).toEqual([]);
});
