import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Config } from '../src/config.ts';
import { options } from './data/template.ts';
import { startChat } from './load/chat.ts';
import { perSecond, senderTo } from './load/measured.ts';
import { fill, slotOf, zone } from './load/organisation.ts';
import type { Memory } from './load/program.ts';
import { startOwnRedis } from './load/redis.ts';
import { slackRequests } from './load/requests.ts';
import { inFolder, spreadOf } from './measure.ts';
import { keep } from './results.ts';

/** Half of them bookings, half of them approvals, with all the messages that follow. */
const requests = options.full ? 2_000 : 400;
const samples = 5;
const atOnce = 20;
/** Of one workspace no more than fifty messages a second are sent. */
const workspaces = 40;
const workspaceOf = (n: number): string => `T${n % workspaces}`;

/** What memory the program takes after so many requests, and after ten times as many: an hour's load, made short. */
export const memory = (): Promise<void> =>
  inFolder(async (folder) => {
    const databasePath = join(folder, 'bench.sqlite');
    await (await fill(databasePath, workspaceOf)).close();
    const redis = await startOwnRedis();
    const chat = await startChat();
    const signingSecret = randomUUID();
    const program = await startProgram({
      organisation: 'Bench',
      slack: {
        signingSecret,
        allowedTeams: Array.from({ length: workspaces }, (_, n) => workspaceOf(n)),
        appToken: null,
        apiUrl: chat.url,
        install: { botToken: 'xoxb-bench' },
      },
      teams: null,
      databasePath,
      redisUrl: redis.url,
      host: '127.0.0.1',
      port: 0,
      publicUrl: null,
      smtp: null,
      adminEmails: [],
      language: 'en',
      zone,
      logLevel: 'error',
    });
    const load = createLoad(databasePath, program.port, slackRequests(signingSecret, chat.url, workspaceOf));
    await load.run(requests);
    await load.run(requests);
    const before = await program.memory();
    await load.run(9 * requests, (done) => console.log(`     ${done} of ${9 * requests} requests`));
    const after = await program.memory();
    for (const [what, of] of [
      ['memory of the process', 'rss'],
      ['what is alive on the heap', 'heap'],
    ] as const)
      keep({
        name: `${what} after ${10 * requests} requests (an hour’s load, made short)`,
        unit: 'MB',
        value: spreadOf(after.map((it) => it[of] / 1e6)),
        beside: `after ${requests}`,
        reference: spreadOf(before.map((it) => it[of] / 1e6)),
        bar: 1.5,
        holds: 'ratio at most',
      });
    load.stop();
    program.stop();
    chat.stop();
    await redis.stop();
  });

async function startProgram(config: Config) {
  const child = fork(new URL('./load/program.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--expose-gc'],
  });
  child.send(config);
  const [port] = (await once(child, 'message')) as [number];
  return {
    port,
    async memory(): Promise<Memory[]> {
      const all: Memory[] = [];
      for (let n = 0; n < samples; n++) {
        child.send('memory');
        const [it] = (await once(child, 'message')) as [Memory];
        all.push(it);
        await sleep(200);
      }
      return all;
    },
    stop: () => child.disconnect(),
  };
}

/** Books, approves what was booked, and waits until all that is due has been told. */
function createLoad(databasePath: string, port: number, slack: ReturnType<typeof slackRequests>) {
  const db = new Database(databasePath, { readonly: true });
  const names = db
    .prepare('SELECT id FROM room ORDER BY CAST(substr(name, 6) AS INTEGER)')
    .pluck()
    .all() as string[];
  const waiting = db.prepare("SELECT id, room FROM booking WHERE state_kind = 'requested' ORDER BY number");
  const due = db
    .prepare("SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending') AND due_at <= ?")
    .pluck();
  const sender = senderTo(port, (answer) => !/went wrong|too fast|out of date|"errors"/i.test(answer));
  let asked = 0;
  const step = 100;

  return {
    async run(count: number, said: (done: number) => void = () => {}): Promise<void> {
      for (let done = 0; done < count; done += 2 * step) {
        const bookings = Array.from({ length: step }, () =>
          slack.book(asked, names[slotOf(asked++).room] ?? ''),
        );
        await perSecond(sender, bookings, atOnce);
        const requested = waiting.all() as Array<{ id: string; room: string }>;
        const approvals = requested.map(({ id, room }) => slack.approve(id, names.indexOf(room)));
        await perSecond(sender, approvals, atOnce);
        while ((due.get(Date.now()) as number) > 0) await sleep(20);
        if ((done / 2 / step) % 5 === 4) said(done + 2 * step);
      }
    },
    stop() {
      sender.close();
      db.close();
    },
  };
}
