import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import type { SlackUser } from '../support/slack.ts';
import { textOf } from '../support/slack.ts';
import { appointmentIn, bodyOf, type Received, type SmtpWorld, startSmtp } from '../support/smtp.ts';
import { type TeamsUser, textOf as teamsText } from '../support/teams.ts';

let program: Program;
let smtp: SmtpWorld;
let ann: SlackUser;
let bo: SlackUser;
let rae: SlackUser;

beforeEach(async () => {
  smtp = await startSmtp({ auth: true });
  program = await startProgram({
    people: [
      { name: 'ann', profile: { tz: 'Europe/Berlin', locale: 'en-US' } },
      { name: 'bo', profile: { tz: 'Asia/Taipei', locale: 'zh-TW' } },
      { name: 'rae', profile: { tz: 'Europe/Berlin', locale: 'en-US' } },
    ],
    admins: ['rae@example.org'],
    settings: { smtp: { url: smtp.url, from: { name: 'Rooms', address: 'rooms@example.org' } } },
  });
  await program.room({ name: 'Alps', reviewers: ['rae@example.org'] });
  const { slack } = program;
  [ann, bo, rae] = [slack.user('ann'), slack.user('bo'), slack.user('rae')];
});
afterEach(async () => {
  await program.stop();
  await smtp.stop();
});

const messageOf = (user: SlackUser, text: string | RegExp) =>
  eventually(async () => {
    const found = (await program.slack.chat(user)).findLast((it) =>
      typeof text === 'string' ? textOf(it).includes(text) : text.test(textOf(it)),
    );
    if (!found) throw new Error(`${user.name} has no message with ${text}`);
    return found;
  });

/** The `nth` mail that the server has taken. */
const mail = (nth: number): Promise<Received> =>
  eventually(() => {
    const found = smtp.mails[nth - 1];
    if (!found) throw new Error(`${smtp.mails.length} mails`);
    return found;
  });

async function switchOn(user: SlackUser, label: string) {
  const { slack } = program;
  await slack.command(user, '/calendar');
  await slack.click(user, label);
  await eventually(() =>
    expect(program.query('SELECT mail FROM calendar_setting')).toContainEqual({ mail: 1 }),
  );
}

async function book(attendees: string[]) {
  const { slack } = program;
  const [room] = program.query<{ id: string }>('SELECT id FROM room');
  await slack.command(ann, '/book');
  await slack.submit(ann, {
    topic: 'Design review',
    date: program.day,
    start: '15:00',
    duration: '60',
    room: room?.id ?? '',
    attendees,
  });
  await slack.click(rae, 'Approve', await messageOf(rae, 'ann asks for Alps'));
}

const firstOf = (received: Received) => {
  const { method, dates } = appointmentIn(received);
  return { method, ...dates[0] };
};

test('[2.3] an attendee who wants mail is invited by it, it follows the booking, and ends with it', async () => {
  const { slack } = program;
  await switchOn(bo, '開啟郵件邀請');
  await book([bo.id]);
  const invited = await mail(1);
  expect(invited.to).toBe('bo@example.org');
  expect(invited.headers.get('subject')).toContain('會議邀請：Design review');
  expect(bodyOf(invited)).toContain('22:00 – 23:00');
  const first = firstOf(invited);
  expect(first).toMatchObject({
    method: 'REQUEST',
    summary: 'Design review',
    start: program.at('15:00', 'Europe/Berlin'),
  });

  await slack.click(ann, '+15 min', await messageOf(ann, 'Booking #1001'));
  await slack.click(rae, 'Approve', await messageOf(rae, '16:15'));
  const longer = firstOf(await mail(2));
  expect(longer).toMatchObject({
    method: 'REQUEST',
    uid: first.uid,
    end: program.at('16:15', 'Europe/Berlin'),
  });
  expect(longer.sequence).toBeGreaterThan(first.sequence ?? 0);

  await messageOf(ann, 'has changed');
  await slack.click(ann, 'Cancel booking', await messageOf(ann, 'Booking #1001'));
  await slack.submit(ann, { reason: 'The guest is ill' });
  await slack.click(rae, 'Confirm cancellation', await messageOf(rae, 'The guest is ill'));
  const last = await mail(3);
  expect(firstOf(last)).toMatchObject({ method: 'CANCEL', uid: first.uid });
  expect(firstOf(last).sequence).toBeGreaterThan(longer.sequence ?? 0);
  expect(bodyOf(last)).toContain('The guest is ill');
  await messageOf(bo, /#1001 已取消/);
  expect(smtp.mails).toHaveLength(3);
});

test('[2.3] a server that is busy, or hangs up, gets the mail later, and the attendee once', async () => {
  await switchOn(bo, '開啟郵件邀請');
  smtp.meet({ at: 'RCPT', code: 450 }, { at: 'DATA', hangUp: true });
  await book([bo.id]);
  await mail(1);
  await eventually(() =>
    expect(program.query("SELECT state, attempts FROM outbox WHERE kind = 'mail'")).toEqual([
      { state: 'done', attempts: 3 },
    ]),
  );
  expect(smtp.mails).toHaveLength(1);
}, 60_000);

test('[2.3] who is known but can’t be reached on Teams gets a mail, and the host is not troubled', async () => {
  const { teams, slack } = program;
  const cy = teams.user('Cy', { zone: 'Europe/Berlin' });
  await teams.install(cy);
  await teams.say(cy, '/help');
  cy.installed = false;
  const dan = await hostOnTeams();
  await bookOnTeams(dan, cy);
  await slack.click(rae, 'Approve', await messageOf(rae, 'Dan asks for Alps'));
  const invited = await mail(1);
  expect(invited.to).toBe('cy@example.org');
  expect(firstOf(invited).method).toBe('REQUEST');
  expect(invited.headers.get('reply-to')).toBe('dan@example.org');
  expect(bodyOf(invited)).toContain('can’t reach you in chat');
  expect(program.query("SELECT name FROM outbox WHERE name = 'delivery.unreached'")).toEqual([]);

  smtp.meet({ at: 'RCPT', code: 550 });
  await bookOnTeams(dan, cy, '10:00');
  await slack.click(rae, 'Approve', await messageOf(rae, '10:00'));
  await eventually(() =>
    expect(
      program.teams
        .messages(dan)
        .map((it) => teamsText(it.card))
        .join(),
    ).toContain('Cy can’t be reached on Teams or Slack, and my e-mail to them could not be delivered either'),
  );
});

test('[2.3] a mail that waits survives a restart and the loss of all that is in Redis', async () => {
  await switchOn(bo, '開啟郵件邀請');
  smtp.meet({ at: 'DATA', hangUp: true });
  await book([bo.id]);
  await eventually(() =>
    expect(program.query("SELECT state FROM outbox WHERE kind = 'mail' AND attempts = 1")).toHaveLength(1),
  );
  await program.restart();
  await program.emptyRedis();
  program.moveTo(program.now() + 60_000);
  await mail(1);
  await program.restart();
  await messageOf(bo, '#1001');
  expect(smtp.mails).toHaveLength(1);
});

async function hostOnTeams(): Promise<TeamsUser> {
  const { teams } = program;
  const dan = teams.user('Dan', { zone: 'Europe/Berlin' });
  await teams.install(dan);
  return dan;
}

async function bookOnTeams(host: TeamsUser, attendee: TeamsUser, start = '15:00') {
  const { teams } = program;
  const [room] = program.query<{ id: string }>('SELECT id FROM room');
  await teams.say(host, '/book');
  await teams.click(host, teams.last(host), 'Request', {
    topic: 'Design review',
    date: program.day,
    start,
    duration: '60',
    room: room?.id ?? '',
    attendees: [attendee.aadObjectId],
  });
}
