import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distance, folded, type Named, readNames } from './names.ts';

const rooms: Named[] = [
  { value: '1', label: 'Alps · Berlin', short: 'Alps' },
  { value: '2', label: 'Alps · Taipei', short: 'Alps' },
  { value: '3', label: 'Fishbowl · Berlin', short: 'Fishbowl' },
  { value: '4', label: 'Big hall, left · Berlin', short: 'Big hall, left' },
  { value: '5', label: '玉山廳 · 台北', short: '玉山廳' },
];
const read = (typed: string | string[]) => readNames(typed, rooms);

describe('[2.2] names that a rule goes by', () => {
  test.each<[what: string, typed: string | string[], values: string[]]>([
    ['nothing', '', []],
    ['one a line', 'Fishbowl\nAlps · Berlin', ['3', '1']],
    ['between commas of any kind', 'Fishbowl, 玉山廳、Alps · Taipei；', ['3', '5', '2']],
    ['whatever the case, width and space', '  ｆishBOWL ', ['3']],
    ['a name with a comma, on a line of its own', 'Big hall, left\nFishbowl', ['4', '3']],
    ['each once', 'Fishbowl\nfishbowl', ['3']],
    ['chosen from a list', ['5', '3'], ['5', '3']],
  ])('%s', (_, typed, values) => {
    expect(read(typed)).toEqual({ ok: true, values });
  });

  test('a typo is refused, with the nearest names', () => {
    expect(read('Fishbowl\nFishbwol')).toEqual({
      ok: false,
      unread: { name: 'Fishbwol', ambiguous: false, nearest: expect.arrayContaining(['Fishbowl · Berlin']) },
    });
    const nearest = readNames('Alpes', rooms);
    expect(!nearest.ok && nearest.unread.nearest.slice(0, 2)).toEqual(['Alps · Berlin', 'Alps · Taipei']);
  });

  test('a name that several have is refused, with them', () => {
    expect(read('alps')).toEqual({
      ok: false,
      unread: { name: 'alps', ambiguous: true, nearest: ['Alps · Berlin', 'Alps · Taipei'] },
    });
  });

  test('a text that is no name at all is compared only so far', () => {
    const read = readNames('x'.repeat(100_000), rooms);
    expect(!read.ok && read.unread.name).toHaveLength(100);
  });

  test('where nothing is known, no name is near', () => {
    expect(readNames('Sales', [])).toEqual({
      ok: false,
      unread: { name: 'Sales', ambiguous: false, nearest: [] },
    });
  });

  test('what is shown, one a line, is read back as what it stood for', () => {
    const lists = fc.uniqueArray(
      fc.string({ minLength: 1 }).filter((name) => folded(name) !== '' && !/\n/.test(name)),
      {
        selector: folded,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(lists, lists, (chosen, others) => {
        const known = [...new Map([...others, ...chosen].map((name) => [folded(name), name])).values()].map(
          (label) => ({ value: label, label }),
        );
        const wanted = known.filter(({ label }) => chosen.includes(label)).map((it) => it.value);
        expect(readNames(wanted.join('\n'), known)).toEqual({ ok: true, values: wanted });
      }),
    );
  });
});

describe('[2.2] how far names are apart', () => {
  test.each([
    ['alps', 'alps', 0],
    ['alps', 'alpes', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['玉山', '玉山廳', 1],
  ])('%s and %s: %i', (one, other, away) => {
    expect(distance(one, other)).toBe(away);
  });

  test('it is the same both ways, none only for the same name, and no detour is shorter', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (one, other, third) => {
        expect(distance(one, other)).toBe(distance(other, one));
        expect(distance(one, other) === 0).toBe(one === other);
        expect(distance(one, third)).toBeLessThanOrEqual(distance(one, other) + distance(other, third));
      }),
    );
  });
});
