import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { topicQuery, topicWords } from './topic-words.ts';

let db: Database.Database;
beforeAll(() => {
  db = new Database(':memory:');
  db.exec(
    "CREATE VIRTUAL TABLE t USING fts5(words, place, tokenize = 'porter unicode61 remove_diacritics 2')",
  );
});
afterAll(() => {
  db.close();
});

/** Whether the database finds the topic by these words. */
function finds(topic: string, said: string): boolean {
  const query = topicQuery(said);
  if (query === null) return false;
  db.exec('DELETE FROM t');
  db.prepare('INSERT INTO t VALUES (?, ?)').run(topicWords(topic), '');
  return db.prepare('SELECT 1 FROM t WHERE t MATCH ?').get(query) !== undefined;
}

test.each([
  ['预算会议', '预算 算会 会议 议'],
  ['預算', '预算 算'],
  ['Q3預算 Review', 'q3 预算 算 review'],
  ['Ｄｅｓｉｇｎ', 'design'],
  ['ガラス', 'ガラ ラス ス'],
  ['— 🎉 !', ''],
])('[2.6] %s is indexed as %s', (topic, words) => {
  expect(topicWords(topic)).toBe(words);
});

test.each([
  ['預算會議', '会议', true],
  ['預算會議', '算會', true],
  ['預算會議', '會', true],
  ['預算會議', '預議', false],
  ['預算 會議', '算會', false],
  ['Design review', 'review design', true],
  ['Design review', 'sign', false],
  ['Design review', 'reviews', true],
  ['Design review', 'design 預算', false],
  ['Café', 'CAFE', true],
  ['a "b" OR c*', 'or "b', true],
  ['anything', '" * ( NEAR', false],
  ['anything', '', false],
])('[2.6] %j by %j: %j', (topic, said, found) => {
  expect(finds(topic, said)).toBe(found);
});

const han = fc.constantFrom(...'预算会议设计评审中文字符');

test('[2.6] a Chinese topic is found by each part of it, and by nothing else', () => {
  const topics = fc.string({ unit: han, minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      topics,
      fc.string({ unit: han, minLength: 1, maxLength: 4 }),
      fc.nat(),
      fc.nat(),
      (topic, other, a, b) => {
        const start = a % topic.length;
        expect(finds(topic, topic.slice(start, start + 1 + (b % (topic.length - start))))).toBe(true);
        expect(finds(topic, other)).toBe(topic.includes(other));
      },
    ),
  );
});

test('[2.6] whatever is typed makes a query that the database takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (topic, said) => {
      expect(typeof finds(topic, said)).toBe('boolean');
    }),
  );
});
