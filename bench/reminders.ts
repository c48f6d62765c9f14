import { join } from 'node:path';
import Database from 'better-sqlite3';
import { copied, type Filled, options } from './data/template.ts';
import { type Chat, startChat } from './load/chat.ts';
import { startDelivering } from './load/delivering.ts';
import { type EmptyQueue, startEmptyQueue } from './load/empty.ts';
import { type OwnRedis, startOwnRedis } from './load/redis.ts';
import { inFolder, spreadOf } from './measure.ts';
import { keep } from './results.ts';

const rounds = 5;
/** How many are due at once: fewer where there is not the time for it, of which the figure is the same. */
const atOnce = options.full ? 10_000 : 2_000;
/** How long the steady stream lasts in each round, in seconds, and how many are due within a minute of it. */
const seconds = options.full ? 30 : 6;
const perMinute = 1_000;

/** Reminders from the outbox to the chat, beside BullMQ with a handler that does nothing. */
export const reminders = (): Promise<void> =>
  inFolder(async (folder) => {
    const redis = await startOwnRedis();
    const chat = await startChat();
    const firm = await copied(10_000, join(folder, 'bench.sqlite'));
    apart(firm);
    let left = 0;
    let allTold = () => {};
    const ours = await startDelivering(firm, {
      redisUrl: redis.url,
      chatUrl: chat.url,
      onTold() {
        if (--left === 0) allTold();
      },
    });
    const deliver = (moments: readonly number[]) => {
      left = moments.length;
      const told = new Promise<void>((resolve) => {
        allTold = resolve;
      });
      return { planned: ours.plan(moments), told };
    };

    const bull = await startEmptyQueue(redis.url);
    const all = async () => {
      const { told } = deliver(Array.from({ length: atOnce }, () => Date.now() - 1));
      const since = performance.now();
      ours.kick();
      await told;
      return performance.now() - since;
    };
    await throughput(all, bull, redis);
    await chat.arrivals();
    await lateness(deliver, ours.kick, bull, chat);
    bull.stop();
    await ours.stop();
    chat.stop();
    await redis.stop();
  });

/** Everybody in a workspace of their own: of one alone no more than fifty messages a second are sent, by design. */
function apart({ path }: Filled): void {
  const db = new Database(path);
  db.exec("DELETE FROM outbox; UPDATE account SET tenant = 'T' || rowid");
  db.close();
}

async function throughput(ours: () => Promise<number>, bull: EmptyQueue, redis: OwnRedis): Promise<void> {
  const [our, their, memory]: [number[], number[], number[]] = [[], [], []];
  const empty = await redis.memory();
  for (let round = 0; round <= rounds; round++) {
    let most = 0;
    const watching = setInterval(async () => {
      most = Math.max(most, await redis.memory());
    }, 250);
    const figure = (1000 * atOnce) / (await ours());
    clearInterval(watching);
    const [took = Number.NaN] = await bull.ask({ all: atOnce });
    const theirs = (1000 * atOnce) / took;
    // The first round warms up.
    if (round === 0) continue;
    our.push(figure);
    their.push(theirs);
    memory.push(most / 1e6);
  }
  const inWords = atOnce.toLocaleString('en');
  keep({
    name: `reminders delivered, ${inWords} due at once`,
    unit: 'a second',
    value: spreadOf(our),
    beside: 'BullMQ with an empty handler',
    reference: spreadOf(their),
    bar: 0.5,
    holds: 'ratio at least',
  });
  keep({
    name: `Redis’ memory while ${inWords} reminders are due`,
    unit: 'MB',
    value: spreadOf(memory),
    beside: 'the same Redis before',
    reference: spreadOf([empty / 1e6]),
    bar: 64,
    holds: 'value at most',
  });
}

type Deliver = (moments: readonly number[]) => { planned: { id: string; at: number }[]; told: Promise<void> };

/** A steady stream of both at the same time, in two processes, each between two of the other's. */
async function lateness(deliver: Deliver, kick: () => void, bull: EmptyQueue, chat: Chat): Promise<void> {
  const every = 60_000 / perMinute;
  const count = (seconds * perMinute) / 60;
  const ours: Quantiles = { p50: [], p99: [] };
  const theirs: Quantiles = { p50: [], p99: [] };
  for (let round = 0; round < rounds; round++) {
    const begins = Date.now() + 1_500;
    const moments = Array.from({ length: count }, (_, n) => Math.round(begins + n * every));
    const late = bull.ask({ delayed: moments.map((at) => at + every / 2) });
    const { planned, told } = deliver(moments);
    kick();
    await told;
    const arrived = await chat.arrivals();
    add(
      ours,
      planned.map(({ id, at }) => (arrived.get(id) ?? Number.NaN) - at),
    );
    add(theirs, await late);
  }
  for (const which of ['p50', 'p99'] as const)
    keep({
      name: `lateness of a reminder at ${perMinute.toLocaleString('en')} a minute, ${which}`,
      unit: 'ms',
      value: spreadOf(ours[which]),
      beside: 'a delayed job of BullMQ',
      reference: spreadOf(theirs[which]),
      bar: 2,
      holds: 'ratio at most',
    });
}

type Quantiles = { p50: number[]; p99: number[] };

function add(to: Quantiles, late: readonly number[]): void {
  const sorted = [...late].sort((a, b) => a - b);
  to.p50.push(sorted[Math.floor(sorted.length * 0.5)] ?? Number.NaN);
  to.p99.push(sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN);
}
