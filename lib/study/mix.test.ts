// A mixed round: the same for the same seed, spread over the lessons, and no two neighbours of one lesson that could be apart.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Askable, mix, upTo } from './mix.ts';

const lessons = ['a', 'b', 'c', 'd'];
const pool = fc
  .array(
    fc.record({
      lesson: fc.constantFrom(...lessons),
      depth: fc.constantFrom('mid', 'senior', 'staff'),
      contrast: fc.constantFrom(undefined, undefined, 'x', 'y'),
    }),
    { maxLength: 30 },
  )
  .map((list) => list.map((one, at) => ({ ...one, id: `q${at}` }) as Askable));
const seeds = fc.nat();
const counts = fc.integer({ min: 1, max: 20 });
const without = (questions: readonly Askable[]) =>
  questions.map(({ id, lesson, depth }): Askable => ({ id, lesson, depth }));
const clashes = (round: readonly Askable[]) =>
  round.filter((one, at) => at > 0 && round[at - 1]?.lesson === one.lesson).length;
const most = (round: readonly Askable[]) =>
  Math.max(0, ...lessons.map((lesson) => round.filter((one) => one.lesson === lesson).length));

describe('mix', () => {
  test('asks as many as wanted and as there are, each once', () => {
    fc.assert(
      fc.property(pool, seeds, counts, (questions, seed, count) => {
        const round = mix(questions, { seed, count });
        expect(round.length).toBe(Math.min(count, questions.length));
        expect(new Set(round).size).toBe(round.length);
        for (const one of round) expect(questions).toContain(one);
      }),
    );
  });

  test('gives the same round for the same seed, and hardly ever for another', () => {
    fc.assert(
      fc.property(pool, seeds, counts, (questions, seed, count) => {
        expect(mix(questions, { seed, count })).toEqual(mix(questions, { seed, count }));
      }),
    );
    const many = Array.from(
      { length: 30 },
      (_, at): Askable => ({ id: `${at}`, lesson: lessons[at % 4]!, depth: 'mid' }),
    );
    const rounds = Array.from({ length: 50 }, (_, seed) =>
      mix(many, { seed, count: 10 })
        .map(({ id }) => id)
        .join(),
    );
    expect(new Set(rounds).size).toBeGreaterThan(45);
  });

  test('puts no two of one lesson side by side where that can be avoided', () => {
    fc.assert(
      fc.property(pool, seeds, counts, (questions, seed, count) => {
        const round = mix(without(questions), { seed, count });
        if (most(round) <= Math.ceil(round.length / 2)) expect(clashes(round)).toBe(0);
      }),
    );
  });

  test('asks of every lesson before it asks twice of one', () => {
    fc.assert(
      fc.property(pool, seeds, counts, (questions, seed, count) => {
        const round = mix(without(questions), { seed, count });
        const asked = new Set(round.map(({ lesson }) => lesson)).size;
        const known = new Set(questions.map(({ lesson }) => lesson)).size;
        expect(asked).toBe(Math.min(known, round.length));
      }),
    );
  });

  test('puts two of one contrast set side by side, whatever their lessons are', () => {
    const twins: readonly Askable[] = [
      { id: 'lease', lesson: 'a', depth: 'mid', contrast: 'x' },
      { id: 'lock', lesson: 'b', depth: 'mid', contrast: 'x' },
      ...Array.from({ length: 12 }, (_, at): Askable => ({ id: `${at}`, lesson: lessons[at % 4]!, depth: 'mid' })),
    ];
    let met = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const ids = mix(twins, { seed, count: 8 }).map(({ id }) => id);
      const [lease, lock] = [ids.indexOf('lease'), ids.indexOf('lock')];
      if (lease < 0 || lock < 0) continue;
      met += 1;
      expect(Math.abs(lease - lock)).toBe(1);
    }
    expect(met).toBeGreaterThan(20);
  });
});

test('a depth has what is at that depth and below', () => {
  const one = (depth: Askable['depth']): Askable => ({ id: depth, lesson: 'a', depth });
  const all = [one('mid'), one('senior'), one('staff')];
  expect(upTo(all, 'mid').map(({ id }) => id)).toEqual(['mid']);
  expect(upTo(all, 'senior').map(({ id }) => id)).toEqual(['mid', 'senior']);
  expect(upTo(all, 'staff')).toEqual(all);
});
