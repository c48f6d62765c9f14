import { describe, expect, test } from '@jest/globals';
import { aRoom } from '../../../test/support/examples.ts';
import { defaultRules } from '../rules/domain.ts';
import { lengthChoices, noDefaults, readDefaults, type TypedDefaults } from './domain.ts';

const alps = aRoom();
const read = (its: Partial<TypedDefaults>, room = alps, rules = defaultRules) =>
  readDefaults({ site: '', room: '', minutes: '', ...its }, { sites: ['Berlin', 'Taipei'], room, rules });

describe('[2.1] what the booking form is preset to', () => {
  test.each<[string, Partial<TypedDefaults>, object]>([
    ['nothing', {}, noDefaults],
    ['no preference', { site: 'any', room: 'any', minutes: 'any' }, noDefaults],
    ['a site', { site: 'Taipei' }, { ...noDefaults, site: 'Taipei' }],
    ['a room', { room: alps.id }, { ...noDefaults, room: alps.id }],
    [
      'everything',
      { site: 'Berlin', room: alps.id, minutes: '60' },
      { site: 'Berlin', room: alps.id, minutes: 60 },
    ],
  ])('%s', (_, typed, defaults) => {
    expect(read(typed)).toEqual({ ok: true, defaults });
  });

  test.each<[string, ReturnType<typeof read>, Record<string, string>]>([
    ['a site without rooms', read({ site: 'Paris' }), { site: 'home.defaults.wrong.site' }],
    [
      'a room out of use',
      read({ room: 'alps' }, aRoom({ active: false })),
      { room: 'home.defaults.wrong.room' },
    ],
    [
      'a room at another site',
      read({ site: 'Taipei', room: 'alps' }),
      { room: 'home.defaults.wrong.elsewhere' },
    ],
    [
      'longer than the room allows',
      read({ minutes: '240' }, alps, { ...defaultRules, maxMinutes: 120 }),
      { minutes: 'home.defaults.wrong.minutes' },
    ],
    ['no length', read({ minutes: 'x' }), { minutes: 'home.defaults.wrong.minutes' }],
  ])('%s is refused at the field', (_, it, wrong) => {
    if (it.ok) throw new Error('it was taken');
    expect(Object.fromEntries(Object.entries(it.problems).map(([field, { key }]) => [field, key]))).toEqual(
      wrong,
    );
  });

  test('only lengths that the rules allow can be chosen', () => {
    expect(lengthChoices({ ...defaultRules, stepMinutes: 30, maxMinutes: 120 })).toEqual([30, 60, 90, 120]);
  });
});
