const digit = '[一二两三四五六七八九]';
const tens = `${digit}?十${digit}?`;
const hundreds = `${digit}百(?:零${digit}|${tens}|${digit})?`;

/** Pattern sources, for folded text. */
export const chineseNumber = `(?:${digit}千(?:零?(?:${hundreds}|${tens}))?|${hundreds}|${tens}|${digit})`;

const words = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
export const englishNumber = `(?:${words.join('|')})`;

// 1,200 is one number; in 14:30,8人 the comma stands between two parts.
const thousands = '(?<![\\d.:/,-])\\d{1,3},(?=\\d{3}(?!\\d))';

/** Digits or Chinese numerals that begin here, not inside a longer number, a word, a ratio or an ordinal. */
export const number = `(?<![\\d.:/#$€£×_a-z第前]|[a-z]-|${thousands})(?<![一二两三四五六七八九十百千](?=[一二两三四五六七八九十百千]))(?:\\d{1,4}|${chineseNumber})`;

/** The same, or an English number word. */
export const anyNumber = `(?:${number}|(?<![a-z0-9-])${englishNumber}(?![a-z]))`;

/** 12 for `12`, `十二` and `twelve`; throws on anything else. */
export function toNumber(text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const word = words.indexOf(text);
  return word >= 0 ? word + 1 : chineseToNumber(text);
}

const digits = new Map([...'零一二三四五六七八九'].map((sign, value) => [sign, value]));
digits.set('〇', 0).set('两', 2);
const powers = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);

function chineseToNumber(text: string): number {
  let total = 0;
  let pending = 0;
  let lastPower = 1;
  let afterZero = false;
  for (const sign of text) {
    const power = powers.get(sign);
    const value = digits.get(sign);
    if (power !== undefined) {
      total += (pending || 1) * power;
      [pending, lastPower, afterZero] = [0, power, false];
    } else if (value === undefined) {
      throw new Error(`not a number: ${text}`);
    } else {
      afterZero = value === 0;
      pending = value === 0 ? pending : value;
      if (afterZero) lastPower = 10;
    }
  }
  // 一百八 is 180, 一百零八 is 108.
  return total + (lastPower > 10 ? pending * (lastPower / 10) : pending);
}
