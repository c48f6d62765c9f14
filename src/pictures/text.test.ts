import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shorten, textWidth } from './text.ts';

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
])('[2.8] “%s” within %d pixels', (text, width, drawn) => {
  expect(shorten(text, width, 20)).toBe(drawn);
});
