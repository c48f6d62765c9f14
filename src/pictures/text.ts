/** Emoji, which the fonts lack, would be drawn as boxes. */
const pictographs = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\uFE0F|\u200D/gu;

/** About how wide a text is drawn, in pixels; rather too wide than too narrow. */
export const textWidth = (text: string, size: number): number =>
  ([...text].reduce((sum, character) => sum + widthOf(character), 0) * size) / 100;

/** In hundredths of the size of the font, since whole numbers add up exactly. */
function widthOf(character: string): number {
  if (/[\u2E80-\uFFEF\u{20000}-\u{3FFFF}]/u.test(character)) return 100;
  if (/[MWmw@%—…]/.test(character)) return 90;
  if (/[A-Z&#+=~<>]/.test(character)) return 67;
  return /[ .,:;'|!ijlI·]/.test(character) ? 32 : 58;
}

/** The text as it can be drawn within `width` pixels: cut at its end where it is too long. */
export function shorten(text: string, width: number, size: number): string {
  const whole = drawable(text);
  if (textWidth(whole, size) <= width) return whole;
  return `${begin([...whole], width - textWidth('…', size), size).trimEnd()}…`;
}

/** How much of a shortened name is its end. */
const endShare = 0.4;

/**
 * A name as it can be drawn within `width` pixels: cut in its middle where it is too long, since names that begin alike
 * often differ in their ends (`… 3rd floor, east`).
 */
export function abridge(name: string, width: number, size: number): string {
  const whole = drawable(name);
  if (textWidth(whole, size) <= width) return whole;
  const room = width - textWidth('…', size);
  const characters = [...whole];
  const end = [...begin(characters.toReversed(), room * endShare, size)].toReversed().join('').trimStart();
  return `${begin(characters, room - textWidth(end, size), size).trimEnd()}…${end}`;
}

/** As many of the first characters as fit. */
function begin(characters: readonly string[], width: number, size: number): string {
  let taken = 0;
  const past = characters.findIndex((character) => {
    taken += widthOf(character);
    return (taken * size) / 100 > width;
  });
  return characters.slice(0, past === -1 ? characters.length : past).join('');
}

/** Letters that the fonts lack; those with the tones of Chinese in Latin letters they have. */
const lacking = /(?![ĀāĒēĚěĪīŃńŇňŌōŒœŪū])[\u0100-\u017f]|[\u0386-\u03b0\u03ca-\u03ce\u1e00-\u1e9f]/gu;
/** Of letters that are none of marks and a letter. */
const plainOnes: Record<string, string> = {
  Đ: 'D',
  đ: 'd',
  Ħ: 'H',
  ħ: 'h',
  ı: 'i',
  Ł: 'L',
  ł: 'l',
  Ŧ: 'T',
  ŧ: 't',
};

/** What the fonts can draw of a text: a letter that they lack goes without its marks, emoji are left out. */
const drawable = (text: string): string =>
  text
    .replace(lacking, (letter) => plainOnes[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .replace(pictographs, '')
    .replace(/\s+/g, ' ')
    .trim();
