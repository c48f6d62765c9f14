import { type Ground, nameSign, partSign, type Span } from './ground.ts';
import { fold } from './normalise.ts';
import { startsWord } from './segments.ts';

/** Room names by their letters, folded and without spaces. */
export type RoomIndex = { name: string | null; next: Map<string, RoomIndex> };

export type RoomPart = Span & { room: string };
type Mention = Span & { room: string; introduced: boolean; requested: boolean };

/** Built once for a list of rooms: a text of any length is then matched in one pass, however many rooms there are. */
export function indexRooms(names: readonly string[]): RoomIndex {
  const root: RoomIndex = { name: null, next: new Map() };
  for (const name of names) {
    let node = root;
    for (const sign of fold(name).replace(/\s/g, '').split('')) {
      const next = node.next.get(sign) ?? { name: null, next: new Map() };
      node.next.set(sign, next);
      node = next;
    }
    if (node !== root) node.name ??= name;
  }
  return root;
}

const isAscii = (sign: string | undefined): boolean => sign !== undefined && /[a-z0-9]/.test(sign);

/** R1: every place where a known room is named, the longest name first; found before numbers, which hide in names. */
export function findRooms(ground: Ground, index: RoomIndex): RoomPart[] {
  const text = ground.open();
  const found: RoomPart[] = [];
  for (let at = 0; at < text.length; at++) {
    const room = isAscii(text[at]) && isAscii(text[at - 1]) ? null : longestAt(text, at, index);
    if (room === null) continue;
    found.push(room);
    at = room.to - 1;
  }
  return found;
}

function longestAt(text: string, from: number, index: RoomIndex): RoomPart | null {
  let node: RoomIndex | undefined = index;
  let longest: RoomPart | null = null;
  for (let at = from; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (sign === ' ' && at > from) continue;
    node = node.next.get(sign);
    if (node === undefined) return longest;
    const whole =
      !(isAscii(sign) && isAscii(text[at + 1])) && !/^[.-][a-z0-9]/.test(text.slice(at + 1, at + 3));
    if (node.name !== null && whole) longest = { from, to: at + 1, room: node.name };
  }
  return longest;
}

const introduction =
  /(?:(?<![a-z0-9-])(?:in|at|use|using)|@|在|借到|借用|借|使用|用)(?: ?(?<![a-z])the)?(?: (?:meeting|conference) room)? ?$/;
const loose = /(?:(?<![a-z0-9-])the|到|去|(?<=\ue000)的) ?$/;
const requested = /(?:(?<![a-z0-9-])(?:book|reserve|need|get)|预订|预定|预约|订|约|找|要|借) ?$/;
const follows = /^ ?(?:meeting room|conference room|room)(?![a-z0-9])/;
// A name that says itself that it is a room may be written without a space: 十點玉山廳品牌發表會.
const roomLike = /(?:厅|室|馆|房|间|阁|斋|楼|亭|堂|教室|会议中心)$/;
const goesOn = /^(?:开|召|举|讨论|做|进行|办|和|跟|与|会议|碰|聊|见|、|谈|审|过|面试|培训)/;

/** R2: which of the rooms named is meant, with the small words around it; the others are topic. */
export function chooseRoom(
  ground: Ground,
  found: readonly RoomPart[],
  places: readonly Span[],
): RoomPart | null {
  const ranked = found
    .map((room) => mention(ground, room, places))
    .map((it) => ({ it, rank: rank(ground, it) }))
    .filter(({ rank: value }) => value > 0)
    .sort((one, other) => other.rank - one.rank || one.it.from - other.it.from);
  const best = ranked[0]?.it;
  return best === undefined ? null : { room: best.room, from: best.from, to: best.to };
}

function mention(ground: Ground, room: RoomPart, places: readonly Span[]): Mention {
  const open = ground.open();
  const before = open.slice(0, room.from);
  const intro = introduction.exec(before);
  const word = intro !== null && startsWord(ground, intro.index) ? intro : loose.exec(before);
  const after = follows.exec(open.slice(room.to));
  return {
    room: room.room,
    from: word?.index ?? room.from,
    to: room.to + (after?.[0].length ?? 0),
    requested: requested.test(before),
    introduced:
      (intro !== null && word === intro) || places.some(({ from, to }) => from <= room.from && room.to <= to),
  };
}

const isSetOff = (sign: string | undefined): boolean =>
  sign === undefined || (sign !== nameSign && !/[\p{L}\p{N} ]/u.test(sign));

/** 0: the room's name is part of something longer. */
function rank(ground: Ground, { from, to, room, introduced, requested: asked }: Mention): number {
  const open = ground.open();
  const [left, right] = [open[from - 1], open[to]];
  const apart = (sign: string | undefined): boolean =>
    sign === undefined || /[ \ue000]/.test(sign) || isSetOff(sign);
  const like = roomLike.test(fold(room));
  const spaced = isAscii(fold(room)[0]);
  const verb = goesOn.test(open.slice(to));
  if (introduced && (apart(right) || verb || right === '的')) return 6;
  if (introduced && like) return 5;
  if ((asked || apart(left)) && (apart(right) || (verb && (asked || like)))) {
    const beyond = (sign: string | undefined, next: string | undefined): boolean =>
      sign === ' ' ? !spaced || next === undefined || isSetOff(next) : isSetOff(sign);
    const right2 = beyond(right, open[to + 1]);
    const left2 = beyond(left, open[from - 2]);
    return 2 + (right2 ? 1.5 : 0) + (left2 ? 0.5 : 0);
  }
  return like && (left === partSign || right === partSign) ? 1 : 0;
}
