// The weakest topic is a measurement: without enough evidence there is none.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Evidence, enoughEvidence, weakestTopic } from './readiness.ts';

const evidence = fc.array(
  fc.record<Evidence>({
    lesson: fc.constantFrom('fencing', 'leases', 'redlock', 'constructor'),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { maxLength: 25 },
);
const of = (list: readonly Evidence[], lesson: string) => list.filter((one) => one.lesson === lesson);
const mean = (list: readonly Evidence[]) => list.reduce((sum, one) => sum + one.score, 0) / list.length;

describe('weakestTopic', () => {
  test('is a lesson with enough evidence, and no other such lesson has a lower mean', () => {
    fc.assert(
      fc.property(evidence, (list) => {
        const judged = [...new Set(list.map((one) => one.lesson))].filter(
          (lesson) => of(list, lesson).length >= enoughEvidence,
        );
        const weakest = weakestTopic(list);
        expect(weakest === null).toBe(judged.length === 0);
        if (!weakest) return;
        expect(judged).toContain(weakest.lesson);
        expect(weakest.pieces).toBe(of(list, weakest.lesson).length);
        expect(weakest.score).toBeCloseTo(Math.min(...judged.map((lesson) => mean(of(list, lesson)))), 10);
      }),
    );
  });

  test('does not depend on the order in which evidence came, as long as scores differ', () => {
    const list = ['fencing', 'leases'].flatMap((lesson, at) =>
      [0.2, 0.5, 0.9].map((score) => ({ lesson, score: score - at / 10 })),
    );
    expect(weakestTopic(list)?.lesson).toBe('leases');
    expect(weakestTopic([...list].reverse())?.lesson).toBe('leases');
  });

  test('two bad answers are an accident, the third is a weakness', () => {
    const bad = { lesson: 'redlock', score: 0 };
    expect(weakestTopic([bad, bad])).toBeNull();
    expect(weakestTopic([bad, bad, bad])).toEqual({ lesson: 'redlock', score: 0, pieces: 3 });
  });

  test('of nothing is nothing', () => {
    expect(weakestTopic([])).toBeNull();
  });
});
