import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import { type Check, check } from './checks/check.ts';
import { foul } from './weather.ts';
import { query, type World } from './world.ts';

const hour = 3_600_000;
const week = 7 * 24 * hour;
const weeks = 3;
/** Longer than any retry waits. */
const ahead = hour / 3;
const patience = 60_000;
const channel = 'C000000001';

/**
 * Statistics every Monday in a channel, while the clock goes on by weeks and back by an hour, the process is killed when
 * they are due, and Slack is in trouble.
 */
export async function postOverWeeks(world: World, chance: Chance): Promise<Check> {
  const { bot, slack, weather } = world;
  const rae = slack.user('Rae');
  let worst = 0;
  const posts = () => query<{ id: string; state: string }>(world.disk.databasePath, ofPosts);
  const until = async (count: number): Promise<void> => {
    const end = Date.now() + patience;
    while (posts().filter(({ state }) => state === 'done').length < count && Date.now() < end)
      await sleep(200);
  };

  await bot.watchOver();
  await slack.command(rae, `/stats weekly <#${channel}|facilities>`, rae.chat);
  await until(1);
  for (let n = 1; n <= weeks; n++) {
    weather.set(foul);
    await bot.setClock(n * week);
    await sleep(chance.between(0, 2_000));
    if (posts().some(({ state }) => state === 'sending')) worst += 1;
    await bot.end('SIGKILL');
    await bot.up();
    await bot.setClock(n * week - hour);
    await sleep(500);
    weather.set(0);
    await bot.setClock(n * week + ahead);
    await until(n + 1);
  }

  const rows = posts();
  const messages = Map.groupBy(slack.posted, ({ delivery }) => delivery);
  const of = (id: string) => messages.get(id) ?? [];
  const ended = (id: string) => world.inHand.filter((it) => it.id === id).length;
  const hidden = rows.flatMap(({ id }) => of(id)).filter((it) => it.hidden).length;
  return check(
    'statistics were posted in a channel in every week that was due, and never twice but where Slack hid one or the process was ended with one in hand',
    [
      ...(rows.length === weeks + 1 ? [] : [`${rows.length} posts in ${weeks + 1} weeks`]),
      ...rows.filter(({ state }) => state !== 'done').map(({ state }) => `a post is ${state}`),
      ...rows.filter(({ id }) => of(id).length === 0).map(({ id }) => `nothing of row ${id} in the channel`),
      ...rows
        .filter(({ id }) => of(id).length - 1 > of(id).filter((it) => it.hidden).length + ended(id))
        .map(({ id }) => `${of(id).length} posts of row ${id}`),
    ],
    `${rows.length} weeks, ${rows.flatMap(({ id }) => of(id)).length} posts, ${hidden} of them hidden; ${weeks} × kill -9, ${worst} of them while one was sent`,
  );
}

const ofPosts = "SELECT id, state FROM outbox WHERE kind = 'post' AND name LIKE 'statistics.%'";
