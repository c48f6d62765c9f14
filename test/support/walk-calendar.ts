import type { RoomId } from '../../src/core/ids.ts';
import type { walkApprovals } from './walk-approvals.ts';
import type { Someone } from './world.ts';

/** The addresses of one's own bookings and of rooms, by somebody who reviews many; and invitations by e-mail. */
export async function walkCalendar(
  { act }: Pick<Parameters<typeof walkApprovals>[0], 'act'>,
  { reviewer, other }: { reviewer: Someone; other: Someone },
  room: RoomId,
  nasty: string,
): Promise<void> {
  await act(other, 'calendar.show');
  await act(other, 'calendar.mail', { mail: 'on' });
  await act(other, 'calendar.mail', { mail: 'off' });
  await act(reviewer, 'calendar.renew', { room: '' });
  await act(reviewer, 'calendar.renew', { room });
  await act(reviewer, 'calendar.show', { text: 'Alps' });
  await act(other, 'calendar.show', { text: nasty });
  await act(other, 'calendar.renew', { room });
  await act(reviewer, 'calendar.remove', { room });
}
