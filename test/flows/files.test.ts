import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { readCalendar } from '../support/read-calendar.ts';
import { type SlackFile, type SlackUser, textOf } from '../support/slack.ts';

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
  });
  await program.room({ name: 'Alps', reviewers: ['rae@example.org'] });
  const { slack } = program;
  [ann, bo, rae] = [slack.user('ann'), slack.user('bo'), slack.user('rae')];
});
afterEach(() => program.stop());

const alps = () => program.query<{ id: string }>("SELECT id FROM room WHERE name = 'Alps'")[0]?.id ?? '';

/** Ann asks for Alps with Bo. */
async function book(): Promise<void> {
  const { slack } = program;
  await slack.command(ann, '/book');
  await slack.submit(ann, {
    topic: 'Design review',
    date: program.day,
    start: '15:00',
    duration: '60',
    room: alps(),
    attendees: [bo.id],
  });
}

const messageOf = (user: SlackUser, text: string) =>
  eventually(async () => {
    const found = (await program.slack.chat(user)).findLast((it) => textOf(it).includes(text));
    if (!found) throw new Error(`${user.name} has no message with ${text}`);
    return found;
  });

async function bookApproved(): Promise<void> {
  await book();
  await program.slack.click(rae, 'Approve', await messageOf(rae, 'ann asks for Alps'));
}

/** The files in somebody's chat, once there are so many. */
const filesOf = (user: SlackUser, many: number): Promise<SlackFile[]> =>
  eventually(async () => {
    const files = await program.slack.files(user);
    if (files.length < many) throw new Error(`${user.name} has ${files.length} files`);
    return files;
  });

async function lastAppointment(user: SlackUser, many: number) {
  const file = (await filesOf(user, many)).at(-1);
  const { method, dates } = readCalendar(file?.content.toString('utf8') ?? '');
  const [date] = dates;
  if (!date) throw new Error('no appointment');
  return { file, method, ...date };
}

/** Everything that was to be put into chats is there. */
const allGiven = () =>
  eventually(() => {
    const open = program.query(
      "SELECT id FROM outbox WHERE kind = 'file' AND state IN ('waiting', 'sending')",
    );
    expect(open).toEqual([]);
  });

test('[2.3] [2.4] [2.5] approved, the appointment lies in the chats of host and attendees as a file, and follows', async () => {
  const { slack } = program;
  await bookApproved();
  const hers = await lastAppointment(ann, 1);
  expect(hers).toMatchObject({
    method: 'REQUEST',
    summary: 'Design review',
    start: program.at('15:00', 'Europe/Berlin'),
    file: { title: 'For your calendar: #1001 Design review' },
  });
  const his = await lastAppointment(bo, 1);
  expect([his.uid, his.file?.title]).toEqual([hers.uid, '加入行事曆：#1001 Design review']);

  await slack.click(ann, '+15 min', await messageOf(ann, 'Booking #1001'));
  await slack.click(rae, 'Approve', await messageOf(rae, '16:15'));
  const longer = await lastAppointment(bo, 2);
  expect(longer).toMatchObject({ uid: his.uid, end: program.at('16:15', 'Europe/Berlin') });
  expect(longer.sequence).toBeGreaterThan(his.sequence);
  expect(longer.file?.name).not.toBe(his.file?.name);

  await messageOf(ann, 'has changed');
  await slack.click(ann, 'Cancel booking', await messageOf(ann, 'Booking #1001'));
  await slack.submit(ann, { reason: 'The guest is ill' });
  await slack.click(rae, 'Confirm cancellation', await messageOf(rae, 'The guest is ill'));
  const gone = await lastAppointment(bo, 3);
  expect(gone).toMatchObject({ uid: his.uid, method: 'CANCEL' });
  expect(gone.sequence).toBeGreaterThan(longer.sequence);
  await allGiven();
  expect([(await slack.files(ann)).length, (await slack.files(rae)).length]).toEqual([3, 0]);
});

test('[2.7] a file that is refused for now comes later, and one whose answer was lost comes once', async () => {
  const { slack } = program;
  slack.fail(
    { method: 'upload', status: 429, retryAfter: 1 },
    { method: 'files.completeUploadExternal', lost: true, cut: true },
    { method: 'upload', status: 503 },
  );
  await bookApproved();
  await allGiven();
  for (const user of [ann, bo])
    expect((await slack.files(user)).map((it) => it.name)).toEqual(['booking-1001-r2.ics']);
});

test('[2.6] an export comes as a file, without an address from outside, to the person who asked', async () => {
  const { slack } = program;
  await bookApproved();
  await slack.command(rae, '/records export csv');
  const [file] = await filesOf(rae, 1);
  expect(file?.name).toMatch(/^bookings [\d-]+ [\da-f]{4}\.csv$/);
  const rows = parse(file?.content ?? '', { bom: true, columns: true });
  expect(rows).toMatchObject([{ Number: '1001', Topic: 'Design review', Attendees: 'bo' }]);
  const card = await messageOf(rae, 'Export of the records (CSV)');
  await eventually(async () => {
    const now = (await slack.chat(rae)).find((it) => it.ts === card.ts);
    expect(textOf(now)).toContain('1 booking. The file is in your chat with me.');
  });
  const [kept] = program.query<{ path: string }>('SELECT path FROM published_file');
  expect(readdirSync(join(dirname(program.databasePath), 'exports'))).toEqual([kept?.path]);
});

test('[2.6] an export that a restart breaks off is begun again and comes once', async () => {
  const { slack } = program;
  await bookApproved();
  await slack.command(rae, '/records export xlsx');
  await program.restart();
  await filesOf(rae, 1);
  await allGiven();
  expect((await slack.files(rae)).map((it) => it.content.toString('latin1', 0, 2))).toEqual(['PK']);
});

test('[6.2] an export by somebody without the right is refused and recorded, and nothing is made', async () => {
  const { slack } = program;
  await bookApproved();
  await slack.command(bo, '/records export xlsx');
  await eventually(() => expect(slack.ephemerals(bo).map(textOf).join()).toContain('此次嘗試已留下紀錄'));
  const refused = program.query("SELECT detail FROM audit WHERE subject = 'command:records.export'");
  expect(refused).toEqual([{ detail: JSON.stringify({ why: 'role', format: 'xlsx' }) }]);
  expect(program.query('SELECT id FROM record_export')).toEqual([]);
});
