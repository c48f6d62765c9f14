import { z } from 'zod';
import type { Values } from '../../core/view.ts';
import { languages } from '../../i18n/translate.ts';
import type { Act } from '../ports.ts';

/*
 * What a button carries to the client and back. Inputs arrive merged over it, so everything of ours stands
 * under one name, and each input's id begins with its form's prefix: two unfolding forms of one card may both
 * have a field of the same name.
 */

/** Fields whose value is not a plain string; by these names a submission is read back. */
const kinds = z.record(z.string(), z.enum(['people', 'choices', 'toggle']));
export type ValueKinds = z.infer<typeof kinds>;

const button = z.object({
  command: z.string(),
  data: z.record(z.string(), z.string()),
  /** New in every rendering: by it a double click is told from a second click on a card shown anew. */
  token: z.string(),
  prefix: z.string().optional(),
  kinds: kinds.optional(),
  answer: z.literal('new').optional(),
});
export type ButtonData = z.infer<typeof button>;

/** A form's Cancel needs no command: the adapter closes the form by itself. */
const dismiss = z.object({ dismiss: z.enum(languages) });
export type DismissData = z.infer<typeof dismiss>;

const key = 'act';
const carried = z.object({ [key]: z.union([button, dismiss]) });

/** @returns the `data` of an Action.Execute. */
export const carry = (data: ButtonData | DismissData): { act: ButtonData | DismissData } => ({ [key]: data });

export type Clicked =
  | { kind: 'dismiss'; language: DismissData['dismiss'] }
  | { kind: 'act'; act: Act; token: string; answer: 'here' | 'new' }
  /** Not one of our buttons, or one of an older version. */
  | { kind: 'unknown' };

/** Reads a click back. It comes from a client: whatever does not fit is `unknown`, never an exception. */
export function readClick(data: Record<string, unknown>): Clicked {
  const parsed = carried.safeParse(data);
  if (!parsed.success) return { kind: 'unknown' };
  const of = parsed.data[key];
  if ('dismiss' in of) return { kind: 'dismiss', language: of.dismiss };
  return {
    kind: 'act',
    act: { command: of.command, data: of.data, values: readValues(data, of) },
    token: of.token,
    answer: of.answer ?? 'here',
  };
}

type Entry = [string, Values[string]];

function readValues(data: Record<string, unknown>, of: ButtonData): Values {
  if (of.prefix === undefined) return {};
  const start = `${of.prefix}.`;
  const typed = new Map(
    Object.entries(data).flatMap(([id, value]): [string, string][] =>
      id.startsWith(start) && (typeof value === 'string' || typeof value === 'number')
        ? [[id.slice(start.length), String(value)]]
        : [],
    ),
  );
  // An empty input is left out by the client: an emptied list is known by its kind alone.
  const special = Object.entries(of.kinds ?? {}).map(([name, kind]): Entry => {
    const value = typed.get(name) ?? '';
    const kept = typed.get(keptName(name)) ?? '';
    typed.delete(name);
    if (kind === 'people') typed.delete(keptName(name));
    if (kind === 'toggle') return [name, value === 'true'];
    return [name, kind === 'people' ? [...new Set([...split(kept), ...split(value)])] : split(value)];
  });
  return Object.fromEntries([...typed, ...special]);
}

/** The input beside a people picker which holds those who were chosen before. */
export const keptName = (name: string): string => `${name}.kept`;

const split = (value: string): string[] => value.split(',').filter(Boolean).map(listed.read);

/** The client joins chosen values with commas, so a comma inside one is written otherwise. */
export const listed = {
  write: (value: string): string => value.replaceAll('%', '%25').replaceAll(',', '%2C'),
  read: (value: string): string => value.replaceAll('%2C', ',').replaceAll('%25', '%'),
};
