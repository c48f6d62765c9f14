import { channel } from './matrix.ts';
import { type Clicks, cardOf, type Scene } from './scene.ts';

/** The numbers, and what posts them in a channel: everybody sends their click from that channel. */
export async function statisticsClicks({ world, cast, act }: Scene): Promise<Clicks> {
  const period = { from: '2026-12-01', until: '2026-12-31', site: '', room: '', department: '' };
  const weekly = { command: 'statistics.every', data: { every: 'week', text: '' }, values: {} };
  await world.dispatch.act({ ...cast.admin.caller, place: channel }, weekly, 'weekly');
  const list = cardOf(await act(cast.admin, 'statistics.schedules', {}));
  const stop = list.rows?.flatMap((row) => row.actions ?? []).find((it) => it.kind === 'command');
  if (stop?.kind !== 'command') throw new Error('nothing is posted');
  const { schedule = '' } = stop.data;
  const clicks: [string, Record<string, string>][] = [
    ['statistics.said', { text: '' }],
    ['statistics.show', period],
    ['statistics.form', period],
    ['statistics.picture', { ...period, picture: 'rooms' }],
    ['statistics.file', { ...period, format: 'csv' }],
    ['statistics.day', { day: '2026-12-03', text: '' }],
    ['statistics.again', { schedule }],
    ['statistics.stop', { schedule }],
    ['statistics.schedules', {}],
  ];
  return {
    ...Object.fromEntries(clicks.map(([command, data]) => [command, { command, data, values: {} }])),
    'statistics.every': { ...weekly, data: { every: 'day', text: '' } },
    'statistics.file of a department': {
      command: 'statistics.file',
      data: { ...period, department: 'Sales', format: 'csv' },
      values: {},
    },
    'statistics.show of a department': {
      command: 'statistics.show',
      data: { ...period, department: 'Sales' },
      values: {},
    },
  };
}
