import type { Cell } from './cell.ts';

/** Tells Excel that what follows is UTF-8. */
export const byteOrderMark = '\uFEFF';

/** A spreadsheet takes a text that begins like this for a formula; a quote before it makes it text again. */
const asFormula = /^[\s]*[=+\-@\t\r＝＋－＠]/u;

const written = (cell: Cell): string => {
  if (typeof cell === 'number') return String(cell);
  if (typeof cell !== 'string') return cell.wall;
  return asFormula.test(cell) ? `'${cell}` : cell;
};

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One line as RFC 4180 has it. */
export const csvLine = (cells: readonly Cell[]): string =>
  `${cells.map((cell) => quoted(written(cell))).join(',')}\r\n`;
