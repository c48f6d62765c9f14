import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Setting } from './domain.ts';
import { typedOf } from './settings-views.ts';
import { leadChoices, readSetting, type TypedSetting } from './typed.ts';

const typed = (its: Partial<TypedSetting> = {}): TypedSetting => ({
  token: 't',
  leads: ['organisation'],
  quiet: false,
  quietFrom: '22:00',
  quietUntil: '07:00',
  digest: false,
  digestTime: '08:00',
  ...its,
});
const quiet = { from: 22 * 60, until: 7 * 60 };

describe('[2.7] what is typed into /reminders', () => {
  test.each<[string, Partial<TypedSetting>, Partial<Setting>]>([
    ['as the organisation does', {}, { leads: null, quiet: null, digestAt: null }],
    ['leads of one’s own', { leads: ['60', '10080'] }, { leads: [10_080, 60] }],
    ['no reminders', { leads: [] }, { leads: [] }],
    ['quiet hours over midnight', { quiet: true }, { quiet }],
    ['quiet hours that are switched off', { quietFrom: '' }, { quiet: null }],
    ['a digest', { digest: true }, { digestAt: 480 }],
    [
      'a digest as the quiet hours end',
      { quiet: true, digest: true, digestTime: '07:00' },
      { quiet, digestAt: 420 },
    ],
  ])('%s', (_, its, setting) => {
    expect(readSetting(typed(its))).toMatchObject({ ok: true, setting });
  });

  test.each<[string, Partial<TypedSetting>, Record<string, string>]>([
    ['both kinds of leads', { leads: ['organisation', '60'] }, { leads: 'reminder.wrong.mixed' }],
    [
      'no times',
      { quiet: true, quietFrom: '', quietUntil: '25:00', digest: true, digestTime: '' },
      {
        quietFrom: 'reminder.wrong.time',
        quietUntil: 'reminder.wrong.time',
        digestTime: 'reminder.wrong.time',
      },
    ],
    [
      'quiet hours without length',
      { quiet: true, quietUntil: '22:00' },
      { quietUntil: 'reminder.wrong.noQuiet' },
    ],
    [
      'a digest in quiet hours',
      { quiet: true, digest: true, digestTime: '06:30' },
      { digestTime: 'reminder.wrong.digestQuiet' },
    ],
  ])('%s is refused at the field', (_, its, wrong) => {
    const read = readSetting(typed(its));
    if (read.ok) throw new Error('it was taken');
    const keys = Object.entries(read.problems).map(([field, problem]) => [field, problem.key, problem.field]);
    expect(keys).toEqual(Object.entries(wrong).map(([field, key]) => [field, key, field]));
  });

  test('a form that is sent back untouched changes nothing', () => {
    const time = fc.integer({ min: 0, max: 1439 });
    const settings = fc.record({
      leads: fc.option(fc.subarray([...leadChoices])),
      quiet: fc.option(fc.record({ from: time, until: time }).filter((it) => it.from !== it.until)),
      digestAt: fc.constant(null),
    });
    fc.assert(
      fc.property(settings, (setting) => {
        expect(readSetting(typedOf(setting, 't'))).toEqual({ ok: true, setting });
      }),
    );
  });
});
