import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold } from './fold.ts';

const aLine = fc.string({ unit: fc.constantFrom('a', 'é', '預', '🎉', ',', '·'), maxLength: 300 });

test('[2.3] no line has more than 75 bytes or a broken character, and unfolded it is what it was', () => {
  fc.assert(
    fc.property(fc.array(aLine, { maxLength: 4 }), (lines) => {
      const text = lines.join('\r\n');
      const folded = fold(text);
      for (const line of folded.split('\r\n')) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line.isWellFormed()).toBe(true);
      }
      expect(folded.replaceAll('\r\n ', '')).toBe(text);
    }),
  );
});

test('[2.3] a line of 75 bytes stays whole, one of 76 is folded once', () => {
  expect(fold('a'.repeat(75))).toBe('a'.repeat(75));
  expect(fold('a'.repeat(76))).toBe(`${'a'.repeat(75)}\r\n a`);
  expect(fold(`${'a'.repeat(74)}預`)).toBe(`${'a'.repeat(74)}\r\n 預`);
});
