import type { Text } from './normalise.ts';

export type Span = { readonly from: number; readonly to: number };

/** Stands in the open text, and in patterns as `\ue000`, where a part was found (private use: nobody types it), … */
export const partSign = '\ue000';
/** … and, as `\ue001`, where something is topic whatever it looks like. */
export const nameSign = '\ue001';

/**
 * The text while its parts are being found. What a finder claims is hidden from those after it, so their order is
 * the precedence of the grammar, and a pattern can see whether its neighbour is another part.
 */
export type Ground = {
  readonly text: Text;
  readonly open: () => string;
  readonly claim: (span: Span, sign?: string) => void;
};

export function openGround(text: Text): Ground {
  let open = text.folded;
  return {
    text,
    open: () => open,
    claim: ({ from, to }, sign = partSign) => {
      open = open.slice(0, from) + sign.repeat(to - from) + open.slice(to);
    },
  };
}

/** Claims every match for which `read` gives something. Patterns carry the flag `g`, and no unbounded repeats. */
export function findAll<T extends object>(
  ground: Ground,
  pattern: RegExp,
  read: (match: RegExpExecArray) => T | null,
  sign: string = partSign,
): Array<T & Span> {
  const found: Array<T & Span> = [];
  pattern.lastIndex = 0;
  for (;;) {
    const match = pattern.exec(ground.open());
    if (match === null) return found;
    const value = match[0] === '' ? null : read(match);
    if (value === null) {
      pattern.lastIndex = match.index + 1;
      continue;
    }
    const span = { from: match.index, to: match.index + match[0].length };
    ground.claim(span, sign);
    found.push({ ...value, ...span });
  }
}

/** What stands between two spans, the earlier one first. */
export const between = (ground: Ground, one: Span, other: Span): string =>
  one.from <= other.from
    ? ground.text.folded.slice(one.to, other.from)
    : ground.text.folded.slice(other.to, one.from);

export const byPlace = (one: Span, other: Span): number => one.from - other.from;
