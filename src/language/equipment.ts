import { type Ground, nameSign, partSign, type Span } from './ground.ts';
import { fold } from './normalise.ts';
import { startsWord } from './segments.ts';
import type { EquipmentWords } from './words/equipment.ts';

export type EquipmentPart = Span & { key: string };
export type EquipmentIndex = { pattern: RegExp; keys: ReadonlyMap<string, string> };

/** Built once for the words of an organisation. */
export function indexEquipment(words: EquipmentWords): EquipmentIndex {
  const keys = new Map(
    Object.entries(words).flatMap(([key, list]) =>
      list.map((word) => [fold(word).replace(/\s/g, ''), key] as const),
    ),
  );
  const sources = Object.values(words)
    .flat()
    .map(fold)
    .sort((one, other) => other.length - one.length)
    .map((word) => {
      const letters = word.replace(/\s+/g, ' ').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return /^[a-z0-9]/.test(letters)
        ? `(?<![a-z0-9@-])${letters.replaceAll(' ', '[ -]?')}s?(?![a-z0-9]|-[a-z]|'s)`
        : letters;
    });
  return { pattern: new RegExp(sources.length === 0 ? '(?!)' : `(?:${sources.join('|')})`, 'g'), keys };
}

type Mention = Span & { key: string; ascii: boolean; shown: string };

const introduction =
  /(?:(?<![a-z0-9-])(?:with|w\/|w|we need|i need|needs?|needing|plus|has|having|have|including|incl\.?|equipped with|requires?|requiring)|(?<![不没无免])(?:需要?用?到?|要用到?|要有|要求|带有|含有|附上|附带|配有?|备有?|设有|有|要|带|含|借|附|用)) ?(?:(?:an?|the|some|one|two|big|large|1|2|一[台个块部]|[1-3]台|个|台) ?){0,2}$/;
const joiner = /(?:\+|&|\/|,? ?(?<![a-z])and|,? ?(?<![a-z])or|和|跟|与|及|以及|、|加) ?(?:(?:an?|the) )?$/;

/** Q1: equipment that is introduced, joined to such, or stands alone; inside a longer phrase it is topic. */
export function findEquipment(
  ground: Ground,
  { pattern, keys }: EquipmentIndex,
  places: readonly Span[],
): EquipmentPart[] {
  const found: EquipmentPart[] = [];
  let past = 0;
  for (;;) {
    pattern.lastIndex = past;
    const match = pattern.exec(ground.open());
    if (match === null) return found;
    const mention: Mention = {
      from: match.index,
      to: match.index + match[0].length,
      key: keyOf(match[0], keys),
      ascii: /^[a-z]/.test(match[0]),
      shown: match[0],
    };
    past = mention.to;
    const start = begin(ground, mention, found, places);
    if (start === null || !ends(ground, mention, start.introduced, pattern)) continue;
    const wanted = /^ (?:needed|required|wanted|please)(?![a-z])/.exec(ground.open().slice(mention.to));
    const part = { key: mention.key, from: start.from, to: mention.to + (wanted?.[0].length ?? 0) };
    ground.claim(part);
    found.push(part);
  }
}

function keyOf(word: string, keys: ReadonlyMap<string, string>): string {
  const plain = word.replace(/[\s-]/g, '');
  return keys.get(plain) ?? keys.get(plain.replace(/s$/, '')) ?? '';
}

type Start = { from: number; introduced: boolean };

/** Where the part begins, the word that introduces it included; null where it is the end of a longer phrase. */
function begin(
  ground: Ground,
  mention: Mention,
  found: readonly EquipmentPart[],
  places: readonly Span[],
): Start | null {
  const before = ground.open().slice(0, mention.from);
  const intro = introduction.exec(before);
  if (intro !== null && startsWord(ground, intro.index)) return { from: intro.index, introduced: true };
  const joined = joiner.exec(before);
  if (
    joined !== null &&
    found.some(({ to }) => to === joined.index || ground.open().slice(to, joined.index) === ' ')
  ) {
    return { from: joined.index, introduced: true };
  }
  const here = { from: mention.from, introduced: false };
  if (places.some(({ from, to }) => from <= mention.from && mention.to <= to))
    return { ...here, introduced: true };
  const [last, beforeLast] = [before.at(-1), before.trimEnd().at(-1)];
  if (isBorder(last)) return here;
  if (last !== ' ') return null;
  if (!mention.ascii || isBorder(beforeLast) || isChinese(beforeLast)) return here;
  // "design review projector" names what is needed, "launch video" what it is about.
  return /^(?:video|phone)/.test(mention.shown) ? null : here;
}

function ends(ground: Ground, mention: Mention, introduced: boolean, pattern: RegExp): boolean {
  const after = ground.open().slice(mention.to);
  const [first, second] = [after[0], after.trimStart()[0]];
  if (isBorder(first)) return true;
  const more = /^ ?(?:和|跟|与|及|以及|and|or) ?/.exec(after);
  if (more !== null) {
    pattern.lastIndex = mention.to + more[0].length;
    return introduced || pattern.exec(ground.open())?.index === mention.to + more[0].length;
  }
  if (/^ ?(?:的|开会|就好|即可|谢谢|吗|就行)/.test(after)) return true;
  if (first !== ' ') return false;
  if (!mention.ascii || isBorder(second)) return true;
  if (introduced && (isChinese(second) || isThing(mention, after))) return true;
  return (
    (introduced ? /^ (?:in|at|on|for|from|with|w\/|to|available)(?![a-z0-9])/ : /(?!)/).test(after) ||
    courtesy.test(after)
  );
}

// "with projector design review" needs one; "with projector suppliers" is about them.
const isThing = ({ shown }: Mention, after: string): boolean =>
  /^(?:projector|whiteboard)/.test(shown) &&
  !/^ (?:lamps?|bulbs?|screens?|repairs?|markers?|pens?|paint|cleaning|cleaners?|vendors?|suppliers?|makers?|teams?|crew|people|installers?|installations?|maintenance|replacements?|demos?|purchases?|apps?|sessions?|mounts?|cables?|prices?|quotes?|orders?|upgrades?|brands?)(?![a-z])/.test(
    after,
  );

const courtesy = /^ (?:please|pls|thanks|thank you|thx|needed|required)(?![a-z0-9])/;
const isBorder = (sign: string | undefined): boolean =>
  sign === undefined || (sign !== nameSign && (sign === partSign || /[^\p{L}\p{N} ]/u.test(sign)));
const isChinese = (sign: string | undefined): boolean => sign !== undefined && /[\u4e00-\u9fff]/.test(sign);
