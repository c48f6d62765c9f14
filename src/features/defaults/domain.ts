import type { RoomId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Room } from '../rooms/domain.ts';
import type { Rules } from '../rules/domain.ts';

/** What somebody's booking form is preset to (2.1); null: no preference. */
export type Defaults = { site: string | null; room: RoomId | null; minutes: number | null };

export const noDefaults: Defaults = { site: null, room: null, minutes: null };

/** The value of a choice that means no preference. */
export const noPreference = 'any';

/** Defaults as they are typed into the form. */
export type TypedDefaults = { site: string; room: string; minutes: string };
export type DefaultsProblems = Partial<Record<keyof TypedDefaults, Refusal>>;

/** The lengths that can be chosen under these rules, in minutes. */
export const lengthChoices = ({ stepMinutes, maxMinutes }: Rules): number[] =>
  [15, 30, 45, 60, 90, 120, 180, 240, 360, 480].filter(
    (minutes) => minutes % stepMinutes === 0 && minutes <= maxMinutes,
  );

/**
 * Reads what was typed, naming every field that can't be: a site or room that is no longer there, a room at
 * another site, a length that its rules don't allow.
 * @param facts `room`: the one that was chosen, as it is now; `rules`: those for it, else the organisation's
 */
export function readDefaults(
  typed: TypedDefaults,
  facts: { sites: readonly string[]; room: Room | null; rules: Rules },
): { ok: true; defaults: Defaults } | { ok: false; problems: DefaultsProblems } {
  const problems: DefaultsProblems = {};
  const chosen = (value: string) => (value === '' || value === noPreference ? null : value);
  const [site, wanted, length] = [chosen(typed.site), chosen(typed.room), chosen(typed.minutes)];
  const room = wanted === null ? null : facts.room;
  const minutes = length === null ? null : Number(length);

  if (site !== null && !facts.sites.includes(site))
    problems.site = { key: 'home.defaults.wrong.site', field: 'site' };
  if (wanted !== null && !room?.active) problems.room = { key: 'home.defaults.wrong.room', field: 'room' };
  else if (site !== null && room && room.site !== site)
    problems.room = {
      key: 'home.defaults.wrong.elsewhere',
      figures: { room: room.name, site: room.site },
      field: 'room',
    };
  if (minutes !== null && !lengthChoices(facts.rules).includes(minutes))
    problems.minutes = {
      key: 'home.defaults.wrong.minutes',
      figures: { max: { minutes: facts.rules.maxMinutes } },
      clause: '2.1',
      field: 'minutes',
    };
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  return { ok: true, defaults: { site, room: room?.id ?? null, minutes } };
}
