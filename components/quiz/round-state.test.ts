// A round as a value: what it says at its end, and what it makes of what a tab has kept.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Quiz } from '#lib/study/quiz.ts';
import {
  beginning,
  byLesson,
  certaintyWords,
  fromStore,
  givenWords,
  isRight,
  missedOf,
  placeOf,
  type RoundAnswer,
  type RoundQuestion,
  rightWords,
  toStore,
} from './round-state.ts';

const option = (text: string, correct = false) => ({ text, correct, why: 'because' });
const quiz = (id: string, more: Partial<Quiz> = {}): Quiz => ({
  id,
  kind: 'single',
  question: `${id}?`,
  card: 'c',
  depth: 'mid',
  options: [option('yes', true), option('no')],
  ...more,
});
const question = (id: string, lesson: string, more: Partial<Quiz> = {}): RoundQuestion => ({
  quiz: quiz(id, more),
  lesson: { slug: lesson, title: lesson.toUpperCase() },
  paragraph: { href: `/lessons/${lesson}`, title: lesson.toUpperCase() },
  history: null,
});
const questions = [question('a', 'one'), question('b', 'two'), question('c', 'one')];
const answer = (correct: boolean, sureness: 1 | 2 | 3 = 2): RoundAnswer => ({
  id: 'x',
  given: [correct ? 0 : 1],
  sureness,
  correct,
  late: false,
  kept: false,
});
const of = (...answers: readonly RoundAnswer[]) => ({ answers, explaining: false });

test('what is missed comes the surest first', () => {
  const missed = missedOf(questions, of(answer(false, 1), answer(false, 3), answer(true, 3)));
  expect(missed.map((one) => one.question.quiz.id)).toEqual(['b', 'a']);
});

test('results stand by lesson, the weakest first', () => {
  expect(byLesson(questions, of(answer(true), answer(false), answer(true)))).toEqual([
    { slug: 'two', title: 'TWO', right: 0, asked: 1 },
    { slug: 'one', title: 'ONE', right: 2, asked: 2 },
  ]);
});

test.each([
  [[answer(true, 3), answer(true, 3)], 'You were certain twice, and right each time.'],
  [
    [answer(false, 3), answer(true, 3), answer(true, 3)],
    'You were certain 3 times, and wrong once: begin with that one.',
  ],
  [[answer(false, 3)], 'You were certain once, and wrong each time: begin with that one.'],
  [
    [answer(true, 1), answer(true, 1), answer(false, 1)],
    'Of 3 guesses, 2 came true: you know more than you trust yourself to know.',
  ],
  [[answer(false, 1), answer(true, 2)], 'You were certain of nothing in this round.'],
])('certainty is told truly (%#)', (answers, words) => {
  expect(certaintyWords(of(...answers))).toBe(words);
});

test('the question on the screen is the one being explained, or the next', () => {
  expect(placeOf(beginning)).toBe(0);
  expect(placeOf({ answers: [answer(true)], explaining: true })).toBe(0);
  expect(placeOf({ answers: [answer(true)], explaining: false })).toBe(1);
});

test('answers of every kind are put into words', () => {
  const number = question('n', 'one', { kind: 'number', answer: 9863, unit: 'ms', options: [] });
  expect(rightWords(number)).toBe('9863 ms');
  expect(givenWords(number, 10)).toBe('10 ms');
  const order = question('o', 'one', { kind: 'order', options: [option('first'), option('then')] });
  expect(rightWords(order)).toBe('1. first\n2. then');
  expect(givenWords(order, [1, 0])).toBe('1. then\n2. first');
  expect(givenWords(questions[0]!, [1])).toBe('no');
});

describe('what a tab has kept', () => {
  test('comes back, judged anew', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 3 }), fc.boolean(), (rights, explaining) => {
        const answers = rights.map((right) => answer(right));
        const state = { answers, explaining: explaining && answers.length > 0 };
        expect(fromStore(questions, toStore(questions, state))).toEqual(state);
        const forged = toStore(questions, { ...state, answers: answers.map((one) => ({ ...one, correct: true })) });
        expect(fromStore(questions, forged)).toEqual(state);
      }),
    );
  });

  test('is forgotten when the round asks something else now, or when it makes no sense', () => {
    const kept = toStore(questions, of(answer(true)));
    expect(fromStore(questions.slice(1), kept)).toEqual(beginning);
    for (const text of [
      null,
      '',
      '{}',
      '[]',
      'null',
      kept.replace('[0]', '[9]'),
      kept.replace('"sureness":2', '"sureness":9'),
    ]) {
      expect(fromStore(questions, text)).toEqual(beginning);
    }
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(fromStore(questions, text)).toEqual(beginning);
      }),
    );
  });
});

test('an answer to a history is right when it points at what the engine found', () => {
  const history = {
    right: 1,
    options: [{ text: 'Safe' }, { text: 'Not safe' }],
    seed: 5,
  } as unknown as RoundQuestion['history'];
  const asked = { ...question('h', 'one', { kind: 'trace', options: [] }), history };
  expect(isRight(asked, [5, 1])).toBe(true);
  expect(isRight(asked, [5, 0])).toBe(false);
  expect(rightWords(asked)).toBe('Not safe');
});
