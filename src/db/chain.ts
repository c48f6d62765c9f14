import { createHash } from 'node:crypto';

/** JSON in which the same value is always the same text: keys are sorted. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((it) => canonical(it ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, it]) => it !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, it]) => `${JSON.stringify(name)}:${canonical(it)}`);
  return `{${fields.join(',')}}`;
}

/** The hash of an entry together with the one before it: neither can be changed without every later hash changing. */
export const linkHash = (previous: string, entry: Record<string, unknown>): string =>
  createHash('sha256').update(previous).update('\n').update(canonical(entry)).digest('hex');
