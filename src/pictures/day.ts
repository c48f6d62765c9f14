import type { Instant } from '../core/clock.ts';
import { abridge, shorten, textWidth } from './text.ts';
import { colours, familiesOf, fontSize, margin, type Script, width } from './theme.ts';

type Interval = { start: Instant; end: Instant };

/** Rooms and hours of one day. Whose and what a slot is stays unsaid, so that nothing confidential can show (5.3). */
export type DayPicture = {
  title: string;
  subtitle: string;
  /** What the picture shows, from left to right. */
  span: Interval;
  /** Where the hours are, with what the clock shows then. */
  hours: ReadonlyArray<{ at: Instant; label: string }>;
  rooms: ReadonlyArray<{
    name: string;
    /** Null: all of them are at one. */
    site: string | null;
    open: Interval;
    slots: ReadonlyArray<Interval & { mine: boolean }>;
  }>;
  /** Null: the day is not today. */
  now: { at: Instant; label: string } | null;
  words: { free: string; taken: string; mine: string; closed: string; nothing: string };
};

const labelWidth = 292;
const left = margin + labelWidth;
const right = width - margin;
const head = { title: 52, subtitle: 90, legend: 136, hours: 190, rows: 204 } as const;
/** Forty rooms fit on a phone held upright, fewer get more room. */
const row = { least: 33, most: 52, all: 1340 } as const;

/** Draws rooms × hours with what is free, mine and taken, and where now is. The same day gives the same text. */
export function dayToSvg(day: DayPicture, script: Script): string {
  const rowHeight = Math.max(
    row.least,
    Math.min(row.most, Math.floor(row.all / Math.max(1, day.rooms.length))),
  );
  const bottom = head.rows + Math.max(1, day.rooms.length) * rowHeight;
  const height = bottom + margin + (day.now ? fontSize.small + 8 : 0);
  const x = placeOf(day.span);
  const bandAt = (at: number): Band => ({ y: head.rows + at * rowHeight + 2, height: rowHeight - 4 });
  const body =
    day.rooms.length === 0
      ? [write(day.words.nothing, margin, head.rows + 30, fontSize.text)]
      : [
          ...legend(day.words),
          ...hourLabels(day, x),
          ...day.rooms.flatMap((room, at) => hoursOf(room, bandAt(at), x)),
          ...day.hours.map(({ at }) => line(x(at), head.rows, bottom, colours.line)),
          ...day.rooms.flatMap((room, at) => slotsOf(room, bandAt(at), x)),
          ...(day.now ? nowLine(day.now, x, bottom) : []),
        ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${familiesOf(script)}">`,
    hatch,
    rect({ x: 0, y: 0, width, height, fill: colours.ground }),
    write(shorten(day.title, right - margin, fontSize.title), margin, head.title, fontSize.title),
    write(
      shorten(day.subtitle, right - margin, fontSize.text),
      margin,
      head.subtitle,
      fontSize.text,
      colours.faint,
    ),
    ...body,
    '</svg>',
  ].join('\n');
}

type Place = (at: Instant) => number;
type Band = { y: number; height: number };
type RoomRow = DayPicture['rooms'][number];

const placeOf =
  ({ start, end }: Interval): Place =>
  (at) =>
    round(left + ((right - left) * (Math.min(Math.max(at, start), end) - start)) / (end - start));

/** Mine is told from taken by its stripes as well as by its colour. */
const hatch = `<defs><pattern id="mine" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="12" height="12" fill="${colours.mine}"/><rect width="4" height="12" fill="${colours.ink}"/></pattern></defs>`;

const across = ({ start, end }: Interval, x: Place) => ({
  x: x(start),
  width: round(Math.max(2, x(end) - x(start))),
});

/** How much of a label is the site, where rooms are at several. */
const siteShare = 0.4;

/** The name of a room, and its site where that is said: neither crowds the other out. */
function labelOf(name: string, site: string | null): string {
  const across = labelWidth - 12;
  if (site === null) return abridge(name, across, fontSize.small);
  const at = ` · ${abridge(site, across * siteShare, fontSize.small)}`;
  return abridge(name, across - textWidth(at, fontSize.small), fontSize.small) + at;
}

/** The name of a room, and when it is open. */
function hoursOf({ name, site, open }: RoomRow, band: Band, x: Place): string[] {
  const baseline = round(band.y + band.height / 2 + fontSize.small * 0.36);
  return [
    write(labelOf(name, site), margin, baseline, fontSize.small),
    rect({ x: left, width: right - left, ...band, fill: colours.closed }),
    ...(x(open.end) > x(open.start)
      ? [rect({ ...across(open, x), ...band, fill: colours.free, stroke: colours.line })]
      : []),
  ];
}

const slotsOf = ({ slots }: RoomRow, band: Band, x: Place): string[] =>
  slots
    .filter((slot) => x(slot.end) > x(slot.start))
    .map((slot) =>
      rect({
        ...across(slot, x),
        ...band,
        fill: slot.mine ? 'url(#mine)' : colours.taken,
        stroke: slot.mine ? colours.ink : colours.ground,
      }),
    );

function legend(words: DayPicture['words']): string[] {
  const entries = [
    { text: words.free, fill: colours.free },
    { text: words.mine, fill: 'url(#mine)' },
    { text: words.taken, fill: colours.taken },
    { text: words.closed, fill: colours.closed },
  ];
  let at = margin;
  return entries.flatMap(({ text, fill }) => {
    const from = at;
    at = Math.ceil(from + 42 + textWidth(text, fontSize.small) + 28);
    return [
      rect({ x: from, y: head.legend - 22, width: 32, height: 26, fill, stroke: colours.faint }),
      write(text, from + 42, head.legend, fontSize.small),
    ];
  });
}

/** As many hours as can be told apart. */
function hourLabels({ hours }: DayPicture, x: Place): string[] {
  let free = Number.NEGATIVE_INFINITY;
  return hours.flatMap(({ at, label }) => {
    const half = textWidth(label, fontSize.small) / 2;
    const middle = Math.min(x(at), right - half);
    if (middle - half < free) return [];
    free = middle + half + 8;
    return [write(label, round(middle), head.hours, fontSize.small, colours.faint, 'middle')];
  });
}

function nowLine(now: { at: Instant; label: string }, x: Place, bottom: number): string[] {
  const half = textWidth(now.label, fontSize.small) / 2;
  const middle = round(Math.min(Math.max(x(now.at), left + half), right - half));
  return [
    line(x(now.at), head.rows - 6, bottom + 6, colours.now, 4),
    write(now.label, middle, bottom + 8 + fontSize.small, fontSize.small, colours.now, 'middle'),
  ];
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;

type Rect = { x: number; y: number; width: number; height: number; fill: string; stroke?: string };

const rect = ({ x, y, width: w, height, fill, stroke }: Rect): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${height}" fill="${fill}"${stroke ? ` stroke="${stroke}"` : ''}/>`;

const line = (x: number, top: number, bottom: number, stroke: string, thickness = 1): string =>
  `<line x1="${x}" y1="${top}" x2="${x}" y2="${bottom}" stroke="${stroke}" stroke-width="${thickness}"/>`;

const write = (
  text: string,
  x: number,
  y: number,
  size: number,
  fill: string = colours.ink,
  anchor: 'start' | 'middle' = 'start',
): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escaped(text)}</text>`;

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '');
