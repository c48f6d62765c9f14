import { z } from 'zod';
import type { RoomId } from '../../core/ids.ts';
import type { Period } from './domain.ts';
import { usualPeriod } from './period.ts';

/** What somebody wants to see, as it goes through buttons and the form; empty: all, or the usual period. */
const text = z.string().default('');
export const typedChoice = z.object({ from: text, until: text, site: text, room: text, department: text });
export type TypedChoice = z.infer<typeof typedChoice>;

/** What of the organisation is counted; null: all of it. */
export type Scope = { site: string | null; room: RoomId | null; department: string | null };
export type Choice = Scope & { period: Period };

/** What the form means by "all". */
export const anything = '-';

const chosen = (value: string): string | null => (value === '' || value === anything ? null : value);

export function readChoice(typed: TypedChoice, today: string): Choice {
  const usual = usualPeriod(today);
  return {
    period: { from: typed.from || usual.from, until: typed.until || usual.until },
    site: chosen(typed.site),
    room: chosen(typed.room) as RoomId | null,
    department: chosen(typed.department),
  };
}

export const typedOf = ({ period, site, room, department }: Choice): TypedChoice => ({
  ...period,
  site: site ?? '',
  room: room ?? '',
  department: department ?? '',
});

/** What may be named in a text, by what it is called. */
export type Names = {
  sites: readonly string[];
  /** Those that the text may mean are enough. */
  rooms: ReadonlyArray<{ id: RoomId; name: string; site: string }>;
  departments: readonly string[];
};

/**
 * The sites, rooms and departments that a text names, longer names first so that `Berlin 2` is not read as `Berlin`;
 * of rooms of one name, the one at a site that the text names as well.
 * @returns in `rest` what of the text is none of them.
 */
export function scopeIn(said: string, names: Names): Scope & { rest: string } {
  let rest = said;
  const take = <Named>(among: readonly Named[], nameOf: (it: Named) => string): Named | null => {
    const byLength = among.toSorted((a, b) => nameOf(b).length - nameOf(a).length);
    const found = byLength.find((it) => says(rest, nameOf(it)) !== null);
    if (found !== undefined) rest = rest.replace(says(rest, nameOf(found)) ?? '', ' ');
    return found ?? null;
  };
  const near = names.sites.filter((site) => says(said, site) !== null);
  const rooms = names.rooms.toSorted((a, b) => Number(near.includes(b.site)) - Number(near.includes(a.site)));
  const department = take(names.departments, String);
  const room = take(rooms, (it) => it.name);
  const site = take(names.sites, String);
  return { site, room: room?.id ?? null, department, rest: rest.replace(/[\s,，、·]+/g, ' ').trim() };
}

/** How a text writes a name, whatever the case; null: it does not. Letters and digits around it would make it another. */
function says(text: string, name: string): string | null {
  const before = /^[a-z\d]/i.test(name) ? '(?<![a-z\\d])' : '';
  const after = /[a-z\d]$/i.test(name) ? '(?![a-z\\d])' : '';
  const escaped = name.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  return new RegExp(before + escaped + after, 'i').exec(text)?.[0] ?? null;
}
