/**
 * The ways in which a text may be written, as SQLite's `lower` gives them, which knows of no letters but a to z: of
 * `émile` also `Émile`.
 */
export function spellings(text: string): string[] {
  const small = text.toLowerCase();
  const capitalised = small.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
  const lower = (it: string) => it.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return [...new Set([text, small, text.toUpperCase(), capitalised].map(lower))];
}
