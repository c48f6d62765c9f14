import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { BookingId, PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { prepared } from '../../db/prepared.ts';
import { deployment } from '../../db/schema.ts';

/**
 * Signs what stands in a link, so that no other can be made up: `<id>.<signature>`. What was signed for one purpose is
 * of no use for another.
 */
export function createSigner(secret: Buffer, purpose: 'file' | 'booking' | 'feed') {
  const key = createSecretKey(secret);
  const signature = (id: string): string =>
    createHmac('sha256', key).update(`${purpose}:${id}`).digest('base64url');
  return {
    sign: (id: string): string => `${id}.${signature(id)}`,
    /** The id that was signed; null where the signature is not ours. Takes as long for any wrong one. */
    read(token: string): string | null {
      const dot = token.lastIndexOf('.');
      const id = token.slice(0, Math.max(dot, 0));
      const expected = Buffer.from(signature(id));
      const given = Buffer.from(token.slice(dot + 1));
      return given.length === expected.length && timingSafeEqual(given, expected) ? id : null;
    },
  };
}

export type LinkSettings = {
  secret: Buffer;
  /** Without an address from outside there are no links. */
  publicUrl: string | null;
};

export type Links = ReturnType<typeof createLinks>;

/** The links to what we serve, each for one person (6.2), and what stands in them. */
export function createLinks({ secret, publicUrl }: LinkSettings) {
  const files = createSigner(secret, 'file');
  const bookings = createSigner(secret, 'booking');
  const feeds = createSigner(secret, 'feed');
  const root = publicUrl?.replace(/\/$/, '');
  const at = (path: () => string): string | null => (root === undefined ? null : `${root}${path()}`);

  return {
    /** False where there is no address, and every link is null. */
    reachable: publicUrl !== null,
    toFile: (id: string, name: string) => at(() => `/files/${files.sign(id)}/${encodeURIComponent(name)}`),
    /** The invitation to a booking, in its present form. */
    toInvitation: (booking: BookingId, person: PersonId) =>
      at(() => `/calendar/${bookings.sign(`${booking}.${person}`)}.ics`),
    toFeed: (id: string) => at(() => `/calendar/feed/${feeds.sign(id)}.ics`),

    readFile: files.read,
    readFeed: feeds.read,
    readInvitation(token: string): { booking: BookingId; person: PersonId } | null {
      const [booking, person] = bookings.read(token)?.split('.') ?? [];
      return booking && person ? { booking: booking as BookingId, person: person as PersonId } : null;
    },
  };
}

const settings = prepared((tx) =>
  tx.select({ secret: deployment.linkSecret, publicUrl: deployment.publicUrl }).from(deployment),
);

/** What links are made with in this deployment. */
export async function linkSettings(tx: Tx): Promise<LinkSettings> {
  const [found] = await settings(tx, {});
  if (!found?.secret) throw new Error('a database without a secret for links');
  return { secret: Buffer.from(found.secret, 'hex'), publicUrl: found.publicUrl };
}

/** Made once for the same settings. */
let made: { of: string; links: Links } | null = null;

/** The links of this deployment. */
export async function linksIn(tx: Tx): Promise<Links> {
  const { secret, publicUrl } = await linkSettings(tx);
  const of = `${secret.toString('hex')} ${publicUrl}`;
  if (made?.of !== of) made = { of, links: createLinks({ secret, publicUrl }) };
  return made.links;
}

/** At start: where we are reached from outside, so that whatever is shown can hold links. */
export async function keepPublicUrl(tx: Tx, publicUrl: string | null): Promise<void> {
  await tx.update(deployment).set({ publicUrl });
}
