import type { Instant } from '../../src/core/clock.ts';
import type { BookingId, RoomId } from '../../src/core/ids.ts';
import { formOf } from './answers.ts';
import type { walkApprovals } from './walk-approvals.ts';
import type { Someone } from './world.ts';

/**
 * Everything about home, defaults and reminders.
 * @param it `booking`: approved, of `host`, with `attendee`; `morning`: before its start, on its day `day` in Berlin
 */
export async function walkHome(
  { world, act, submit, view }: Parameters<typeof walkApprovals>[0],
  it: { host: Someone; attendee: Someone; reviewer: Someone; booking: BookingId; room: RoomId },
  on: { day: string; morning: Instant },
  nasty: string,
): Promise<void> {
  const { host, attendee, reviewer, booking, room } = it;
  for (const who of [host, attendee, reviewer]) await act(who, 'home.show');
  const defaults = formOf(await act(host, 'defaults.edit'));
  await submit(host, defaults, { site: '?', room: '?', minutes: '7' });
  await submit(host, defaults, { site: 'Berlin', room, minutes: '60' });
  await act(host, 'home.show');

  await act(host, 'reminder.settings');
  const settings = formOf(await act(host, 'reminder.edit'));
  await submit(host, settings, {
    leads: ['organisation', '5'],
    quiet: true,
    quietFrom: '',
    digest: true,
    digestTime: '',
  });
  await submit(host, settings, { leads: ['10080', '5'], quiet: true, digest: true });

  for (const who of [host, attendee]) await view(who, 'reminder.card', { booking });
  const late = { minutes: '10', words: nasty };
  for (const who of [attendee, attendee, reviewer]) await act(who, 'reminder.late', { booking, ...late });
  await view(host, 'reminder.late', { booking, person: attendee.person, ...late });
  await act(attendee, 'reminder.decline', { booking, card: 'reminder' });
  await act(attendee, 'reminder.undecline', { booking });
  await act(host, 'reminder.decline', { booking });
  world.moveTo(on.morning);
  await view(attendee, 'reminder.digest', { day: on.day });
}
