import { findAll, type Ground, partSign, type Span } from './ground.ts';
import { anyNumber, chineseNumber, englishNumber, number, toNumber } from './numbers.ts';

export type HeadcountPart = Span & { people: number };
export type AttendeePart = Span & { name: string };

/** A1: `@` directly before a letter begins a name. */
export function findAttendees(ground: Ground): AttendeePart[] {
  const pattern = /(?<![a-z0-9])@(?=\p{L})[\p{L}\p{N}._-]{1,80}/gu;
  return findAll(ground, pattern, ({ index, 0: text, input }) => {
    const to = index + nameEnd(text, input[index + text.length] === '@');
    return { name: ground.text.shown.slice(index + 1, to).normalize('NFKC'), end: to };
  }).map(({ name, from, end }) => ({ name, from, to: end }));
}

// 和 before the next @ joins; a full stop at the end of a name is the sentence's.
function nameEnd(text: string, beforeAnother: boolean): number {
  const joiner = beforeAnother ? /(?<=.)(?:以及|[和跟与及])$/.exec(text) : null;
  const end = joiner === null ? text.length : joiner.index;
  return text.slice(0, end).replace(/[.-]+$/, '').length;
}

const englishPeople =
  '(?:people|persons?|ppl|pax|attendees?|participants?|guests?|heads?|folks|seats)(?![a-z0-9]|-[a-z])';
const chinesePeople = '(?:个 ?人|人|位|名)';
// 五人制, 三位一体, 6位密码, 3位候选人: what is counted is not those who come.
const notPeople =
  '(?!制|帮|转|行|组|间|份|桌|团队|篮|足球|赛|格|大会|一[票体组]|小组|成|数|密|验证|小数|候选|嘉宾|讲师|客户|新人|工|民|力|事|才|均|次|选|员(?:工)?[流优培]|设|生|物|类|脸|像|机)';
const roughly = '(?:\\+|多|来|余|ish)?';
// 签约, 公共: the end of another word.
const roughlyBefore =
  '(?:一共|总共|(?<![公中一总])共|大约|大概|(?<![预邀契违履签条公解续制面节合和特毁大])约)';
const chineseRough = `(?:[一二两三四五六七八九]{2}(?=个? ?人)|[一二两三四五六七八九]十[一二三四五六七八九]{2})`;

type Rule = { pattern: RegExp; read: (groups: Record<string, string | undefined>) => number | null };

const larger = (g: Record<string, string | undefined>): number =>
  Math.max(toNumber(g.n ?? '0'), toNumber(g.low ?? '0'));

const rules: Rule[] = [
  {
    pattern: new RegExp(
      `(?:(?<low>${anyNumber}) ?(?:-|to|or|到|至|、) ?)?(?<n>${anyNumber}|(?<=- ?)\\d{1,4})${roughly}[ -]?(?:${englishPeople}|of us(?![a-z]))(?: in total| total)?`,
      'g',
    ),
    read: larger,
  },
  {
    pattern: new RegExp(
      `(?<![a-z0-9])(?:for )?(?:a )?(?:party|group|team) of (?:(?<low>${anyNumber}) ?(?:-|to) ?)?(?<n>${anyNumber})(?![a-z0-9])`,
      'g',
    ),
    read: larger,
  },
  {
    pattern: new RegExp(
      `人数(?:是|为|大约|约)? ?(?:(?<low>${number}) ?(?:-|到|至) ?)?(?<n>${number}) ?(?:个?人|位|名)?(?![\\d:点])`,
      'g',
    ),
    read: larger,
  },
  {
    // 七八个人: seven or eight.
    pattern: new RegExp(
      `(?<![一二两三四五六七八九十\\d第])(?<n>${chineseRough}) ?${chinesePeople}${notPeople}`,
      'g',
    ),
    read: ({ n = '' }) => toNumber(n.length === 2 ? n.slice(1) : `${n.slice(0, 2)}${n.slice(3)}`),
  },
  {
    pattern: new RegExp(
      `(?:${roughlyBefore} ?)?(?:(?<low>${number}) ?(?:-{1,2}|到|至|、|to) ?)?(?<n>${number}|(?<=[-到至、] ?)(?:\\d{1,4}|${chineseNumber}))${roughly} ?${chinesePeople}${notPeople}(?:同事|同仁|伙伴|与会者|参会者|参会人|参加|出席|左右|以内|以下|上下)?`,
      'g',
    ),
    read: larger,
  },
];

/** H1: a number with its unit. */
export const findHeadcounts = (ground: Ground): HeadcountPart[] =>
  rules.flatMap(({ pattern, read }) =>
    findAll(ground, pattern, (match) => {
      const people = read(match.groups ?? {});
      return people === null || people === 0 ? null : { people };
    }),
  );

/** H1: `for 8` without a unit, where nothing is counted by it: not `for 3 new hires`, not `for 2028`. */
export function findForCount(ground: Ground): HeadcountPart[] {
  const pattern = new RegExp(
    `(?<![a-z0-9])for (?:(?<low>${anyNumber}) ?(?:-|to) ?)?(?<n>\\d{1,3}|${englishNumber})(?=$|[ ,.;!?)${partSign}])(?![.:]\\d)`,
    'g',
  );
  return findAll(ground, pattern, (match) => {
    const rest = match.input.slice(match.index + match[0].length);
    return isCounted(rest) ? null : { people: larger(match.groups ?? {}) };
  });
}

const isCounted = (rest: string): boolean =>
  /^ (?:weeks?|months?|days?|years?|times|new|big|key|more|different|other|small|large)\b/.test(rest) ||
  (/^ (?!sales |ops |news |business |us\b|this\b|analytics |logistics |always )[a-z]{3,}s\b/.test(rest) &&
    !/^ [a-z]+(?:ss|us|is)\b/.test(rest));
