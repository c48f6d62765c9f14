import type { Act } from '../../src/chat/ports.ts';
import type { BookingId } from '../../src/core/ids.ts';
import type { Form, Values } from '../../src/core/view.ts';
import { keepPublicUrl } from '../../src/features/files/index.ts';
import { cardOf, formOf, valuesOf } from '../support/answers.ts';
import { buttonFor } from '../support/walk-drafts.ts';
import type { Someone, World } from '../support/world.ts';
import type { Cast } from './cast.ts';

/** What nobody may read who has no part in it (5.3). */
export const secret = 'Merger with Umbrella';

export type Clicks = Record<string, Act>;

/** Gets each thing into the state in which one may act upon it. */
export async function prepare(world: World, cast: Cast) {
  const { host, otherHost, attendee, reviewer, otherReviewer, substitute, admin } = cast;
  await world.db.transact((tx) => keepPublicUrl(tx, 'https://rooms.example.org'));
  const alps = await world.room({ name: 'Alps', reviewers: [reviewer] });
  const bern = await world.room({ name: 'Bern', reviewers: [otherReviewer] });
  const day = '2026-12-03';
  const typed = { room: alps, topic: secret, confidential: true, date: day, duration: '60' };
  const attendees = [attendee.caller.userId];
  const book = (start: string, its: Values = {}) => world.book(host, { ...typed, attendees, start, ...its });
  const act = async (who: Someone, command: string, data: Record<string, string>, values: Values = {}) => {
    const answered = await world.act(who, { command, data, values });
    if (answered.answer.kind === 'note' && answered.answer.tone === 'bad')
      throw new Error(`${command}: ${answered.answer.text}`);
    return answered;
  };
  const approved = async (start: string) => {
    const booking = await book(start);
    await act(reviewer, 'approval.approve', { booking, asOf: '1' });
    return booking;
  };
  const form = async (who: Someone, command: string, data: Record<string, string> = {}): Promise<Form> =>
    formOf(await act(who, command, data));

  const requested = await book('08:00');
  const questioned = await book('09:00');
  await act(reviewer, 'approval.ask', { booking: questioned, asOf: '1' }, { text: 'Why?' });
  const proposed = await book('10:00');
  const proposal = await form(reviewer, 'approval.proposeForm', { booking: proposed, asOf: '1' });
  await world.submit(reviewer, proposal, { start: '19:00' });
  const standing = await approved('11:00');
  const changing = await approved('12:00');
  await world.submit(host, await form(host, 'change.open', { booking: changing }), { start: '18:00' });
  const cancelling = await approved('13:00');
  await act(host, 'cancel.request', { booking: cancelling }, { reason: 'Ill' });
  const handed = await approved('14:00');
  await act(host, 'change.handOver', { booking: handed }, { to: attendees });
  const declined = await approved('17:00');
  await act(attendee, 'reminder.decline', { booking: declined });
  const lost = await book('16:00', { room: bern, topic: 'Lost' });
  await act(host, 'booking.withdraw', { booking: lost });
  const own = await world.book(otherHost, { ...typed, topic: 'Own', start: '15:00' });
  await world.book(otherHost, { ...typed, topic: 'Own', date: '2026-12-04', start: '10:00' });

  const away = await form(reviewer, 'duties.open', { text: '' });
  await world.submit(reviewer, away, {
    from: '2026-12-01',
    until: '2026-12-31',
    substitute: [substitute.caller.userId],
  });
  return {
    world,
    cast,
    typed,
    attendees,
    act,
    form,
    rooms: { alps, bern },
    bookings: {
      requested,
      questioned,
      proposed,
      standing,
      changing,
      cancelling,
      handed,
      declined,
      lost,
      own,
    },
    admin,
  };
}

export type Scene = Awaited<ReturnType<typeof prepare>>;

/** The submission of a form, as the person for whom it was opened would send it. */
export const submission = (form: Form, typed: Values = {}): Act => ({
  command: form.command,
  data: form.data,
  values: { ...valuesOf(form), ...typed },
});

/** The form of a booking's matter that reviewers see now. */
export const asOfOf = async (scene: Scene, booking: BookingId): Promise<string> => {
  const card = cardOf(await scene.act(scene.cast.reviewer, 'approval.show', { booking }));
  const action = (card.actions ?? []).find((it) => it.kind === 'command' && it.data.asOf);
  return action?.kind === 'command' ? (action.data.asOf ?? '1') : '1';
};

export { buttonFor, cardOf, formOf };
