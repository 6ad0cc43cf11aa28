// How sure, and how often right. The first prediction for each question counts, and few predictions say little.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advice, calibrationOf, ENOUGH, firstOfEach, type Predicted, rowWords, type Sureness } from './calibration.ts';

const predictions = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    sureness: fc.constantFrom<Sureness>(1, 2, 3),
    correct: fc.boolean(),
    at: fc.integer({ min: 0, max: 1000 }),
  }),
  { maxLength: 30 },
);

const several = (sureness: Sureness, right: number, wrong: number, name: string): Predicted[] =>
  Array.from({ length: right + wrong }, (_, at) => ({ key: `${name} ${at}`, sureness, correct: at < right, at }));

describe('what counts', () => {
  test('is the first prediction for each question, whatever came after it', () => {
    fc.assert(
      fc.property(predictions, (list) => {
        const counted = firstOfEach(list);
        expect(new Set(counted.map(({ key }) => key))).toEqual(new Set(list.map(({ key }) => key)));
        expect(counted.length).toBe(new Set(list.map(({ key }) => key)).size);
        for (const one of counted) {
          for (const other of list) if (other.key === one.key) expect(one.at).toBeLessThanOrEqual(other.at);
        }
      }),
    );
  });

  test('stands once in the rows, under its own sureness', () => {
    fc.assert(
      fc.property(predictions, (list) => {
        const rows = calibrationOf(list);
        expect(rows.map(({ sureness }) => sureness)).toEqual([1, 2, 3]);
        expect(rows.flatMap(({ came }) => came).length).toBe(firstOfEach(list).length);
        for (const { sureness, came } of rows) {
          const own = firstOfEach(list).filter((one) => one.sureness === sureness);
          expect(came).toEqual(own.map(({ correct }) => correct));
        }
      }),
    );
  });

  test('leaves what it was given as it was', () => {
    fc.assert(
      fc.property(predictions, (list) => {
        const before = structuredClone(list);
        calibrationOf(list);
        expect(list).toEqual(before);
      }),
    );
  });
});

describe('in words', () => {
  test('a row says how many of how many, and an empty one that there are none', () => {
    const [guess, , certain] = calibrationOf([...several(3, 3, 1, 'x')]);
    expect(rowWords(guess!)).toBe('none yet');
    expect(rowWords(certain!)).toBe('3 of 4 right');
  });

  test('nothing is judged before there are enough at one sureness', () => {
    for (const sureness of [1, 2, 3] as const) {
      expect(advice(calibrationOf(several(sureness, 0, ENOUGH - 1, 'x')))).toMatch(/^Too few/);
    }
    expect(advice(calibrationOf([]))).toMatch(/^Too few/);
  });

  test.each([
    [several(3, 1, 3, 'c'), /right 1 of 4 times.*what would prove you wrong/],
    [several(3, 4, 0, 'c'), /right 4 of 4 times.*can be trusted/],
    [[...several(3, 3, 1, 'c'), ...several(2, 3, 0, 'f')], /more weight/],
    [several(1, 3, 0, 'g'), /guesses came true 3 of 3/],
    [several(1, 1, 3, 'g'), /^Too few/],
  ])('the advice follows from the rows', (list, words) => {
    expect(advice(calibrationOf(list))).toMatch(words);
  });
});
