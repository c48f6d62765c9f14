import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { buttonsOf, type SlackUser, textOf } from '../support/slack.ts';
import { clickHome, homeOf, openHome } from '../support/slack-home.ts';

let program: Program;
let ann: SlackUser;
let bo: SlackUser;
let rae: SlackUser;

beforeEach(async () => {
  program = await startProgram({
    people: [
      { name: 'ann', profile: { tz: 'Europe/Berlin', locale: 'en-US' } },
      { name: 'bo', profile: { tz: 'Asia/Taipei', locale: 'zh-TW' } },
      { name: 'rae', profile: { tz: 'Europe/Berlin', locale: 'en-US' } },
      { name: 'gus', profile: { is_restricted: true } },
    ],
  });
  await program.room({ name: 'Alps', reviewers: ['rae@example.org'] });
  const { slack } = program;
  [ann, bo, rae] = [slack.user('ann'), slack.user('bo'), slack.user('rae')];
});
afterEach(() => program.stop());

test('[2.1] the Home tab: from Book now to the reviewer’s and the attendee’s tab, fresh at every opening', async () => {
  const { slack } = program;
  expect(textOf(await openHome(slack, ann))).toContain('You have no meetings ahead.');
  expect((await clickHome(slack, ann, 'Book now')).kind).toBe('view');
  const sent = await slack.submit(ann, {
    topic: 'Design review',
    date: program.day,
    start: '15:00',
    duration: '60',
    attendees: [bo.id],
  });
  expect(textOf(sent)).toContain('#1001');
  await eventually(() => expect(textOf(homeOf(slack, ann))).toContain('#1001 Design review'));

  expect(textOf(await openHome(slack, rae))).toContain('1 request waits for your decision');
  const listed = await clickHome(slack, rae, 'Approvals');
  if (listed.kind !== 'message') throw new Error('no list');
  await slack.click(rae, 'Approve', listed.message);
  await openHome(slack, rae);
  await eventually(() => expect(textOf(homeOf(slack, rae))).not.toContain('waits for your decision'));

  const his = textOf(await openHome(slack, bo));
  expect(his).toContain('#1001 Design review');
  expect(his).toContain('bo 您好');
  expect(his).toContain('22:00');
});

test('[2.4] a booking that somebody asks to take over stands in the Home tab until it is answered', async () => {
  const { slack } = program;
  await slack.command(ann, '/book', ann.chat);
  await slack.submit(ann, { topic: 'Design review', date: program.day, start: '15:00', duration: '60' });
  const mine = await eventually(async () => {
    const found = (await slack.chat(ann)).find((it) => textOf(it).includes('#1001'));
    if (!found) throw new Error('no card of the booking');
    return found;
  });
  await slack.click(ann, 'Hand over', mine);
  expect(await slack.submit(ann, { to: bo.id })).toEqual({ closed: true });
  expect(textOf(await openHome(slack, bo))).toContain('ann 想請您接手 #1001');
  await clickHome(slack, bo, '接手');
  await eventually(async () => expect(textOf(await slack.chat(bo))).toContain('這筆預約現在是您的了。'));
  await eventually(() => expect(textOf(homeOf(slack, bo))).not.toContain('想請您接手'));
  expect(textOf(homeOf(slack, bo))).toContain('#1001 Design review');
});

test('[2.1] defaults that are saved over the Home tab stand in it at once', async () => {
  const { slack } = program;
  await openHome(slack, ann);
  expect((await clickHome(slack, ann, 'My defaults')).kind).toBe('view');
  expect(textOf(await slack.submit(ann, { site: 'Berlin', minutes: '60' }))).toContain('Berlin · 1 h');
  await eventually(() => expect(textOf(homeOf(slack, ann))).toContain('Berlin · 1 h'));
});

test('[3.1] a guest reads in the Home tab why there is nothing', async () => {
  const home = await openHome(program.slack, program.slack.user('gus'));
  expect(textOf(home)).toContain('Rooms are for full members of the organisation');
  expect(buttonsOf(home)).toEqual([]);
});
