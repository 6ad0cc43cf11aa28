// What a person may type for a number.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typedNumber } from './typed-number.ts';

test('separators of thousands and spaces do not matter', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (number) => {
      expect(typedNumber(number.toLocaleString('en-GB'))).toBe(number);
      expect(typedNumber(` ${number} `)).toBe(number);
    }),
  );
  expect(typedNumber('9 863')).toBe(9_863);
  expect(typedNumber('1.5')).toBe(1.5);
});

test.each(['', ' ', 'ten', '5 s', '1..2', 'Infinity', 'NaN', '--1'])('“%s” is no number', (text) => {
  expect(typedNumber(text)).toBeNull();
});
