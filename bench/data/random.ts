import type { Id } from '../../src/core/ids.ts';

/** The same numbers again for the same seed. */
export type Random = {
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  /** True so many times in a hundred. */
  percent(share: number): boolean;
  /** One of them, each as likely as it is often in the list. */
  of<T>(list: readonly [T, ...T[]]): T;
};

/** @param seed a whole number */
export function randomFrom(seed: number): Random {
  let state = (mix(seed) % 2_147_483_646) + 1;
  const below = (end: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % end;
  };
  return {
    below,
    percent: (share) => below(100_000) < share * 1_000,
    of: (list) => list[below(list.length)] ?? list[0],
  };
}

/** Spreads numbers that follow each other over all of 32 bits. */
export function mix(n: number): number {
  let it = Math.imul(n ^ (n >>> 16), 0x21f0aaad);
  it = Math.imul(it ^ (it >>> 15), 0x735a2d97);
  return (it ^ (it >>> 15)) >>> 0;
}

const hex = Array.from({ length: 65_536 }, (_, n) => n.toString(16).padStart(4, '0'));
const seeds = {
  room: 1,
  person: 2,
  booking: 3,
  series: 4,
  slot: 5,
  outbox: 6,
  account: 7,
};

/** The n-th id of a kind: as long as those that the program makes, and in no order either. */
export function idOf<T extends Id<string>>(kind: keyof typeof seeds, n: number): T {
  const a = mix(n * 8 + seeds[kind]);
  const b = mix(a ^ 0x9e3779b9);
  // The number itself, so that no two are alike.
  const high = hex[(n >>> 16) & 0xffff];
  return `${hex[a >>> 16]}${hex[a & 0xffff]}-${hex[b >>> 16]}-4${seeds[kind]}00-a000-${hex[b & 0xffff]}${high}${hex[n & 0xffff]}` as T;
}

/** As long as a hash. */
export function hashLike(n: number): string {
  let text = '';
  for (let part = mix(n), k = 0; k < 8; k++, part = mix(part + k))
    text += (hex[part >>> 16] ?? '') + hex[part & 0xffff];
  return text;
}

/** The same function, which keeps what it gave for each number. */
export function kept<T>(make: (n: number) => T): (n: number) => T {
  const all: T[] = [];
  return (n) => {
    all[n] ??= make(n);
    return all[n];
  };
}
