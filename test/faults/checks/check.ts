/** What was looked at, whether it is as it has to be, and what was found. */
export type Check = { name: string; ok: boolean; found: string };

/** A check that fails where anything is wrong. `right` is said where nothing is. */
export const check = (name: string, wrong: readonly string[], right: string): Check => ({
  name,
  ok: wrong.length === 0,
  found: wrong.length === 0 ? right : `${wrong.length} wrong: ${wrong.slice(0, 5).join('; ')}`,
});
