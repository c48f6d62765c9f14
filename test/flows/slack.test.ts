import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { buttonsOf, inputsOf, type SlackUser, textOf } from '../support/slack.ts';

let program: Program;
let ann: SlackUser;
let bo: SlackUser;
let rae: SlackUser;

beforeEach(async () => {
  program = await startProgram({
    people: [
      { name: 'ann', profile: { tz: 'Europe/Berlin', locale: 'en-US' } },
      { name: 'bo', profile: { tz: 'Asia/Taipei', locale: 'zh-TW' } },
      { name: 'rae', profile: { tz: 'America/New_York', locale: 'en-US' } },
      { name: 'gus', profile: { is_restricted: true } },
    ],
    admins: ['rae@example.org'],
  });
  await program.room({ name: 'Alps', reviewers: ['rae@example.org'] });
  const { slack } = program;
  [ann, bo, rae] = [slack.user('ann'), slack.user('bo'), slack.user('rae')];
});
afterEach(() => program.stop());

const fill = (other: Record<string, string | string[] | boolean> = {}) => ({
  topic: 'Design review',
  date: program.day,
  start: '15:00',
  duration: '60',
  ...other,
});

const alps = () => program.query<{ id: string }>("SELECT id FROM room WHERE name = 'Alps'")[0]?.id ?? '';

const cardOf = (user: SlackUser, text: string) =>
  eventually(async () => {
    const found = (await program.slack.chat(user)).findLast((it) => textOf(it).includes(text));
    if (!found) throw new Error(`${user.name} has no message with "${text}"`);
    return found;
  });

test('[2.1] the modal comes back with what is wrong at the field', async () => {
  const { slack } = program;
  await slack.command(ann, '/book');
  expect(await slack.submit(ann, fill({ room: alps(), headcount: '9' }))).toEqual({
    errors: { headcount: expect.stringContaining('(rule 3.4)') },
  });
  expect(await slack.submit(ann, fill({ room: alps(), start: '06:00' }))).toEqual({
    errors: { start: expect.stringContaining('08:00') },
  });
  expect(inputsOf(slack.view(ann)).has('topic')).toBe(true);
  expect(program.query('SELECT * FROM booking')).toEqual([]);
});

test('[2.2] [2.3] [2.7] request, approval card, approval, and a reminder for each in their own language and zone', async () => {
  const { slack } = program;
  await slack.command(ann, '/book');
  const sent = await slack.submit(ann, fill({ attendees: [bo.id] }));
  expect(textOf(sent)).toContain('#1001');
  const mine = await cardOf(ann, 'Waiting for approval');
  const asked = await cardOf(rae, 'Alps');
  expect(textOf(asked)).toContain('09:00');
  expect(textOf(asked)).toContain('15:00');

  await slack.click(rae, 'Approve', asked);
  await eventually(async () => {
    const [hers, his] = [await slack.chat(rae), await slack.chat(ann)];
    expect(textOf(hers.find((it) => it.ts === asked.ts))).toContain('Approved by rae');
    expect(textOf(his.find((it) => it.ts === mine.ts))).toContain('Approved by rae');
  });
  await cardOf(ann, '#1001 is approved');
  await cardOf(bo, '22:00');

  program.moveTo(program.at('14:45', 'Europe/Berlin'));
  await cardOf(ann, 'In 15 min: Design review');
  const reminder = await cardOf(bo, '15');
  expect(textOf(reminder)).toMatch(/\p{Script=Han}/u);
});

test('[2.2] a rejection needs a reason, and the host hears it', async () => {
  const { slack } = program;
  await slack.command(ann, '/book');
  await slack.submit(ann, fill());
  const asked = await cardOf(rae, 'Alps');
  await slack.click(rae, 'Reject', asked);
  await slack.submit(rae, { reason: 'Painters <!channel> *are* in' });
  const told = await cardOf(ann, 'Painters');
  expect(textOf(told)).toContain('*are* in');
  expect(told.text).not.toContain('<!channel>');
  await eventually(async () => {
    const now = (await slack.chat(rae)).find((it) => it.ts === asked.ts);
    expect(buttonsOf(now ?? { blocks: [] })).toEqual([]);
  });
  expect(program.query('SELECT * FROM slot')).toEqual([]);
});

/** Ann’s booking of Alps with Bo, approved; the cards of Ann and Rae. */
async function approved() {
  const { slack } = program;
  await slack.command(ann, '/book');
  await slack.submit(ann, fill({ room: alps(), attendees: [bo.id] }));
  const asked = await cardOf(rae, 'ann asks for Alps');
  await slack.click(rae, 'Approve', asked);
  await cardOf(ann, '#1001 is approved');
  return eventually(async () => {
    const mine = await cardOf(ann, 'Booking #1001');
    expect(textOf(mine)).toContain('Approved by rae');
    return mine;
  });
}

const slots = () =>
  program.query<{ part: string; start_at: number }>('SELECT part, start_at FROM slot ORDER BY start_at');
const berlin = (time: string) => program.at(time, 'Europe/Berlin');

test('[2.4] a change is typed into the form as it is, goes back to review, and moves it in one step', async () => {
  const { slack } = program;
  const mine = await approved();
  await slack.click(ann, 'Change', mine);
  await slack.submit(ann, { start: '17:00' });
  const again = await cardOf(rae, 'ann wants to change a booking of Alps');
  expect(slots()).toEqual([
    { part: 'own', start_at: berlin('15:00') },
    { part: 'change', start_at: berlin('17:00') },
  ]);
  await slack.click(rae, 'Approve', again);
  await cardOf(ann, '#1001 has changed: Design review');
  const told = await cardOf(bo, '→');
  expect(textOf(told)).toMatch(/22:00.*→.*00:00/s);
  expect(slots()).toEqual([{ part: 'own', start_at: berlin('17:00') }]);
  await eventually(async () => {
    const now = (await slack.chat(ann)).find((it) => it.ts === mine.ts);
    expect(textOf(now)).toContain('17:00 – 18:00');
  });
});

test('[2.5] a cancellation needs a reason, a reviewer confirms it, and the attendees hear it', async () => {
  const { slack } = program;
  const mine = await approved();
  await slack.click(ann, 'Cancel booking', mine);
  await slack.submit(ann, { reason: 'Everybody is ill' });
  const asked = await cardOf(rae, 'Everybody is ill');
  expect(slots()).toHaveLength(1);
  await slack.click(rae, 'Confirm cancellation', asked);
  await cardOf(ann, '#1001 is cancelled');
  const told = await cardOf(bo, 'Everybody is ill');
  expect(textOf(told)).toMatch(/取消/);
  expect(slots()).toEqual([]);
});

test('[2.1] “find me one” takes a free room, and the form turns into the answer', async () => {
  const { slack } = program;
  await slack.command(ann, '/book');
  expect(textOf(await slack.submit(ann, fill({ room: 'any' })))).toContain('Alps');
});

test('[2.2] a reviewer who was only imported by e-mail is found and asked', async () => {
  const { slack } = program;
  expect(program.query('SELECT * FROM account')).toEqual([]);
  await slack.command(ann, '/book');
  await slack.submit(ann, fill());
  await cardOf(rae, 'ann asks for Alps');
});

test('[3.1] a guest of the workspace is refused in one sentence', async () => {
  const { slack } = program;
  const gus = slack.user('gus');
  const shown = await slack.command(gus, '/book');
  expect(textOf(shown)).toContain('Rooms are for full members of the organisation');
  expect(program.query("SELECT kind FROM audit WHERE kind = 'refused'")).toHaveLength(1);
});

test('[2.2] nobody decides their own request: it goes to the others, else to the admins', async () => {
  const { slack } = program;
  await program.room({ name: 'Own', reviewers: ['ann@example.org'] });
  await slack.command(ann, '/rooms own');
  await slack.click(ann, 'Book');
  await slack.submit(ann, fill());
  await cardOf(rae, 'Own');
  await slack.command(ann, '/approvals');
  expect(textOf(slack.ephemerals(ann))).toContain('Nothing waits for you');
});

test('[2.1] the room wanted is found while typing', async () => {
  const { slack } = program;
  for (const name of ['Everest', 'Everest Annex'])
    await program.room({ name, reviewers: ['rae@example.org'] });
  await slack.command(ann, '/book');
  const options = await slack.search(ann, 'room', 'ever');
  expect(options.map((it) => it.label)).toEqual(['Everest · Berlin · 8', 'Everest Annex · Berlin · 8']);
});
