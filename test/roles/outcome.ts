import type { Answered } from '../../src/chat/ports.ts';
import type { Card } from '../../src/core/view.ts';
import { en } from '../../src/i18n/en/index.ts';
import { secret } from './scene.ts';

/** What a cell of the table says; see its legend. */
export type Outcome = string;

/** What came of a command: whether something was changed, what was answered, and whether the answer tells the secret. */
export function outcomeOf({ answer }: Answered, changed: boolean): Outcome {
  const refusal = refusalIn(answer);
  if (changed) return refusal ? `+${refusal}` : '+';
  if (refusal) return tells(answer) ? `${refusal}, reads` : refusal;
  if (answer.kind === 'invalid') return 'invalid';
  return tells(answer) ? 'reads' : 'ok';
}

/** True where an answer holds what only those may read who have a part in it. */
export const tells = (answer: object): boolean => JSON.stringify(answer).includes(secret);

function refusalIn(answer: Answered['answer']): string | null {
  if (answer.kind === 'note')
    return keyOf(answer.text) ?? (answer.tone === 'bad' ? `? ${answer.text}` : null);
  if (answer.kind !== 'card') return null;
  const { banner, rows = [] }: Card = answer.card;
  // Several at once: refused where all of them are, for the reason of the first.
  const [first] = rows;
  if (first?.text && rows.every((row) => row.tone === 'bad')) return keyOf(first.text);
  if (!banner || banner.tone === 'good' || banner.tone === 'neutral') return null;
  return keyOf(banner.text) ?? `? ${banner.text}`;
}

/** Messages that refuse without being called so. */
const others = ['common.stale', 'common.tooFast', 'series.changedSince', 'duties.notAway'];
const isRefusal = (key: string): boolean =>
  key.includes('refused.') ||
  /\.(gone|departments|notAllowed|nowhere|already)$/.test(key) ||
  others.includes(key);

type Sentence = { name: string; text: RegExp; length: number };

const sentences: Sentence[] = [...sentencesIn(en, '')].sort((a, b) => b.length - a.length);

/** By which message of the catalogue something was refused. */
const keyOf = (text: string): string | null => sentences.find((it) => it.text.test(text))?.name ?? null;

function* sentencesIn(texts: object, path: string): Generator<Sentence> {
  for (const [name, text] of Object.entries(texts)) {
    if (typeof text !== 'string') yield* sentencesIn(text, `${path}${name}.`);
    else if (isRefusal(`${path}${name}`)) {
      const parts = text.split(/\{\{[^}]*\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      yield {
        name: name.replace(/_(one|other)$/, ''),
        text: new RegExp(`^${parts.join('.*')}`),
        length: parts.join('').length,
      };
    }
  }
}
