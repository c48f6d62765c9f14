/** A line of a calendar has no more bytes than this (RFC 5545, 3.1). */
const most = 75;

/** Folds the lines of a calendar that are too long, never inside a character. */
export const fold = (text: string): string =>
  text
    .split('\r\n')
    .map((line) => (Buffer.byteLength(line) <= most ? line : foldLine(line)))
    .join('\r\n');

function foldLine(line: string): string {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  let bytes = 0;
  for (const character of line) {
    const size = sizeOf(character);
    // The space that begins a line counts as well.
    if (bytes + size > (from === 0 ? most : most - 1)) {
      parts.push(line.slice(from, at));
      from = at;
      bytes = 0;
    }
    bytes += size;
    at += character.length;
  }
  return [...parts, line.slice(from)].join('\r\n ');
}

/** How many bytes a character takes in UTF-8. */
function sizeOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
