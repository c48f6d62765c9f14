import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { selfSigned } from '../../test/support/certificate.ts';
import { appointmentIn, bodyOf, password, type SmtpWorld, startSmtp, user } from '../../test/support/smtp.ts';
import type { SmtpConfig } from '../config.ts';
import { describeError, traceError } from '../core/describe-error.ts';
import { Unreachable } from '../core/errors.ts';
import type { Mail } from '../core/feature.ts';
import { createMailer, type SmtpMailer } from './index.ts';

const from = { name: 'Rooms', address: 'rooms@example.org' };
const calendar = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//test//EN',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:b1',
  'DTSTAMP:20261130T080000Z',
  'DTSTART:20261201T140000Z',
  'DTEND:20261201T150000Z',
  'SUMMARY:設計審查',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');
const mail: Mail = {
  to: 'ben@example.org',
  replyTo: 'ann@example.org',
  subject: 'Invitation: 設計審查, Tue, Dec 1',
  text: `Ann invites you: 設計審查\n\n.a line that begins with a dot\n${'long '.repeat(40)}`,
  calendar: { method: 'REQUEST', text: calendar },
};

const open: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function serverOf(its: Parameters<typeof startSmtp>[0] = {}): Promise<SmtpWorld> {
  const world = await startSmtp(its);
  open.push(() => world.stop());
  return world;
}

function mailerOf(its: Partial<SmtpConfig> & { url: string }): SmtpMailer {
  const mailer = createMailer({ from, ...its });
  open.push(() => mailer.close());
  return mailer;
}

/** What a failure comes to, as it would be kept and logged. */
async function failureOf(work: Promise<void>): Promise<string> {
  try {
    await work;
  } catch (cause) {
    const told = JSON.stringify([
      describeError(cause),
      traceError(cause),
      String(cause),
      { ...Object(cause) },
    ]);
    for (const secret of [password, encodeURIComponent(password), user]) expect(told).not.toContain(secret);
    return cause instanceof Unreachable ? 'unreachable' : describeError(cause);
  }
  return 'sent';
}

describe('a mail', () => {
  test('[2.3] arrives with its text, and its appointment both beside the text and attached', async () => {
    const server = await serverOf();
    await mailerOf(server).send(mail, 'row-1');
    const [got] = server.mails;
    if (!got) throw new Error('no mail');
    expect(got.to).toBe('ben@example.org');
    expect(Object.fromEntries(got.headers)).toMatchObject({
      from: 'Rooms <rooms@example.org>',
      to: 'ben@example.org',
      'reply-to': 'ann@example.org',
      subject: mail.subject,
      'message-id': '<row-1@example.org>',
      'auto-submitted': 'auto-generated',
    });
    expect(bodyOf(got).replaceAll('\r\n', '\n').trim()).toBe(mail.text.trim());
    const { method, dates, type } = appointmentIn(got);
    expect([method, dates[0]?.summary]).toEqual(['REQUEST', '設計審查']);
    expect(type).toMatch(/^text\/calendar; charset=utf-8; method=REQUEST$/);
    expect(got.headers.get('content-type')).toMatch(/^multipart\/mixed/);
  });

  test('[2.3] without an appointment is only its text', async () => {
    const server = await serverOf();
    const { calendar: _, replyTo: __, ...plain } = mail;
    await mailerOf(server).send(plain, 'row-1');
    expect(server.mails[0]?.parts.map(({ type }) => type)).toEqual(['text/plain; charset=utf-8']);
    expect(server.mails[0]?.headers.has('reply-to')).toBe(false);
  });

  test('[2.3] keeps its name in every try, so that a second one is known as the same', async () => {
    const server = await serverOf();
    const mailer = mailerOf(server);
    await mailer.send(mail, 'row-1');
    await mailer.send(mail, 'row-1');
    expect(new Set(server.mails.map(({ headers }) => headers.get('message-id'))).size).toBe(1);
  });

  test('[2.3] goes over few connections, however many there are', async () => {
    const server = await serverOf();
    const mailer = mailerOf(server);
    await Promise.all(Array.from({ length: 20 }, (_, n) => mailer.send(mail, `row-${n}`)));
    expect(server.mails).toHaveLength(20);
    expect(server.connections()).toBeLessThanOrEqual(3);
  });

  test('[6.4] what people type can neither add a header nor another recipient', async () => {
    const server = await serverOf();
    const subject = 'Review\r\nBcc: eve@example.org';
    await mailerOf(server).send({ ...mail, subject, to: 'ben@example.org' }, 'row-1');
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]?.headers.has('bcc')).toBe(false);
  });
});

describe('the server’s name and password', () => {
  test('[6.4] are used as the URL has them, and a wrong one is no fault of whom the mail is for', async () => {
    const right = await serverOf({ auth: true });
    await mailerOf(right).send(mail, 'row-1');
    expect(right.mails).toHaveLength(1);
    const wrong = await serverOf({ auth: true, accepts: 'another' });
    expect(await failureOf(mailerOf(wrong).send(mail, 'row-1'))).toBe('MailFailed EAUTH 535');
  });

  test('[6.4] go over an encrypted line only: by STARTTLS or from the first byte, to a server that is trusted', async () => {
    const { key, cert } = selfSigned();
    for (const secure of [false, true]) {
      const server = await serverOf({ auth: true, secure, options: { key, cert } });
      await mailerOf({ ...server, ca: cert }).send(mail, 'row-1');
      expect(server.mails).toMatchObject([{ encrypted: true }]);
      expect(await failureOf(mailerOf(server).send(mail, 'row-2'))).toMatch(/^MailFailed E(SOCKET|TLS)$/);
      expect(server.mails).toHaveLength(1);
    }
  });
});

describe('a server that does not take it', () => {
  test.each([
    ['the recipient for good', { at: 'RCPT', code: 550 }, 'unreachable'],
    ['the mail for good', { at: 'DATA', code: 554 }, 'unreachable'],
    ['the recipient for now', { at: 'RCPT', code: 450 }, 'MailFailed EENVELOPE 450'],
    ['the mail for now', { at: 'DATA', code: 451 }, 'MailFailed EMESSAGE 451'],
    ['whoever has not signed in', { at: 'RCPT', code: 530 }, 'MailFailed EENVELOPE 530'],
  ] as const)('[2.3] refuses %s', async (_, misfortune, outcome) => {
    const server = await serverOf();
    server.meet(misfortune);
    const mailer = mailerOf(server);
    expect(await failureOf(mailer.send(mail, 'row-1'))).toBe(outcome);
    expect(await failureOf(mailer.send(mail, 'row-1'))).toBe('sent');
    expect(server.mails).toHaveLength(1);
  });

  test('[2.3] hangs up in the middle: that is worth another try', async () => {
    const server = await serverOf();
    server.meet({ at: 'DATA', hangUp: true });
    const mailer = mailerOf(server);
    expect(await failureOf(mailer.send(mail, 'row-1'))).toBe('MailFailed ECONNECTION');
    expect(server.mails).toHaveLength(0);
    expect(await failureOf(mailer.send(mail, 'row-1'))).toBe('sent');
  });

  test('[2.3] is not there', async () => {
    const server = await startSmtp();
    await server.stop();
    expect(await failureOf(mailerOf(server).send(mail, 'row-1'))).toBe('MailFailed ESOCKET');
  });

  test('[2.3] says nothing: whoever waits for it is let go when the program stops', async () => {
    const silent: Server = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    open.push(() => silent.close());
    const mailer = mailerOf({ url: `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}` });
    const waiting = failureOf(mailer.send(mail, 'row-1'));
    silent.once('connection', () => mailer.close());
    expect(await waiting).toMatch(/^MailFailed /);
  });
});
