import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { textOf as slackText } from '../support/slack.ts';
import { textOf } from '../support/teams.ts';

let program: Program;
beforeEach(async () => {
  program = await startProgram({ people: [{ name: 'ann' }] });
});
afterEach(() => program.stop());

test('[2.2] requested on Slack, decided on Teams, by persons of one organisation', async () => {
  const { slack, teams } = program;
  const rae = teams.user('Rae');
  const ann = slack.user('ann');
  await teams.install(rae);
  await program.room({ name: 'Alps', reviewers: [rae.email] });

  await slack.command(ann, '/book');
  await slack.submit(ann, { topic: 'Across', date: program.day, start: '10:00' });
  const asked = await eventually(() => {
    const card = teams.last(rae);
    expect(textOf(card.card)).toContain('ann asks for Alps');
    return card;
  });
  await teams.click(rae, asked, 'Approve');
  await eventually(async () => expect(slackText(await slack.chat(ann))).toContain('#1001 is approved'));
});

test('[6.4] a person on both platforms is one person, by verified e-mail, and is told once', async () => {
  const { slack, teams } = program;
  const rae = teams.user('Rae');
  const annAtTeams = teams.user('Ann', { email: 'Ann@example.org' });
  const ann = slack.user('ann');
  for (const user of [rae, annAtTeams]) await teams.install(user);
  await program.room({ name: 'Alps', reviewers: [rae.email] });
  await slack.command(ann, '/book');
  await slack.submit(ann, { topic: 'One person', date: program.day, start: '10:00' });
  expect(program.query("SELECT count(*) AS n FROM person WHERE email = 'ann@example.org'")).toEqual([
    { n: 1 },
  ]);

  // Since then she has moved to her other client: that is where she is told.
  await teams.say(annAtTeams, '/bookings');
  expect(textOf(teams.last(annAtTeams).card)).toContain('#1001 One person');
  const asked = await eventually(() => {
    const card = teams.last(rae);
    expect(textOf(card.card)).toContain('asks for');
    return card;
  });
  await teams.click(rae, asked, 'Approve');
  await eventually(() => expect(textOf(teams.last(annAtTeams).card)).toContain('#1001 is approved'));
  expect(slackText(await slack.chat(ann))).not.toContain('#1001 is approved');
});
