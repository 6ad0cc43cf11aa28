// Cards whose numbers change, over all their numbers: short enough, answerable in the head, and right, by their own working and by
// a second formula that knows nothing but the numbers in the question.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drillById } from '#content/drills.ts';
import type { CardFace } from '#lib/study/card-face.ts';
import { faceOf, facesOf } from './card-faces.ts';
import { allCards } from './cards.ts';

const cards = allCards().filter(({ kind }) => kind === 'sum');
const rules = cards.map(({ sum }) => sum!);

/** What the lessons teach, from the numbers of a question in the order in which they stand in it. */
const taught: Readonly<Record<string, (...numbers: number[]) => number>> = {
  'redlock-votes-left': (masters, yes) => Math.ceil((masters! + 1) / 2) - yes!,
  'redlock-may-still-fail': (masters, down) => Math.ceil(masters! / 2) - 1 - down!,
  'redlock-validity': (ttl, took) => 0.99 * ttl! - 2 - took!,
  'zookeeper-session-least': (tick) => tick! / 500,
  'etcd-least-lease': (election) => Math.ceil((election! * 3) / 2_000),
  'split-row': (rows, length) => (rows! * 1_000) / length!,
  'client-go-stops': (retry, deadline) => retry! + deadline!,
  'client-go-latest-takeover': (lease, retry) => lease! + 4.4 * retry!,
  'consul-worst-wait': (ttl, delay) => 2 * ttl! + delay!,
  'dynamodb-takeover-at': (lease, _, seen) => lease! + seen!,
  'delayed-restart': (since, ttl) => ttl! - since!,
  'lease-least-ttl': (pause, missed, period, slack) => pause! + missed! * period! + slack!,
  'lease-renew-every': (ttl, lost) => ttl! / (lost! + 2),
  'lease-stop-by': (sent, _, ttl, margin) => sent! + ttl! - margin!,
  'clock-rate-margin': (percent, lease) => (percent! / 100) * lease! * 1_000,
};

const numbersIn = (text: string) => [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([said]) => Number(said));

/** “6 + 2 × 4” is 14. */
function workedOut(sum: string): number {
  return sum.split(' + ').reduce((total, part) => {
    const [first = '', ...less] = part.split(' − ');
    return total + less.reduce((rest, one) => rest - productOf(one), productOf(first));
  }, 0);
}

function productOf(factors: string): number {
  const [first = '', ...rest] = factors.split(/ (?=[×÷])/);
  return rest.reduce(
    (so, one) => (one[0] === '×' ? so * Number(one.slice(2)) : so / Number(one.slice(2))),
    Number(first),
  );
}

const equation = /(\d[\d.]*(?: m?s)?(?: [+−×÷] \d[\d.]*(?: m?s)?)+) = (\d+(?:\.\d+)?)( s)?/g;

/** Each sum that an answer does, with what it says to be the result. Milliseconds may become seconds. */
const sumsIn = (text: string) =>
  [...text.matchAll(equation)].map(([, sum = '', said, inSeconds]) => ({
    is: workedOut(sum.replaceAll(/ m?s\b/g, '')),
    said: Number(said) * (inSeconds && sum.includes(' ms') ? 1_000 : 1),
  }));

const anyFace = fc.tuple(fc.constantFrom(...rules), fc.option(fc.nat()));

describe('the working in an answer', () => {
  test.each([
    ['6 + 2 × 4 + 1 = 15.', 15, 15],
    ['5000 − 120 − 52 = 4828 ms.', 4_828, 4_828],
    ['2 × 2000 ms = 4 s', 4_000, 4_000],
    ['20 × 1000 × 2 ÷ 100 = 401.', 400, 401],
  ])('“%s” is done anew', (text, is, said) => {
    expect(sumsIn(text)).toEqual([{ is, said }]);
  });
});

describe('a card whose numbers change, with any numbers', () => {
  test('there are enough of them, each by a rule of its own', () => {
    expect(cards.length).toBeGreaterThanOrEqual(8);
    expect(new Set(rules).size).toBe(cards.length);
    expect([...rules].sort()).toEqual(Object.keys(taught).sort());
  });

  test('keeps to the limits of a card, and asks for a number that the head can hold', () => {
    fc.assert(
      fc.property(anyFace, ([rule, seed]) => {
        const { question, answer, value, unit } = faceOf(rule, seed)!;
        expect(question.length).toBeLessThanOrEqual(160);
        expect(answer.length).toBeLessThanOrEqual(220);
        expect(String(value)).toMatch(/^\d{1,5}(\.\d)?$/);
        expect(answer.startsWith(`${value}${unit ? ` ${unit}` : ''}. `), answer).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is right by its own working, which ends at the answer', () => {
    fc.assert(
      fc.property(anyFace, ([rule, seed]) => {
        const { answer, value } = faceOf(rule, seed)!;
        const sums = sumsIn(answer);
        expect(sums.length, answer).toBeGreaterThan(0);
        for (const { is, said } of sums) expect(said, answer).toBeCloseTo(is, 6);
        expect(numbersIn(answer).at(-1), answer).toBe(value);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is right by what its lesson teaches, from the numbers in the question alone', () => {
    fc.assert(
      fc.property(anyFace, ([rule, seed]) => {
        const { question, value } = faceOf(rule, seed)!;
        expect(value, question).toBeCloseTo(taught[rule]!(...numbersIn(question)), 6);
        expect(value).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2_000 },
    );
  });

  test('asks the same for the same seed, and says everything but its numbers in the same words', () => {
    const words = ({ question }: CardFace) =>
      question.replaceAll(/\d+/g, '#').replace(/# (missed|lost) renewals?( in a row)?/, '');
    fc.assert(
      fc.property(anyFace, ([rule, seed]) => {
        expect(faceOf(rule, seed)).toEqual(faceOf(rule, seed));
        expect(words(faceOf(rule, seed)!)).toBe(words(faceOf(rule, null)!));
      }),
    );
  });
});

describe('the faces of a card', () => {
  const all = facesOf(allCards());

  test('are there for sums and for nothing else', () => {
    expect(Object.keys(all)).toEqual(cards.map(({ id }) => id));
  });

  test.each(cards.map((card) => [card.id, card] as const))('%s: all different, none the lesson’s own', (id, card) => {
    const questions = all[id]!.map(({ question }) => question);
    expect(questions.length).toBe(12);
    expect(new Set([card.question, ...questions]).size).toBe(questions.length + 1);
    const values = all[id]!.map(({ value }) => value);
    expect(new Set(values).size).toBeGreaterThanOrEqual(4);
    expect([card.value, ...values].filter((value, at) => value === values[at])).toEqual([]);
  });

  test('are the same whenever they are asked for, whatever other cards are asked', () => {
    for (const card of cards) expect(facesOf([card])[card.id]).toEqual(all[card.id]);
  });
});

test.each(cards.map((card) => [card.id, card] as const))(
  '%s stands in the lesson of its drill, on its sources',
  (_, card) => {
    const drill = drillById(card.sum!)!;
    expect(card.lesson).toBe(drill.lesson);
    expect(card.cites).toEqual(drill.cites);
    expect(faceOf(card.sum!, null)).toMatchObject({ question: card.question, answer: card.answer, value: card.value });
  },
);

test('what asks for several numbers, or is no drill, makes no card', () => {
  expect(faceOf('redlock-majority', null)).toBeNull();
  expect(faceOf('no-such-drill', 1)).toBeNull();
  expect(facesOf([{ id: 'plain' }])).toEqual({});
});
