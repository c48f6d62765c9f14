import { PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Cell } from './cell.ts';
import { write } from './write.ts';

/*
 * A workbook, written as it comes: a sheet's XML goes straight into the zip, so that a million rows take no more
 * memory than a few. Texts stand in their cells and are never formulas.
 */

/** Excel has no more rows in a sheet; the first one is the heading. */
export const mostSheetRows = 1_048_576;

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Speed counts more than the last few percent of size. */
const compressionLevel = 1;

/** What becomes a sheet: a heading, and rows in chunks. */
export type Table = {
  name: string;
  heading: readonly string[];
  chunks: AsyncIterable<Cell[][]> | Iterable<Cell[][]>;
};

/**
 * Writes a workbook to `target`, a sheet for each table; more sheets where one does not fit.
 * @param sheetRows as many rows as a sheet takes, its heading included
 */
export async function writeWorkbook(
  target: Writable,
  tables: readonly Table[],
  sheetRows = mostSheetRows,
): Promise<void> {
  const zip = new ZipFile();
  const zipped = pipeline(zip.outputStream, target);
  const names: string[] = [];
  for (const table of tables) {
    const sheets = await writeSheets(zip, table, names.length + 1, sheetRows);
    for (let sheet = 1; sheet <= sheets; sheet++)
      names.push(sheetName(sheets === 1 ? table.name : `${table.name} ${sheet}`, names));
  }
  for (const [path, text] of Object.entries(parts(names)))
    zip.addBuffer(Buffer.from(xml + text), path, { compressionLevel });
  zip.end();
  await zipped;
}

/** Excel does not open a workbook whose sheets are called longer than this, or two of them the same. */
const mostNameCharacters = 31;

/** A name as Excel takes it for one more sheet beside `taken`. */
export function sheetName(wanted: string, taken: readonly string[]): string {
  const name =
    wanted
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || '–';
  const isTaken = (it: string) => taken.some((other) => other.toLowerCase() === it.toLowerCase());
  for (let turn = 1; ; turn++) {
    const end = turn === 1 ? '' : ` ${turn}`;
    const tried =
      name
        .slice(0, mostNameCharacters - end.length)
        .toWellFormed()
        .trim() + end;
    if (!isTaken(tried)) return tried;
  }
}

/** @returns how many sheets it took, of which the first has the number `first` */
async function writeSheets(
  zip: ZipFile,
  { heading, chunks }: Table,
  first: number,
  most: number,
): Promise<number> {
  const open = async (number: number) => {
    const sheet = new PassThrough();
    zip.addReadStream(sheet, `xl/worksheets/sheet${number}.xml`, { compressionLevel });
    await write(sheet, `${xml}<worksheet xmlns="${main}">${frozenHeading}<sheetData>${rowXml(heading, 2)}`);
    return sheet;
  };
  const close = (sheet: PassThrough) => sheet.end('</sheetData></worksheet>');
  let number = first;
  let sheet = await open(number);
  let rows = 1;
  for await (const chunk of chunks)
    for (let done = 0; done < chunk.length; ) {
      if (rows === most) {
        close(sheet);
        number += 1;
        sheet = await open(number);
        rows = 1;
      }
      const part = chunk.slice(done, done + most - rows);
      await write(sheet, part.map((cells) => rowXml(cells)).join(''));
      done += part.length;
      rows += part.length;
    }
  close(sheet);
  return number - first + 1;
}

const frozenHeading =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

const rowXml = (cells: readonly Cell[], style = 0): string =>
  `<row>${cells.map((cell) => cellXml(cell, style)).join('')}</row>`;

/** What a cell may hold. */
const mostCharacters = 32_767;

function cellXml(cell: Cell, style: number): string {
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
  if (typeof cell !== 'string') return `<c s="1"><v>${serial(cell.wall)}</v></c>`;
  if (cell === '') return '<c/>';
  const text = escaped(cell.slice(0, mostCharacters));
  return `<c t="inlineStr"${style === 0 ? '' : ` s="${style}"`}><is><t xml:space="preserve">${text}</t></is></c>`;
}

/** Days since the end of 1899, as Excel counts. */
const serial = (wall: string): number =>
  Math.round((Date.parse(`${wall.replace(' ', 'T')}Z`) / 86_400_000 + 25_569) * 1e6) / 1e6;

// Control characters have no place in XML, nor has half of a surrogate pair.
const impossible = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu;

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(impossible, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');

function parts(names: readonly string[]): Record<string, string> {
  const sheets = names.map((_, at) => at + 1);
  return {
    '[Content_Types].xml':
      `<Types xmlns="${packages}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>` +
      sheets
        .map(
          (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${types}.worksheet+xml"/>`,
        )
        .join('') +
      '</Types>',
    '_rels/.rels':
      `<Relationships xmlns="${packages}/relationships">` +
      `<Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml':
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>` +
      names
        .map(
          (name, at) =>
            `<sheet name="${escaped(name).replaceAll('"', '&quot;')}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
        )
        .join('') +
      '</sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      `<Relationships xmlns="${packages}/relationships">` +
      sheets
        .map(
          (n) =>
            `<Relationship Id="rId${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
        )
        .join('') +
      `<Relationship Id="rId${sheets.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    // Style 1 is a moment, style 2 the heading.
    'xl/styles.xml':
      `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>` +
      '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
      '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
      '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>',
  };
}
