import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { day } from '../core/clock.ts';
import type { Answer } from '../core/view.ts';
import { answered, forget, remember } from './inbox.ts';

let temporary: TemporaryDatabase;
beforeEach(() => {
  temporary = temporaryDatabase();
});
afterEach(() => temporary.remove());

const answer: Answer = { kind: 'card', card: { layout: 'notice', tone: 'good', title: 'Grüße “😀”' } };
const first = (key: string) => answered(temporary.db.read, key);

test('[2.1] the first answer is given again, after a restart as well', async () => {
  expect(await first('click')).toBeNull();
  await temporary.db.transact((tx) => remember(tx, 'click', answer, 0));
  await temporary.reopen();
  expect([await first('click'), await first('other')]).toEqual([answer, null]);
});

test('[2.1] an answer is never replaced by a second one', async () => {
  await temporary.db.transact((tx) => remember(tx, 'click', answer, 0));
  const second: Answer = { kind: 'note', tone: 'bad', text: 'no' };
  await expect(temporary.db.transact((tx) => remember(tx, 'click', second, 0))).rejects.toThrow();
  expect(await first('click')).toEqual(answer);
});

test('[6.6] answers are forgotten after a week, and not before', async () => {
  await temporary.db.transact(async (tx) => {
    await remember(tx, 'old', answer, 0);
    await remember(tx, 'new', answer, day);
    await forget(tx, 7 * day + 1);
  });
  expect([await first('old'), await first('new')]).toEqual([null, answer]);
});
