import { minute } from '../../src/core/clock.ts';
import type { BookingId } from '../../src/core/ids.ts';
import type { Values } from '../../src/core/view.ts';
import { cardOf, formOf, rowOf } from './answers.ts';
import { openPostOffice, sender } from './post-office.ts';
import { createWorld, type Someone } from './world.ts';

/** Ann books the room Alps, Ben and Cy are invited, Rae reviews, and what is in the outbox is delivered. */
export async function createMailWorld({ withMail = true } = {}) {
  const world = await createWorld({ admins: ['ida@example.org'], ...(withMail ? { sender } : {}) });
  const [ann, ben, cy, rae] = [
    await world.person('Ann'),
    await world.person('Ben'),
    await world.person('Cy'),
    await world.person('Rae'),
  ];
  const joinLink = 'https://meet.example.org/alps';
  const alps = await world.room({ name: 'Alps', reviewers: [rae], joinLink });

  async function decide(booking: BookingId, label: string) {
    const asked = await world.sent(rae, 'approval.request', { booking });
    if (asked) await world.press(rae, asked, label);
  }

  return {
    world,
    post: openPostOffice(world),
    ann,
    ben,
    cy,

    async switchOn(...people: Someone[]) {
      for (const who of people) {
        const row = rowOf(cardOf(await world.say(who, 'calendar')), 'Invitations by e-mail');
        await world.press(who, row, 'Switch e-mail on');
      }
    },
    /** An approved booking. */
    async booked(its: Values = {}): Promise<BookingId> {
      const attendees = [ben.profile.userId, cy.profile.userId];
      const when = { date: '2026-12-02', start: '15:00', duration: '60' };
      const booking = await world.book(ann, {
        room: alps,
        topic: 'Design review',
        ...when,
        attendees,
        ...its,
      });
      await decide(booking, 'Approve');
      return booking;
    },
    /** A minute later, the host changes it, and that is approved where need be. */
    async change(booking: BookingId, typed: Values) {
      world.moveTo(world.now() + minute);
      const form = formOf(await world.act(ann, { command: 'change.open', data: { booking } }));
      await world.submit(ann, form, typed);
      await decide(booking, 'Approve');
    },
    /** A minute later, the host cancels it, and that is confirmed. */
    async cancel(booking: BookingId) {
      world.moveTo(world.now() + minute);
      const values = { reason: 'Everybody is ill' };
      await world.act(ann, { command: 'cancel.request', data: { booking }, values });
      await decide(booking, 'Confirm cancellation');
    },
  };
}

export type MailWorld = Awaited<ReturnType<typeof createMailWorld>>;
