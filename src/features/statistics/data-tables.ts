import type { MessageKey } from '../../i18n/keys.ts';
import type { Reader } from '../../i18n/reader.ts';
import { byteOrderMark, type Cell, csvLine, type Table } from '../../tables/index.ts';
import { type Period, type Statistics, share } from './domain.ts';
import type { ExhibitName } from './exhibits.ts';
import { decisionClasses, fillNames, hourName, leadClasses, sizeNames, weekdayName } from './wording.ts';

/** Numbers for a spreadsheet: what each line is about, in one column or two, and its measures with their units. */
export type DataTable = {
  name: string;
  keys: readonly string[];
  measures: ReadonlyArray<{ name: string; unit: string }>;
  /** `unit`: where the lines of one measure differ in it. */
  rows: ReadonlyArray<{ keys: readonly string[]; values: readonly Cell[]; unit?: string }>;
};

type Counted = { period: Period; scope: readonly string[]; statistics: Statistics };

/** All parts of the statistics that a reader may see, what is counted first. */
export function dataTables(reader: Reader, it: Counted, exhibits: readonly ExhibitName[]): DataTable[] {
  const { statistics } = it;
  const named = (name: ExhibitName, table: Omit<DataTable, 'name'>): DataTable => ({
    name: reader.t(`statistics.picture.${name}`),
    ...table,
  });
  return [
    aboutTable(reader, it),
    summaryTable(reader, statistics),
    ...exhibits.map((name) => named(name, exhibitTable(reader, statistics, name))),
  ];
}

/** Each table as a sheet. */
export const sheetsOf = (reader: Reader, tables: readonly DataTable[]): Table[] =>
  tables.map(({ name, keys, measures, rows }) => {
    const units = rows.some((row) => row.unit !== undefined);
    return {
      name,
      heading: [
        ...keys,
        ...measures.map((it) => (it.unit ? `${it.name} (${it.unit})` : it.name)),
        ...(units ? [word(reader, 'unit')] : []),
      ],
      chunks: [rows.map((row) => [...row.keys, ...row.values, ...(units ? [row.unit ?? ''] : [])])],
    };
  });

/** All tables as one, a line for each number: part, item, detail, measure, value, unit. */
export function longCsv(reader: Reader, tables: readonly DataTable[]): string {
  const heading = (['part', 'item', 'detail', 'measure', 'value', 'unit'] as const).map((name) =>
    reader.t(`statistics.table.${name}`),
  );
  const lines = tables.flatMap(({ name, measures, rows }) =>
    rows.flatMap((row) =>
      measures.map((measure, at) =>
        csvLine([
          name,
          row.keys[0] ?? '',
          row.keys[1] ?? '',
          measure.name,
          row.values[at] ?? '',
          row.unit ?? measure.unit,
        ]),
      ),
    ),
  );
  return byteOrderMark + csvLine(heading) + lines.join('');
}

type Unnamed = Omit<DataTable, 'name'>;
type WordOf<Key> = Key extends `statistics.table.${infer Name}` ? Name : never;
type Word = WordOf<MessageKey>;

const word = (reader: Reader, name: Word): string => reader.t(`statistics.table.${name}`);

/** In percent, to a tenth. */
const percentOf = (part: number, whole: number): number => Math.round(share(part, whole) * 1000) / 10;

const count = (reader: Reader, name: Word) => ({ name: word(reader, name), unit: '' });
const minutes = (reader: Reader, name: Word) => ({ name: word(reader, name), unit: word(reader, 'minutes') });
const percentage = (reader: Reader, name: Word) => ({ name: word(reader, name), unit: '%' });

const aboutTable = (reader: Reader, { period, scope }: Counted): DataTable => ({
  name: word(reader, 'about'),
  keys: [word(reader, 'item')],
  measures: [count(reader, 'value')],
  rows: [
    { keys: [word(reader, 'firstDay')], values: [period.from] },
    { keys: [word(reader, 'lastDay')], values: [period.until] },
    { keys: [word(reader, 'scope')], values: [scope.join(' · ') || reader.t('statistics.all')] },
  ],
});

function summaryTable(reader: Reader, statistics: Statistics): DataTable {
  const { rooms, outcomes, lead, decision, headcount, refused } = statistics;
  const sum = (part: 'open' | 'used') => rooms.reduce((total, room) => total + room[part], 0);
  const lines: Array<[Word, Cell, string]> = [
    ['use', percentOf(sum('used'), sum('open')), '%'],
    ['meetings', outcomes.approved, ''],
    ['leadMedian', lead.median ?? '', word(reader, 'minutes')],
    ['decisionMedian', decision.median ?? '', word(reader, 'minutes')],
    ['cancelled', outcomes.cancelled, ''],
    ['cancelledLate', outcomes.cancelledLate, ''],
    ['rejected', outcomes.rejected, ''],
    ['withdrawn', outcomes.withdrawn, ''],
    ['expired', outcomes.expired, ''],
    ['requested', outcomes.requested, ''],
    ['people', headcount.people, ''],
    ['seats', headcount.seats, ''],
    ['refused', refused.total, ''],
  ];
  return {
    name: word(reader, 'summary'),
    keys: [word(reader, 'item')],
    measures: [count(reader, 'value')],
    rows: lines.map(([name, value, unit]) => ({ keys: [word(reader, name)], values: [value], unit })),
  };
}

function exhibitTable(reader: Reader, statistics: Statistics, name: ExhibitName): Unnamed {
  const { lead, decision, headcount, refused } = statistics;
  switch (name) {
    case 'heat':
      return heatTable(reader, statistics);
    case 'rooms':
      return {
        keys: [word(reader, 'room'), word(reader, 'site')],
        measures: [
          count(reader, 'meetings'),
          minutes(reader, 'booked'),
          minutes(reader, 'open'),
          percentage(reader, 'use'),
        ],
        rows: statistics.rooms.map((room) => ({
          keys: [room.name, room.site],
          values: [room.bookings, room.used, room.open, percentOf(room.used, room.open)],
        })),
      };
    case 'departments':
      return {
        keys: [word(reader, 'department')],
        measures: [count(reader, 'meetings'), minutes(reader, 'booked')],
        rows: statistics.departments.map((it) => ({
          keys: [it.department ?? reader.t('statistics.noDepartment')],
          values: [it.bookings, it.minutes],
        })),
      };
    case 'lead':
      return classTable(reader, leadClasses(reader), lead.classes);
    case 'decision':
      return classTable(reader, decisionClasses(reader), decision.classes);
    case 'headcount':
      return classTable(reader, fillNames(reader), headcount.classes);
    case 'missing':
      return classTable(reader, sizeNames(reader), refused.bySize);
  }
}

function heatTable(reader: Reader, { booked, open }: Statistics): Unnamed {
  const rows = open.flatMap((openMinutes, at) => {
    const bookedMinutes = booked[at] ?? 0;
    const keys = [weekdayName(reader, Math.floor(at / 24) + 1), hourName(at % 24)];
    return openMinutes === 0
      ? []
      : [{ keys, values: [bookedMinutes, openMinutes, percentOf(bookedMinutes, openMinutes)] }];
  });
  return {
    keys: [word(reader, 'weekday'), word(reader, 'hour')],
    measures: [minutes(reader, 'booked'), minutes(reader, 'open'), percentage(reader, 'use')],
    rows,
  };
}

function classTable(reader: Reader, labels: readonly string[], counts: readonly number[]): Unnamed {
  const total = counts.reduce((sum, it) => sum + it, 0);
  return {
    keys: [word(reader, 'class')],
    measures: [count(reader, 'number'), percentage(reader, 'share')],
    rows: labels.map((label, at) => ({
      keys: [label],
      values: [counts[at] ?? 0, percentOf(counts[at] ?? 0, total)],
    })),
  };
}
