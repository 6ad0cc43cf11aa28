// The rules between a question and its options, each with the sentence that an author gets.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Quiz, QuizKind } from '#lib/study/quiz.ts';
import { cardSchema, claimSchema, optionSchema, quizFault, quizSchema } from './schema.ts';

function quiz(kind: QuizKind, marks: readonly boolean[], more: Partial<Quiz> = {}): Quiz {
  const options = marks.map((correct) => ({ text: 'x', why: 'y', correct }));
  return { id: 'a', kind, question: 'q', card: 'c', depth: 'mid', options, ...more };
}

describe('quizFault', () => {
  test('a single choice or prediction has exactly one right option among at least two', () => {
    fc.assert(
      fc.property(fc.constantFrom('single', 'predict'), fc.array(fc.boolean(), { maxLength: 6 }), (kind, marks) => {
        const fits = marks.length >= 2 && marks.filter(Boolean).length === 1;
        expect(quizFault(quiz(kind as QuizKind, marks, { demo: 'seat-14a' })) === null).toBe(fits);
      }),
    );
  });

  test('several choices have some right and some wrong', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 6 }), (marks) => {
        expect(quizFault(quiz('several', marks)) === null).toBe(marks.includes(true) && marks.includes(false));
      }),
    );
  });

  test('an ordering has at least two options and marks none', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 6 }), (marks) => {
        expect(quizFault(quiz('order', marks)) === null).toBe(marks.length >= 2 && !marks.includes(true));
      }),
    );
  });

  test('a number question has an answer, and a value in each of its wrong numbers', () => {
    const wrong = { text: '', why: 'forgot the drift', correct: false };
    const number = (more: Partial<Quiz>) => quizFault(quiz('number', [], more));
    expect(number({ answer: 0, options: [{ ...wrong, value: 0 }] })).toBeNull();
    expect(number({ options: [{ ...wrong, value: 1 }] })).toMatch(/needs answer/);
    expect(number({ answer: 1, options: [wrong] })).toMatch(/needs value/);
    expect(number({ answer: 1 })).toMatch(/at least one wrong number/);
  });

  test('a prediction names its demo', () => {
    expect(quizFault(quiz('predict', [true, false]))).toMatch(/needs demo/);
  });

  test('a trace question names its demo, what is asked and of which property, and leaves the options to the engine', () => {
    const spec = { demo: 'pause-no-fence', ask: 'safe', property: 'no-lost-update' } as const;
    expect(quizFault(quiz('trace', [], spec))).toBeNull();
    expect(quizFault(quiz('trace', [true, false], spec))).toMatch(/no options/);
    const { demo: _, ...nowhere } = spec;
    expect(quizFault(quiz('trace', [], nowhere))).toMatch(/needs demo/);
    expect(quizFault(quiz('single', [true, false], spec))).toMatch(/only a trace question/);
  });
});

describe('the schemas', () => {
  const head = { id: 'a', kind: 'number', question: 'q', card: 'c' };

  test.each(['', ' ', 'ten', '1e999', '12ms', 'Infinity', 'NaN'])('a number is not “%s”', (answer) => {
    expect(quizSchema.safeParse({ ...head, answer }).success).toBe(false);
  });

  test.each([
    ['0', 0],
    ['-5', -5],
    ['0.5', 0.5],
  ])('“%s” is a number', (answer, number) => {
    expect(quizSchema.parse({ ...head, answer }).answer).toBe(number);
  });

  test.each(['Fencing', 'fencing_quiz', '-a', 'a-', 'a--b', 'a b', 'é', ''])('an id is not “%s”', (id) => {
    expect(quizSchema.safeParse({ ...head, id }).success).toBe(false);
  });

  test('a card may name several sources, separated by spaces', () => {
    const card = { id: 'a', q: 'q', a: 'a', cite: ' kleppmann  redis-docs ' };
    expect(cardSchema.parse(card).cites).toEqual(['kleppmann', 'redis-docs']);
  });

  test('a sum card has everything that it asks from its drill', () => {
    const card = cardSchema.parse({ id: 'a', kind: 'sum', sum: 'consul-worst-wait', cite: 'derived' });
    expect(card).toMatchObject({ kind: 'sum', sum: 'consul-worst-wait', value: 45, unit: 's' });
    expect(card.question).toContain('Consul');
    expect(card.answer).toMatch(/^45 s\. /);
  });

  test.each([
    ['names no drill', { kind: 'sum' }, /needs sum=/],
    ['names one that is not there', { kind: 'sum', sum: 'no-such-drill' }, /"no-such-drill"/],
    ['names one that asks for two numbers', { kind: 'sum', sum: 'redlock-majority' }, /asks for one number/],
    ['has a question of its own', { kind: 'sum', sum: 'split-row', q: 'q' }, /from its drill/],
    ['has a number of its own', { kind: 'sum', sum: 'split-row', value: '3' }, /from its drill/],
    ['is of another kind', { kind: 'question', sum: 'split-row', q: 'q', a: 'a' }, /only a sum card/],
    ['is of another kind and asks nothing', { a: 'a' }, /needs q=/],
  ])('a sum card is refused when it %s', (_, more, why) => {
    const result = cardSchema.safeParse({ id: 'a', cite: 'derived', ...more });
    expect(result.error?.issues.map(({ message }) => message).join()).toMatch(why);
  });

  test('take no field that they do not know', () => {
    for (const schema of [cardSchema, optionSchema, quizSchema, claimSchema]) {
      fc.assert(
        fc.property(fc.stringMatching(/^z[a-z]{3,8}$/), (field) => {
          const result = schema.safeParse({ [field]: 'x' });
          const unknown = result.error?.issues.filter((issue) => issue.code === 'unrecognized_keys') ?? [];
          expect(unknown).toHaveLength(1);
        }),
        { numRuns: 20 },
      );
    }
  });

  test('refuse whatever is not an object, without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        for (const schema of [cardSchema, quizSchema, claimSchema])
          expect(schema.safeParse(anything).success).toBe(false);
      }),
    );
  });
});
