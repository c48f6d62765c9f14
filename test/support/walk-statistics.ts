import { minute } from '../../src/core/clock.ts';
import { exhibitNames } from '../../src/features/statistics/exhibits.ts';
import { formOf } from './answers.ts';
import type { walkApprovals } from './walk-approvals.ts';
import type { Someone } from './world.ts';

/** What the numbers say, and the day at a glance; `nasty` is what people type. */
export async function walkStatistics(
  { world, act, submit }: Pick<Parameters<typeof walkApprovals>[0], 'world' | 'act' | 'submit'>,
  { admin, host }: { admin: Someone; host: Someone },
  nasty: string,
): Promise<void> {
  // All that they did before does not count as a lot at once any more.
  world.moveTo(world.now() + minute);
  for (const text of ['', 'last month', nasty]) await act(host, 'statistics.said', { text });
  const typed = { from: '2026-11-01', until: '2026-12-31', site: '', room: '', department: '' };
  await act(admin, 'statistics.show', typed);
  const form = formOf(await act(admin, 'statistics.form', typed));
  await submit(admin, form, { from: '2026-12-31', until: '2026-01-01' });
  for (const picture of exhibitNames) await act(admin, 'statistics.picture', { ...typed, picture });
  for (const day of ['today', '2026-12-03', nasty]) await act(host, 'statistics.day', { day, text: '' });
}
