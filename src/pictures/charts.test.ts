import { describe, expect, test } from '@jest/globals';
import { chartToSvg } from './chart-to-svg.ts';
import { barChart, heatMap } from './charts.ts';
import { colours, shades } from './theme.ts';

const heading = { title: '各會議室的使用率', subtitle: '2026年11月 · 台北' };
const bars = [
  { label: '玉山廳', value: 0.5, text: '50%' },
  { label: 'A room with quite a long name that goes on & on', value: 0.25, text: '25%' },
  { label: 'Empty 🎉', value: 0, text: '0%' },
];

const textsIn = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = '']) => text);
const sizeOf = (svg: string) => /width="(\d+)" height="(\d+)"/.exec(svg)?.slice(1).map(Number);
const filled = (svg: string, fill: string): string[] =>
  [...svg.matchAll(/<path[^>]*>/g)].map(([path]) => path).filter((path) => path.includes(`fill="${fill}"`));
/** How wide a bar is drawn, of its path. */
const widthOf = (path: string): number => Number(/ d="M[\d.]+,[\d.]+h([\d.]+)/.exec(path)?.[1] ?? 0);

describe('[2.8] bars', () => {
  test('each has its label and figure, in the order given, and a length that fits', async () => {
    const svg = await chartToSvg(barChart(heading, bars, { most: 1 }), 'TC');
    expect(textsIn(svg)).toEqual([
      '玉山廳',
      'A room with…s on &amp; on',
      'Empty',
      '50%',
      '25%',
      '0%',
      heading.title,
      heading.subtitle,
    ]);
    const lengths = filled(svg, colours.bar).map(widthOf);
    expect(lengths).toEqual([207.5, 103.75, 0]);
  });

  test('what is weak shows in another colour, and a line shows the mark with the figures beyond', async () => {
    const weak = bars.map((it) => ({ ...it, weak: it.value < 0.4 }));
    const plain = await chartToSvg(barChart(heading, weak, { most: 1 }), 'TC');
    const marked = await chartToSvg(barChart(heading, weak, { most: 1, mark: 0.4 }), 'TC');
    for (const svg of [plain, marked]) {
      expect(filled(svg, colours.bar)).toHaveLength(1);
      expect(filled(svg, colours.now)).toHaveLength(2);
    }
    const lines = (svg: string) => [...svg.matchAll(/<line [^>]*translate\(([\d.]+),[^>]*dasharray/g)];
    expect(lines(plain)).toEqual([]);
    expect(lines(marked).map(([, x]) => x)).toEqual(['166']);
  });

  test('is as wide as every picture, and as high as it has bars', async () => {
    const heights = [];
    for (const count of [1, 3]) {
      const [across, down] = sizeOf(await chartToSvg(barChart(heading, bars.slice(0, count)), 'TC')) ?? [];
      expect(across).toBe(900);
      heights.push(down);
    }
    expect(heights).toEqual([204, 308]);
  });

  test('the same figures give the same picture, in the script of the reader', async () => {
    const draw = (script: 'TC' | 'SC') => chartToSvg(barChart(heading, bars), script);
    expect(await draw('TC')).toBe(await draw('TC'));
    expect(await draw('TC')).toContain('font-family="Noto Sans TC, Noto Sans SC"');
    expect(await draw('SC')).toContain('font-family="Noto Sans SC, Noto Sans TC"');
  });
});

describe('[2.8] heat map', () => {
  const grid = {
    columns: ['週一', '週二'],
    rows: ['08:00', '09:00'],
    cells: [
      { column: 0, row: 0, share: 0, text: '0%' },
      { column: 0, row: 1, share: 1, text: '100%' },
      { column: 1, row: 0, share: 0.5, text: '50%' },
      { column: 1, row: 1, share: null, text: '–' },
    ],
  };

  test('says each figure, darker where there is more, and grey where nothing is open', async () => {
    const svg = await chartToSvg(heatMap(heading, grid), 'TC');
    expect(textsIn(svg)).toEqual(
      expect.arrayContaining(['週一', '週二', '08:00', '09:00', '0%', '100%', '50%', '–']),
    );
    for (const fill of ['rgb(241, 247, 251)', 'rgb(11, 79, 131)', 'rgb(127, 184, 220)', colours.closed])
      expect(filled(svg, fill)).toHaveLength(1);
  });

  test('a figure on a dark cell is light, and can be read on every shade', () => {
    const light = shades.map(luminance);
    expect(light).toEqual(light.toSorted((a, b) => b - a));
    const readable = shades.map((shade, at) =>
      contrast(shade, at / (shades.length - 1) > 0.72 ? colours.ground : colours.ink),
    );
    // 3:1 is what large text needs (WCAG 1.4.3).
    expect(Math.min(...readable)).toBeGreaterThan(3);
  });
});

describe('[2.8] colours', () => {
  test('what has a meaning differs in lightness as well, so that it holds without colour', () => {
    const { free, taken, mine, closed } = colours;
    const light = [free, closed, mine, taken].map(luminance);
    expect(light).toEqual(light.toSorted((a, b) => b - a));
    for (const [one, other] of [
      [free, mine],
      [mine, taken],
      [free, taken],
    ] as const)
      expect(contrast(one, other)).toBeGreaterThan(2);
  });

  test('text can be read', () => {
    for (const ink of [colours.ink, colours.faint, colours.now])
      expect(contrast(ink, colours.ground)).toBeGreaterThan(4.5);
  });
});

/** As WCAG defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}
