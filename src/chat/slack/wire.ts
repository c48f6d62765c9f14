import { z } from 'zod';
import type { CommandAction, Field } from '../../core/view.ts';
import { type Language, languages } from '../../i18n/translate.ts';
import { limits } from './limits.ts';

/*
 * What travels through Slack and back: in a button's value, and in a form's private metadata. Keys are short
 * because a button holds 2,000 characters.
 */

const record = z.record(z.string(), z.string());
const kinds: ReadonlySet<unknown> = new Set<Field['kind']>([
  'text',
  'choice',
  'choices',
  'date',
  'time',
  'number',
  'toggle',
  'people',
]);
const field = z.custom<Field>(
  (value) => typeof value === 'object' && value !== null && 'kind' in value && kinds.has(value.kind),
);

const buttonSchema = z.union([
  /** Types a command again: offered where a form could not be opened. */
  z.object({ say: z.string() }),
  z.object({
    command: z.string(),
    data: record,
    answer: z.enum(['here', 'new']).optional(),
    ask: z
      .object({
        title: z.string(),
        submit: z.string(),
        cancel: z.string(),
        fields: z.array(field),
        language: z.enum(languages),
      })
      .optional(),
  }),
]);
export type ButtonData = z.infer<typeof buttonSchema>;

/** The message whose button led to a form: its answer goes back there. */
const originSchema = z.object({
  channel: z.string(),
  ts: z.string(),
  /** Seen by one person only, and changed through this address alone. */
  ephemeral: z.boolean(),
  responseUrl: z.string(),
  answer: z.enum(['here', 'new']),
});
export type Origin = z.infer<typeof originSchema>;

/** Where a form was opened: by a message's button, or from the Home tab. */
export type From = Pick<FormData, 'origin' | 'home'>;

const formSchema = z.object({
  command: z.string(),
  data: record,
  language: z.enum(languages),
  origin: originSchema.optional(),
  /** It was opened from the Home tab. */
  home: z.literal(true).optional(),
});
export type FormData = z.infer<typeof formSchema>;

/** @throws RangeError where a button's data does not fit: a fault of the card, seen by the test that renders all. */
export function encodeButton(data: ButtonData): string {
  return within(JSON.stringify(data), limits.buttonValue, 'button');
}

/** What a card's command button holds. */
export const buttonOf = ({ command, data, answer, ask }: CommandAction, language: Language): ButtonData => ({
  command,
  data,
  ...(answer === 'new' && { answer }),
  ...(ask && { ask: { ...ask, language } }),
});

/** @throws RangeError where a form's data does not fit. */
export function encodeForm(data: FormData): string {
  return within(JSON.stringify(data), limits.privateMetadata, 'form');
}

/** Says it again. Words long enough for any command: what a person typed may be longer than a button holds. */
export const sayAgain = (text: string): ButtonData => ({ say: text.toWellFormed().slice(0, 300) });

/** Null for what is not ours or no longer read: an old or forged button. */
export const decodeButton = (value: string | undefined): ButtonData | null => decode(buttonSchema, value);

/** Null for what is not ours or no longer read. */
export const decodeForm = (value: string | undefined): FormData | null => decode(formSchema, value);

function decode<T>(schema: z.ZodType<T>, value: string | undefined): T | null {
  let json: unknown;
  try {
    json = JSON.parse(value ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  return schema.safeParse(json).data ?? null;
}

function within(text: string, limit: number, what: string): string {
  if (text.length > limit)
    throw new RangeError(`${what} holds ${text.length} characters, at most ${limit} fit`);
  return text;
}
