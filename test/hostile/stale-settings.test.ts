import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { slackForm, teamsForm } from './old-forms.ts';
import { createPressing, named, type Pressing } from './pressing.ts';
import { openStage, type Stage } from './stage.ts';

/*
 * What admins and reviewers set, pressed when it has been set otherwise: rules that have a newer version,
 * absences that have ended, and statistics that are posted no more.
 */

let stage: Stage;
let pressing: Pressing;

beforeAll(async () => {
  stage = await openStage();
  pressing = createPressing(stage);
  await stage.program.slack.command(stage.slack.mallory, '/help', stage.slack.mallory.chat);
  await stage.program.teams.say(stage.teams.mallet, '/help');
});
beforeEach(() => stage.forget());
afterAll(async () => {
  pressing.close();
  await stage.stop();
});

const ours = async (...commands: string[]) => {
  await pressing.settled();
  return named(await pressing.all(), ...commands);
};

test('[2.2] [10.2] buttons and forms of an older version of the rules change nothing', async () => {
  const { click, stolen, wrongAmong } = pressing;
  const { rae } = stage.slack;
  const { slack } = stage.program;
  const open = async (command: string) => {
    await slack.command(rae, '/rules', rae.chat);
    await click(rae, 'rules.approval');
    if (command !== 'rules.approval') await click(rae, command);
  };
  const add = async (name: string) => {
    await open('rules.addRule');
    expect(await slack.submit(rae, { name, decision: 'ask' })).toHaveProperty('view');
  };
  await slack.command(rae, '/rules', rae.chat);
  await click(rae, 'rules.limits');
  const left = [slackForm(stage, rae, { horizonDays: '30' })];
  await open('rules.addRule');
  left.push(slackForm(stage, rae, { name: 'Late', decision: 'ask' }));
  await add('One');
  await add('Two');
  await open('rules.approval');
  const buttons = await ours('rules.move', 'rules.removeRule');
  expect(new Set(buttons.map((it) => `${it.command} ${it.data.to}`)).size).toBe(3);
  await add('Three');
  expect(await wrongAmong(buttons, /Nothing was done: rae has made version/)).toEqual([]);
  expect(await wrongAmong(left, /has made version .* since this form was opened/)).toEqual([]);
  expect(await wrongAmong(await stolen(buttons), /Only an admin/, {})).toEqual([]);
}, 60_000);

test('[7.1] absences that have ended, are somebody else’s, or are entered already', async () => {
  const { press, pressInTeams, having, stolen, wrongAmong } = pressing;
  const { ann, rae } = stage.slack;
  const { tom, reo } = stage.teams;
  const { slack, teams, day } = stage.program;
  const days = { from: day, until: day };
  await slack.command(rae, '/duties away', rae.chat);
  const left = [slackForm(stage, rae, { ...days, substitute: ann.id })];
  await slack.command(rae, '/duties away', rae.chat);
  await slack.submit(rae, { ...days, substitute: ann.id });
  const typed = { ...days, substitute: [tom.aadObjectId] };
  await teams.say(reo, '/duties away');
  left.push(teamsForm(stage, reo, await having(reo, 'duties.save'), 'duties.save', typed));
  await teams.say(reo, '/duties away');
  await pressInTeams(reo, 'duties.save', typed);
  await slack.command(rae, '/duties', rae.chat);
  const ending = await ours('duties.end');
  const [his = ''] = ending.filter((it) => it.of === 'Reo').map((it) => it.data.substitution);
  const [hers = ''] = ending.map((it) => it.data.substitution ?? '').filter((it) => it !== his);
  expect(await wrongAmong(ending, /out of date/, { substitution: 'another-workspace' })).toEqual([]);
  expect(await wrongAmong(await stolen(ending), /out of date/, {})).toEqual([]);
  const notHis = ending.filter((it) => it.of === 'Reo');
  expect(await wrongAmong(notHis, /out of date/, { substitution: hers })).toEqual([]);
  expect(await wrongAmong(left, /overlaps with the time/)).toEqual([]);
  await press(rae, 'duties.end', {}, hers);
  await pressInTeams(reo, 'duties.end');
  expect(await wrongAmong(ending, /out of date/)).toEqual([]);
}, 60_000);

test('[2.8] statistics in a channel that were stopped, and set up anew', async () => {
  const { press, stolen, wrongAmong } = pressing;
  const { rae } = stage.slack;
  const { slack } = stage.program;
  await slack.command(rae, '/stats weekly', 'C000000001');
  const stop = await ours('statistics.stop');
  expect(await wrongAmong(stop, /out of date/, { schedule: 'another-workspace' })).toEqual([]);
  expect(await wrongAmong(await stolen(stop), /by admins and supervisors/, {})).toEqual([]);
  await press(rae, 'statistics.stop');
  expect(await wrongAmong(stop, /was stopped before/)).toEqual([]);
  await slack.command(rae, '/stats weekly', 'C000000001');
  expect(await wrongAmong(stop, /was stopped before/)).toEqual([]);
}, 60_000);
