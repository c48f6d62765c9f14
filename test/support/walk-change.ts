import { minute } from '../../src/core/clock.ts';
import { findBooking } from '../../src/features/booking/index.ts';
import { words } from '../../src/features/booking/views.ts';
import { formOf } from './answers.ts';
import type { walkApprovals } from './walk-approvals.ts';
import type { Someone } from './world.ts';

type People = { admin: Someone; host: Someone; other: Someone; reviewer: Someone };

/** A booking that is said, changed, handed over and cancelled; `nasty` is what people type. */
export async function walkChange(
  { world, act, submit, view }: Parameters<typeof walkApprovals>[0],
  { admin, host, other, reviewer }: People,
  nasty: string,
): Promise<void> {
  // All that they did before does not count as a lot at once any more.
  world.moveTo(world.now() + minute);
  const here = { site: 'New York', zone: 'America/New_York' };
  const room = await world.room({ name: 'Quay', reviewers: [reviewer], ...here });
  const typed = { room, topic: nasty, note: nasty.repeat(3), date: '2026-12-07', duration: '60' };
  const attendees = [other.caller.userId];
  const approved = async (start: string) => {
    const booking = await world.book(host, { ...typed, start, attendees });
    await act(reviewer, 'approval.approve', { booking, asOf: '1' });
    return booking;
  };
  const revisionOf = async (booking: Awaited<ReturnType<typeof approved>>) =>
    String((await findBooking(world.db.read, booking))?.revision);

  const booking = await approved('10:00');
  await act(host, 'booking.show', { booking });
  await act(other, 'booking.show', { booking });
  await act(admin, 'booking.show', { booking });
  const open = async () => formOf(await act(host, 'change.open', { booking }));
  await submit(host, await open(), { topic: '', headcount: 'x' });
  await submit(host, await open(), { headcount: '99' });
  await submit(host, await open(), { topic: `${nasty.slice(0, 140)} 2`, attendees: [] });
  await view(other, 'change.removed', { booking });
  await view(host, 'change.news', { booking, revision: await revisionOf(booking) });
  await submit(host, await open(), { start: '10:30', attendees });
  await view(reviewer, 'approval.request', { booking });
  await act(host, 'change.withdraw', { booking });
  await act(host, 'change.withdraw', { booking });
  await act(host, 'change.askEnd', { booking });
  const { end } = (await findBooking(world.db.read, booking)) ?? { end: 0 };
  await act(host, 'change.end', { booking, end: String(end - 15 * minute), token: 'end' });

  const handOver = (to: Someone) =>
    world.act(host, { command: 'change.handOver', data: { booking }, values: { to: [to.caller.userId] } });
  await act(host, 'change.handOver', { booking });
  await handOver(other);
  await view(other, 'change.handover', { booking });
  await act(other, 'change.declineHandover', { booking });
  await act(other, 'change.declineHandover', { booking });
  await handOver(other);
  await act(other, 'change.acceptHandover', { booking });
  for (const word of words)
    await view(host, 'booking.word', { booking, word, person: other.person, reason: nasty.repeat(3) });

  const ending = await approved('14:00');
  const cancel = (data: Record<string, string>, reason: string) =>
    world.act(host, { command: 'cancel.request', data: { booking: ending, ...data }, values: { reason } });
  await act(host, 'cancel.request', { booking: ending });
  await cancel({}, nasty.repeat(3));
  await act(host, 'cancel.keep', { booking: ending });
  await act(host, 'cancel.keep', { booking: ending });
  await cancel({ list: 'upcoming', page: '1' }, nasty.repeat(3));
  const asOf = await revisionOf(ending);
  await act(reviewer, 'cancel.confirm', { booking: ending, asOf, page: '1' });
  await act(reviewer, 'cancel.confirm', { booking: ending, asOf: '1' });
  await view(other, 'booking.news', { booking: ending, news: 'cancelled' });

  await act(host, 'sentence.book', { text: `tomorrow 3pm 1h ${nasty}` });
  await act(host, 'sentence.book', { text: nasty });
  await act(host, 'sentence.book', { text: `yesterday 3pm ${nasty}` });
  await act(host, 'sentence.rooms', { text: 'tomorrow afternoon 3 people' });
  await act(host, 'sentence.rooms', { text: 'tomorrow 3pm 5000 people' });
  for (const text of [nasty, 'tomorrow 3pm 1h retro', 'move #1001 to Friday 10am', 'move #99999 to Friday'])
    await act(host, 'sentence.said', { text });

  await act(admin, 'people.departments');
  for (let n = 0; n < 17; n++) {
    const form = formOf(await act(admin, 'people.departmentForm'));
    world.moveTo(world.now() + minute);
    await submit(admin, form, {
      people: n === 0 ? [] : [host.caller.userId],
      department: `${n} ${nasty}`.slice(0, 70 - n),
    });
  }
}
