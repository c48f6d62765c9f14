import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { actingCommands } from './old-buttons.ts';

/*
 * Whoever adds a command that changes something also says what comes of it when its card or form is out of date: by a
 * test in a file `stale-….test.ts` here, or by a reason in this list.
 */

/** Acting commands that no test sends when things have gone on, each with the reason. */
const exceptions: Record<string, string> = {};

/** What the tests of old cards say that they send; that they do, each of them checks as it runs. */
function sent(): Set<string> {
  const files = readdirSync(import.meta.dirname).filter((it) => /^stale.*\.test\.ts$/.test(it));
  const lists = files.flatMap((file) => [
    ...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/\bpresses\(\s*\[([^\]]*)\]/g),
  ]);
  return new Set(
    lists.flatMap(([, list = '']) => [...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name)),
  );
}

test('[6.2] every command that changes something is sent once from a card or form that is out of date', async () => {
  const acting = await actingCommands();
  const missing = [...acting].filter((name) => !sent().has(name));
  expect(missing.sort()).toEqual(Object.keys(exceptions).sort());
});
