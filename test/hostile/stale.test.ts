import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { leaksIn } from './judge.ts';
import { slackButtons } from './old-buttons.ts';
import { about, createPressing, type Pressing } from './pressing.ts';
import { openStage, type Stage } from './stage.ts';

/*
 * Every button of every card stays in the chat while things go on: it is pressed when what it speaks of is decided,
 * moved, somebody else's, cancelled, or never was here. Each answer is a refusal in words, and nothing changes.
 */

let stage: Stage;
let pressing: Pressing;

beforeAll(async () => {
  stage = await openStage();
  pressing = createPressing(stage);
});
beforeEach(() => stage.forget());
afterAll(async () => {
  pressing.close();
  await stage.stop();
});

const bookings = () =>
  stage.program.query<{ id: string; state: string }>(
    "SELECT id, state ->> 'kind' AS state FROM booking ORDER BY number",
  );

test('[2.2] [2.4] [2.5] cards of what was changed, decided, handed over, cancelled or never here', async () => {
  const { all, press, wrongAmong } = pressing;
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
  const drafts = (await pressing.all()).filter(({ command }) => command.startsWith('draft.'));
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
