import { minute } from '../../src/core/clock.ts';
import type { Card, CommandAction, Row } from '../../src/core/view.ts';
import { cardOf, formOf } from './answers.ts';
import type { walkApprovals } from './walk-approvals.ts';
import type { Someone } from './world.ts';

/** Everything about what is taken: drafts, alternatives and the waitlist; `nasty` is what people type. */
export async function walkDrafts(
  { world, act, submit, view }: Parameters<typeof walkApprovals>[0],
  { host, other, reviewer }: { host: Someone; other: Someone; reviewer: Someone },
  nasty: string,
): Promise<void> {
  // All that they did before does not count as a lot at once any more.
  world.moveTo(world.now() + minute);
  const here = { site: 'New York', zone: 'America/New_York' };
  const room = await world.room({ name: 'Lake', reviewers: [reviewer], ...here });
  const typed = { room, topic: nasty, note: nasty.repeat(3), date: '2026-12-04', duration: '15' };
  const taken = [];
  for (const start of ['10:00', '10:15', '10:30', '10:45', '11:00', '11:15'])
    taken.push(await world.book(host, { ...typed, start }));
  const ask = async (its: Record<string, string> = {}) => {
    const form = formOf(await act(other, 'booking.open', { room }));
    return cardOf(await submit(other, form, { ...typed, start: '10:00', duration: '90', ...its }));
  };
  const press = (who: Someone, on: Card | Row | undefined, command: string) =>
    act(who, command, buttonFor(on, command).data);

  const card = await ask();
  const { draft = '' } = buttonFor(card, 'draft.edit').data;
  await view(other, 'draft.card', { draft });
  await press(other, await ask({ room: 'any', headcount: '999' }), 'draft.edit');
  const { entry = '' } = buttonFor(cardOf(await press(other, card, 'waitlist.join')), 'waitlist.leave').data;
  await press(other, card, 'waitlist.join');
  await view(other, 'waitlist.entry', { entry });
  await act(other, 'waitlist.list');
  await act(host, 'waitlist.list');

  for (const booking of taken) await act(host, 'booking.withdraw', { booking });
  await view(other, 'waitlist.offer', { entry });
  await act(other, 'waitlist.list');
  await act(other, 'waitlist.take', { entry });
  await view(other, 'waitlist.entry', { entry });
  await act(other, 'waitlist.leave', { entry });

  await press(other, card.rows?.[0], 'draft.take');
  await press(other, card.rows?.[1], 'draft.take');
  const lost = await world.book(host, { ...typed, start: '16:00' });
  await act(host, 'booking.withdraw', { booking: lost });
  await press(host, cardOf(await act(host, 'draft.fromBooking', { booking: lost })), 'draft.book');
}

/** The button that sends this command. */
export function buttonFor(on: Card | Row | undefined, command: string): CommandAction {
  for (const action of on?.actions ?? [])
    if (action.kind === 'command' && action.command === command) return action;
  throw new Error(`no button for ${command}`);
}
