import { minute } from '../../src/core/clock.ts';
import type { Place } from '../../src/core/feature.ts';
import type { Card } from '../../src/core/view.ts';
import { exhibitNames } from '../../src/features/statistics/exhibits.ts';
import { createReader } from '../../src/i18n/reader.ts';
import { formOf } from './answers.ts';
import type { walkApprovals } from './walk-approvals.ts';
import type { Someone, World } from './world.ts';

type Walk = Pick<Parameters<typeof walkApprovals>[0], 'world' | 'act' | 'submit' | 'view'> & {
  show(name: string, card: Card): void;
};

/** What the numbers say, and the day at a glance; `nasty` is what people type. */
export async function walkStatistics(
  walk: Walk,
  { admin, host }: { admin: Someone; host: Someone },
  nasty: string,
): Promise<void> {
  const { world, act, submit } = walk;
  // All that they did before does not count as a lot at once any more.
  world.moveTo(world.now() + minute);
  for (const text of ['', 'last month', nasty]) await act(host, 'statistics.said', { text });
  const typed = { from: '2026-11-01', until: '2026-12-31', site: '', room: '', department: '' };
  await act(admin, 'statistics.show', typed);
  const form = formOf(await act(admin, 'statistics.form', typed));
  await submit(admin, form, { from: '2026-12-31', until: '2026-01-01' });
  for (const picture of exhibitNames) await act(admin, 'statistics.picture', { ...typed, picture });
  for (const format of ['csv', 'xlsx']) await act(admin, 'statistics.file', { ...typed, format });
  for (const day of ['today', '2026-12-03', nasty]) await act(host, 'statistics.day', { day, text: '' });
  await walkChannels(walk, { admin, host }, nasty);
}

/** Statistics in channels: set up, posted, ended. */
async function walkChannels(
  { world, act, view, show }: Walk,
  { admin, host }: { admin: Someone; host: Someone },
  nasty: string,
): Promise<void> {
  world.moveTo(world.now() + minute);
  const place: Place = { platform: 'slack', tenant: 'T1', conversation: 'C1', name: `#${nasty}` };
  const there = { ...admin, caller: { ...admin.caller, place } };
  await act(host, 'statistics.every', { every: 'week' });
  await act(admin, 'statistics.every', { every: 'week' });
  for (const text of [nasty, `#${nasty}`]) await act(there, 'statistics.every', { every: 'week', text });
  for (const every of ['day', 'week', 'month', 'month']) await act(there, 'statistics.every', { every });
  await act(admin, 'statistics.schedules');
  const posts = (await world.outbox()).filter((row) => row.kind === 'post');
  for (const { name, data } of posts) await showPost(world, name, data, show);
  const schedule = posts[0]?.data.schedule ?? '';
  for (const why of ['barred', 'notAllowed']) await view(admin, 'statistics.ended', { schedule, why });
  await act(admin, 'statistics.stop', { schedule });
  await act(admin, 'statistics.again', { schedule });
}

async function showPost(
  world: World,
  name: string,
  data: Record<string, string>,
  show: Walk['show'],
): Promise<void> {
  const posting = await world.registry.posts.get(name)?.({ tx: world.db.read, now: world.now() }, data);
  if (!posting) throw new Error(`${name} posts nothing`);
  show(name, await posting.card(createReader(posting.language, posting.zone, world.now())));
}
