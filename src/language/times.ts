import type { Clock, Half } from './clock.ts';
import { findAll, type Ground, type Span } from './ground.ts';
import { englishNumber, number, toNumber } from './numbers.ts';
import { chineseHalves, notAnHour, notHalf, notMinutes, notSharp, shortHalves } from './words/times.ts';

export type TimePart = Span & {
  clock: Clock;
  /** Present in a range (T9). */
  end?: Clock;
  /** Where the end stands, if away from the start. */
  endAt?: Span;
  /** now, 现在 (T7) */
  now?: true;
  /** `Thu 4`: a bare number, an hour only where there is no other time. */
  bare?: true;
};

type Found = Omit<TimePart, 'from' | 'to'>;
type Groups = Record<string, string | undefined>;
type Rule = { pattern: RegExp; read: (groups: Groups) => Found | null };

const halfWords = Object.keys(chineseHalves).join('|');
const half = `(?:(?<half>${halfWords}|(?<![\\u4e00-\\u9fff])[早晚](?!一点)) ?)?`;
// 快一点, 早一点: a little, not one o'clock.
const halfOrNone = `(?:(?<half>${halfWords}|(?<![\\u4e00-\\u9fff])[早晚](?!一点)) ?|(?<![多快早晚慢大小差好有几半]))`;
// 明天3点水电检修, 下午三点论文答辩: beside a day or a part of one it is an hour, whatever follows.
const afterADay = `(?<=(?:\ue000|${halfWords}) ?(?:\\d{1,2}|[一二两三四五六七八九十]{1,3}) ?点)(?![子名心](?:$|[ ,.\ue000]))`;
const meridiem = '(?<ampm>[ap]\\.?m\\.?)(?![a-z0-9])';
const minuteWords: Readonly<Record<string, number>> = {
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  'forty-five': 45,
  'forty five': 45,
  fifty: 50,
};
const spoken = `(?<spoken>${Object.keys(minuteWords).join('|')})`;
const minutes = '(?:\\d{2}|[零〇0][\\d一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)';
const afterHour = `(?: ?钟(?!头)| ?整${notSharp}| ?过?[一三]刻| ?半${notHalf}|(?:${minutes}| ${minutes}(?! ?分钟)) ?分(?!之|公司|享|析|红|销|会|组|部|店|行|期)|${minutes}${notMinutes})?`;

const english = (source: string): RegExp =>
  new RegExp(`(?<![a-z0-9.:/$]|[a-z]-)(?:${source})(?![a-z0-9])`, 'g');

function halfOf({ half: word, ampm }: Groups): Half | null {
  if (ampm !== undefined) return ampm.startsWith('a') ? 'am' : 'pm';
  return word === undefined ? null : (chineseHalves[word] ?? shortHalves[word] ?? null);
}

const at = (groups: Groups, hour: string, minute: number): Found => ({
  clock: {
    hour: hour === '零' || hour === '〇' ? 0 : toNumber(hour),
    minute,
    exact: /^0\d/.test(hour),
    half: halfOf(groups),
  },
});

const fixed = (hour: number): Found => ({ clock: { hour, minute: 0, exact: true, half: null } });

/** T4: 一刻, 半, 整, 零五分, 四十五 after the hour. */
function minuteOf(tail: string): number {
  if (tail.endsWith('刻')) return tail.includes('一') ? 15 : 45;
  if (tail.endsWith('半')) return 30;
  const digits = tail.replace(/[ 分零〇过]/g, '');
  return digits === '' || /[钟整]/.test(digits) ? 0 : toNumber(digits);
}

/** T4: `half past ten`, `quarter to four`, 差一刻四点. */
function pastOrTo(groups: Groups, amount: number, way: string): Found {
  const found = at(groups, groups.hour ?? '', amount);
  if (way !== 'to' || amount === 0) return found;
  const hour = found.clock.hour === 1 ? 12 : found.clock.hour - 1;
  return { clock: { ...found.clock, hour, minute: 60 - amount } };
}

const rules: Rule[] = [
  { pattern: english('(?:right )?now'), read: () => ({ ...fixed(0), now: true }) },
  { pattern: /现在(?!进行)|马上(?!有)|立刻|立即/g, read: () => ({ ...fixed(0), now: true }) },
  {
    pattern: new RegExp(
      `(?<![\\d.:/a-z])${half}(?<hour>\\d{1,2}) ?: ?(?<minute>\\d{2})(?![\\d:])(?: ?${meridiem})?`,
      'g',
    ),
    read: (g) => (Number(g.hour) > 29 ? null : at(g, g.hour ?? '', Number(g.minute))),
  },
  {
    pattern: english(`(?<hour>\\d{1,2})\\.(?<minute>\\d{2}) ?${meridiem}`),
    read: (g) => at(g, g.hour ?? '', Number(g.minute)),
  },
  {
    pattern: english(
      `(?:(?<quarter>(?:an? )?quarter)|(?<half_>half)|(?<few>5|10|20|25|five|ten|twenty)(?: minutes)?) (?<way>past|after|to) (?<hour>\\d{1,2}|${englishNumber})(?!:)(?: ?${meridiem})?`,
    ),
    read: (g) => {
      if (g.few !== undefined && !/^[a-z]+$/.test(`${g.few}${g.hour}`) && g.way === 'to') return null;
      const few = g.few === 'twenty' ? 20 : toNumber(g.few ?? '15');
      return pastOrTo(g, g.half_ === undefined ? few : 30, g.way ?? '');
    },
  },
  {
    pattern: english(`(?<hour>\\d{1,2}|${englishNumber})(?: ${spoken})? ?${meridiem}`),
    read: (g) => (Number(g.hour) > 29 ? null : at(g, g.hour ?? '', minuteWords[g.spoken ?? ''] ?? 0)),
  },
  {
    pattern: english(
      `(?<hour>\\d{1,2}|${englishNumber}) ?o'?clock|(?<=at )(?<hour2>${englishNumber}) ${spoken}`,
    ),
    read: (g) => at(g, g.hour ?? g.hour2 ?? '', minuteWords[g.spoken ?? ''] ?? 0),
  },
  {
    pattern: new RegExp(
      `${halfOrNone}(?<hour>${number}|[零〇]) ?(?:点(?!点)(?:${afterADay}|${notAnHour})|时(?![间候段长代尚装效]))(?<tail>${afterHour})`,
      'g',
    ),
    read: (g) =>
      toNumber(g.hour?.replace(/[零〇]/, '0') ?? '') > 29
        ? null
        : at(g, g.hour ?? '', minuteOf(g.tail ?? '')),
  },
  {
    pattern: new RegExp(`${half}差(?:(?<quarter>一刻)|(?<few>${number}) ?分) ?(?<hour>${number}) ?点`, 'g'),
    read: (g) => pastOrTo(g, g.few === undefined ? 15 : toNumber(g.few), 'to'),
  },
  { pattern: english('(?:12 ?)?(?:noon|midday)'), read: () => fixed(12) },
  { pattern: english('(?:12 ?)?midnight'), read: () => fixed(24) },
  {
    pattern: english('(?:by )?(?:the )?(?:eod|end of (?:the )?(?:business |working )?day|close of business)'),
    read: () => fixed(17),
  },
  { pattern: /下班[之以]?前/g, read: () => fixed(17) },
  { pattern: /(?:中午|正午)(?![餐饭])/g, read: () => fixed(12) },
  { pattern: /午夜(?!场)/g, read: () => fixed(24) },
];

/** T1–T7: every time that shows by itself that it is one. */
export const findTimes = (ground: Ground): TimePart[] =>
  rules.flatMap(({ pattern, read }) => findAll(ground, pattern, (match) => read(match.groups ?? {})));
