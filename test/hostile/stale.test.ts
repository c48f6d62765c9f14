import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { changedTables, digest } from '../support/digest.ts';
import { eventually } from '../support/eventually.ts';
import { buttonsOf, type SlackUser } from '../support/slack.ts';
import type { Filled } from '../support/slack-payloads.ts';
import { idle, leaksIn } from './judge.ts';
import { type OldButton, slackButtons, teamsButtons } from './old-buttons.ts';
import { openStage, type Stage } from './stage.ts';

/*
 * Every button of every card stays in the chat while things go on: it is pressed when what it speaks of is decided,
 * moved, somebody else's, cancelled, or never was here. Each answer is a refusal in words, and nothing changes.
 */

let stage: Stage;
let db: Database.Database;

beforeAll(async () => {
  stage = await openStage();
  db = new Database(stage.program.databasePath, { readonly: true });
});
beforeEach(() => stage.forget());
afterAll(async () => {
  db.close();
  await stage.stop();
});

/** What may go on by itself. */
const moving = ['outbox', 'live_card', 'inbox', 'deployment', 'person'];

const all = async (): Promise<OldButton[]> =>
  (
    await Promise.all([
      ...Object.values(stage.slack).map((user) => slackButtons(stage, user)),
      ...Object.values(stage.teams).map((user) => teamsButtons(stage, user)),
    ])
  ).flat();

/** Waits until everybody has been told everything: what comes of itself is no answer to a click. */
async function settled(): Promise<void> {
  const due = "SELECT name FROM outbox WHERE state IN ('waiting', 'sending') AND due_at <= ?";
  await eventually(() => expect(stage.program.query(due, stage.program.now())).toEqual([]));
  await idle(stage);
}

/** A hand-over is asked for in a form, whose person is looked at first. */
const nobodyChosen = /choose who is to take it over/;

/** Presses all of them. @returns which were not refused as `says` has it, or changed something. */
async function wrongAmong(buttons: readonly OldButton[], says: RegExp, changed?: Record<string, string>) {
  expect(buttons.length).toBeGreaterThan(0);
  await settled();
  const wrong: string[] = [];
  for (const button of buttons) {
    const before = digest(db, moving);
    const answer = await button.press(changed);
    const tables = changedTables(before, digest(db, moving));
    const name = `${button.command} by ${button.of}`;
    if (tables.length > 0) wrong.push(`${name} changed ${tables}`);
    if (!says.test(answer) && !nobodyChosen.test(answer)) wrong.push(`${name} was answered: ${answer}`);
    if (changed && leaksIn(stage, answer).length > 0) wrong.push(`${name} shows ${leaksIn(stage, answer)}`);
  }
  return [...new Set(wrong)];
}

/** Presses the button for a command, with what it asks for. */
async function press(user: SlackUser, command: string, filled?: Filled): Promise<void> {
  const { slack } = stage.program;
  const has = (it: { value?: string }) => it.value?.includes(`"${command}"`) ?? false;
  const message = await eventually(async () => {
    const found = (await slack.chat(user)).findLast((it) => buttonsOf(it).some(has));
    return found ?? Promise.reject(new Error(`${user.name} has no button for ${command}`));
  });
  const label = buttonsOf(message).find(has)?.text.text ?? '';
  const shown = await slack.click(user, label, message);
  if (shown.kind === 'view' && 'errors' in (await slack.submit(user, filled ?? {})))
    throw new Error(`${command} was not taken`);
}

const about = (buttons: readonly OldButton[], booking: string) =>
  buttons.filter(({ data }) => data.booking === booking);
const bookings = () =>
  stage.program.query<{ id: string; state: string }>(
    "SELECT id, state ->> 'kind' AS state FROM booking ORDER BY number",
  );

test('[2.2] [2.4] [2.5] cards of what was changed, decided, handed over, cancelled or never here', async () => {
  const { ann, rae, mallory } = stage.slack;
  const [hers, his] = bookings().map((it) => it.id) as [string, string];
  await eventually(async () =>
    expect(
      new Set((await all()).filter((it) => it.command === 'approval.approve').map((it) => it.of)).size,
    ).toBe(2),
  );
  const first = await all();
  expect(new Set(first.map((it) => it.of))).toEqual(new Set(['ann', 'rae', 'Tom', 'Reo']));

  const elsewhere = first.filter((it) => it.data.booking);
  expect(
    await wrongAmong(elsewhere, /no longer|not found|out of date|gone/i, { booking: 'another-workspace' }),
  ).toEqual([]);

  // Of an older form: what the reviewers saw is not what is asked for any more.
  await press(ann, 'change.open', { start: '16:00' });
  const reviewers = about(first, hers).filter(({ command }) => command.startsWith('approval.'));
  expect(await wrongAmong(reviewers, /changed/i)).toEqual([]);

  // Asked something: the answer is a button of the host.
  const [ask] = about(await all(), hers).filter((it) => it.command === 'approval.ask' && it.of === 'rae');
  await ask?.press();
  await eventually(async () =>
    expect((await slackButtons(stage, ann)).map((it) => it.command)).toContain('approval.answer'),
  );

  // Decided: by one on Slack, and both platforms hear of it.
  const second = await all();
  for (const booking of [hers, his]) {
    const [approve] = about(second, booking).filter(
      (it) => it.command === 'approval.approve' && it.of === 'rae',
    );
    await approve?.press();
  }
  await eventually(() => expect(bookings().map((it) => it.state)).toEqual(['approved', 'approved']));
  const undecided = [...first, ...second].filter((it) => it.data.booking);
  expect(await wrongAmong(undecided, /decided|changed|already|no longer|approved/i)).toEqual([]);

  // Handed over: nothing of it is the old host's any more.
  const third = await all();
  await press(ann, 'change.handOver', { to: mallory.id });
  await press(mallory, 'change.acceptHandover');
  const former = about([...third, ...(await slackButtons(stage, ann))], hers).filter((it) => it.of === 'ann');
  expect(await wrongAmong(former, /host|no longer|out of date/i)).toEqual([]);

  // Cancelled, and confirmed: all cards that ever were.
  const fourth = await all();
  await press(mallory, 'cancel.request', { reason: 'Ill' });
  await press(rae, 'cancel.confirm');
  await eventually(() => expect(bookings()[0]?.state).toBe('cancelled'));
  const everything = about([...first, ...second, ...third, ...fourth, ...(await all())], hers);
  const ended = everything.filter(({ command }) => command !== 'draft.fromBooking');
  expect(await wrongAmong(ended, /cancelled|already|decided|changed|no longer|host|out of date/i)).toEqual(
    [],
  );
}, 120_000);

test('[2.1] what was worked out for a room that has been removed since books nothing', async () => {
  const { slack, teams, day } = stage.program;
  const { ann, rae } = stage.slack;
  const { tom } = stage.teams;
  await slack.command(ann, `/book ${day} 9am 1h Alps retro`);
  await teams.say(tom, `/book ${day} 10am 1h Alps retro`);
  const drafts = (await all()).filter(({ command }) => command.startsWith('draft.'));
  expect(new Set(drafts.map((it) => it.of))).toEqual(new Set(['ann', 'Tom']));
  await slack.command(rae, '/rooms edit Alps');
  await slack.submit(rae, { active: false });
  const count = () => stage.program.query('SELECT count(*) AS n FROM slot');
  const before = count();
  for (const draft of drafts) {
    const answer = await draft.press();
    expect(answer).toMatch(/room/i);
    expect(leaksIn(stage, answer)).toEqual([]);
  }
  expect(count()).toEqual(before);
}, 60_000);
