import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { OldButton } from './old-buttons.ts';
import { slackForm, teamsForm } from './old-forms.ts';
import { createPressing, named, type Pressing } from './pressing.ts';
import { formOf, openStage, type Stage, secret } from './stage.ts';

/*
 * Series of Ann in Slack and of Tom in Teams, which both reviewers decide: each card stays in its chat and is pressed
 * when the series was planned anew, sent, decided, changed or ended.
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

const daily = { pattern: 'day', ends: 'count', count: '3' };
const why = { reason: 'Ill' };

/** All buttons about series that stand in the chats when everybody has been told. */
const ours = async (...commands: string[]) => {
  await pressing.settled();
  return named(await pressing.all(), ...commands);
};
const kinds = (buttons: readonly OldButton[]) =>
  [...new Set(buttons.map((it) => `${it.of} ${it.command}`))].sort();

/** Ann and Tom ask for a room again and again, as far as the card that asks for the dates. */
async function ask(): Promise<void> {
  const { slack, teams, day, query } = stage.program;
  const { ann, mallory } = stage.slack;
  const { tom, mallet } = stage.teams;
  await slack.command(mallory, '/help', mallory.chat);
  await teams.say(mallet, '/help');
  const [{ id: room = '' } = {}] = query<{ id: string }>('SELECT id FROM room');
  const content = { topic: secret, confidential: true, recurring: true };
  const typed = { ...content, room, date: day, duration: '60' };
  await formOf(slack, ann);
  await slack.submit(ann, { ...typed, start: '12:00' });
  await teams.say(tom, '/book');
  await teams.click(tom, teams.last(tom), 'Request', { ...typed, start: '13:00' });
}

const bookings = () =>
  stage.program.query<{ series: string; day: string; state: string }>(
    'SELECT series, occurrence AS day, state_kind AS state FROM booking WHERE series IS NOT NULL ORDER BY number',
  );

test('[2.1] [2.2] [2.4] [2.5] cards of series that were sent, decided, changed or ended', async () => {
  const { press, pressInTeams, click, having, wrongAmong, stolen } = pressing;
  const { ann, rae } = stage.slack;
  const { tom, reo } = stage.teams;
  const { slack, teams, day } = stage.program;
  const elsewhere = { draft: 'another-workspace', series: 'another-workspace' };

  // Planned, and planned anew.
  await ask();
  const planning = await ours('series.open');
  await press(ann, 'series.open', daily);
  await pressInTeams(tom, 'series.open');
  await pressInTeams(tom, 'series.plan', daily);
  const preview = await ours('series.choose', 'series.send');
  planning.push(...preview);
  expect(kinds(planning).length).toBe(6);
  expect(await wrongAmong(planning, /out of date/, elsewhere)).toEqual([]);
  expect(await wrongAmong(await stolen(planning), /out of date/, {})).toEqual([]);
  await press(ann, 'series.choose');
  await pressInTeams(tom, 'series.choose');
  expect(await wrongAmong(preview, /has changed since you saw it/)).toEqual([]);

  // Sent, pressed twice at once, while the form is open once more.
  planning.push(...(await ours('series.choose', 'series.send')));
  await click(ann, 'series.replan');
  planning.push(slackForm(stage, ann, { count: '4' }));
  await pressInTeams(tom, 'series.replan');
  planning.push(teamsForm(stage, tom, await having(tom, 'series.plan'), 'series.plan', { count: '4' }));
  await press(ann, 'series.send');
  const sends = (await ours('series.send')).filter((it) => it.of === 'Tom');
  await Promise.all([...sends, ...sends].map((it) => it.press()));
  expect(await wrongAmong(planning, /has been sent already/)).toEqual([]);
  const [hers = '', his = '', ...others] = new Set(bookings().map((it) => it.series));
  expect([bookings().length, others]).toEqual([4, []]);

  // Reviewed: a date less than what was asked for, then decided.
  const reviews = () => ours('series.approve', 'series.reject');
  const asked = await reviews();
  expect(kinds(asked).length).toBe(4);
  expect(await wrongAmong(asked, /out of date/, elsewhere)).toEqual([]);
  expect(await wrongAmong(await stolen(asked), /Only the reviewers of this room/, {})).toEqual([]);
  const from = bookings().at(-1)?.day ?? '';
  await click(ann, 'series.show');
  await press(ann, 'series.cancel', { ...why, from });
  await teams.say(tom, '/bookings');
  await pressInTeams(tom, 'series.show');
  await pressInTeams(tom, 'series.cancel', { ...why, from });
  expect(await wrongAmong(asked, /has changed since you saw it/)).toEqual([]);
  asked.push(...(await reviews()));
  await press(rae, 'series.approve', {}, hers);
  await pressInTeams(reo, 'series.approve', {}, his);
  expect(await wrongAmong(asked, /has been decided already/)).toEqual([]);

  // Changed: of two changes that were thought of, one is made, and a form is left open; so with recurrences.
  const left: OldButton[] = [];
  const foreseen: OldButton[] = [];
  for (const [open, form, apply, typed] of [
    [
      'series.change',
      'series.changed',
      'series.apply',
      [{ topic: 'Left' }, { topic: 'One' }, { topic: 'Two' }],
    ],
    [
      'series.pattern',
      'series.patterned',
      'series.repattern',
      ['6', '4', '5'].map((count) => ({ ...daily, count })),
    ],
  ] as const) {
    for (const [n, filled] of typed.entries()) {
      await click(ann, open);
      if (n === 0) left.push(slackForm(stage, ann, filled));
      else await slack.submit(ann, filled);
      await pressInTeams(tom, open);
      if (n === 0) left.push(teamsForm(stage, tom, await having(tom, form), form, filled));
      else await pressInTeams(tom, form, filled);
    }
    const made = await ours(apply);
    expect(made.length).toBe(4);
    expect(await wrongAmong([...left, ...made], /out of date/, elsewhere)).toEqual([]);
    expect(await wrongAmong(await stolen(made), /out of date/, {})).toEqual([]);
    await press(ann, apply);
    await pressInTeams(tom, apply);
    expect(await wrongAmong(made, /has been made already|has changed since you saw it/)).toEqual([]);
    foreseen.push(...made);
  }

  // Ended, and confirmed.
  asked.push(...(await reviews()));
  const ending = await ours('series.cancel');
  await press(ann, 'series.cancel', { ...why, from: day }, hers);
  await pressInTeams(tom, 'series.cancel', { ...why, from: day }, his);
  expect(await wrongAmong(asked, /has changed since you saw it/)).toEqual([]);
  expect(await wrongAmong(ending, /is being cancelled/)).toEqual([]);
  asked.push(...(await reviews()));
  await press(rae, 'series.approve', {}, hers);
  await pressInTeams(reo, 'series.approve', {}, his);
  expect(new Set(bookings().map((it) => it.state))).toEqual(new Set(['cancelled']));
  expect(await wrongAmong(planning, /has been sent already/)).toEqual([]);
  expect(await wrongAmong(asked, /has been decided already/)).toEqual([]);
  expect(await wrongAmong(left, /out of date/)).toEqual([]);
  expect(await wrongAmong(foreseen, /has been made already|out of date/)).toEqual([]);
  expect(await wrongAmong(ending, /no date left/)).toEqual([]);
}, 120_000);
