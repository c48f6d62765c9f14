import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { day } from '../../src/core/clock.ts';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { readCalendar } from '../support/read-calendar.ts';
import { buttonsOf, type SlackMessage, type SlackUser, textOf } from '../support/slack.ts';

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
    ],
    admins: ['rae@example.org'],
    settings: { publicUrl: 'https://rooms.example.org' },
  });
  await program.room({ name: 'Alps', reviewers: ['rae@example.org'] });
  const { slack } = program;
  [ann, bo, rae] = [slack.user('ann'), slack.user('bo'), slack.user('rae')];
});
afterEach(() => program.stop());

const alps = () => program.query<{ id: string }>("SELECT id FROM room WHERE name = 'Alps'")[0]?.id ?? '';

async function book(other: Record<string, string | string[] | boolean> = {}): Promise<void> {
  const { slack } = program;
  await slack.command(ann, '/book');
  await slack.submit(ann, {
    topic: 'Design review',
    date: program.day,
    start: '15:00',
    duration: '60',
    room: alps(),
    attendees: [bo.id],
    ...other,
  });
}

const messageOf = (user: SlackUser, text: string | RegExp) =>
  eventually(async () => {
    const found = (await program.slack.chat(user)).findLast((it) =>
      typeof text === 'string' ? textOf(it).includes(text) : text.test(textOf(it)),
    );
    if (!found) throw new Error(`${user.name} has no message with ${text}`);
    return found;
  });

/** The last of what somebody was shown, in their chat or for their eyes only, that says this or has this button. */
const shown = (user: SlackUser, text: string) =>
  eventually(async () => {
    const all = [...(await program.slack.chat(user)), ...program.slack.ephemerals(user)];
    const found = all.findLast(
      (it) => textOf(it).includes(text) || buttonsOf(it).some((button) => button.text.text === text),
    );
    if (!found) throw new Error(`${user.name} was shown nothing with ${text}`);
    return found;
  });

/** What a link button leads to, on the server under test. */
function linkOf(message: SlackMessage, label: string): string {
  const button = buttonsOf(message).find((it) => it.text.text === label);
  if (!button?.url) throw new Error(`no link "${label}"`);
  return button.url;
}

const get = (link: string, headers: Record<string, string> = {}) =>
  fetch(link.replace('https://rooms.example.org', program.url), { headers });

const read = async (link: string) => readCalendar(await (await get(link)).text());

test('[2.3] once approved, host and attendees get it into their calendars, and it follows until it is cancelled', async () => {
  const { slack } = program;
  await book();
  await slack.click(rae, 'Approve', await messageOf(rae, 'ann asks for Alps'));
  const hers = linkOf(await messageOf(ann, '#1001 is approved'), 'Add to calendar');
  const his = linkOf(await messageOf(bo, 'Design review'), '加入行事曆');
  expect(hers).not.toBe(his);

  const response = await get(hers);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'attachment; filename=booking-1001.ics',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  });
  expect(response.headers.get('set-cookie')).toBeNull();
  const first = readCalendar(await response.text());
  expect(first.method).toBe('REQUEST');
  expect(first.dates).toMatchObject([
    {
      summary: 'Design review',
      start: program.at('15:00', 'Europe/Berlin'),
      end: program.at('16:00', 'Europe/Berlin'),
    },
  ]);
  const attendees = first.dates[0]?.component.getAllProperties('attendee') ?? [];
  expect(attendees.map((it) => String(it.getFirstValue()).toLowerCase())).toEqual([
    'mailto:ann@example.org',
    'mailto:bo@example.org',
  ]);
  expect((await read(his)).dates[0]?.component.getFirstPropertyValue('description')).toContain('預約人');

  await slack.click(ann, '+15 min', await messageOf(ann, 'Booking #1001'));
  await slack.click(rae, 'Approve', await messageOf(rae, '16:15'));
  const longer = await eventually(async () => {
    const now = await read(his);
    if (now.dates[0]?.end !== program.at('16:15', 'Europe/Berlin')) throw new Error('not longer yet');
    return now;
  });
  expect(longer.dates[0]?.uid).toBe(first.dates[0]?.uid);
  expect(longer.dates[0]?.sequence).toBeGreaterThan(first.dates[0]?.sequence ?? 0);

  await messageOf(ann, 'has changed');
  await slack.click(ann, 'Cancel booking', await messageOf(ann, 'Booking #1001'));
  await slack.submit(ann, { reason: 'The guest is ill' });
  await slack.click(rae, 'Confirm cancellation', await messageOf(rae, 'The guest is ill'));
  const news = await messageOf(bo, /#1001 已取消/);
  const gone = await read(linkOf(news, '從行事曆移除'));
  expect(gone.method).toBe('CANCEL');
  expect(gone.dates[0]?.uid).toBe(first.dates[0]?.uid);
  expect(gone.dates[0]?.sequence).toBeGreaterThan(longer.dates[0]?.sequence ?? 0);
  const used = program.query<{ actor: string }>("SELECT actor FROM audit WHERE kind = 'calendar.opened'");
  expect(new Set(used.map((it) => it.actor)).size).toBe(2);
});

test('[6.2] a link that is wrong, expired or withdrawn leads to one plain page in the language of the reader', async () => {
  const { slack } = program;
  await book();
  await slack.click(rae, 'Approve', await messageOf(rae, 'ann asks for Alps'));
  const his = linkOf(await messageOf(bo, 'Design review'), '加入行事曆');
  expect((await get(his)).status).toBe(200);

  const wrong = his.replace(/.(?=\.ics$)/, (last) => (last === 'A' ? 'B' : 'A'));
  const page = await get(wrong, { 'accept-language': 'zh-TW,zh;q=0.9,en;q=0.5' });
  expect(page.status).toBe(404);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('連結無效');
  const plain = await get('https://rooms.example.org/calendar/');
  expect([plain.status, await plain.text()]).toEqual([404, expect.stringContaining('leads nowhere')]);

  program.moveTo(program.at('16:00', 'Europe/Berlin') + 29 * day);
  expect((await get(his)).status).toBe(200);
  program.moveTo(program.at('16:00', 'Europe/Berlin') + 30 * day);
  const late = await get(his, { 'accept-language': 'de, zh-CN' });
  expect([late.status, await late.text()]).toEqual([410, expect.stringContaining('链接已过期')]);
});

test('[2.3] a calendar subscribes to one’s bookings, asks again for nothing new, and stops when the address is renewed', async () => {
  const { slack } = program;
  await book();
  await slack.click(rae, 'Approve', await messageOf(rae, 'ann asks for Alps'));
  await messageOf(bo, 'Design review');
  await slack.command(bo, '/calendar');
  await slack.click(bo, '建立網址', await shown(bo, '建立網址'));
  const address = await addressIn(bo);

  const first = await get(address);
  const { dates, calendar } = readCalendar(await first.text());
  expect(dates).toMatchObject([{ summary: 'Design review', start: program.at('15:00', 'Europe/Berlin') }]);
  expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('我的預約');
  const etag = first.headers.get('etag') ?? '';
  program.moveTo(program.now() + 60_000);
  expect((await get(address, { 'if-none-match': etag })).status).toBe(304);
  await slack.click(ann, '+15 min', await messageOf(ann, 'Booking #1001'));
  await eventually(async () => {
    if ((await get(address, { 'if-none-match': etag })).status !== 200) throw new Error('nothing new yet');
  });

  await slack.click(bo, '更換網址', await shown(bo, '更換網址'));
  const renewed = await addressIn(bo, address);
  const old = await get(address, { 'accept-language': 'zh-TW' });
  expect([old.status, await old.text()]).toEqual([410, expect.stringContaining('連結已失效')]);
  expect((await get(renewed)).status).toBe(200);
  await slack.click(bo, '移除', await shown(bo, '移除'));
  await eventually(async () => {
    if ((await get(renewed)).status !== 410) throw new Error('still there');
  });
});

test('[5.3] [6.2] the feed of a room is for its reviewers, and says of a confidential meeting that the room is busy', async () => {
  const { slack } = program;
  await book({ confidential: true, topic: 'Layoffs' });
  await slack.click(rae, 'Approve', await messageOf(rae, 'ann asks for Alps'));
  await messageOf(ann, '#1001 is approved');
  await slack.command(ann, '/calendar Alps');
  await shown(ann, 'no room called');
  await slack.command(rae, '/calendar Alps');
  await slack.click(rae, 'Make an address', await shown(rae, 'Make an address'));
  const address = await addressIn(rae);
  const text = await (await get(address)).text();
  expect(readCalendar(text).dates).toMatchObject([{ summary: 'Busy' }]);
  expect(text).not.toContain('Layoffs');
});

/** The address that is shown to somebody; not the one `before`. */
const addressIn = (user: SlackUser, before?: string): Promise<string> =>
  eventually(async () => {
    const shown = [...(await program.slack.chat(user)), ...program.slack.ephemerals(user)]
      .map(textOf)
      .join('\n');
    const found = shown.match(/https:\/\/rooms\.example\.org\/calendar\/feed\/[\w.-]+\.ics/g) ?? [];
    const last = found.findLast((it) => it !== before);
    if (!last) throw new Error(`${user.name} was shown no address:\n${shown}`);
    return last;
  });
