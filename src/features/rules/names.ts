/** Something that a rule may name: what is kept of it, how it is shown, and how else people call it. */
export type Named = { value: string; label: string; short?: string };

/** Why a list of names can't be read: this one is unknown, or means several; `nearest` are those that may be meant. */
type UnreadName = { name: string; ambiguous: boolean; nearest: string[] };

type ReadNames = { ok: true; values: string[] } | { ok: false; unread: UnreadName };

/** Names are compared without regard to case, width and spaces around them. */
export const folded = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** How many names are offered in place of one that is not known. */
const mostOffered = 3;

/** Longer than any name: what stands behind is not compared. */
const longestName = 100;

/**
 * Reads names as they were typed, one a line or between commas, or as they were chosen from a list. A line that is
 * a name as a whole is that name, whatever commas it holds.
 */
export function readNames(typed: string | readonly string[], known: readonly Named[]): ReadNames {
  const lines = typeof typed === 'string' ? typed.split('\n') : typed;
  const parts = lines.flatMap((line) => (find(line, known).length === 1 ? [line] : line.split(/[,;，、；]/)));
  const values: string[] = [];
  for (const part of parts) {
    if (part.trim() === '') continue;
    const found = find(part, known);
    const [only] = found;
    if (only === undefined || found.length > 1)
      return { ok: false, unread: unread(part.trim().slice(0, longestName), found, known) };
    if (!values.includes(only.value)) values.push(only.value);
  }
  return { ok: true, values };
}

/** Those meant by a name: the one that is called so exactly, else all that are called so for short. */
function find(name: string, known: readonly Named[]): Named[] {
  const wanted = folded(name);
  const exact = known.filter(({ value, label }) => value === name || folded(label) === wanted);
  return exact.length > 0
    ? exact
    : known.filter(({ short }) => short !== undefined && folded(short) === wanted);
}

const unread = (name: string, found: readonly Named[], known: readonly Named[]): UnreadName =>
  found.length > 1
    ? { name, ambiguous: true, nearest: found.slice(0, mostOffered).map((it) => it.label) }
    : { name, ambiguous: false, nearest: nearestTo(name, known) };

function nearestTo(name: string, known: readonly Named[]): string[] {
  const wanted = folded(name);
  const away = ({ label, short }: Named) =>
    Math.min(...[label, short ?? label].map((text) => distance(wanted, folded(text))));
  return known
    .map((it) => ({ label: it.label, away: away(it) }))
    .sort((a, b) => a.away - b.away)
    .slice(0, mostOffered)
    .map((it) => it.label);
}

/** How many characters have to be put in, taken out or changed to make one text of the other. */
export function distance(one: string, other: string): number {
  const letters = [...other];
  let row = letters.map((_, column) => column + 1);
  for (const [line, letter] of [...one].entries()) {
    let [left, diagonal] = [line + 1, line];
    row = row.map((above, column) => {
      const changed = diagonal + (letter === letters[column] ? 0 : 1);
      left = Math.min(left + 1, above + 1, changed);
      diagonal = above;
      return left;
    });
  }
  return row.at(-1) ?? [...one].length;
}
