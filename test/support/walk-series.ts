import { minute } from '../../src/core/clock.ts';
import type { Values } from '../../src/core/view.ts';
import { occurrencesOf } from '../../src/features/booking/index.ts';
import { cardOf, formOf } from './answers.ts';
import type { walkApprovals } from './walk-approvals.ts';
import { buttonFor } from './walk-drafts.ts';
import type { Someone } from './world.ts';

/** A series from the form to its end, as its host, a reviewer and somebody invited see it; `nasty` is what they type. */
export async function walkSeries(
  { world, act, submit, view }: Parameters<typeof walkApprovals>[0],
  { host, other, reviewer }: { host: Someone; other: Someone; reviewer: Someone },
  nasty: string,
): Promise<void> {
  // All that they did before does not count as a lot at once any more.
  world.moveTo(world.now() + minute);
  const here = { site: 'New York', zone: 'America/New_York' };
  const room = await world.room({ name: 'Shore', reviewers: [reviewer], ...here });
  await world.room({ name: 'Harbour', reviewers: [reviewer], ...here });
  const typed = {
    room,
    topic: nasty,
    note: nasty.repeat(3),
    date: '2026-12-08',
    start: '10:00',
    duration: '60',
  };
  await world.book(other, { ...typed, topic: 'Other' });
  const attendees = [other.caller.userId];
  const asked = { ...typed, attendees, recurring: true };
  const draft = cardOf(await submit(host, formOf(await act(host, 'booking.open', { room })), asked));
  const { data } = buttonFor(draft, 'series.open');
  const form = formOf(await act(host, 'series.open', data));
  const wrong: Values = { pattern: '', interval: 'x', days: [], ends: '', until: '', count: '' };
  await submit(host, form, wrong);
  const daily: Values = { pattern: 'day', ends: 'count', count: '8' };
  const first = cardOf(await submit(host, form, daily));
  await act(host, 'series.replan', data);
  await act(host, 'series.preview', { ...data, page: '2' });
  await view(host, 'series.preview', { ...data, page: '1' });
  const chosen = await act(host, 'series.choose', buttonFor(first.rows?.[0], 'series.choose').data);
  const sent = buttonFor(cardOf(chosen), 'series.send').data;
  await act(host, 'series.send', { ...sent, print: 'stale' });
  const { series = '' } = buttonFor(cardOf(await act(host, 'series.send', sent)), 'series.change').data;

  await view(host, 'series.host', { series, page: '1' });
  await view(reviewer, 'series.review', { series, reminder: 'yes' });
  await act(reviewer, 'series.approve', { series, print: 'stale' });
  const review = await world.sent(reviewer, 'series.review', { series });
  const decision = buttonFor(review ?? undefined, 'series.approve').data;
  await act(reviewer, 'series.reject', decision);
  await act(reviewer, 'series.approve', decision);
  await act(reviewer, 'series.approve', decision);
  for (const name of ['series.news', 'series.cancelled']) await view(host, name, { series });
  await view(other, 'series.invited', { series });
  await act(other, 'series.show', { series });

  const change = formOf(await act(host, 'series.change', { series }));
  await submit(host, change, {});
  const seen = cardOf(await submit(host, change, { topic: 'Other', attendees: [] }));
  const apply = buttonFor(seen, 'series.apply').data;
  await act(host, 'series.foresee', { draft: apply.draft ?? '', page: '1' });
  await view(host, 'series.prospect', { draft: apply.draft ?? '', page: '1' });
  await act(host, 'series.apply', apply);
  const [changed] = await occurrencesOf(world.db.read, series as Parameters<typeof occurrencesOf>[1]);
  const news = { series, booking: changed?.id ?? '', revision: String(changed?.revision), count: '2' };
  await view(host, 'series.changed', news);
  await view(other, 'series.removed', news);
  const pattern = formOf(await act(host, 'series.pattern', { series }));
  await submit(host, pattern, wrong);
  const outlook = cardOf(
    await submit(host, pattern, { pattern: 'day', interval: '2', ends: 'count', count: '6' }),
  );
  const repattern = buttonFor(outlook, 'series.repattern').data;
  await act(host, 'series.outlook', { draft: repattern.draft ?? '', page: '1' });
  await view(host, 'series.outlook', { draft: repattern.draft ?? '', page: '1' });
  await act(host, 'series.repattern', repattern);
  await act(host, 'series.repattern', repattern);
  await world.act(host, {
    command: 'series.cancel',
    data: { series },
    values: { from: '2026-12-08', reason: nasty.repeat(3) },
  });
  await act(host, 'series.cancel', { series, from: '2026-12-08' });
  const ending = cardOf(await act(host, 'series.show', { series }));
  await act(host, 'series.keep', { series, print: 'stale' });
  await view(reviewer, 'series.review', { series });
  await view(host, 'series.host', { series, page: '1' });
  await act(host, 'series.keep', buttonFor(ending, 'series.keep').data);
}
