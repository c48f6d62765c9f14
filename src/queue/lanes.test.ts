import { expect, test } from '@jest/globals';
import { account, chatService, manualClock, start } from '../../test/support/delivery.ts';
import { hour } from '../core/clock.ts';
import { RateLimited } from '../core/errors.ts';
import { createReader } from '../i18n/reader.ts';
import { createPatient } from './lanes.ts';

const reader = createReader('en', 'UTC', start);
const card = { layout: 'notice', tone: 'neutral', title: 'hello' } as const;

function setUp() {
  const clock = manualClock();
  const service = chatService();
  const pauses: Array<[string, number]> = [];
  const patient = createPatient({ slack: service.messenger }, clock, (...pause) => pauses.push(pause));
  const send = (tenant: string) =>
    patient.slack?.send(account('ann', 'slack', tenant).address, card, reader, { id: tenant, again: false });
  return { clock, service, pauses, patient, send };
}

test('[2.7] a workspace that said 429 is left alone for so long, and no other is', async () => {
  const { clock, service, pauses, send, patient } = setUp();
  service.trouble = async () => {
    throw new RateLimited(5_000);
  };
  await expect(send('T1')).rejects.toThrow(RateLimited);
  service.trouble = async () => null;
  clock.advance(2_000);
  await expect(send('T1')).rejects.toMatchObject({ retryAfterMs: 3_000 });
  const at = { tenant: 'T1', conversation: 'c', message: 'm' };
  await expect(patient.slack?.update(at, card, reader)).rejects.toMatchObject({ retryAfterMs: 3_000 });
  expect(service.attempts).toHaveLength(1);

  await send('T2');
  clock.advance(3_000);
  await send('T1');
  expect(service.attempts.map((it) => it.delivery)).toEqual(['T1', 'T2', 'T1']);
  expect(pauses).toEqual([['slack:T1', 5_000]]);
});

test('[2.7] of several 429 the latest end counts', async () => {
  const { clock, service, pauses, send } = setUp();
  const waits = [5_000, 1_000, 9_000];
  let arrived = 0;
  let letGo = () => {};
  const all = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  service.trouble = async () => {
    const wait = waits[arrived++] ?? 0;
    if (arrived === waits.length) letGo();
    await all;
    throw new RateLimited(wait);
  };
  await Promise.allSettled(waits.map(() => send('T1')));
  expect(pauses).toEqual([
    ['slack:T1', 5_000],
    ['slack:T1', 9_000],
  ]);
  clock.advance(8_999);
  await expect(send('T1')).rejects.toMatchObject({ retryAfterMs: 1 });
});

test('[2.7] a clock that is set back keeps nobody away for longer', async () => {
  const { clock, service, send } = setUp();
  service.trouble = async () => {
    throw new RateLimited(5_000);
  };
  await expect(send('T1')).rejects.toThrow(RateLimited);
  service.trouble = async () => null;
  clock.set(start - hour);
  await expect(send('T1')).rejects.toMatchObject({ retryAfterMs: 5_000 });
  clock.advance(5_000);
  await expect(send('T1')).resolves.toMatchObject({ message: 'm1' });
});

test('[2.7] other errors pass as they are and pause nothing', async () => {
  const { service, pauses, send } = setUp();
  service.trouble = async () => {
    throw new Error('no');
  };
  await expect(send('T1')).rejects.toThrow('no');
  expect(pauses).toEqual([]);
  service.trouble = async () => null;
  await expect(send('T1')).resolves.toMatchObject({ message: 'm1' });
});
