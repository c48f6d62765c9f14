import type { TopLevelSpec } from 'vega-lite';
import type { Reader } from '../../i18n/reader.ts';
import { type Bar, barChart, type Heading, heatMap } from '../../pictures/index.ts';
import { type RoomUse, type Statistics, share } from './domain.ts';
import {
  decisionClasses,
  fillNames,
  hourName,
  leadClasses,
  percent,
  roughly,
  sizeNames,
  weekdayName,
  wholeNumber,
} from './wording.ts';

/** What can be looked at more closely, in the order in which it is listed. */
export const exhibitNames = [
  'heat',
  'rooms',
  'departments',
  'lead',
  'decision',
  'headcount',
  'missing',
] as const;
export type ExhibitName = (typeof exhibitNames)[number];

/** One part of the statistics: in a sentence, as a table, and as a chart. */
export type Exhibit = {
  says: string;
  table: Array<{ title: string; text?: string; badge?: string }>;
  /** Null: there is nothing to draw. */
  chart(heading: Heading): TopLevelSpec | null;
};

/** As many bars as a picture holds. */
const mostBars = 15;
/** As many as a sentence lists. */
const mostNamed = 3;

/** A part of the statistics for one reader. */
export function exhibit(reader: Reader, statistics: Statistics, name: ExhibitName): Exhibit {
  const { headcount, refused } = statistics;
  switch (name) {
    case 'heat':
      return heat(reader, statistics);
    case 'rooms': {
      const several = new Set(statistics.rooms.map((room) => room.site)).size > 1;
      const rooms = statistics.rooms.map((room) => ({
        label: several ? reader.t('rooms.name', { name: room.name, site: room.site }) : room.name,
        value: share(room.used, room.open),
        text: percent(reader, share(room.used, room.open)),
      }));
      return byName(reader, 'rooms', isUsed(statistics.rooms) ? rooms : [], 1);
    }
    case 'departments':
      return byName(
        reader,
        'departments',
        statistics.departments.map(({ department, minutes }) => ({
          label: department ?? reader.t('statistics.noDepartment'),
          value: minutes,
          text: reader.t('common.hours', { hours: wholeNumber(reader, minutes / 60) }),
        })),
      );
    case 'lead':
    case 'decision': {
      const { median, classes } = statistics[name];
      const labels = name === 'lead' ? leadClasses(reader) : decisionClasses(reader);
      return median === null
        ? nothing(reader)
        : inClasses(
            reader,
            labels,
            classes,
            reader.t(`statistics.says.${name}`, { time: roughly(reader, median) }),
          );
    }
    case 'headcount': {
      const filled = percent(reader, share(headcount.people, headcount.seats));
      return headcount.bookings === 0
        ? nothing(reader)
        : inClasses(
            reader,
            fillNames(reader),
            headcount.classes,
            reader.t('statistics.says.headcount', { share: filled }),
          );
    }
    case 'missing': {
      const names = sizeNames(reader);
      const most = refused.bySize.indexOf(Math.max(...refused.bySize));
      const figures = { count: refused.total, size: names[most] ?? '' };
      return refused.total === 0
        ? nothing(reader)
        : inClasses(reader, names, refused.bySize, reader.t('statistics.says.missing', figures));
    }
  }
}

const isUsed = (rooms: readonly RoomUse[]): boolean => rooms.some((room) => room.used > 0);

const nothing = (reader: Reader): Exhibit => ({
  says: reader.t('statistics.says.nothing'),
  table: [],
  chart: () => null,
});

function byName(reader: Reader, name: 'rooms' | 'departments', bars: Bar[], most?: number): Exhibit {
  if (bars.length === 0) return nothing(reader);
  const named = bars
    .slice(0, mostNamed)
    .map(({ label, text }) => reader.t('statistics.item', { name: label, figure: text }));
  return {
    says: reader.t(`statistics.says.${name}`, { list: { list: named } }),
    table: bars.map(({ label, text }) => ({ title: label, badge: text })),
    chart: (heading) => barChart(heading, bars.slice(0, mostBars), { most }),
  };
}

function inClasses(
  reader: Reader,
  labels: readonly string[],
  counts: readonly number[],
  says: string,
): Exhibit {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const bars = labels.map((label, at) => {
    const value = counts[at] ?? 0;
    return { label, value, text: percent(reader, share(value, total)) };
  });
  return {
    says,
    table: bars.map(({ label, value, text }) => ({ title: label, text: String(value), badge: text })),
    chart: (heading) => barChart(heading, bars),
  };
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** Hours at which nothing is ever open, above and below, are left out. */
function heat(reader: Reader, { booked, open }: Statistics): Exhibit {
  const openAt = (weekday: number, hour: number): number => open[(weekday - 1) * 24 + hour] ?? 0;
  const shareAt = (weekday: number, hour: number): number =>
    share(booked[(weekday - 1) * 24 + hour] ?? 0, openAt(weekday, hour));
  const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
    weekdays.some((weekday) => openAt(weekday, hour) > 0),
  );
  const cells = weekdays.flatMap((weekday) =>
    hours.map((hour) => {
      const isOpen = openAt(weekday, hour) > 0;
      return { weekday, hour, share: isOpen ? shareAt(weekday, hour) : null };
    }),
  );
  const text = (at: number | null) => (at === null ? reader.t('statistics.none') : percent(reader, at));
  const busiest = cells.toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))[0];
  if (!busiest?.share) return nothing(reader);
  return {
    says: reader.t('statistics.says.heat', {
      day: weekdayName(reader, busiest.weekday),
      hour: hourName(busiest.hour),
      share: text(busiest.share),
    }),
    table: weekdays.map((weekday) => ({
      title: weekdayName(reader, weekday),
      text: hours
        .filter((hour) => openAt(weekday, hour) > 0)
        .map((hour) =>
          reader.t('statistics.item', { name: hourName(hour), figure: text(shareAt(weekday, hour)) }),
        )
        .join(' · '),
    })),
    chart: (heading) =>
      heatMap(heading, {
        columns: weekdays.map((weekday) => weekdayName(reader, weekday)),
        rows: hours.map(hourName),
        cells: cells.map((cell) => ({
          column: cell.weekday - 1,
          row: hours.indexOf(cell.hour),
          share: cell.share,
          text: text(cell.share),
        })),
      }),
  };
}
