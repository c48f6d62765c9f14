import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { type SlackUser, textOf } from '../support/slack.ts';

let program: Program;
let ann: SlackUser;
let bo: SlackUser;
let rae: SlackUser;

beforeEach(async () => {
  const profile = { tz: 'Europe/Berlin', locale: 'en-US' };
  program = await startProgram({
    people: ['ann', 'bo', 'rae'].map((name) => ({ name, profile })),
  });
  await program.room({ name: 'Alps', reviewers: ['rae@example.org'] });
  const { slack } = program;
  [ann, bo, rae] = [slack.user('ann'), slack.user('bo'), slack.user('rae')];
  await slack.command(ann, '/book');
  await slack.submit(ann, {
    topic: 'Review',
    date: program.day,
    start: '15:00',
    duration: '60',
    attendees: [bo.id],
  });
  await slack.click(rae, 'Approve', await messageTo(rae, 'Alps'));
  await messageTo(bo, 'Review');
});
afterEach(() => program.stop());

const messageTo = (user: SlackUser, text: string) =>
  eventually(async () => {
    const found = (await program.slack.chat(user)).findLast((it) => textOf(it).includes(text));
    if (!found) throw new Error(`${user.name} has no message with "${text}"`);
    return found;
  });

test('[2.7] from the reminder: running late, not coming, and coming after all; the host hears each', async () => {
  const { slack } = program;
  program.moveTo(program.at('14:45', 'Europe/Berlin'));
  const reminder = await messageTo(bo, 'In 15 min: Review');
  await slack.click(bo, 'Running late', reminder);
  await slack.submit(bo, { minutes: '10', words: 'Traffic' });
  expect(textOf(await messageTo(ann, 'bo is running late: about 10 min'))).toContain('Traffic');

  await slack.click(bo, 'I can’t come', await messageTo(bo, 'In 15 min: Review'));
  await messageTo(ann, 'bo can’t come');
  await messageTo(ann, 'Can’t come');
  await slack.click(bo, 'I can come after all', await messageTo(bo, 'You are not coming'));
  await messageTo(ann, 'bo can come after all');
});

test('[2.7] the digest that was asked for comes once, over a restart', async () => {
  const { slack } = program;
  await slack.command(bo, '/reminders');
  await slack.click(bo, 'Change');
  await slack.submit(bo, { digest: true, digestTime: '08:00' });
  await program.restart();
  program.moveTo(program.at('08:00', 'Europe/Berlin'));
  expect(textOf(await messageTo(bo, 'Today: 1 meeting'))).toContain('Review');
  await program.restart();
  const digests = (await slack.chat(bo)).filter((it) => textOf(it).includes('Today: 1 meeting'));
  expect(digests).toHaveLength(1);
  const next = "SELECT count(*) AS n FROM outbox WHERE name = 'reminder.day' AND state = 'waiting'";
  expect(program.query(next)).toEqual([{ n: 1 }]);
});
