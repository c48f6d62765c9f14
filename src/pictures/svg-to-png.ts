import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { colours } from './theme.ts';

const { resolve } = createRequire(import.meta.url);

/** The fonts come with the program: what a machine has installed neither helps nor spoils. */
const fontFiles = ['TC', 'SC'].map((script) =>
  resolve(`@expo-google-fonts/noto-sans-${script.toLowerCase()}/400Regular/NotoSans${script}_400Regular.ttf`),
);

// The native build reads the whole file of a font for every single glyph, and takes ten times as long.
let ready: Promise<Uint8Array[]> | null = null;

async function makeReady(): Promise<Uint8Array[]> {
  await initWasm(readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')));
  return Promise.all(fontFiles.map((file) => readFile(file)));
}

/** Paints an SVG on a light ground. Keeps the processor busy for a while, so it belongs in a worker thread. */
export async function svgToPng(svg: string): Promise<Buffer> {
  ready ??= makeReady();
  const fontBuffers = await ready;
  const resvg = new Resvg(svg, {
    background: colours.ground,
    font: { loadSystemFonts: false, fontBuffers },
  });
  const painted = resvg.render();
  try {
    return Buffer.from(painted.asPng());
  } finally {
    painted.free();
    resvg.free();
  }
}
