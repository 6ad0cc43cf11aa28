// What a person may type for a number.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberIn, typedNumber } from './typed-number.ts';

test('separators of thousands and spaces do not matter', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (number) => {
      expect(numberIn(number.toLocaleString('en-GB'))).toBe(number);
      expect(numberIn(number.toLocaleString('en-GB').replaceAll(',', '\u202f'))).toBe(number);
      expect(numberIn(` ${number} `)).toBe(number);
    }),
  );
});

test('a decimal point may stand anywhere', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 999 }), (whole, rest) => {
      expect(numberIn(`${whole}.${rest}`)).toBe(Number(`${whole}.${rest}`));
    }),
  );
});

test.each([
  ['1,000', 1_000],
  ['10,000', 10_000],
  ['9 863', 9_863],
  ['9_863', 9_863],
  ['1,000.5', 1_000.5],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['5.', 5],
  ['−3', -3],
  ['+3', 3],
  ['007', 7],
])('“%s” is %d', (text, number) => {
  expect(typedNumber(text)).toEqual({ kind: 'number', number });
});

test('a comma that parts no thousands is asked again, and is never read over', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.stringMatching(/^(\d{1,2}|\d{4,6})$/), (whole, rest) => {
      expect(typedNumber(`${whole},${rest}`)).toEqual({
        kind: 'refused',
        why: `Type a decimal point, not a comma: ${whole}.${rest}.`,
      });
    }),
  );
  expect(typedNumber('0,125')).toMatchObject({ why: expect.stringContaining('0.125') });
  expect(typedNumber('4,4')).toMatchObject({ why: expect.stringContaining('4.4') });
});

test.each([
  'ten',
  'abc',
  '0x10',
  '1e3',
  '5 s',
  '1..2',
  '.',
  '-',
  '1,000 000',
  '1,00,000',
  '1000,000.5,',
  'Infinity',
  'NaN',
])('“%s” is refused with a sentence that says what to type', (text) => {
  const typed = typedNumber(text);
  expect(typed.kind).toBe('refused');
  expect(typed).toMatchObject({ why: expect.stringMatching(/^(“.+” is not a plain number\. )?Type .+\.$/) });
});

test('so many digits that no number holds them are refused', () => {
  expect(typedNumber('9'.repeat(400)).kind).toBe('refused');
});

test('nothing typed is no mistake', () => {
  for (const text of ['', ' ', '\t']) expect(typedNumber(text)).toEqual({ kind: 'nothing' });
  expect(numberIn('')).toBeNull();
});
