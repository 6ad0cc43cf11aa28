// Chance that can be repeated: the same seed, the same numbers, and near seeds far from each other.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chance, shuffled } from './chance.ts';

const drawn = (seed: number, below: number, times = 20) => {
  const next = chance(seed);
  return Array.from({ length: times }, () => next(below));
};

test('the same seed draws the same whole numbers, all below the bound', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 1000 }), (seed, below) => {
      const numbers = drawn(seed, below);
      expect(drawn(seed, below)).toEqual(numbers);
      for (const number of numbers) expect(Number.isInteger(number) && number >= 0 && number < below).toBe(true);
    }),
  );
});

test('of many neighbouring seeds about half draw heads first', () => {
  const heads = Array.from({ length: 2000 }, (_, seed) => drawn(seed, 2, 1)[0]).filter((one) => one === 0).length;
  expect(heads).toBeGreaterThan(900);
  expect(heads).toBeLessThan(1100);
});

test('shuffling keeps every thing, changes nothing of the original and finds every order', () => {
  const things = ['a', 'b', 'c'];
  const orders = new Set(Array.from({ length: 200 }, (_, seed) => shuffled(things, chance(seed)).join('')));
  expect([...orders].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
  expect(things).toEqual(['a', 'b', 'c']);
});
