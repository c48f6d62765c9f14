/** Emoji, which the fonts lack, would be drawn as boxes. */
const pictographs = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\uFE0F|\u200D/gu;

/** About how wide a text is drawn, in pixels; rather too wide than too narrow. */
export const textWidth = (text: string, size: number): number =>
  [...text].reduce((sum, character) => sum + widthOf(character), 0) * size;

function widthOf(character: string): number {
  if (/[\u2E80-\uFFEF\u{20000}-\u{3FFFF}]/u.test(character)) return 1;
  if (/[MWmw@%—…]/.test(character)) return 0.9;
  if (/[A-Z&#+=~<>]/.test(character)) return 0.67;
  return /[ .,:;'|!ijlI·]/.test(character) ? 0.32 : 0.58;
}

/** The text as it can be drawn within `width` pixels: without emoji, and cut where it is too long. */
export function shorten(text: string, width: number, size: number): string {
  const drawn = text.replace(pictographs, '').replace(/\s+/g, ' ').trim();
  if (textWidth(drawn, size) <= width) return drawn;
  const kept: string[] = [];
  let left = width - textWidth('…', size);
  for (const character of drawn) {
    left -= textWidth(character, size);
    if (left < 0) break;
    kept.push(character);
  }
  return `${kept.join('').trimEnd()}…`;
}
