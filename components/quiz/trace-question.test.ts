// What the engine asks is what the engine found: each answer is compared with the run that the question's own link opens.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromQuery } from '#components/demo/demo-url.ts';
import { histories } from '#content/histories.ts';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import { cardById, quizById } from '#lib/content/cards.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { compile, type Scenario, type Trace } from '#lib/lock/index.ts';
import type { Quiz } from '#lib/study/quiz.ts';
import { MAX_SEED, MOST_LINES } from './history.ts';
import { judge } from './judge.ts';
import { type TraceQuestion, type TraceSpec, traceQuestion } from './trace-question.ts';

const inLessons: readonly TraceSpec[] = allLessons().flatMap(({ quizzes }) =>
  quizzes.flatMap(({ demo, ask, property }) => (demo && ask && property ? [{ demo, ask, property }] : [])),
);
const specs: readonly TraceSpec[] = [...histories, ...inLessons];
const scenarioOf = ({ demo }: TraceSpec): Scenario => {
  const found = scenarioById(demo);
  if (!found) throw new Error(`there is no demo '${demo}'`);
  return found;
};
const asked = (spec: TraceSpec, seed: number): TraceQuestion => {
  const question = traceQuestion(scenarioOf(spec), spec, seed);
  if (!question)
    throw new Error(`${spec.demo} has no history to ask '${spec.ask}' of '${spec.property}' about (seed ${seed})`);
  return question;
};

/** The run that the link opens, judged anew by the observers. */
function opened(question: TraceQuestion): { readonly trace: Trace; readonly cursor: number } {
  const query = Object.fromEntries(new URL(question.href, 'http://x').searchParams);
  const read = fromQuery(compile(scenarioOf(question)), query);
  if (read.kind !== 'place') throw new Error(`the link opens nothing: ${read.kind === 'bad' ? read.why : 'empty'}`);
  return read;
}

const seeds = fc.integer({ min: 0, max: MAX_SEED });
const anySpec = fc.constantFrom(...specs);

describe('a history made by the engine', () => {
  test('the answer is what the checker says of the very run that the link opens, for every seed', () => {
    fc.assert(
      fc.property(anySpec, seeds, (spec, seed) => {
        const question = asked(spec, seed);
        const { trace, cursor } = opened(question);
        const found = trace.violations.find(({ property }) => property === spec.property);
        expect(question.brokenAt !== null).toBe(found !== undefined);
        expect(cursor).toBe(found ? found.step + 1 : trace.steps.length);
        if (found) expect(question.told).toBe(found.words);
        const right = question.options[question.right];
        if (spec.ask === 'safe') expect(right?.text).toBe(found ? 'Not safe' : 'Safe');
        else expect(right?.line ?? null).toBe(question.brokenAt);
        if (found) expect(question.lines[question.brokenAt ?? -1]?.at).toBe(trace.steps[found.step]?.at.$at);
      }),
      { numRuns: 60 },
    );
  });

  test('the same seed makes the same question', () => {
    fc.assert(
      fc.property(anySpec, seeds, (spec, seed) => {
        expect(asked(spec, seed)).toEqual(asked(spec, seed));
      }),
      { numRuns: 25 },
    );
  });

  test('there is exactly one right option, and nothing is shown twice', () => {
    fc.assert(
      fc.property(anySpec, seeds, (spec, seed) => {
        const question = asked(spec, seed);
        expect(question.options.length).toBeGreaterThanOrEqual(2);
        expect(question.options[question.right]).toBeDefined();
        const quiz = { ...plain, kind: 'trace', ...spec } as Quiz;
        expect(judge(quiz, [seed, question.right])).toBe(true);
        expect(judge(quiz, [seed, (question.right + 1) % question.options.length])).toBe(false);
        expect(judge(quiz, [seed, question.options.length])).toBeNull();
        const places = question.options.map(({ text, line }) => `${line} ${text}`);
        expect(new Set(places).size).toBe(places.length);
      }),
      { numRuns: 25 },
    );
  });

  test('a history is long enough to hold a mistake and never longer than its bound', () => {
    fc.assert(
      fc.property(anySpec, seeds, (spec, seed) => {
        const { lines } = asked(spec, seed);
        expect(lines.length).toBeGreaterThanOrEqual(4);
        expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
        for (const { text } of lines) expect(text).toMatch(/\S.*\.$/);
      }),
      { numRuns: 60 },
    );
  });
});

const many = Array.from({ length: 24 }, (_, seed) => seed + 1);

describe.each(specs.map((spec) => [`${spec.demo}: ${spec.ask} of ${spec.property}`, spec] as const))(
  '%s',
  (_, spec) => {
    const questions = many.map((seed) => asked(spec, seed));

    test('differs from seed to seed', () => {
      const distinct = new Set(questions.map(({ lines }) => lines.map(({ at, text }) => `${at} ${text}`).join()));
      expect(distinct.size).toBeGreaterThanOrEqual(4);
    });

    test('comes out both ways, neither of them rarely', () => {
      const broken = questions.filter(({ brokenAt }) => brokenAt !== null).length;
      // A history in which the step is to be found has one. The two who book without a lock are never safe.
      if (spec.ask === 'step' || spec.demo === 'seat-14a-two') expect(broken).toBe(many.length);
      else {
        expect(broken).toBeGreaterThanOrEqual(many.length / 4);
        expect(broken).toBeLessThanOrEqual((many.length * 3) / 4);
      }
    });
  },
);

describe('what cannot be asked', () => {
  test('a property that the scenario says nothing of, or that no history that ends can show', () => {
    for (const scenario of scenarios) {
      for (const property of ['nobody-stuck', 'somebody-finishes', 'no-such-property', 'constructor']) {
        expect(traceQuestion(scenario, { ask: 'safe', property }, 1)).toBeNull();
      }
    }
  });

  test('which write to refuse, of a property that no write breaks', () => {
    expect(
      traceQuestion(
        scenarioOf({ demo: 'pause-no-fence' } as TraceSpec),
        { ask: 'refused', property: 'one-believer' },
        1,
      ),
    ).toBeNull();
  });

  test.each([[[-1, 0]], [[1.5, 0]], [[MAX_SEED + 1, 0]], [[1]], [[1, 2, 3]], [7]])(
    '%j is no answer to a history',
    (given) => {
      const quiz = { ...plain, kind: 'trace', demo: 'pause-no-fence', ask: 'safe', property: 'no-lost-update' } as Quiz;
      expect(judge(quiz, given as number[])).toBeNull();
    },
  );
});

describe('the questions that stand by themselves', () => {
  test('each has an id of its own and a card of the course', () => {
    const ids = histories.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => quizById(id))).toEqual([]);
    expect(histories.filter(({ card }) => !cardById(card)).map(({ id, card }) => `${id}: ${card}`)).toEqual([]);
  });
});

const plain = { id: 'a', question: 'q', card: 'c', options: [], depth: 'mid' } as const;
