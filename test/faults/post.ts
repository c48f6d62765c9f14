import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { readMime } from '../support/mime.ts';
import { readCalendar } from '../support/read-calendar.ts';
import type { Chance } from './chance.ts';

/** In which ways a letter may fare. */
export const postMishaps = [
  'answered 451 to the recipient',
  'answered 452 to the letter',
  'answered 554 to the letter',
  'hung up before it took it',
  'took it, hung up',
  'took it, answered 451',
] as const;
export type PostMishap = (typeof postMishaps)[number];

/** Letters are few, and fail so many times as often as calls of a chat service. */
const moreForLetters = 5;
const most = 0.7;

/** A letter that the server has taken, with the appointment in it. */
export type Letter = {
  /** The outbox row that it tells. */
  row: string;
  to: string;
  method: string | null;
  uid: string;
  sequence: number;
  start: number;
  /** The server has not said that it took it. */
  hidden: boolean;
};

export type Post = {
  url: string;
  letters: Letter[];
  /** Rows that the server has refused for good. */
  refused: Set<string>;
  counts: Record<PostMishap, number>;
  /** Nobody answers at its address any more. */
  leave(): Promise<void>;
  comeBack(): Promise<void>;
};

/** An SMTP server of our own on 127.0.0.1. @param probability that a letter fares ill, as it is now */
export async function startPost(chance: Chance, probability: () => number): Promise<Post> {
  const letters: Letter[] = [];
  const refused = new Set<string>();
  const counts = Object.fromEntries(postMishaps.map((it) => [it, 0])) as Record<PostMishap, number>;
  const fates = new Map<string, PostMishap | null>();
  let server: SMTPServer | null = null;

  function draw(): PostMishap | null {
    // Both are drawn always, so that a change of the weather moves nothing that comes after it.
    const [hit, which] = [chance.next(), chance.next()];
    if (hit >= Math.min(most, probability() * moreForLetters)) return null;
    return postMishaps[Math.floor(which * postMishaps.length)] ?? null;
  }

  function hangUp(session: SMTPServerSession): void {
    for (const connection of server?.connections ?? [])
      if (Reflect.get(connection, 'id') === session.id) connection.close();
  }

  async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Error | null> {
    const fate = fates.get(session.id) ?? null;
    fates.delete(session.id);
    if (fate) counts[fate] += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const letter = readLetter(Buffer.concat(chunks).toString(), session);
    switch (fate) {
      case 'answered 452 to the letter':
        return answer(452);
      case 'answered 554 to the letter':
        refused.add(letter.row);
        return answer(554);
      case 'hung up before it took it':
        hangUp(session);
        return null;
      case 'took it, hung up':
        letters.push({ ...letter, hidden: true });
        hangUp(session);
        return null;
      case 'took it, answered 451':
        letters.push({ ...letter, hidden: true });
        return answer(451);
      default:
        letters.push(letter);
        return null;
    }
  }

  async function listen(port: number): Promise<number> {
    server = new SMTPServer({
      logger: false,
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      closeTimeout: 50,
      onRcptTo(_address, session, done) {
        const fate = draw();
        if (fate === 'answered 451 to the recipient') {
          counts[fate] += 1;
          return done(answer(451));
        }
        fates.set(session.id, fate);
        done();
      },
      onData: (stream, session, done) => void take(stream, session).then(done, done),
    });
    // A client that was killed leaves a line that ends in the midst.
    server.on('error', () => {});
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    return (server.server.address() as AddressInfo).port;
  }

  const port = await listen(0);
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    refused,
    counts,
    async leave() {
      const leaving = server;
      server = null;
      if (leaving) await new Promise<void>((resolve) => leaving.close(resolve));
    },
    async comeBack() {
      await listen(port);
    },
  };
}

const answer = (code: number): Error => Object.assign(new Error('not now'), { responseCode: code });

function readLetter(raw: string, session: SMTPServerSession): Letter {
  const { headers, parts } = readMime(raw);
  const appointment = parts.find(({ type }) => type.startsWith('text/calendar'));
  const { method, dates } = readCalendar(appointment?.content ?? '');
  const [date] = dates;
  const row = /^<([^@>]+)@/.exec(headers.get('message-id') ?? '')?.[1];
  if (!date || !row) throw new Error('a letter without an appointment or a name');
  const { uid, sequence, start } = date;
  const to = session.envelope.rcptTo[0]?.address ?? '';
  return { row, to, method, uid, sequence, start, hidden: false };
}
