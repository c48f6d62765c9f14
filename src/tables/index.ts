/*
 * Tables as files for spreadsheets: CSV and XLSX, with nothing in them that would be run as a formula.
 */

export type { Cell } from './cell.ts';
export { byteOrderMark, csvLine } from './csv.ts';
export { write } from './write.ts';
export { type Table, writeWorkbook } from './xlsx.ts';

export const formats = ['csv', 'xlsx'] as const;
export type Format = (typeof formats)[number];

export const mimeTypes: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
