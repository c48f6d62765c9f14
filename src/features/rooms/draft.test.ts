import { describe, expect, test } from '@jest/globals';
import { aTypedRoom, person } from '../../../test/support/examples.ts';
import { defaultRules } from '../rules/domain.ts';
import { readRoom, type TypedRoom } from './draft.ts';

const read = (its: Partial<TypedRoom>) => readRoom(aTypedRoom(its), defaultRules);

/** What is wrong, as field: key. */
const problems = (its: Partial<TypedRoom>) => {
  const result = read(its);
  return result.ok
    ? {}
    : Object.fromEntries(Object.entries(result.problems).map(([field, { key }]) => [field, key]));
};

describe('[2.1] a typed room', () => {
  test('is read with its blanks cut, and what was left empty as the rules say', () => {
    expect(read({ name: ' Alps ', zone: ' Asia/Taipei ', joinLink: ' ' })).toEqual({
      ok: true,
      draft: {
        name: 'Alps',
        site: 'Berlin',
        floor: '3',
        zone: 'Asia/Taipei',
        kind: 'physical',
        capacity: 8,
        equipment: ['projector'],
        opens: null,
        closes: null,
        maxMinutes: null,
        buffer: 0,
        joinLink: null,
        active: true,
        tentative: false,
        reviewers: [person('rae')],
      },
    });
  });

  test('hours, longest booking and buffer are read', () => {
    const result = read({ opens: '08:30', closes: '18:00', maxMinutes: '90', buffer: '10' });
    expect(result).toMatchObject({
      ok: true,
      draft: { opens: 510, closes: 1080, maxMinutes: 90, buffer: 10 },
    });
  });

  test.each<[keyof TypedRoom, Partial<TypedRoom>, string]>([
    ['name', { name: ' ' }, 'rooms.wrong.text'],
    ['name', { name: 'x'.repeat(61) }, 'rooms.wrong.text'],
    ['site', { site: '' }, 'rooms.wrong.text'],
    ['floor', { floor: 'x'.repeat(31) }, 'rooms.wrong.text'],
    ['zone', { zone: 'Berlin' }, 'rooms.wrong.zone'],
    ['zone', { zone: '' }, 'rooms.wrong.zone'],
    ['kind', { kind: 'tent' }, 'rooms.wrong.kind'],
    ['capacity', { capacity: '' }, 'rooms.wrong.number'],
    ['capacity', { capacity: '0' }, 'rooms.wrong.number'],
    ['capacity', { capacity: '2.5' }, 'rooms.wrong.number'],
    ['capacity', { capacity: 'ten' }, 'rooms.wrong.number'],
    ['capacity', { capacity: '10001' }, 'rooms.wrong.number'],
    ['equipment', { equipment: ['projector', 'sauna'] }, 'rooms.wrong.equipment'],
    ['opens', { opens: '8' }, 'rooms.wrong.time'],
    ['opens', { opens: '25:00' }, 'rooms.wrong.time'],
    ['closes', { closes: '18.00' }, 'rooms.wrong.time'],
    ['closes', { opens: '12:00', closes: '12:00' }, 'rooms.wrong.order'],
    ['closes', { closes: '07:00' }, 'rooms.wrong.order'],
    ['maxMinutes', { maxMinutes: '14' }, 'rooms.wrong.number'],
    ['buffer', { buffer: '' }, 'rooms.wrong.number'],
    ['buffer', { buffer: '61' }, 'rooms.wrong.number'],
    ['joinLink', { joinLink: 'http://example.org' }, 'rooms.wrong.joinLink'],
    ['joinLink', { joinLink: 'javascript:alert(1)' }, 'rooms.wrong.joinLink'],
    ['joinLink', { kind: 'online' }, 'rooms.wrong.joinLink'],
    ['joinLink', { kind: 'hybrid' }, 'rooms.wrong.joinLink'],
    ['reviewers', { reviewers: [] }, 'rooms.wrong.reviewers'],
  ])('is refused at %s for %j', (field, its, key) => {
    expect(problems(its)).toEqual({ [field]: key });
  });

  test('everything that is wrong is named at once', () => {
    expect(Object.keys(problems({ name: '', zone: 'x', capacity: 'x', opens: 'x', reviewers: [] }))).toEqual(
      expect.arrayContaining(['name', 'zone', 'capacity', 'opens', 'reviewers']),
    );
  });

  test('[10.4] hours and lengths that the rules above don’t allow are refused', () => {
    expect(problems({ opens: '07:00', closes: '21:00' })).toEqual({
      opens: 'rooms.wrong.loosened',
      closes: 'rooms.wrong.loosened',
    });
    expect(problems({ maxMinutes: '241' })).toEqual({ maxMinutes: 'rooms.wrong.number' });
    expect(problems({ opens: '08:00', closes: '20:00', maxMinutes: '240' })).toEqual({});
  });

  test('[2.2] a room without a reviewer is refused under its clause', () => {
    const result = read({ reviewers: [] });
    expect(!result.ok && result.problems.reviewers).toMatchObject({ clause: '2.2', field: 'reviewers' });
  });
});
