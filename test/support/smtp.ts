import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { type Mime, readMime } from './mime.ts';
import { readCalendar } from './read-calendar.ts';

/** A mail that the server has taken. */
export type Received = Mime & { to: string; raw: string; encrypted: boolean };

/** What the server does with the next mail, in the place of taking it. */
export type Misfortune = { at: 'RCPT' | 'DATA'; code: number } | { at: 'DATA'; hangUp: true };

export type SmtpWorld = {
  /** As a setting has it, with credentials where the server wants them. */
  url: string;
  port: number;
  /** Every mail that was taken, oldest first. */
  mails: Received[];
  /** How many connections were made. */
  connections(): number;
  /** The password that it accepts from now on. */
  accept(password: string): void;
  /** The next mails meet with these, in turn. */
  meet(...misfortunes: Misfortune[]): void;
  stop(): Promise<void>;
};

export const user = 'rooms@example.org';
/** Of letters that a URL has to write otherwise. */
export const password = 'p@ss:w/rd%1';

/** A real SMTP server of our own. Without `auth` it takes mail from anybody. */
export async function startSmtp(
  it: { auth?: boolean; accepts?: string; secure?: boolean; options?: SMTPServerOptions } = {},
): Promise<SmtpWorld> {
  const { auth = false, secure = false } = it;
  let accepted = it.accepts ?? password;
  const mails: Received[] = [];
  const misfortunes: Misfortune[] = [];
  let connections = 0;
  const failure = (code: number) => Object.assign(new Error(`no: ${user}`), { responseCode: code });

  const server = new SMTPServer({
    secure,
    logger: false,
    authOptional: !auth,
    // Unless a test brings a certificate, everything is in the clear.
    disabledCommands: it.options?.cert ? [] : ['STARTTLS'],
    closeTimeout: 100,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onAuth(given, _session, done) {
      const known = given.username === user && given.password === accepted;
      if (known) done(null, { user });
      else done(failure(535));
    },
    onRcptTo(_address, _session, done) {
      const next = misfortunes[0];
      if (next?.at !== 'RCPT') return done();
      misfortunes.shift();
      done(failure(next.code));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      const next = misfortunes.shift();
      if (next && 'hangUp' in next) {
        for (const connection of server.connections) connection.close();
        return;
      }
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (next) return done(failure(next.code));
        const raw = Buffer.concat(chunks).toString();
        const [to] = session.envelope.rcptTo;
        mails.push({ ...readMime(raw), raw, to: to ? to.address : '', encrypted: Boolean(session.secure) });
        done();
      });
    },
    ...it.options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const credentials = auth ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}@` : '';
  return {
    url: `${secure ? 'smtps' : 'smtp'}://${credentials}127.0.0.1:${port}`,
    port,
    mails,
    connections: () => connections,
    accept: (it) => {
      accepted = it;
    },
    meet: (...more) => void misfortunes.push(...more),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The appointment in a mail, as an independent reader understands it; it must be there twice, both the same. */
export function appointmentIn({ parts }: Mime) {
  const shown = parts.find(({ type }) => type.startsWith('text/calendar'));
  const attached = parts.find(({ disposition }) => disposition.startsWith('attachment'));
  if (!shown || shown.content.trim() !== attached?.content.trim()) throw new Error('no appointment, or two');
  return { ...readCalendar(shown.content), type: shown.type };
}

/** What a person reads in a mail. */
export const bodyOf = ({ parts }: Mime): string =>
  parts.find(({ type }) => type.startsWith('text/plain'))?.content ?? '';
