import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { abridge, shorten, textWidth } from './text.ts';

test('[2.8] what is shortened fits, and what fits stays', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 40, max: 400 }),
      (text, width) => {
        const drawn = shorten(text, width, 20);
        expect(textWidth(drawn, 20)).toBeLessThanOrEqual(width);
        const plain = shorten(text, Number.POSITIVE_INFINITY, 20);
        expect(drawn === plain || (drawn.endsWith('…') && plain.startsWith(drawn.slice(0, -1)))).toBe(true);
      },
    ),
  );
});

test.each([
  ['Alps', 200, 'Alps'],
  ['阿爾卑斯會議室', 80, '阿爾卑…'],
  ['  two\n lines ', 200, 'two lines'],
  ['Party 🎉🏽 room', 400, 'Party room'],
  // Exactly as wide as there is room, though fractions would add up to more.
  ['[⺀[[[Ŀ "', 96, '[⺀[[[Ŀ "'],
])('[2.8] “%s” within %d pixels', (text, width, drawn) => {
  expect(shorten(text, width, 20)).toBe(drawn);
});

test('[2.8] of a name that is cut, beginning and end stay', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 40, max: 400 }),
      (name, width) => {
        const drawn = abridge(name, width, 20);
        const plain = abridge(name, Number.POSITIVE_INFINITY, 20);
        expect(textWidth(drawn, 20)).toBeLessThanOrEqual(width);
        if (drawn === plain) return;
        const cut = [...drawn.matchAll(/…/g)].map(({ index }) => index);
        const fits = (at: number) =>
          plain.startsWith(drawn.slice(0, at)) && plain.endsWith(drawn.slice(at + 1));
        expect(cut.some(fits)).toBe(true);
      },
    ),
  );
});

test.each([
  ['玉山國際視訊會議廳（三樓東側）5', 200, '玉山國際視…東側）5'],
  ['Training Room, 3rd floor, east', 200, 'Training R…r, east'],
  ['Alps', 200, 'Alps'],
])('[2.8] the name “%s” within %d pixels', (name, width, drawn) => {
  expect(abridge(name, width, 20)).toBe(drawn);
});

test('[2.8] letters that the fonts lack are drawn without their marks, those that they have as they are', () => {
  const draw = (text: string) => shorten(text, 1000, 20);
  expect(draw('Skłodowska, Čapek, Şule, Đoković, Ώρα')).toBe('Sklodowska, Capek, Sule, Dokovic, Ωρα');
  expect(draw('Müller, Běijīng, Nguyễn, Œuvre, Ёлка')).toBe('Müller, Běijīng, Nguyễn, Œuvre, Ёлка');
});
