import type { Answered } from '../../src/chat/ports.ts';
import type { BookingId } from '../../src/core/ids.ts';
import type { Form, Values } from '../../src/core/view.ts';
import { findBooking } from '../../src/features/booking/index.ts';
import { formOf } from './answers.ts';
import type { Someone, World } from './world.ts';

type Steps = {
  world: World;
  act(who: Someone, command: string, data?: Record<string, string>): Promise<Answered>;
  submit(who: Someone, form: Form, typed: Values): Promise<Answered>;
  view(who: Someone, name: string, data: Record<string, string>): Promise<void>;
};

type People = { admin: Someone; host: Someone; other: Someone; reviewer: Someone };

/** Everything that reviewers, hosts and substitutes say to each other; `nasty` is what they type. */
export async function walkApprovals(steps: Steps, people: People, nasty: string) {
  const { world } = steps;
  const here = { site: 'New York', zone: 'America/New_York' };
  const room = await world.room({ name: 'Forum', reviewers: [people.reviewer], tentative: true, ...here });
  const typed = { room, topic: nasty, date: '2026-12-04', duration: '60', note: nasty.repeat(3) };
  const book = (who: Someone, start: string) => world.book(who, { ...typed, start });
  await talk(steps, people, nasty, await book(people.host, '09:00'));
  await decide(steps, people, [await book(people.host, '14:00'), await book(people.other, '14:30')]);
  await standIn(steps, people, await book(people.host, '17:00'));
}

async function talk(
  { world, act, submit, view }: Steps,
  { host, other, reviewer }: People,
  nasty: string,
  booking: BookingId,
) {
  const text = nasty.repeat(3);
  const seen = { booking, asOf: '1' };
  await act(reviewer, 'approval.show', { booking });
  await act(other, 'approval.show', { booking });
  await act(reviewer, 'approval.ask', { ...seen, text });
  await view(host, 'approval.question', { booking });
  await view(reviewer, 'approval.reminder', { booking });
  await act(host, 'approval.answer', { booking, text: '' });
  await act(host, 'approval.answer', { booking, text });
  const proposed = async () => {
    const { state } = (await findBooking(world.db.read, booking)) ?? {};
    return state?.kind === 'requested' ? String(state.proposal?.at) : '0';
  };
  const form = formOf(await act(reviewer, 'approval.proposeForm', seen));
  await submit(reviewer, form, { room: '', date: '', start: '' });
  await submit(reviewer, form, { start: '03:00' });
  await submit(reviewer, form, { start: '11:00' });
  await view(host, 'approval.proposal', { booking });
  await act(host, 'approval.declineProposal', { booking, proposed: await proposed() });
  const again = formOf(await act(reviewer, 'approval.proposeForm', seen));
  await submit(reviewer, again, { start: '12:00' });
  await act(host, 'approval.acceptProposal', { booking, proposed: '0' });
  await act(host, 'approval.acceptProposal', { booking, proposed: await proposed() });
}

async function decide({ act, submit, view }: Steps, { reviewer }: People, bookings: readonly BookingId[]) {
  for (const booking of bookings) await view(reviewer, 'approval.request', { booking });
  const form = formOf(await act(reviewer, 'approval.several'));
  await submit(reviewer, form, { chosen: [] });
  await submit(reviewer, form, { chosen: bookings.map((booking) => `${booking} 1`) });
  await act(reviewer, 'approval.several');
}

async function standIn(
  { world, act, submit, view }: Steps,
  { admin, other, reviewer }: People,
  booking: BookingId,
) {
  await act(reviewer, 'duties.back');
  await act(reviewer, 'duties.show', { page: '2' });
  const form = formOf(await act(reviewer, 'duties.open', { text: 'away 2026-12-01..2026-12-02' }));
  await submit(reviewer, form, { from: '', until: '', substitute: [reviewer.caller.userId] });
  await submit(reviewer, form, { substitute: [other.caller.userId] });
  const overlapping = formOf(await act(admin, 'duties.open', { text: '2026-12-02' }));
  const entered = { person: [reviewer.caller.userId], substitute: [other.caller.userId] };
  await submit(admin, overlapping, entered);
  await submit(admin, overlapping, { ...entered, from: '2026-12-10', until: '2026-12-11' });
  await view(other, 'approval.request', { booking });
  const news = (await world.outbox()).filter((row) => row.name === 'duties.news');
  const substitutions = [...new Set(news.map((row) => row.data.substitution ?? ''))];
  for (const substitution of substitutions) {
    await view(other, 'duties.news', { substitution, news: 'substitute' });
    await view(reviewer, 'duties.news', { substitution, news: 'away' });
  }
  await act(admin, 'duties.show');
  await act(reviewer, 'duties.back');
  for (const substitution of substitutions) await act(admin, 'duties.end', { substitution });
  for (const substitution of substitutions) await view(other, 'duties.news', { substitution, news: 'ended' });
}
