import nodemailer from 'nodemailer';
import type { SmtpConfig } from '../config.ts';
import { Unreachable } from '../core/errors.ts';
import type { Mail } from '../core/feature.ts';
import { readFailure } from './failure.ts';

export { MailFailed } from './failure.ts';

/** Many servers take no more at a time from one client. */
const connections = 3;
/** One that says nothing for so many milliseconds is given up. */
const patience = 15_000;
/** Of one mail, waiting for a connection included: less than a worker's claim of its row lasts. */
const longest = 45_000;

export type SmtpMailer = {
  send(mail: Mail, id: string): Promise<void>;
  /** Connects and signs in, and sends nothing. @throws MailFailed */
  verify(): Promise<void>;
  /** Breaks off what is being sent; the queue tries it again after the next start. */
  close(): void;
};

/** Sends mail by one SMTP server (2.3). Its errors never hold what the server said, nor the credentials. */
export function createMailer({ url, from, ca }: SmtpConfig): SmtpMailer {
  const { hostname, port, protocol, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = protocol === 'smtps:';
  const transport = nodemailer.createTransport({
    pool: true,
    maxConnections: connections,
    // Our own queue does that, and knows when.
    maxRequeues: 0,
    host,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    // A password does not go over a line that others can read.
    requireTLS: !secure && username !== '' && !isLocal(host),
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    ...(ca ? { tls: { ca } } : {}),
    dnsTimeout: patience,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    async send({ to, replyTo, subject, text, calendar }, id) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          ...(replyTo ? { replyTo } : {}),
          subject,
          text,
          // The same in every try: a mail that arrives twice is shown once.
          messageId: `<${id}@${from.address.split('@').at(-1)}>`,
          ...(calendar
            ? { icalEvent: { method: calendar.method, content: calendar.text, filename: 'invitation.ics' } }
            : {}),
          // Nobody is told by their holiday notice that they are away.
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
          signal: AbortSignal.timeout(longest),
        });
      } catch (cause) {
        const failure = readFailure(cause);
        throw failure.final ? new Unreachable('the server will not take mail for them') : failure.error;
      }
    },
    async verify() {
      try {
        await transport.verify();
      } catch (cause) {
        throw readFailure(cause).error;
      }
    },
    close: () => transport.close({ force: true }),
  };
}

const isLocal = (host: string): boolean => ['localhost', '127.0.0.1', '::1'].includes(host);
