import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { World } from '../support/world.ts';
import { type Cast, createCast, type Role, roles } from './cast.ts';
import { clicksOf } from './clicks.ts';
import { createTrial } from './matrix.ts';
import { type Clicks, prepare } from './scene.ts';
import { readTable, writeTable } from './table.ts';

/*
 * Every command, sent by everybody, from the very same click: what comes of it is stated in `expected.md`, cell by
 * cell. `UPDATE_ROLES=1` writes the table anew, to be read before it is kept.
 */

const path = join(import.meta.dirname, 'expected.md');
const update = process.env.UPDATE_ROLES === '1';

let world: World;
let cast: Cast;
let clicks: Clicks;
let trial: Awaited<ReturnType<typeof createTrial>>;

beforeAll(async () => {
  ({ world, cast } = await createCast());
  clicks = await clicksOf(await prepare(world, cast));
  trial = await createTrial(world);
});
afterAll(async () => {
  trial.stop();
  await world.stop();
});

test('[6.2] every command has its row in the table', () => {
  const named = Object.values(clicks).map((it) => it.command);
  expect([...world.registry.commands.keys()].filter((name) => !named.includes(name))).toEqual([]);
  if (!update)
    expect(readTable(readFileSync(path, 'utf8')).map((it) => it.name)).toEqual(Object.keys(clicks).sort());
});

test('[6.2] everybody may do with every command what the table says, and a refusal changes nothing', async () => {
  const rows: { name: string; cells: Record<Role, string> }[] = [];
  const marks: string[] = [];
  for (const name of Object.keys(clicks).sort()) {
    const act = clicks[name];
    if (!act) continue;
    const cells = {} as Record<Role, string>;
    for (const role of roles) {
      const { outcome, effects } = await trial.attempt(cast[role], act);
      cells[role] = outcome.startsWith('+') ? outcome : (outcome.split('.').at(-1) ?? '');
      if (!outcome.startsWith('+') && effects.length > 0) marks.push(`${name} by ${role}: ${effects}`);
    }
    rows.push({ name, cells });
  }
  expect(marks).toEqual([]);
  if (update) writeFileSync(path, writeTable(rows));
  const expected = new Map(readTable(readFileSync(path, 'utf8')).map((it) => [it.name, it.cells]));
  const wrong = rows.flatMap(({ name, cells }) =>
    roles
      .filter((role) => expected.get(name)?.[role] !== cells[role])
      .map((role) => `${name} by ${role}: ${cells[role]}, not ${expected.get(name)?.[role]}`),
  );
  expect(wrong).toEqual([]);
}, 600_000);

const refusals = async () =>
  (await world.audit()).filter((it) => JSON.stringify(it.detail) === '{"why":"role"}');

test('[6.2] what only admins may do, is put on record when others try it', async () => {
  const before = (await refusals()).length;
  await world.act(cast.supervisor, { command: 'people.giveRole', values: { people: [], role: 'admin' } });
  const entries = await refusals();
  expect(entries).toHaveLength(before + 1);
  expect(entries.at(-1)).toMatchObject({
    actor: cast.supervisor.person,
    kind: 'refused',
    subject: 'command:people.giveRole',
  });
});
