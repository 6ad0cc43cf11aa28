// The drills against the sums of the fact sheet (8.10), and against themselves with other numbers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONSTANTS } from './constants.ts';
import { drills, otherNumbers, sumOf } from './drills.ts';
import { sourceByKey } from './sources.ts';

/** What the fact sheet works out, by hand. */
const sheet: Readonly<Record<string, readonly number[]>> = {
  'redlock-majority': [4, 3],
  'redlock-validity': [4_828],
  'redlock-too-late': [5],
  'zookeeper-session-most': [40],
  'zookeeper-session-least': [4],
  'zookeeper-client-clock': [20, 10, 40],
  'etcd-keepalive': [20],
  'etcd-least-lease': [2],
  'client-go-stops': [12],
  'client-go-jitter': [2, 4.4],
  'redisson-watchdog': [10],
  'consul-worst-wait': [45],
  'dynamodb-takeover': [20],
  'hot-row': [125],
  'fencing-order': [2],
};

/** By the formulas of the lessons, by hand. */
const byFormula: Readonly<Record<string, readonly number[]>> = {
  'redlock-votes-left': [2],
  'redlock-may-still-fail': [3],
  'lease-least-ttl': [15],
  'lease-renew-every': [10],
  'lease-stop-by': [29],
  'delayed-restart': [14],
  'clock-rate-margin': [400],
  'split-row': [300],
  'client-go-latest-takeover': [52],
  'dynamodb-takeover-at': [17],
};

describe('the numeric drills', () => {
  test('are those of the fact sheet, with its answers, and those by the lessons’ formulas', () => {
    const own = Object.fromEntries(
      drills.map((drill) => [drill.id, sumOf(drill, null).asked.map((one) => one.answer)]),
    );
    expect(own).toEqual({ ...sheet, ...byFormula });
  });

  test('with other numbers each still has a finite answer, a question that names them, and its working', () => {
    fc.assert(
      fc.property(fc.constantFrom(...drills), fc.nat(), (drill, seed) => {
        const sum = sumOf(drill, seed);
        expect(sum).toEqual(sumOf(drill, seed));
        for (const { answer } of sum.asked) {
          expect(Number.isFinite(answer)).toBe(true);
          expect(answer).toBeGreaterThanOrEqual(0);
        }
        expect(sum.working.length).toBeGreaterThan(0);
        expect(`${sum.question} ${sum.working.join(' ')}`).not.toMatch(/undefined|NaN|\d\.\d{5}/);
      }),
    );
  });

  test('each has at least three sets of numbers', () => {
    for (const drill of drills) {
      const questions = new Set(Array.from({ length: 60 }, (_, seed) => sumOf(drill, seed).question));
      expect(questions.size, drill.id).toBeGreaterThanOrEqual(3);
    }
  });

  test('asking for other numbers gives other numbers', () => {
    fc.assert(
      fc.property(fc.constantFrom(...drills), fc.option(fc.nat(1_000)), (drill, seed) => {
        const next = otherNumbers(drill, seed);
        expect(sumOf(drill, next).question).not.toBe(sumOf(drill, seed).question);
      }),
    );
  });

  test('each names sources that exist; so does each constant', () => {
    const cites = [...drills.flatMap(({ cites }) => cites), ...Object.values(CONSTANTS).map(({ cite }) => cite)];
    expect(cites.filter((key) => !sourceByKey(key))).toEqual([]);
  });
});
