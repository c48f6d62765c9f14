import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { readCalendar } from '../support/read-calendar.ts';
import { linkOf, type TeamsUser, textOf } from '../support/teams.ts';

const publicUrl = 'https://rooms.example.org';

let program: Program;
let ann: TeamsUser;
let bo: TeamsUser;
let rae: TeamsUser;

beforeEach(async () => {
  program = await startProgram({ settings: { publicUrl } });
  const { teams } = program;
  ann = teams.user('Ann', { zone: 'Europe/Berlin' });
  bo = teams.user('Bo', { zone: 'Asia/Taipei', locale: 'zh-TW' });
  rae = teams.user('Rae', { zone: 'America/New_York' });
  await program.room({ name: 'Alps', reviewers: [rae.email] });
  for (const user of [ann, bo, rae]) await teams.install(user);
});
afterEach(() => program.stop());

const cardOf = (user: TeamsUser, text: string | RegExp) =>
  eventually(() => {
    const found = program.teams
      .messages(user)
      .findLast((it) =>
        typeof text === 'string' ? textOf(it.card).includes(text) : text.test(textOf(it.card)),
      );
    if (!found) throw new Error(`${user.name} has no card with ${text}`);
    return found;
  });

/** Ann's booking with Bo, approved by Rae. */
async function approved(other: Record<string, string | string[] | boolean> = {}) {
  const { teams } = program;
  await teams.say(ann, '/book');
  const mine = teams.last(ann);
  await teams.click(ann, mine, 'Request', {
    topic: 'Design review',
    date: program.day,
    start: '15:00',
    duration: '60',
    attendees: [bo.aadObjectId],
    ...other,
  });
  await teams.click(rae, await cardOf(rae, 'Ann asks for Alps'), 'Approve');
  await eventually(() => expect(textOf(mine.card)).toContain('Approved by Rae'));
  return mine;
}

const get = (link: string, language = 'en') =>
  fetch(link.replace(publicUrl, program.url), { headers: { 'accept-language': language } });
const read = async (link: string) => readCalendar(await (await get(link)).text());

/** The address that stands on somebody's card of their calendars. */
async function addressOf(user: TeamsUser, make: string, title: string): Promise<string> {
  const { teams } = program;
  await teams.say(user, '/calendar');
  const card = await cardOf(user, title);
  await teams.click(user, card, make);
  const [address = ''] =
    /https:\/\/rooms\.example\.org\/calendar\/feed\/[\w.-]+\.ics/.exec(textOf(card.card)) ?? [];
  return address;
}

test('[2.3] “Add to calendar” gives host and attendee the appointment, and after the cancellation takes it out', async () => {
  const { teams } = program;
  const mine = await approved();
  const hers = linkOf(mine.card, 'Add to calendar');
  const his = linkOf((await cardOf(bo, 'Design review')).card, '加入行事曆');
  expect(hers).not.toBe(his);
  const first = await read(his);
  expect(first.method).toBe('REQUEST');
  expect(first.dates).toMatchObject([
    { summary: 'Design review', start: program.at('15:00', 'Europe/Berlin') },
  ]);
  expect((await read(hers)).dates[0]?.uid).toBe(first.dates[0]?.uid);

  await teams.click(ann, mine, 'Cancel booking', { reason: 'Everybody is ill' });
  await teams.click(rae, await cardOf(rae, 'Everybody is ill'), 'Confirm cancellation');
  const gone = await read(linkOf((await cardOf(bo, /#1001 已取消/)).card, '從行事曆移除'));
  expect(gone.method).toBe('CANCEL');
  expect(gone.dates[0]?.uid).toBe(first.dates[0]?.uid);
  expect(gone.dates[0]?.sequence).toBeGreaterThan(first.dates[0]?.sequence ?? 0);
  // The link of before follows it as well.
  expect((await read(hers)).method).toBe('CANCEL');
});

test('[6.2] whoever is no longer invited finds a page that says so in their language', async () => {
  const { teams } = program;
  const mine = await approved();
  const his = linkOf((await cardOf(bo, 'Design review')).card, '加入行事曆');
  expect((await get(his)).status).toBe(200);
  await teams.click(ann, mine, 'Change');
  const form = await cardOf(ann, 'Change #1001');
  await teams.click(ann, form, 'Save', { attendees: [] });
  await eventually(async () => expect((await get(his)).status).toBe(410));
  const page = await get(his, 'zh-TW');
  expect([page.headers.get('content-language'), await page.text()]).toEqual([
    'zh-TW',
    expect.stringContaining('連結已失效'),
  ]);
  expect((await get(linkOf(mine.card, 'Add to calendar'))).status).toBe(200);
});

test('[2.3] [6.2] /calendar gives each their own bookings, and nobody those of another', async () => {
  await approved({ confidential: true, topic: 'Layoffs' });
  const [hers, his] = [
    await addressOf(ann, 'Make an address', 'Your calendar addresses'),
    await addressOf(bo, '建立網址', '您的行事曆訂閱網址'),
  ];
  const raes = await addressOf(rae, 'Make an address', 'Your calendar addresses');
  expect((await read(hers)).dates).toMatchObject([{ summary: 'Layoffs' }]);
  expect((await read(his)).dates).toMatchObject([{ summary: 'Layoffs' }]);
  expect((await read(raes)).dates).toEqual([]);

  const parts = (address: string) => /feed\/([\w-]+)\.([\w-]+)\.ics/.exec(address) ?? [];
  const [, id = ''] = parts(hers);
  const [, , signature = ''] = parts(raes);
  for (const forged of [`${id}.${signature}`, id, `${id}.`, signature])
    expect((await get(`${publicUrl}/calendar/feed/${forged}.ics`)).status).toBe(404);
  // What was signed for one thing is of no use for another.
  expect((await get(hers.replace('/feed/', '/'))).status).toBe(404);
  expect((await get(hers.replace('/calendar/feed/', '/files/').replace('.ics', '/a.ics'))).status).toBe(404);
});

test('[6.4] Teams’ own route says as much to browsers as all others', async () => {
  const answer = await fetch(`${program.url}/api/messages`, { method: 'POST' });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, nofollow',
  });
});
