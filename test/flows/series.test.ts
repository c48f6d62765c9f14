import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import * as slackParts from '../support/slack.ts';
import * as teamsParts from '../support/teams.ts';

/*
 * A series that is being cancelled says so on both platforms, as a whole and on each date, and offers what can be done.
 */

const sentence = 'book every Wednesday 10am 1h 3 people course Alps 3 times';
const asked = /Cancellation of 3 dates asked for; it takes effect by .* at the latest\. Reason: Moved/;

let program: Program;

beforeEach(async () => {
  program = await startProgram({
    people: ['ann', 'rae'].map((name) => ({ name, profile: { tz: 'Europe/Berlin', locale: 'en-US' } })),
  });
  await program.room({ name: 'Alps', reviewers: ['rae@example.org', 'reo@example.org'] });
});
afterEach(() => program.stop());

test('[2.5] Slack: a series that is being cancelled is shown as that, and kept by one click', async () => {
  const { slack } = program;
  const { textOf, buttonsOf } = slackParts;
  const [ann, rae] = [slack.user('ann'), slack.user('rae')];
  const holding = (user: slackParts.SlackUser, ...texts: string[]) =>
    eventually(async () => {
      const found = (await slack.chat(user)).findLast((it) =>
        texts.every((text) => textOf(it).includes(text)),
      );
      if (!found) throw new Error(`${user.name} has no message with ${texts}`);
      return found;
    });
  const labels = (message: slackParts.SlackMessage) => buttonsOf(message).map((it) => it.text.text);

  await slack.say(rae, 'help');
  await slack.say(ann, sentence);
  await slack.click(ann, 'Show the dates', await holding(ann, 'which dates?'));
  await slack.click(ann, 'Request 3 dates', await holding(ann, 'Nothing is sent yet'));
  await slack.click(rae, 'Approve 3 dates', await holding(rae, 'asks for a series'));
  const card = await holding(ann, 'Approved: 3', 'Cancel the series');
  await slack.click(ann, 'Cancel the series', card);
  await slack.submit(ann, { reason: 'Moved' });

  const ending = await holding(ann, 'Being cancelled: 3', 'Headcount');
  expect(textOf(ending)).toMatch(asked);
  expect(textOf(ending)).not.toContain('✅');
  expect(labels(ending)).toEqual(['Open', 'Open', 'Open', 'Keep 3 dates after all']);
  expect(labels(await holding(rae, 'ann cancels dates of a series'))).toEqual([
    'Confirm the cancellation of 3 dates',
  ]);
  await slack.click(ann, 'Keep 3 dates after all', ending);
  await holding(ann, 'Approved: 3', 'Cancel the series');
  // What was done stays on the card when all of them have been brought up to date.
  const refreshes = "SELECT id FROM outbox WHERE kind = 'refresh' AND state IN ('waiting', 'sending')";
  await eventually(() => expect(program.query(refreshes)).toEqual([]));
  const kept = await holding(ann, 'Approved: 3', 'Cancel the series');
  expect(labels(kept)).not.toContain('Keep 3 dates after all');
  expect(textOf(kept)).toContain('3 dates stay.');
});

test('[2.5] Teams: a series that is being cancelled is shown as that, and kept by one click', async () => {
  const { teams } = program;
  const { textOf, buttonsOf } = teamsParts;
  const [tom, reo] = ['Tom', 'Reo'].map((name) => teams.user(name, { zone: 'Europe/Berlin' }));
  if (!tom || !reo) throw new Error('nobody is there');
  for (const user of [tom, reo]) await teams.install(user);
  const holding = (user: teamsParts.TeamsUser, ...texts: string[]) =>
    eventually(() => {
      const found = teams
        .messages(user)
        .findLast(({ card }) => texts.every((text) => textOf(card).includes(text)));
      if (!found) throw new Error(`${user.name} has no card with ${texts}`);
      return found;
    });

  await teams.say(tom, sentence);
  await teams.click(tom, await holding(tom, 'which dates?'), 'Show the dates');
  await teams.click(tom, await holding(tom, 'Nothing is sent yet'), 'Request 3 dates');
  await teams.click(reo, await holding(reo, 'asks for a series'), 'Approve 3 dates');
  const card = await holding(tom, 'Approved: 3', 'Cancel the series');
  await teams.click(tom, card, 'Cancel the series', { reason: 'Moved' });

  const ending = await holding(tom, 'Being cancelled: 3', 'Headcount');
  expect(textOf(ending.card)).toMatch(asked);
  expect(buttonsOf(ending.card)).toEqual(['Open', 'Open', 'Open', 'Keep 3 dates after all']);
  const review = await holding(reo, 'Tom cancels dates of a series');
  expect(buttonsOf(review.card)).toEqual(['Confirm the cancellation of 3 dates']);
  await teams.click(tom, ending, 'Keep 3 dates after all');
  const kept = await holding(tom, 'Approved: 3', 'Cancel the series');
  expect(buttonsOf(kept.card)).not.toContain('Keep 3 dates after all');
});
