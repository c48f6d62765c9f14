import { describe, expect, test } from '@jest/globals';
import { en } from './en/index.ts';
import { zhCN } from './zh-CN/index.ts';
import { zhTW } from './zh-TW/index.ts';

type Catalogue = { readonly [name: string]: string | Catalogue };

const textsOf = (catalogue: Catalogue, prefix = ''): Array<[key: string, text: string]> =>
  Object.entries(catalogue).flatMap(([name, it]) =>
    typeof it === 'string' ? [[prefix + name, it] as [string, string]] : textsOf(it, `${prefix}${name}.`),
  );

const english = textsOf(en);
const translations = [
  { language: 'zh-TW', texts: textsOf(zhTW) },
  { language: 'zh-CN', texts: textsOf(zhCN) },
];
const catalogues = [{ language: 'en', texts: english }, ...translations];

/** Those of the texts in which something was found, with what was found: a failing test shows where to look. */
const where = (texts: typeof english, find: (text: string) => string[]) =>
  texts.map(([key, text]) => [key, find(text)] as const).filter(([, found]) => found.length > 0);

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();
const singular = (key: string): boolean => key.endsWith('_one');
const all = (text: string, pattern: RegExp): string[] => text.match(pattern) ?? [];

// Each language's name is written in that language, whatever the catalogue.
const languageNames = /English|繁體中文|简体中文/g;

/** What stays as it is in every language: what people or admins type, and names. */
const asTyped =
  /\{\{\w+\}\}|\/[a-z]+( add| edit)?\b|“sandbox next”|「sandbox next」|npm (ci|run sandbox)|--reset|NODE_ENV=production|\.sandbox\b|Ctrl-C|\b(Teams|Slack|Outlook|Google|Apple|CSV|XLSX|UTC|PUBLIC_URL|https|physical|online|hybrid)\b|\b(Europe\/Berlin|Asia\/Taipei)\b|Müggelsee|Fire drill briefing/g;

const own = (text: string): string => text.replace(languageNames, '').replace(asTyped, '');

test.each(translations)(
  '[2.1] $language says everything that English says, and nothing more',
  ({ texts }) => {
    expect(texts.map(([key]) => key)).toEqual(english.map(([key]) => key).filter((key) => !singular(key)));
  },
);

test('[2.1] an English text that counts has its singular and its plural, over the same figures', () => {
  const known = new Map(english);
  const counting = english.map(([key]) => key).filter((key) => /_(one|other)$/.test(key));
  for (const stem of new Set(counting.map((key) => key.replace(/_(one|other)$/, '')))) {
    const one = placeholders(known.get(`${stem}_one`) ?? '');
    expect([stem, one]).toEqual([stem, placeholders(known.get(`${stem}_other`) ?? '')]);
    expect([stem, one]).toEqual([stem, expect.arrayContaining(['{{count}}'])]);
  }
});

test.each(translations)('[2.1] $language fills in the same figures as English', ({ texts }) => {
  const wanted = new Map(english);
  const differing = texts.filter(
    ([key, text]) => `${placeholders(text)}` !== `${placeholders(wanted.get(key) ?? '')}`,
  );
  expect(differing).toEqual([]);
});

test.each(catalogues)(
  '[2.1] no text of $language is empty, padded, or holds half a placeholder',
  ({ texts }) => {
    expect(where(texts, (text) => (text.trim() === '' || text !== text.trim() ? [text] : []))).toEqual([]);
    expect(where(texts, (text) => all(text.replace(/\{\{\w+\}\}/g, ''), /[{}]/g))).toEqual([]);
  },
);

test.each(translations)('[2.1] no English is left in $language', ({ texts }) => {
  expect(where(texts, (text) => all(own(text), /[A-Za-z]{2,}/g))).toEqual([]);
});

describe('[2.1] each Chinese in its own script and words', () => {
  // GB 2312 holds the simplified characters of daily use, the first plane of Big5 the traditional ones.
  const gb2312 = characters('gbk', [0xb0, 0xf7], [[0xa1, 0xfe]]);
  const big5 = characters(
    'big5',
    [0xa4, 0xc6],
    [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
  );
  const foreign = (text: string, script: Set<string>): string[] =>
    all(text.replace(languageNames, ''), /\p{Script=Han}/gu).filter((character) => !script.has(character));

  test('the character sets tell the scripts apart', () => {
    expect(foreign('预订会议室', gb2312)).toEqual([]);
    expect(foreign('預訂會議室', gb2312)).toEqual(['預', '訂', '會', '議']);
    expect(foreign('預訂會議室', big5)).toEqual([]);
    expect(foreign('预订会议室', big5)).toEqual(['预', '订', '会', '议']);
  });

  test('zh-TW has no simplified character', () => {
    expect(where(textsOf(zhTW), (text) => foreign(text, big5))).toEqual([]);
  });

  test('zh-CN has no traditional character', () => {
    expect(where(textsOf(zhCN), (text) => foreign(text, gb2312))).toEqual([]);
  });

  test('zh-TW has no word that only the mainland uses', () => {
    const mainland =
      /視頻|屏幕|消息|信息|鏈接|用戶(?!端)|網絡|服務器|默認|軟件|硬件|程序|登錄|設置|投影儀|短信|打印|質量|菜單|添加|保存|撤銷|審批|預訂|參會/g;
    expect(where(textsOf(zhTW), (text) => all(text, mainland))).toEqual([]);
  });

  test('zh-CN has no word that only Taiwan uses', () => {
    const taiwan =
      /视讯|萤幕|讯息|资讯|连结|使用者|网路|伺服器|预设|软体|硬体|程式|登入|投影机|简讯|列印|品质|选单|新增|储存|档案|撤回|审核|预约|与会|据点|个资/g;
    expect(where(textsOf(zhCN), (text) => all(text, taiwan))).toEqual([]);
  });
});

describe('[2.1] Chinese punctuation', () => {
  test.each(translations)('$language: full-width beside Chinese', ({ texts }) => {
    const halfWidth = /\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}|\p{Script=Han}\.(?!\d)/gu;
    expect(where(texts, (text) => all(text, halfWidth))).toEqual([]);
  });

  test('「」 in zh-TW, “” in zh-CN, always in pairs', () => {
    expect(where(textsOf(zhTW), (text) => all(text, /[“”‘’"']/g))).toEqual([]);
    expect(where(textsOf(zhCN), (text) => all(text, /[「」『』"'‘’]/g))).toEqual([]);
    const unpaired = (text: string) =>
      all(text.replace(/「[^「」]+」|“[^“”]+”|（[^（）]+）/g, ''), /[「」“”（）]/g);
    for (const { texts } of translations) expect(where(texts, unpaired)).toEqual([]);
  });

  test.each(translations)('$language: one space between Chinese and Latin letters or digits', ({ texts }) => {
    const stuck = /\p{Script=Han}[A-Za-z0-9/#]|[A-Za-z0-9]\p{Script=Han}|\p{Script=Han}\{\{/gu;
    const loose =
      / {2}|[，。；：？！、「」“”（）] | [，。；：？！、「」“”（）]|\p{Script=Han} \p{Script=Han}/gu;
    expect(where(texts, (text) => all(text, stuck))).toEqual([]);
    expect(where(texts, (text) => all(text, loose))).toEqual([]);
  });
});

type Range = readonly [from: number, to: number];

/** Every character that two bytes of an encoding stand for. */
function characters(encoding: string, [from, to]: Range, trailing: readonly Range[]): Set<string> {
  const decoder = new TextDecoder(encoding);
  const found = new Set<string>();
  for (let lead = from; lead <= to; lead++)
    for (const [first, last] of trailing)
      for (let trail = first; trail <= last; trail++) found.add(decoder.decode(Uint8Array.of(lead, trail)));
  return found;
}
