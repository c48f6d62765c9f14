import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { noteOf } from '../../test/support/answers.ts';
import { createWorld, type Someone, type World } from '../../test/support/world.ts';
import { minute } from '../core/clock.ts';
import { languages } from '../i18n/translate.ts';
import { burst } from './rate-limit.ts';

let world: World;
let ann: Someone;

beforeEach(async () => {
  world = await createWorld({ limits: { person: 3, workspace: 5, suggestions: 2, recorded: 2 } });
  ann = await world.person('Ann');
  await world.room({ name: 'Alps', reviewers: [ann] });
});
afterEach(() => world.stop());

const several = async (times: number, who: Someone) => {
  for (let n = 0; n < times; n++) await world.say(who, 'help');
};
const kindOf = async (who: Someone) => (await world.say(who, 'help')).answer.kind;

describe('[6.4] a lot at once', () => {
  test('by one person is too much for a minute, and nobody else is kept waiting by it', async () => {
    const ben = await world.person('Ben');
    await several(3, ann);
    expect(noteOf(await world.say(ann, 'help'))).toBe(
      'That was a lot at once. Please wait a minute and try again.',
    );
    await several(20, ann);
    expect(await kindOf(ben)).toBe('card');
    world.moveTo(world.now() + minute);
    expect(await kindOf(ann)).toBe('card');
  });

  test.each(languages)(
    'by a whole workspace is answered in words (%s), and other workspaces are served',
    async (locale) => {
      const crowd = await Promise.all(['Bo', 'Cem', 'Dora'].map((name) => world.person(name, { locale })));
      for (const who of crowd) await several(2, who);
      const [first, , last] = crowd;
      if (!first || !last) throw new Error('nobody');
      const told = noteOf(await world.say(last, 'help'));
      const words = { en: 'organisation', 'zh-TW': '單位', 'zh-CN': '单位' };
      expect(told).toContain(words[locale]);
      const other = await world.person('Eve', { tenant: 'T2' });
      const onTeams = await world.person('Tom', { platform: 'teams' });
      expect([await kindOf(other), await kindOf(onTeams)]).toEqual(['card', 'card']);
      world.moveTo(world.now() + burst);
      expect(await kindOf(first)).toBe('card');
    },
  );

  test('of searching finds nothing any more', async () => {
    const found = [];
    for (let n = 0; n < 3; n++)
      found.push((await world.dispatch.suggest(ann.caller, 'rooms', 'Alps')).length);
    expect(found).toEqual([1, 1, 0]);
  });

  test('of being refused is put on record no more often', async () => {
    const guest = await world.person('Gus', { kind: 'guest', email: null });
    await several(10, guest);
    const away = { platform: 'slack', tenant: 'T9', userId: 'U9', why: 'workspace' } as const;
    for (let n = 0; n < 10; n++) await world.dispatch.turnedAway(away);
    const refusals = (await world.audit()).filter((it) => it.kind === 'refused');
    expect(refusals.map((it) => it.subject)).toEqual(['slack:T1', 'slack:T1', 'slack:T9', 'slack:T9']);
  });
});
