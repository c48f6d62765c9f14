import { Writable } from 'node:stream';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Cell } from './cell.ts';
import { csvLine } from './csv.ts';
import { sheetName, type Table, writeWorkbook } from './xlsx.ts';

const readBack = (lines: string): string[][] => parse(lines, { relax_column_count: true });

test.each([
  ['=1+1', "'=1+1"],
  ['+49 30', "'+49 30"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  [' =1', "' =1"],
  ['＝1', "'＝1"],
  ['plain = text', 'plain = text'],
  ['', ''],
])('[2.6] CSV: %j is no formula', (text, written) => {
  expect(readBack(csvLine(['first', text]))).toEqual([['first', written]]);
});

test('[2.6] CSV: every text is read back as it was, but for the quote before what could be a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), (cells) => {
      const [back = []] = readBack(csvLine(['first', ...cells]));
      expect(back.length).toBe(cells.length + 1);
      for (const [at, cell] of cells.entries()) {
        expect([cell, `'${cell}`]).toContain(back[at + 1]);
        expect(back[at + 1]).not.toMatch(/^\s*[=+\-@\t\r]/);
      }
    }),
  );
});

test('[2.6] CSV: numbers and moments', () => {
  expect(csvLine([-3, { wall: '2026-12-01 15:00' }, 'a "b", c'])).toBe(
    '-3,2026-12-01 15:00,"a ""b"", c"\r\n',
  );
});

/** The files in a zip, by the central directory at its end. */
function unzip(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const size = zip.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = inflateRawSync(zip.subarray(from, from + size)).toString('utf8');
    files.set(zip.toString('utf8', at + 46, at + 46 + name), content);
    at += 46 + name + extra + comment;
  }
  return files;
}

async function workbook(
  chunks: Cell[][][],
  sheetRows?: number,
  others: Table[] = [],
): Promise<Map<string, string>> {
  const written: Buffer[] = [];
  const target = new Writable({
    write(chunk, _, done) {
      written.push(chunk);
      done();
    },
  });
  async function* all() {
    yield* chunks;
  }
  const bookings = { name: 'Bookings', heading: ['Number', 'Topic'], chunks: all() };
  await writeWorkbook(target, [bookings, ...others], sheetRows);
  return unzip(Buffer.concat(written));
}

const sheet = (files: Map<string, string>, number = 1) => files.get(`xl/worksheets/sheet${number}.xml`) ?? '';

test('[2.6] XLSX: texts are texts, moments are moments, and what XML can’t hold is left out', async () => {
  const files = await workbook([
    [
      [7, '=1+1 <b> & \u0000\ud800x'],
      [8, { wall: '2026-12-01 12:00' }],
    ],
  ]);
  expect(sheet(files)).toContain(
    '<row><c><v>7</v></c><c t="inlineStr"><is><t xml:space="preserve">=1+1 &lt;b&gt; &amp; \ufffdx</t></is></c></row>',
  );
  // 2026-12-01 is day 46357 since the end of 1899.
  expect(sheet(files)).toContain('<row><c><v>8</v></c><c s="1"><v>46357.5</v></c></row>');
  expect(sheet(files)).not.toContain('<f>');
  expect([...files.keys()].sort()).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
  ]);
});

test('[2.6] XLSX: what does not fit into one sheet goes on in the next, under its own heading', async () => {
  const files = await workbook(
    [
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ],
      [[4, 'd']],
      [[5, 'e']],
    ],
    3,
  );
  const rows = (number: number) => sheet(files, number).match(/<row>/g)?.length;
  expect([rows(1), rows(2), rows(3)]).toEqual([3, 3, 2]);
  expect(sheet(files, 3)).toContain('Number');
  expect(files.get('xl/workbook.xml')).toContain('name="Bookings 3" sheetId="3"');
});

test('[2.8] XLSX: a sheet for each table, under its own name, also where one goes on', async () => {
  const rooms = { name: 'Rooms "A" & B', heading: ['Room'], chunks: [[['=Alps']], [['Rhine']]] };
  const files = await workbook([[[1, 'a']], [[2, 'b']]], 2, [rooms]);
  const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]*)"/g)];
  expect(names.map(([, name]) => name)).toEqual([
    'Bookings 1',
    'Bookings 2',
    'Rooms &quot;A&quot; &amp; B 1',
    'Rooms &quot;A&quot; &amp; B 2',
  ]);
  expect(sheet(files, 3)).toContain('<t xml:space="preserve">=Alps</t>');
  expect(sheet(files, 3)).toContain('Room');
});

test('[2.8] XLSX: names of sheets are as Excel takes them, whatever the tables are called', () => {
  expect(sheetName('a/b: [c]?', [])).toBe('a b   c');
  expect(sheetName("'", [])).toBe('–');
  const long = 'How long before the start people ask';
  expect([sheetName(long, []), sheetName(long, [sheetName(long, []).toUpperCase()])]).toEqual([
    'How long before the start peopl',
    'How long before the start peo 2',
  ]);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 40 }), (titles) => {
      const names: string[] = [];
      for (const title of titles) names.push(sheetName(title, names));
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^(?!')[^[\]:*?/\\]{1,31}$/u);
    }),
  );
});
