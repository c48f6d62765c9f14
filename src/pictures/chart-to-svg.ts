import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { familiesOf, type Script } from './theme.ts';

/** Draws a chart as SVG. The same chart gives the same text. */
export async function chartToSvg(spec: TopLevelSpec, script: Script): Promise<string> {
  const config = { font: familiesOf(script) };
  const view = new View(parse(compile(spec, { config }).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
