import type { TopLevelSpec } from 'vega-lite';
import { abridge, shorten } from './text.ts';
import { colours, fontSize, margin, shades, width } from './theme.ts';

/** What stands above a chart: what it shows, and of what. */
export type Heading = { title: string; subtitle: string };

/** `weak`: in a colour that says that something is wrong with it. */
export type Bar = { label: string; value: number; text: string; weak?: boolean };

/** Room for title and subtitle. */
const headHeight = 128;
const bars = { label: 320, text: 165, height: 52 } as const;

type BarsOptions = {
  /** What the longest possible bar stands for; left out: the greatest value. */
  most?: number | undefined;
  /** For the labels, in pixels; longer ones are abridged. */
  room?: number;
  /** Where a line is drawn across all bars, with the figures beyond; left out: nowhere. */
  mark?: number;
};

/** Bars from left to right, each with its label before it and its figure behind it, in the order given. */
export function barChart(
  heading: Heading,
  given: readonly Bar[],
  { most = Math.max(...given.map((it) => it.value)) || 1, room = bars.label, mark }: BarsOptions = {},
): TopLevelSpec {
  const values = given.map((it, row) => ({
    row,
    label: abridge(it.label, room - margin, fontSize.text),
    value: it.value,
    text: it.text,
    weak: it.weak ?? false,
  }));
  const along = { type: 'quantitative' as const, axis: null, scale: { domain: [0, most] } };
  const y = {
    field: 'row',
    type: 'ordinal' as const,
    axis: null,
    scale: { paddingInner: 0.3, paddingOuter: 0.15 },
  };
  return {
    ...framed(heading, { left: room, right: bars.text }, given.length * bars.height),
    data: { values },
    layer: [
      {
        mark: 'bar',
        encoding: {
          y,
          x: { field: 'value', ...along },
          color: { condition: { test: 'datum.weak', value: colours.now }, value: colours.bar },
        },
      },
      ...(mark === undefined
        ? []
        : [
            {
              data: { values: [{ mark }] },
              mark: { type: 'rule' as const, color: colours.ink, strokeDash: [6, 4], strokeWidth: 2 },
              encoding: { x: { field: 'mark', ...along } },
            },
          ]),
      {
        mark: { type: 'text', align: 'right', x: -12, fontSize: fontSize.text, color: colours.ink },
        encoding: { y, text: { field: 'label' } },
      },
      {
        mark: { type: 'text', align: 'left', dx: 10, fontSize: fontSize.text, color: colours.ink },
        encoding: {
          x: { ...(mark === undefined ? { field: 'value' } : { datum: most }), ...along },
          y,
          text: { field: 'text' },
        },
      },
    ],
  };
}

/** `share` from 0 to 1; null: nothing could take place then. */
export type HeatCell = { column: number; row: number; share: number | null; text: string };

const cells = { label: 110, height: 46 } as const;

/** A grid in which darker means more; each cell says its figure as well, so that nothing hangs on colour. */
export function heatMap(
  heading: Heading,
  it: { columns: readonly string[]; rows: readonly string[]; cells: readonly HeatCell[] },
): TopLevelSpec {
  const grid = {
    x: {
      field: 'column',
      type: 'ordinal' as const,
      scale: { domain: it.columns.map((_, at) => at), paddingInner: 0.04, paddingOuter: 0 },
      axis: labels(it.columns, 'top'),
    },
    y: {
      field: 'row',
      type: 'ordinal' as const,
      scale: { domain: it.rows.map((_, at) => at), paddingInner: 0.08, paddingOuter: 0 },
      axis: labels(it.rows, 'left'),
    },
  };
  return {
    ...framed(heading, { left: cells.label, right: margin, top: 40 }, it.rows.length * cells.height),
    data: {
      values: it.cells.map((cell) => ({ ...cell, share: cell.share ?? 0, closed: cell.share === null })),
    },
    encoding: grid,
    layer: [
      {
        mark: { type: 'rect', stroke: colours.line },
        encoding: {
          color: {
            condition: { test: 'datum.closed', value: colours.closed },
            field: 'share',
            type: 'quantitative',
            scale: { domain: [0, 1], range: [...shades], clamp: true },
            legend: null,
          },
        },
      },
      {
        mark: { type: 'text', fontSize: fontSize.text },
        encoding: {
          text: { field: 'text' },
          color: { condition: { test: 'datum.share > 0.72', value: colours.ground }, value: colours.ink },
        },
      },
    ],
  };
}

const labels = (texts: readonly string[], orient: 'top' | 'left') => ({
  orient,
  domain: false,
  ticks: false,
  title: null,
  labelAngle: 0,
  labelPadding: 10,
  labelLimit: 0,
  labelOverlap: false,
  labelColor: colours.ink,
  labelFontSize: fontSize.text,
  labelExpr: `${JSON.stringify(texts)}[datum.value]`,
});

/** The same place for everything in every chart, whatever the machine thinks of the width of a text. */
function framed(heading: Heading, side: { left: number; right: number; top?: number }, height: number) {
  const top = headHeight + (side.top ?? 0);
  const across = width - 2 * margin;
  return {
    width: width - side.left - side.right,
    height,
    autosize: { type: 'none' as const },
    padding: { left: side.left, right: side.right, top, bottom: margin },
    background: colours.ground,
    view: { stroke: null },
    title: {
      text: shorten(heading.title, across, fontSize.title),
      subtitle: shorten(heading.subtitle, across, fontSize.text),
      anchor: 'start' as const,
      frame: 'group' as const,
      dx: margin - side.left,
      offset: 36,
      color: colours.ink,
      fontSize: fontSize.title,
      fontWeight: 'normal' as const,
      subtitleColor: colours.faint,
      subtitleFontSize: fontSize.text,
      subtitlePadding: 10,
    },
  };
}
