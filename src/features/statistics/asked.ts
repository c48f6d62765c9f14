import { formats } from '../../tables/index.ts';
import { everyIn } from './timetable.ts';

type Asked = { command: string; input: Record<string, unknown> };

const schedules = /^(?:schedules?|排程|定期(?:統計|统计)?)$/iu;
const file = new RegExp(`^(?<format>${formats.join('|')})(?![a-z\\d])`, 'iu');

/** What somebody wants who types `/stats <rest>`: the numbers, the numbers as a file, or again and again. */
export function askedFor(rest: string): Asked {
  const text = rest.trim();
  if (schedules.test(text)) return { command: 'statistics.schedules', input: {} };
  const often = everyIn(text);
  if (often) return { command: 'statistics.every', input: { every: often.every, text: often.rest } };
  const wanted = file.exec(text);
  if (!wanted) return { command: 'statistics.said', input: { text: rest } };
  const format = wanted.groups?.format?.toLowerCase() ?? '';
  return { command: 'statistics.file', input: { format, text: text.slice(format.length).trim() } };
}
