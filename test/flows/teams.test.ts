import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { buttonsOf, inputValue, type TeamsUser, textOf } from '../support/teams.ts';

let program: Program;
let ann: TeamsUser;
let bo: TeamsUser;
let rae: TeamsUser;

beforeEach(async () => {
  program = await startProgram();
  const { teams } = program;
  ann = teams.user('Ann', { zone: 'Europe/Berlin' });
  bo = teams.user('Bo', { zone: 'Asia/Taipei', locale: 'zh-TW' });
  rae = teams.user('Rae', { zone: 'America/New_York' });
  await program.room({ name: 'Alps', reviewers: [rae.email] });
  for (const user of [ann, bo, rae]) await teams.install(user);
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

/** Ann asks for a room, with Bo invited; her card. */
async function book(other: Record<string, string | string[] | boolean> = {}) {
  const { teams } = program;
  await teams.say(ann, '/book');
  const form = teams.last(ann);
  await teams.click(ann, form, 'Request', fill({ attendees: [bo.aadObjectId], ...other }));
  return form;
}

const lastText = (user: TeamsUser) => textOf(program.teams.last(user).card);
const cardOf = async (user: TeamsUser, text: string) =>
  eventually(() => {
    const found = program.teams.messages(user).findLast((it) => textOf(it.card).includes(text));
    if (!found) throw new Error(`${user.name} has no card with "${text}"`);
    return found;
  });

test('[2.1] the form comes back with what is wrong at the field and everything typed kept', async () => {
  const { teams } = program;
  await teams.say(ann, 'book');
  const form = teams.last(ann);
  await teams.click(
    ann,
    form,
    'Request',
    fill({ headcount: '1', room: alps(), attendees: [bo.aadObjectId], note: 'Window' }),
  );
  expect(textOf(form.card)).toContain(
    'The headcount includes you and everybody invited, so it is at least 2.',
  );
  expect(textOf(form.card)).toContain('(rule 3.4)');
  expect(inputValue(form.card, 'topic')).toBe('Design review');
  expect(inputValue(form.card, 'note')).toBe('Window');
  expect(inputValue(form.card, 'attendees')).toBe(bo.aadObjectId);
  expect(program.query('SELECT * FROM booking')).toEqual([]);

  await teams.click(
    ann,
    form,
    'Request',
    fill({ headcount: '2', room: alps(), attendees: [bo.aadObjectId], note: 'Window' }),
  );
  expect(textOf(form.card)).toContain('Booking #1001');
  expect(textOf(form.card)).toContain('Waiting for approval');
  expect(buttonsOf(form.card)).toContain('Withdraw');
});

test('[2.2] [2.3] [2.7] request, approval card, approval, and a reminder for each in their own language and zone', async () => {
  const { teams } = program;
  const mine = await book();
  const asked = await cardOf(rae, 'Ann asks for Alps');
  expect(textOf(asked.card)).toContain('Design review');
  expect(textOf(asked.card)).toContain('09:00'); // New York
  expect(textOf(asked.card)).toContain('15:00'); // the room's own zone
  expect(textOf(asked.card)).toContain('2 of at most 8');

  await teams.click(rae, asked, 'Approve');
  expect(textOf(asked.card)).toContain('Approved by Rae');
  expect(buttonsOf(asked.card)).toEqual(['Cancel booking']);
  await eventually(() => expect(textOf(mine.card)).toContain('Approved by Rae'));
  await cardOf(ann, '#1001 is approved');
  await eventually(() => expect(lastText(bo)).toContain('22:00')); // Taipei
  await eventually(() => expect(lastText(bo)).toMatch(/Ann.*#1001/s));

  const told = teams.messages(ann).length;
  program.moveTo(program.at('14:45', 'Europe/Berlin'));
  await cardOf(ann, 'In 15 min: Design review');
  await eventually(() => expect(lastText(bo)).toMatch(/15.*Design review/));
  expect(lastText(bo)).toMatch(/\p{Script=Han}/u);
  expect(teams.messages(ann)).toHaveLength(told + 1);
});

test('[2.2] the first decision wins: both cards change, and the late click is told who decided', async () => {
  const { teams } = program;
  const kim = teams.user('Kim');
  await teams.install(kim);
  await program.room({ name: 'Everest', reviewers: [rae.email, kim.email] });
  await teams.say(ann, '/rooms everest');
  await teams.click(ann, teams.last(ann), 'Book');
  await teams.click(ann, teams.last(ann), 'Request', fill());
  const [raes, kims] = [await cardOf(rae, 'Everest'), await cardOf(kim, 'Everest')];
  // Kim's client has not been told yet: the old card is still on the screen.
  const stale = structuredClone(kims);
  await teams.click(rae, raes, 'Reject', { reason: 'Painters' });
  await eventually(() => expect(textOf(kims.card)).toContain('Rejected by Rae'));
  await teams.click(kim, stale, 'Approve');
  expect(textOf(stale.card)).toContain('This request has been decided already.');
  expect(textOf(stale.card)).toContain('Rejected by Rae');
  await cardOf(ann, 'Painters');
  expect(program.query('SELECT * FROM slot')).toEqual([]);
  expect(program.query('SELECT to_state FROM booking_transition ORDER BY id')).toEqual([
    { to_state: 'requested' },
    { to_state: 'rejected' },
  ]);
});

test('[2.1] a submission that is delivered again acts once and gets the first answer', async () => {
  const { teams } = program;
  await teams.say(ann, '/book');
  const form = teams.last(ann);
  const twin = structuredClone(form);
  await Promise.all([teams.click(ann, form, 'Request', fill()), teams.click(ann, twin, 'Request', fill())]);
  expect(textOf(twin.card)).toEqual(textOf(form.card));
  expect(program.query('SELECT number FROM booking')).toEqual([{ number: 1001 }]);
  await cardOf(rae, 'Ann asks for Alps');
  expect(teams.messages(rae).filter((it) => textOf(it.card).includes('asks for'))).toHaveLength(1);
});

test('[2.2] a request that is undecided at its start expires, and the host is told', async () => {
  const mine = await book();
  await cardOf(rae, 'asks for');
  program.moveTo(program.at('15:00', 'Europe/Berlin'));
  await cardOf(ann, '#1001 has expired');
  await eventually(() => expect(textOf(mine.card)).toContain('Expired'));
  expect(program.query('SELECT * FROM slot')).toEqual([]);
});

test('[2.5] withdrawing a request frees the room, and the reviewer’s card says so', async () => {
  const { teams } = program;
  const mine = await book();
  const asked = await cardOf(rae, 'asks for');
  await teams.click(ann, mine, 'Withdraw');
  expect(textOf(mine.card)).toContain('Withdrawn by Ann');
  await eventually(() => expect(textOf(asked.card)).toContain('Withdrawn by Ann'));
  expect(slots()).toEqual([]);
});

test('[2.5] [2.7] a reviewer cancels: everybody hears it, and no reminder comes', async () => {
  const { teams } = program;
  await approved();
  await teams.click(rae, await cardOf(rae, 'Ann asks for Alps'), 'Cancel booking', { reason: 'Painters' });
  await cardOf(ann, 'Cancelled by Rae');
  await eventually(() => expect(lastText(bo)).toContain('Painters'));
  const told = teams.messages(bo).length;
  program.moveTo(program.at('14:59', 'Europe/Berlin'));
  await teams.say(bo, '/rules');
  await eventually(() => expect(teams.messages(bo)).toHaveLength(told + 1));
  expect(
    program.query("SELECT count(*) AS n FROM outbox WHERE name = 'reminder.card' AND state <> 'withdrawn'"),
  ).toEqual([{ n: 0 }]);
});

const slots = () =>
  program.query<{ part: string; start_at: number }>('SELECT part, start_at FROM slot ORDER BY start_at');
const berlin = (time: string) => program.at(time, 'Europe/Berlin');

/** Ann's card of a booking with Bo that Rae has approved. */
async function approved() {
  const mine = await book({ room: alps() });
  await program.teams.click(rae, await cardOf(rae, 'Ann asks for Alps'), 'Approve');
  await eventually(() => expect(textOf(mine.card)).toContain('Approved by Rae'));
  return mine;
}

test('[2.4] a change is typed into the form as it is, goes back to review, and moves it in one step', async () => {
  const { teams } = program;
  const mine = await approved();
  await teams.click(ann, mine, 'Change');
  const form = await cardOf(ann, 'Change #1001');
  expect([inputValue(form.card, 'topic'), inputValue(form.card, 'start')]).toEqual([
    'Design review',
    '15:00',
  ]);
  expect(inputValue(form.card, 'attendees')).toBe(bo.aadObjectId);
  await teams.click(ann, form, 'Save', {
    ...fill({ attendees: [bo.aadObjectId], room: alps() }),
    start: '17:00',
  });
  expect(textOf(form.card)).toContain('The change waits for a reviewer.');
  const again = await cardOf(rae, 'Ann wants to change a booking of Alps');
  expect(slots()).toEqual([
    { part: 'own', start_at: berlin('15:00') },
    { part: 'change', start_at: berlin('17:00') },
  ]);
  await teams.click(rae, again, 'Approve');
  await cardOf(ann, '#1001 has changed: Design review');
  const told = await cardOf(bo, '→');
  expect(textOf(told.card)).toMatch(/22:00.*→.*00:00/s);
  expect(slots()).toEqual([{ part: 'own', start_at: berlin('17:00') }]);
  await eventually(() => expect(textOf(mine.card)).toContain('17:00 – 18:00'));
});

test('[2.5] a cancellation needs a reason, a reviewer confirms it, and the attendees hear it', async () => {
  const { teams } = program;
  const mine = await approved();
  await teams.click(ann, mine, 'Cancel booking', { reason: 'Everybody is ill' });
  expect(textOf(mine.card)).toContain('Being cancelled');
  const asked = await cardOf(rae, 'Everybody is ill');
  expect(slots()).toHaveLength(1);
  await teams.click(rae, asked, 'Confirm cancellation');
  expect(textOf(asked.card)).toContain('Cancelled');
  await cardOf(ann, '#1001 is cancelled');
  await eventually(() => expect(lastText(bo)).toMatch(/取消.*Everybody is ill/s));
  expect(slots()).toEqual([]);
});

test('[2.3] somebody who never installed the bot is recorded, and the host is told', async () => {
  const { teams } = program;
  const cy = teams.user('Cy', { installed: false });
  await book({ attendees: [cy.aadObjectId] });
  await teams.click(rae, await cardOf(rae, 'asks for'), 'Approve');
  await cardOf(ann, 'could not be reached');
  expect(program.query("SELECT kind FROM audit WHERE kind = 'person.unreachable'")).toHaveLength(1);
});

test('[3.1] guests and other tenants are refused in one sentence, and that is recorded', async () => {
  const { teams } = program;
  const guest = teams.user('Gus', { role: 'guest' });
  await teams.say(guest, '/book');
  expect(lastText(guest)).toContain('Rooms are for full members of the organisation');
  const other = teams.user('Ola', { tenant: 'another-tenant' });
  await teams.say(other, '/book');
  const refused = program.query<{ detail: string }>("SELECT detail FROM audit WHERE kind = 'refused'");
  expect(refused.map((it) => JSON.parse(it.detail).why)).toEqual(['guest', 'tenant']);
});

test('[2.6] /bookings lists mine in my language, with the same buttons', async () => {
  const { teams } = program;
  await book();
  await teams.say(ann, '/language zh-CN');
  await teams.say(ann, '/bookings');
  const list = teams.last(ann);
  expect(textOf(list.card)).toContain('#1001 Design review');
  expect(textOf(list.card)).toMatch(/\p{Script=Han}/u);
});

test('[2.4] /home shows what somebody asks to take over, and takes the answer', async () => {
  const { teams } = program;
  const booked = await book({ attendees: [] });
  await teams.click(ann, booked, 'Hand over', { to: [bo.aadObjectId] });
  await teams.say(bo, '/home');
  const home = await cardOf(bo, 'Bo 您好');
  expect(textOf(home.card)).toContain('Ann 想請您接手 #1001');
  await teams.click(bo, home, '接手');
  expect(textOf((await cardOf(bo, '這筆預約現在是您的了。')).card)).toContain('#1001');
  await teams.say(bo, '/home');
  const fresh = await eventually(() => {
    const last = teams.last(bo);
    if (last === home || !textOf(last.card).includes('Bo 您好')) throw new Error('no fresh card');
    return last;
  });
  expect(textOf(fresh.card)).not.toContain('想請您接手');
  expect(textOf(fresh.card)).toContain('#1001 Design review');
});
