import { expect, test } from 'vitest';
import type { Card } from './card.ts';
import { cardAsked } from './card-face.ts';

const card: Card = {
  id: 'redlock-votes-left',
  kind: 'sum',
  question: 'Of 9?',
  answer: '5.',
  value: 5,
  cites: ['derived'],
  depth: 'mid',
  tags: ['redlock'],
  lesson: 'redlock',
  heading: null,
};
const faces = [11, 13].map((of) => ({ question: `Of ${of}?`, answer: `${(of + 1) / 2}.`, value: (of + 1) / 2 }));

test('a card is asked with the next numbers after each review, and keeps all else that it is', () => {
  const asked = [0, 1, 2].map((reviews) => cardAsked(card, faces, reviews));
  expect(asked.map(({ question, value }) => [question, value])).toEqual([
    ['Of 11?', 6],
    ['Of 13?', 7],
    ['Of 11?', 6],
  ]);
  expect(asked.map(({ id, tags, lesson }) => ({ id, tags, lesson }))).toEqual(
    [0, 1, 2].map(() => ({ id: card.id, tags: card.tags, lesson: card.lesson })),
  );
});

test('a card that has no other numbers is asked as it is', () => {
  expect(cardAsked(card, undefined, 3)).toBe(card);
  expect(cardAsked(card, [], 3)).toBe(card);
});
