import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { type TeamsUser, textOf } from '../support/teams.ts';

let program: Program;
let ann: TeamsUser;
let rae: TeamsUser;

beforeEach(async () => {
  program = await startProgram();
  ann = program.teams.user('Ann', { zone: 'Europe/Berlin' });
  rae = program.teams.user('Rae', { zone: 'Europe/Berlin' });
  await program.room({ name: 'Alps', reviewers: [rae.email] });
  for (const user of [ann, rae]) await program.teams.install(user);
});
afterEach(() => program.stop());

const count = (user: TeamsUser, text: string) =>
  program.teams.messages(user).filter((it) => textOf(it.card).includes(text)).length;

async function request(user: TeamsUser, start: string) {
  const { teams } = program;
  const [room] = program.query<{ id: string }>('SELECT id FROM room');
  await teams.say(user, '/book');
  const form = teams.last(user);
  await teams.click(user, form, 'Request', {
    room: room?.id ?? '',
    topic: 'Planning',
    date: program.day,
    start,
    duration: '60',
  });
  return form;
}

test('[2.7] a reminder is neither lost nor sent twice by a restart, and survives the loss of all that is in Redis', async () => {
  const { teams } = program;
  await request(ann, '15:00');
  await eventually(() => expect(count(rae, 'asks for')).toBe(1));
  await teams.click(rae, teams.last(rae), 'Approve');
  await eventually(() => expect(count(ann, 'is approved')).toBe(1));
  await program.restart();
  await program.emptyRedis();
  program.moveTo(program.at('14:45', 'Europe/Berlin'));
  await eventually(() => expect(count(ann, 'In 15 min')).toBe(1));
  await program.restart();
  await request(rae, '16:00');
  expect(count(ann, 'In 15 min')).toBe(1);
  expect(count(rae, 'asks for')).toBe(1);
});

test('[2.5] a cancellation that waits survives a restart and the loss of Redis: its time runs out all the same', async () => {
  const { teams } = program;
  const mine = await request(ann, '15:00');
  await eventually(() => expect(count(rae, 'asks for')).toBe(1));
  await teams.click(rae, teams.last(rae), 'Approve');
  await eventually(() => expect(textOf(mine.card)).toContain('Approved by Rae'));
  await teams.click(ann, mine, 'Cancel booking', { reason: 'Ill' });
  // On the card that was there, and on the one that asks anew.
  await eventually(() => expect(count(rae, 'Reason: Ill')).toBe(2));
  expect(program.query('SELECT count(*) AS n FROM slot')).toEqual([{ n: 1 }]);
  await program.restart();
  await program.emptyRedis();
  const [job] = program.query<{ due_at: number }>("SELECT due_at FROM outbox WHERE name = 'cancel.confirm'");
  program.moveTo(job?.due_at ?? 0);
  await eventually(() => expect(count(ann, '#1001 is cancelled')).toBe(1));
  expect(program.query('SELECT * FROM slot')).toEqual([]);
  expect(program.query('SELECT to_state, actor FROM booking_transition ORDER BY id DESC LIMIT 1')).toEqual([
    { to_state: 'cancelled', actor: 'clock' },
  ]);
  await program.restart();
  await request(rae, '15:00');
  expect(count(ann, '#1001 is cancelled')).toBe(1);
});

test('[2.2] when Teams says that it is too much, the card comes as soon as it may, once', async () => {
  const { teams } = program;
  await request(ann, '15:00');
  await eventually(() => expect(count(rae, 'asks for')).toBe(1));
  teams.fail({ status: 429, retryAfter: 1 }, { status: 502 });
  await teams.click(rae, teams.last(rae), 'Approve');
  await eventually(() => expect(count(ann, 'is approved')).toBe(1));
});

test('[2.1] fifty requests for one slot at once give exactly one booking', async () => {
  const { teams } = program;
  const crowd = Array.from({ length: 50 }, (_, n) => teams.user(`P${n}`, { zone: 'Europe/Berlin' }));
  await Promise.all(crowd.map((user) => request(user, '11:00')));
  expect(program.query('SELECT count(*) AS n FROM booking')).toEqual([{ n: 1 }]);
  expect(program.query('SELECT count(*) AS n FROM slot')).toEqual([{ n: 1 }]);
  const told = crowd.map((user) => textOf(teams.last(user).card));
  expect(told.filter((text) => text.includes('#1001'))).toHaveLength(1);
  expect(told.filter((text) => text.includes('Alps is taken until'))).toHaveLength(49);
});
