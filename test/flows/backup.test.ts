import { rmSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { backUp } from '../../src/backup/backup.ts';
import { restore } from '../../src/backup/restore.ts';
import { openReader } from '../../src/db/reader.ts';
import { walkChain } from '../../src/features/booking/chain.ts';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { inputsOf, type SlackUser, textOf } from '../support/slack.ts';

/** As long as the machine may take. */
const patienceMs = 120_000;

let program: Program;
let ann: SlackUser;
let rae: SlackUser;
let file: string;

beforeEach(async () => {
  const profile = { tz: 'Europe/Berlin', locale: 'en-US' };
  program = await startProgram({ people: ['ann', 'rae'].map((name) => ({ name, profile })) });
  await program.room({ name: 'Alps', reviewers: ['rae@example.org'] });
  ann = program.slack.user('ann');
  rae = program.slack.user('rae');
  file = `${program.databasePath}-backup`;
});
afterEach(() => program.stop());

const back = () => backUp({ databasePath: program.databasePath, file, replace: false, onProgress() {} });
const putBack = () =>
  restore({ databasePath: program.databasePath, file, replace: true, now: program.now() });

async function request(topic: string, start: string): Promise<void> {
  await program.slack.command(ann, '/book');
  // Right after a start it takes a moment, in which another view stands there.
  await eventually(() => expect([...inputsOf(program.slack.view(ann)).keys()]).toContain('topic'));
  await program.slack.submit(ann, { topic, date: program.day, start, duration: '30' });
  await count(rae, `Topic: ${topic}`, 1);
}

const messages = async (user: SlackUser, text: string) =>
  (await program.slack.chat(user)).filter((it) => textOf(it).includes(text));
const count = (user: SlackUser, text: string, times: number) =>
  eventually(async () => expect(await messages(user, text)).toHaveLength(times));

async function approve(topic: string) {
  const [card] = await messages(rae, `Topic: ${topic}`);
  await program.slack.click(rae, 'Approve', card);
  await eventually(async () => {
    const told = (await messages(ann, topic)).filter((it) => textOf(it).includes('is approved'));
    expect(told).toHaveLength(1);
  });
}

test(
  '[2.7] restored, the bot has all that was answered before the backup, and reminds of it once',
  async () => {
    await request('Before', '15:00');
    await approve('Before');
    await request('Undecided', '16:00');
    const counts = await back();
    expect(counts.booking).toBe(2);
    await request('After', '17:00');
    await approve('Undecided');
    let kept: string | null = null;
    await program.restart(() => {
      kept = putBack().keptAs;
    });
    await program.emptyRedis();
    expect(program.query('SELECT topic, state_kind FROM booking ORDER BY number')).toEqual([
      { topic: 'Before', state_kind: 'approved' },
      { topic: 'Undecided', state_kind: 'requested' },
    ]);
    // The slot is free again, and who was asked before is asked no second time.
    await request('After all', '17:00');
    expect(await messages(rae, 'Topic: Undecided')).toHaveLength(1);
    program.moveTo(program.at('14:45', 'Europe/Berlin'));
    await count(ann, 'In 15 min: Before', 1);
    await request('The last', '18:00');
    expect(await messages(ann, 'In 15 min')).toHaveLength(1);
    const old = new Database(String(kept), { readonly: true });
    expect(old.prepare('SELECT topic FROM booking ORDER BY number').pluck().all()).toEqual([
      'Before',
      'Undecided',
      'After',
    ]);
    old.close();
  },
  patienceMs,
);

test(
  '[2.7] what was told after the backup was made is not told again where the chat can be asked',
  async () => {
    await request('Planning', '15:00');
    await approve('Planning');
    await back();
    program.moveTo(program.at('14:45', 'Europe/Berlin'));
    await count(ann, 'In 15 min: Planning', 1);
    await program.restart(putBack);
    const waits =
      "SELECT count(*) AS n FROM outbox WHERE name LIKE 'reminder%' AND state IN ('waiting', 'sending') AND due_at <= ?";
    await eventually(() => expect(program.query(waits, program.now())).toEqual([{ n: 0 }]));
    expect(await messages(ann, 'In 15 min: Planning')).toHaveLength(1);
  },
  patienceMs,
);

test(
  '[2.6] a backup that is made while people book holds together',
  async () => {
    const { slack } = program;
    let open = true;
    const load = (async () => {
      for (let n = 0; open; n++) {
        const start = `${String(8 + Math.floor(n / 2)).padStart(2, '0')}:${n % 2 ? '30' : '00'}`;
        await slack.command(ann, '/book');
        await slack.submit(ann, { topic: `Meeting ${n}`, date: program.day, start, duration: '30' });
      }
    })();
    for (let n = 0; n < 5; n++) {
      rmSync(file, { force: true });
      const counts = await back();
      const { read, close } = openReader(file);
      const { linked, broken } = await walkChain(read);
      close();
      expect({ broken, linked }).toEqual({ broken: null, linked: counts.booking_transition });
    }
    open = false;
    await load;
    expect(statSync(file).mode & 0o777).toBe(0o600);
  },
  patienceMs,
);

test(
  '[2.7] nothing is restored over a bot that runs',
  async () => {
    await back();
    expect(putBack).toThrow('Another process is running on the database');
  },
  patienceMs,
);
