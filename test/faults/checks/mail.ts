import { uidOf } from '../../../src/features/calendar/event.ts';
import type { Facts } from '../facts.ts';
import type { Letter } from '../post.ts';
import { emailOf, mailed, type World } from '../world.ts';
import { type Check, check } from './check.ts';

/** Invitations by mail: each arrived, once but for what the server hid, and calendars show what is. */
export function checkMail(facts: Facts, { post, inHand }: World): Check[] {
  const rows = facts.outbox.filter(({ kind }) => kind === 'mail');
  const done = rows.filter(({ state }) => state === 'done');
  const byRow = Map.groupBy(post.letters, ({ row }) => row);
  const ended = (id: string): number => inHand.filter((it) => it.id === id).length;
  const hiddenOf = (letters: readonly Letter[]): number => letters.filter(({ hidden }) => hidden).length;
  const again = [...byRow].map(([id, letters]) => ({ id, letters, excess: letters.length - 1 }));
  const sum = (of: (it: (typeof again)[number]) => number) => again.reduce((total, it) => total + of(it), 0);
  const byHidden = sum(({ letters, excess }) => Math.min(excess, hiddenOf(letters)));
  const total = sum(({ excess }) => excess);
  const known = new Set(rows.map(({ id }): string => id));
  return [
    check(
      'every letter that had to be mailed arrived, but for those that the server refused for good',
      [
        ...done.filter(({ id }) => !byRow.has(id)).map(({ id }) => `row ${id} was never taken`),
        ...rows
          .filter(({ id, state }) => state === 'failed' && !post.refused.has(id))
          .map(({ error }) => `given up: ${error}`),
        ...[...byRow.keys()].filter((id) => !known.has(id)).map((id) => `a letter of no row: ${id}`),
        ...(done.length === 0 ? ['no letter at all'] : []),
      ],
      `${done.length} rows, ${post.letters.length} letters, ${post.refused.size} refused for good`,
    ),
    check(
      'no letter came twice, but for those that the mail server took and hid',
      again
        .filter(({ id, letters, excess }) => excess > hiddenOf(letters) + ended(id))
        .map(({ id, letters }) => `${letters.length} letters of row ${id}`),
      `${total} sent again: ${byHidden} of ${hiddenOf(post.letters)} that it took and hid, ${total - byHidden} in hand when the process was ended`,
    ),
    check(
      'the last word in everybody’s calendar is what the booking is: its time, or a CANCEL with a higher SEQUENCE',
      [...facts.bookings.values()].flatMap((booking) => wrongIn(booking, facts, post)),
      `${cancelled(facts, post)} cancellations by mail, among ${new Set(post.letters.map(({ uid }) => uid)).size} appointments`,
    ),
  ];
}

type Booking = Facts['bookings'] extends Map<number, infer One> ? One : never;

function wrongIn(booking: Booking, facts: Facts, { letters, refused }: World['post']): string[] {
  const { kind } = booking.state;
  if (kind !== 'approved' && kind !== 'cancelled') return [];
  const invited = new Set([booking.host, ...booking.attendees].map((id) => facts.names.get(id) ?? ''));
  return mailed
    .filter((name) => [...invited].some((it) => it.toLowerCase() === name.toLowerCase()))
    .flatMap((name) => {
      const who = `#${booking.number}, ${name}`;
      const appointment = uidOf(booking.series ?? booking.id);
      const theirs = letters.filter(({ uid, to }) => uid === appointment && to === emailOf(name));
      // Refused for good, a letter is not written again.
      const spared = facts.outbox.some(
        ({ id, person, data }) =>
          refused.has(id) &&
          (data.series ?? data.booking) === (booking.series ?? booking.id) &&
          sameName(facts.names.get(person ?? ''), name),
      );
      if (spared) return [];
      const last = Math.max(...theirs.map(({ sequence }) => sequence));
      const words = theirs.filter(({ sequence }) => sequence === last);
      if (words.length === 0) return kind === 'approved' ? [`${who}: no letter`] : [];
      if (kind === 'cancelled')
        return words.every(({ method }) => method === 'CANCEL') ? [] : [`${who}: no CANCEL on top`];
      const starts = startsOf(booking, facts);
      const right = words.every((it) => it.method === 'REQUEST' && starts.includes(it.start));
      return right ? [] : [`${who}: another time`];
    });
}

/** When it may begin by its letter, which says of a series when its first date begins. */
const startsOf = (booking: Booking, { bookings }: Facts): number[] =>
  booking.series === null
    ? [booking.start]
    : [...bookings.values()].filter((it) => it.series === booking.series).map(({ start }) => start);

const sameName = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

const cancelled = ({ bookings }: Facts, { letters }: World['post']): number =>
  [...bookings.values()].filter(
    ({ id, series, state }) =>
      state.kind === 'cancelled' &&
      letters.some(({ uid, method }) => uid === uidOf(series ?? id) && method === 'CANCEL'),
  ).length;
