import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, formOf, labelsOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';

let world: World;
let ada: Someone;
let ann: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ada, ann] = [await world.person('Ada'), await world.person('Ann')];
});
afterEach(() => world.stop());

describe('[2.1] /language', () => {
  test('offers each in its own tongue, and what is chosen holds from then on', async () => {
    const card = cardOf(await world.say(ann, 'language'));
    expect(labelsOf(card)).toEqual(['English', '繁體中文', '简体中文']);
    const chosen = await world.press(ann, card, '繁體中文');
    expect(cardOf(chosen).banner?.tone).toBe('good');
    const next = await world.say(ann, 'help');
    expect([next.reader.language, textOf(cardOf(next))]).toEqual([
      'zh-TW',
      expect.stringMatching(/\p{Script=Han}/u),
    ]);
  });

  test('can be typed, in any case; what is none of ours shows the choice', async () => {
    await world.say(ann, '/language ZH-cn');
    expect((await world.say(ann, 'help')).reader.language).toBe('zh-CN');
    expect(labelsOf(cardOf(await world.say(ann, 'language klingon')))).toHaveLength(3);
    expect((await world.say(ann, 'help')).reader.language).toBe('zh-CN');
  });

  test.each([
    ['zh-Hant-TW', 'zh-TW'],
    ['zh_HK', 'zh-TW'],
    ['zh', 'zh-CN'],
    ['zh-Hans', 'zh-CN'],
    ['en-GB', 'en'],
    ['de-DE', 'en'],
    [null, 'en'],
  ])('until then it is the platform’s: %s gives %s', async (locale, language) => {
    const lin = await world.person('Lin', { locale });
    expect((await world.say(lin, 'help')).reader.language).toBe(language);
  });

  test('zone and language are those of the account in use', async () => {
    const here = await world.person('Mei', { zone: 'Asia/Taipei' });
    const there = await world.person('Mei', { platform: 'teams', zone: 'America/New_York' });
    const zones = [];
    for (const who of [here, there]) zones.push((await world.say(who, 'help')).reader.zone);
    expect(zones).toEqual(['Asia/Taipei', 'America/New_York']);
    expect(here.person).toBe(there.person);
  });
});

describe('[6.2] /roles', () => {
  const give = async (who: Someone, role: string, people: Someone[]) => {
    const list = cardOf(await world.say(who, 'roles'));
    const form = formOf(await world.press(who, list, 'Give a role'));
    return world.submit(who, form, { role, people: people.map((it) => it.profile.userId) });
  };

  test('gives a role, which counts at once, and takes it; both are recorded with who and when', async () => {
    await world.say(ann, 'help');
    const given = cardOf(await give(ada, 'admin', [ann]));
    expect(textOf(given)).toContain('Admin by configuration: Ada.');
    expect(rowOf(given, 'Ann').text).toBe('Admin since Tue, Dec 1, 2026, 09:00');
    expect((await world.say(ann, 'roles')).answer.kind).toBe('card');
    const taken = cardOf(await world.press(ada, rowOf(given, 'Ann'), 'Take away'));
    expect(taken.rows).toEqual([]);
    expect(noteOf(await world.say(ann, 'roles'))).toContain('Only an admin');
    const changes = (await world.audit()).filter((it) => it.kind.startsWith('role.'));
    expect(changes).toMatchObject([
      { kind: 'role.given', actor: ada.person, subject: `person:${ann.person}`, detail: { role: 'admin' } },
      { kind: 'role.taken', actor: ada.person, subject: `person:${ann.person}`, at: world.now() },
    ]);
  });

  test('given twice it is one role and one record', async () => {
    await give(ada, 'trainer', [ann]);
    const card = cardOf(await give(ada, 'trainer', [ann, ada]));
    expect(card.rows?.map((row) => row.title)).toEqual(['Ada', 'Ann']);
    expect((await world.audit()).map((it) => it.kind)).toEqual(['role.given', 'role.given']);
  });

  test('[3.1] not to guests, nor to nobody, nor one that there is not', async () => {
    const gus = await world.person('Gus', { kind: 'guest' });
    expect(noteOf(await give(ada, 'admin', [ann, gus]))).toContain('Gus');
    expect(noteOf(await give(ada, 'admin', []))).toContain('out of date');
    expect(noteOf(await give(ada, 'emperor', [ann]))).toContain('out of date');
    expect(cardOf(await world.say(ada, 'roles')).rows).toEqual([]);
  });

  test('an admin by configuration stays one, whatever is taken in chat', async () => {
    const card = cardOf(await give(ada, 'admin', [ada]));
    await world.press(ada, rowOf(card, 'Ada'), 'Take away');
    expect((await world.say(ada, 'roles')).answer.kind).toBe('card');
  });
});
