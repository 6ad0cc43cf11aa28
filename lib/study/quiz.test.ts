// What is an answer, and which answer is right; for every kind of question.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsQuestion, type Given, isCorrect, type Quiz, type QuizKind, shownOrder } from './quiz.ts';

function quizOf(kind: QuizKind, correct: readonly boolean[], more: Partial<Quiz> = {}): Quiz {
  const options = correct.map((right, at) => ({ text: `option ${at}`, why: 'because', correct: right }));
  return { id: 'fencing-quiz-1', kind, question: 'Which?', card: 'fencing-who-checks', depth: 'mid', options, ...more };
}

const choosing = fc.constantFrom<QuizKind>('single', 'predict');
const size = fc.integer({ min: 2, max: 8 });
/** A choice question with one right option, and where it stands. */
const single = fc.tuple(choosing, size, fc.nat()).map(([kind, n, at]) => {
  const right = at % n;
  return {
    right,
    quiz: quizOf(
      kind,
      Array.from({ length: n }, (_, place) => place === right),
    ),
  };
});
const several = fc
  .array(fc.boolean(), { minLength: 2, maxLength: 8 })
  .filter((marks) => marks.includes(true) && marks.includes(false))
  .map((marks) => quizOf('several', marks));
const order = size.map((n) =>
  quizOf(
    'order',
    Array.from({ length: n }, () => false),
  ),
);
const notANumber = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);

describe('single choice and prediction', () => {
  test('take one position of an option, and the right one is right', () => {
    fc.assert(
      fc.property(single, fc.nat(), ({ quiz, right }, pick) => {
        const at = pick % quiz.options.length;
        expect(fitsQuestion(quiz, [at])).toBe(true);
        expect(isCorrect(quiz, [at])).toBe(at === right);
      }),
    );
  });

  test('take neither none nor two', () => {
    fc.assert(
      fc.property(single, ({ quiz }) => {
        expect(fitsQuestion(quiz, [])).toBe(false);
        expect(fitsQuestion(quiz, [0, 1])).toBe(false);
      }),
    );
  });
});

describe('several choices', () => {
  test('are right exactly when all right options and no others are chosen, in whatever order', () => {
    fc.assert(
      fc.property(several, fc.nat(), (quiz, seed) => {
        const all = quiz.options.map((_, at) => at);
        const chosen = all.filter((at) => (seed >> at) % 2 === 1);
        const right = all.filter((at) => quiz.options[at]!.correct);
        expect(fitsQuestion(quiz, chosen)).toBe(chosen.length > 0);
        expect(isCorrect(quiz, chosen)).toBe(JSON.stringify(chosen) === JSON.stringify(right));
        expect(isCorrect(quiz, [...right].reverse())).toBe(true);
      }),
    );
  });
});

describe('ordering', () => {
  test('is right exactly when nothing is out of place', () => {
    fc.assert(
      fc.property(
        order.chain((quiz) =>
          fc.tuple(
            fc.constant(quiz),
            fc.shuffledSubarray([...quiz.options.keys()], { minLength: quiz.options.length }),
          ),
        ),
        ([quiz, given]) => {
          expect(fitsQuestion(quiz, given)).toBe(true);
          expect(isCorrect(quiz, given)).toBe(given.every((at, place) => at === place));
        },
      ),
    );
  });

  test('takes all options, not some of them', () => {
    fc.assert(
      fc.property(order, (quiz) => {
        const all = [...quiz.options.keys()];
        expect(fitsQuestion(quiz, all.slice(1))).toBe(false);
        expect(fitsQuestion(quiz, [...all, 0])).toBe(false);
      }),
    );
  });
});

describe('a typed number', () => {
  const quiz = (answer: number, tolerance?: number) =>
    quizOf('number', [false], { answer, ...(tolerance === undefined ? {} : { tolerance }) });

  test('is right within the tolerance, its ends included, and wrong beyond it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.nat({ max: 100 }),
        fc.nat({ max: 200 }),
        (answer, within, off) => {
          for (const given of [answer + off, answer - off]) {
            expect(fitsQuestion(quiz(answer, within), given)).toBe(true);
            expect(isCorrect(quiz(answer, within), given)).toBe(off <= within);
          }
        },
      ),
    );
  });

  test('must be exact when no tolerance is given', () => {
    expect(isCorrect(quiz(9_863), 9_863)).toBe(true);
    expect(isCorrect(quiz(9_863), 9_863.001)).toBe(false);
  });

  test('is never right when the question has no answer', () => {
    expect(isCorrect(quizOf('number', [false]), 0)).toBe(false);
  });

  test('that is no number, or infinite, is bad input', () => {
    for (const given of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(fitsQuestion(quiz(1), given)).toBe(false);
    }
  });

  test('is not a list', () => {
    expect(fitsQuestion(quiz(1), [1])).toBe(false);
  });
});

describe('bad input of every kind that chooses among options', () => {
  const any = fc.oneof(
    single.map((one) => one.quiz),
    several,
    order,
  );

  test('a number instead of a list does not fit', () => {
    fc.assert(
      fc.property(any, fc.double(), (quiz, given) => {
        expect(fitsQuestion(quiz, given)).toBe(false);
      }),
    );
  });

  test('a position twice, outside of the options, broken or not a number does not fit', () => {
    const wrong = fc.oneof(fc.integer({ max: -1 }), fc.integer({ min: 8 }), notANumber, fc.constant(0.5));
    fc.assert(
      fc.property(any, wrong, (quiz, at) => {
        const all: number[] = [...quiz.options.keys()];
        const spoilt: Given[] = [[at], [...all.slice(1), at], [0, 0], [...all.slice(1), all.at(-1)!]];
        for (const given of spoilt) expect(fitsQuestion(quiz, given)).toBe(false);
      }),
    );
  });

  test('what a page could send instead of positions does not fit', () => {
    fc.assert(
      fc.property(
        any,
        fc.array(fc.oneof(fc.string(), fc.constant(null), fc.boolean()), { minLength: 1 }),
        (quiz, junk) => {
          expect(fitsQuestion(quiz, junk as unknown as Given)).toBe(false);
        },
      ),
    );
  });
});

describe('the order in which options are shown', () => {
  const named = fc
    .tuple(fc.stringMatching(/^[a-z]{1,9}-quiz-[1-9]$/), fc.constantFrom<QuizKind>('single', 'several', 'order'), size)
    .map(([id, kind, n]) =>
      quizOf(
        kind,
        Array.from({ length: n }, (_, at) => kind !== 'order' && at === 0),
        { id },
      ),
    );

  test('has each option once, and is the same every time', () => {
    fc.assert(
      fc.property(named, (quiz) => {
        expect([...shownOrder(quiz)].sort((one, two) => one - two)).toEqual([...quiz.options.keys()]);
        expect(shownOrder(quiz)).toEqual(shownOrder(structuredClone(quiz)));
      }),
    );
  });

  test('never shows an ordering solved', () => {
    fc.assert(
      fc.property(named, (quiz) => {
        if (quiz.kind === 'order') expect(isCorrect(quiz, shownOrder(quiz))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('does not favour a place for the right option', () => {
    const places = Array.from({ length: 400 }, (_, at) =>
      shownOrder(quizOf('single', [true, false, false, false], { id: `lesson-quiz-${at}` })).indexOf(0),
    );
    for (const place of [0, 1, 2, 3]) {
      const share = places.filter((one) => one === place).length / places.length;
      expect(share).toBeGreaterThan(0.15);
      expect(share).toBeLessThan(0.35);
    }
  });
});
