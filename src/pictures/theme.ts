import type { Language } from '../i18n/translate.ts';

/** Which shapes Chinese characters have: Taiwan's or the mainland's. */
export type Script = 'TC' | 'SC';

export const scriptFor = (language: Language): Script => (language === 'zh-CN' ? 'SC' : 'TC');

/** A text that has characters of the other script only is drawn in that one, as a whole. */
export const familiesOf = (script: Script): string =>
  script === 'TC' ? 'Noto Sans TC, Noto Sans SC' : 'Noto Sans SC, Noto Sans TC';

/**
 * Colours that people with any kind of colour blindness tell apart (after Okabe and Ito); they differ in lightness as
 * well, so that they hold in grey.
 */
export const colours = {
  ground: '#ffffff',
  ink: '#1f2933',
  faint: '#52606d',
  line: '#cbd2d9',
  bar: '#0072b2',
  free: '#ffffff',
  closed: '#dfe3e8',
  taken: '#52606d',
  mine: '#e69f00',
  now: '#b8400e',
} as const;

/** Light to dark in one hue: the order holds without colour. */
export const shades = ['#f1f7fb', '#c6dff0', '#7fb8dc', '#2f86bf', '#0b4f83'] as const;

/** In pixels of a picture that is 900 wide, which a phone shows at about half its size. */
export const width = 900;
export const margin = 24;
export const fontSize = { title: 32, text: 24, small: 20 } as const;
