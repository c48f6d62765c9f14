import type { Card, Values } from '../../src/core/view.ts';
import { type Clicks, cardOf, formOf, type Scene, submission } from './scene.ts';

/** The same for series: one that is planned, one that waits, one that is being changed. */
export async function seriesClicks(scene: Scene): Promise<Clicks> {
  const { world, cast, act, form, rooms, attendees } = scene;
  const { host, reviewer } = cast;
  const typed = { topic: scene.typed.topic, confidential: true, duration: '60', date: '2026-12-08' };
  const daily: Values = { pattern: 'day', ends: 'count', count: '3' };

  /** A series as far as its preview. */
  const plan = async (start: string) => {
    const asked = { ...typed, room: rooms.alps, start, attendees, recurring: true };
    const opened = await form(host, 'booking.open', { room: rooms.alps });
    const draft = cardOf(await world.submit(host, opened, asked));
    const open = actionOf(draft, 'series.open');
    const planning = formOf(await act(host, 'series.open', open));
    const preview = cardOf(await world.submit(host, planning, daily));
    return { open, planning, preview };
  };
  const send = async (start: string) => {
    const { preview } = await plan(start);
    const sent = cardOf(await act(host, 'series.send', actionOf(preview, 'series.send')));
    return actionOf(sent, 'series.change').series ?? '';
  };

  const planned = await plan('08:00');
  const waiting = await send('09:00');
  const review = await world.sent(reviewer, 'series.review', { series: waiting });
  if (!review) throw new Error('nothing to review');
  const decision = actionOf(review, 'series.approve');
  const changing = formOf(await act(host, 'series.change', { series: waiting }));
  const foreseen = cardOf(await world.submit(host, changing, { topic: 'Other' }));
  const apply = actionOf(foreseen, 'series.apply');
  const pattern = formOf(await act(host, 'series.pattern', { series: waiting }));
  const outlook = cardOf(await world.submit(host, pattern, { ...daily, count: '2' }));
  const repattern = actionOf(outlook, 'series.repattern');
  const { draft = '' } = planned.open;
  const ending = await send('10:00');
  const asked = await world.sent(reviewer, 'series.review', { series: ending });
  if (!asked) throw new Error('nothing to review');
  await act(reviewer, 'series.approve', actionOf(asked, 'series.approve'));
  await act(host, 'series.cancel', { series: ending, from: '2026-12-08', reason: 'Ill' });
  const keep = actionOf(cardOf(await act(host, 'series.show', { series: ending })), 'series.keep');
  return {
    'series.open': { command: 'series.open', data: planned.open, values: {} },
    'series.replan': { command: 'series.replan', data: { draft }, values: {} },
    'series.plan': submission(planned.planning, { ...daily, count: '4' }),
    'series.preview': { command: 'series.preview', data: { draft, page: '1' }, values: {} },
    ...only('series.choose', chooseOf(planned.preview)),
    ...only('series.send', actionOf(planned.preview, 'series.send')),
    ...only('series.show', { series: waiting }),
    ...only('series.cancel', { series: waiting, from: '2026-12-08', reason: 'Ill' }),
    ...only('series.keep', keep),
    ...only('series.approve', decision),
    ...only('series.reject', { ...decision, reason: 'No' }),
    ...only('series.change', { series: waiting }),
    'series.changed': submission(changing, { topic: 'Third' }),
    ...only('series.foresee', { draft: apply.draft ?? '', page: '1' }),
    ...only('series.apply', apply),
    ...only('series.pattern', { series: waiting }),
    'series.patterned': submission(pattern, { ...daily, count: '5' }),
    ...only('series.outlook', { draft: repattern.draft ?? '', page: '1' }),
    ...only('series.repattern', repattern),
  };
}

const only = (command: string, data: Record<string, string>): Clicks => ({
  [command]: { command, data, values: {} },
});

/** What the button of this command sends, wherever it stands on a card. */
function actionOf(card: Card, command: string): Record<string, string> {
  const all = [...(card.actions ?? []), ...(card.rows ?? []).flatMap((row) => row.actions ?? [])];
  for (const action of all) if (action.kind === 'command' && action.command === command) return action.data;
  throw new Error(`no button for ${command} on ${card.title}`);
}

const chooseOf = (card: Card): Record<string, string> => actionOf(card, 'series.choose');
