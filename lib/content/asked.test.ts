// How cards and questions ask: an answer that says its number, a right option that its length does not give away, and words that
// stand by themselves, since a question is also asked far from the lesson, in the mixed round and in the review.
import { describe, expect, test } from 'vitest';
import { allLessons } from './lessons.ts';

const lessons = allLessons();
const cards = lessons.flatMap((lesson) => lesson.cards);
const quizzes = lessons.flatMap((lesson) => lesson.quizzes);

const WORDS: Readonly<Record<string, number>> = { once: 1, twice: 2, one: 1, two: 2, three: 3, four: 4, five: 5 };

/** The first number of an answer, in figures or as a word, and the unit that stands beside it. */
function firstNumber(answer: string): { value: number; unit: string | undefined } | null {
  const found =
    /(\d+(?:,\d{3})*(?:\.\d+)?)[ \u202f]?(ms|s|h|%)?(?![a-z])|\b(once|twice|one|two|three|four|five)\b/i.exec(answer);
  if (!found) return null;
  const [, figures, unit, word] = found;
  return {
    value: figures ? Number(figures.replaceAll(',', '')) : (WORDS[word?.toLowerCase() ?? ''] ?? Number.NaN),
    unit,
  };
}

type Numbered = { readonly answer: string; readonly value?: number | undefined; readonly unit?: string | undefined };

/** Whether what is shown as the answer is what is accepted as the answer. */
function saysItsNumber({ answer, value, unit }: Numbered): boolean {
  const said = firstNumber(answer);
  return said !== null && said.value === value && (said.unit === undefined || said.unit === unit);
}

describe('a card that asks for a number', () => {
  test('says it first in its answer, in its own unit', () => {
    const numbered = cards.filter(({ kind }) => kind === 'number');
    expect(numbered.length).toBeGreaterThan(20);
    expect(numbered.filter((card) => !saysItsNumber(card)).map(({ id, answer, value }) => [id, value, answer])).toEqual(
      [],
    );
  });

  test.each([
    ['25 s. After that the client is in jeopardy.', 12, 's', false],
    ['12 s. After that the client is in jeopardy.', 12, 's', true],
    ['12 ms. After that the client is in jeopardy.', 12, 's', false],
    ['About 12: 2 s until the next try.', 12, 's', true],
    ['Two: three of five are still a majority.', 2, 'nodes', true],
    ['Three of five.', 2, 'nodes', false],
    ['1,000 ms.', 1_000, 'ms', true],
    ['As long as you like.', 12, 's', false],
  ])('“%s” for %d %s: %s', (answer, value, unit, fits) => {
    expect(saysItsNumber({ answer, value, unit })).toBe(fits);
  });
});

describe('a question with one right option', () => {
  const single = quizzes.filter(({ kind }) => kind === 'single' || kind === 'predict');
  const longest = single.filter(({ options }) => {
    const right = Math.max(...options.filter(({ correct }) => correct).map(({ text }) => text.length));
    return options.every(({ text, correct }) => correct || text.length < right);
  });

  // Of four options of like length one is the longest in a quarter of all cases. Far less teaches “never the longest”.
  test('has it as its longest about as often as chance would have it', () => {
    expect(single.length).toBeGreaterThan(60);
    expect(longest.length / single.length).toBeGreaterThanOrEqual(0.1);
    expect(longest.length / single.length).toBeLessThanOrEqual(0.4);
  });
});

describe('what a question says stands by itself', () => {
  const leaning = /\bthis (?:demo|lesson|run)\b|^And /i;

  test('it points at no demo and no lesson beside it, and goes on from no other question', () => {
    const asked = [...cards, ...quizzes].filter(({ question }) => leaning.test(question));
    expect(asked.map(({ id, question }) => [id, question])).toEqual([]);
  });
});
