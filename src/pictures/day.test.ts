import { describe, expect, test } from '@jest/globals';
import { at } from '../../test/support/examples.ts';
import { hour } from '../core/clock.ts';
import { type DayPicture, dayToSvg } from './day.ts';
import { colours } from './theme.ts';

const start = at('2026-12-01T08:00');
const span = { start, end: start + 12 * hour };

const aDay = (its: Partial<DayPicture> = {}): DayPicture => ({
  title: 'Rooms on Tue, Dec 1, 2026',
  subtitle: 'Berlin · Central European Time',
  span,
  hours: Array.from({ length: 13 }, (_, n) => ({ at: start + n * hour, label: `${8 + n}:00` })),
  rooms: [],
  now: null,
  words: { free: 'free', taken: 'taken', mine: 'mine', closed: 'closed', nothing: 'No rooms.' },
  ...its,
});

const aRoom = (its: Partial<DayPicture['rooms'][number]> = {}): DayPicture['rooms'][number] => ({
  name: 'Alps',
  site: null,
  open: span,
  slots: [],
  ...its,
});

type Drawn = { x: number; y: number; width: number; height: number; fill: string };

const rectsIn = (svg: string): Drawn[] =>
  [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" fill="([^"]+)"/g)].map(
    ([, x, y, width, height, fill = '']) => ({
      ...{ x: Number(x), y: Number(y), width: Number(width), height: Number(height) },
      fill,
    }),
  );
const textsIn = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
const fontSizes = (svg: string) => [...svg.matchAll(/font-size="(\d+)"/g)].map(([, size]) => Number(size));
const heightOf = (svg: string) => Number(/height="(\d+)"/.exec(svg)?.[1]);
/** Without the legend. */
const inRows = (svg: string) => rectsIn(svg).filter((it) => it.y > 190);

describe('[2.8] the day at a glance', () => {
  test('free, taken and mine stand where they are on the clock', () => {
    const svg = dayToSvg(
      aDay({
        rooms: [
          aRoom({
            open: { start: start + hour, end: span.end },
            slots: [
              { start: start + 3 * hour, end: start + 6 * hour, mine: false },
              { start: start + 9 * hour, end: start + 12 * hour, mine: true },
            ],
          }),
        ],
      }),
      'TC',
    );
    // Twelve hours on 560 pixels, from 316 on.
    expect(inRows(svg).map(({ x, width, fill }) => [x, width, fill])).toEqual([
      [316, 560, colours.closed],
      [362.7, 513.3, colours.free],
      [456, 140, colours.taken],
      [736, 140, 'url(#mine)'],
    ]);
  });

  test('what reaches out of the day is cut, what is outside of it is left out', () => {
    const slots = [
      { start: start - 2 * hour, end: start + hour, mine: false },
      { start: start - 4 * hour, end: start - 2 * hour, mine: false },
      { start: span.end - hour, end: span.end + hour, mine: false },
    ];
    const svg = dayToSvg(aDay({ rooms: [aRoom({ slots })] }), 'TC');
    const taken = inRows(svg).filter((it) => it.fill === colours.taken);
    expect(taken.map(({ x, width }) => x + width)).toEqual([362.7, 876]);
  });

  test('forty rooms can be read on a phone held upright', () => {
    const rooms = Array.from({ length: 40 }, (_, n) => aRoom({ name: `會議室 ${n + 1}` }));
    const svg = dayToSvg(aDay({ rooms, now: { at: start + hour, label: 'now 9:00' } }), 'TC');
    expect(Math.min(...fontSizes(svg))).toBeGreaterThanOrEqual(20);
    expect(heightOf(svg)).toBeLessThanOrEqual(1600);
    expect(textsIn(svg)).toEqual(expect.arrayContaining(rooms.map((room) => room.name)));
    const bands = inRows(svg).filter((it) => it.fill === colours.closed);
    for (const [n, band] of bands.slice(1).entries())
      expect(band.y).toBeGreaterThanOrEqual((bands[n]?.y ?? 0) + (bands[n]?.height ?? 0));
  });

  test('where now is, with its time, even at the edge', () => {
    for (const [away, x] of [
      [0, 316],
      [6, 596],
      [12, 876],
    ] as const) {
      const svg = dayToSvg(aDay({ rooms: [aRoom()], now: { at: start + away * hour, label: 'now' } }), 'TC');
      expect(svg).toContain(`<line x1="${x}" y1="198" x2="${x}"`);
      expect(textsIn(svg)).toContain('now');
    }
    expect(dayToSvg(aDay({ rooms: [aRoom()] }), 'TC')).not.toContain(colours.now);
  });

  test('without rooms it says so and draws no hours', () => {
    const svg = dayToSvg(aDay(), 'TC');
    expect(textsIn(svg)).toEqual([
      'Rooms on Tue, Dec 1, 2026',
      'Berlin · Central European Time',
      'No rooms.',
    ]);
  });

  test('a name is only text, and is cut where it is too long', () => {
    const rooms = [aRoom({ name: '<b>R&D</b> 🎉' }), aRoom({ name: '三樓東側大型視訊會議室（限主管使用）' })];
    expect(textsIn(dayToSvg(aDay({ rooms }), 'TC'))).toEqual(
      expect.arrayContaining(['&lt;b&gt;R&amp;D&lt;/b&gt;', '三樓東側大型視訊…主管使用）']),
    );
  });

  test('where rooms are at several sites, neither name nor site crowds the other out', () => {
    const site = '台北內湖科技園區二館';
    const rooms = [aRoom({ name: '玉山', site }), aRoom({ name: '國際視訊會議廳（三樓）', site })];
    expect(textsIn(dayToSvg(aDay({ rooms }), 'TC'))).toEqual(
      expect.arrayContaining(['玉山 · 台北內…館', '國際視訊會…樓） · 台北內…館']),
    );
  });

  test('labels of hours do not run into each other', () => {
    const all = Array.from({ length: 24 }, (_, n) => ({ at: start + (n / 2) * hour, label: `${n}:00` }));
    const svg = dayToSvg(aDay({ rooms: [aRoom()], hours: all }), 'TC');
    const labels = [...svg.matchAll(/<text x="([\d.]+)" y="190"/g)].map(([, x]) => Number(x));
    expect(labels.length).toBeGreaterThan(4);
    for (const [n, x] of labels.slice(1).entries()) expect(x - (labels[n] ?? 0)).toBeGreaterThan(50);
  });

  test('the same day gives the same picture', () => {
    expect(dayToSvg(aDay({ rooms: [aRoom()] }), 'SC')).toBe(dayToSvg(aDay({ rooms: [aRoom()] }), 'SC'));
  });
});
