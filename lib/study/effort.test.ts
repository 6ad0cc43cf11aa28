// The time that a review is said to take.
import { describe, expect, test } from 'vitest';
import { minutesFor } from './effort.ts';

describe('minutesFor', () => {
  test('the recall table of eight cards is about three minutes', () => {
    expect(minutesFor(8)).toBe(3);
  });

  test('is never less than a minute, always whole, and never shrinks as cards are added', () => {
    for (let cards = 0; cards < 200; cards += 1) {
      expect(minutesFor(cards)).toBeGreaterThanOrEqual(1);
      expect(Number.isInteger(minutesFor(cards))).toBe(true);
      expect(minutesFor(cards + 1)).toBeGreaterThanOrEqual(minutesFor(cards));
    }
  });
});
