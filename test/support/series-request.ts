import type { RoomId } from '../../src/core/ids.ts';
import { addDraft } from '../../src/features/draft/store.ts';
import { cardOf, formOf, labelsOf } from './answers.ts';
import type { Someone, World } from './world.ts';

/** Asks for a room on four Wednesdays at 10:00 in Berlin, from 2026-12-02 on, as one series. */
export async function askForSeries(world: World, host: Someone, room: RoomId, topic: string): Promise<void> {
  const content = { topic, attendees: [], headcount: '', equipment: [], confidential: false, note: '' };
  const time = { date: '2026-12-02', start: '10:00', duration: '60', zone: 'Europe/Berlin' };
  const typed = { token: 'token', room, ...content, ...time };
  const draft = await world.db.transact(async (tx) => addDraft(tx, world.now(), host.person, typed));
  const opened = await world.act(host, { command: 'series.open', data: { draft: draft.id } });
  const weekly = { pattern: 'week', days: ['3'], ends: 'count', count: '4' };
  const preview = cardOf(await world.submit(host, formOf(opened), weekly));
  await world.press(host, preview, labelsOf(preview)[0] ?? '');
}
