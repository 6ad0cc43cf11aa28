'use server';
// What a lesson keeps: that it was read, answers to its questions, cards put into the deck.
import { z } from 'zod';
import { cardById } from '#lib/content/cards.ts';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { action } from '#lib/server/action.ts';
import { markRead as keepRead } from '#lib/server/progress.ts';
import { answerFault, answerQuiz } from '#lib/server/quiz-answers.ts';
import { write } from '#lib/server/reviews.ts';

const id = z.uuid();
const name = z.string().min(1).max(80);

const runMarkRead = action(
  z.strictObject({ slug: name }),
  (viewer, { slug }) => keepRead(viewer.id, slug, Date.now()),
  ({ slug }) => (lessonBySlug(slug) ? null : ({ kind: 'no-such-lesson' } as const)),
);

export async function markRead(input: { slug: string }) {
  return runMarkRead(input);
}

const given = z.union([z.number(), z.array(z.int().nonnegative()).max(20)]);
const runSaveAnswer = action(
  z.strictObject({ id, quizId: name, given }),
  (viewer, input) => answerQuiz(viewer.id, input, Date.now()),
  answerFault,
);

export async function saveAnswer(input: { id: string; quizId: string; given: number[] | number }) {
  return runSaveAnswer(input);
}

const runKeepCard = action(
  z.strictObject({ id, cardId: name }),
  (viewer, input) => write(viewer.id, { ...input, kind: 'bring', seenVersion: 'any' }, Date.now()),
  ({ cardId }) => (cardById(cardId) ? null : ({ kind: 'no-such-card' } as const)),
);

/** Puts a card into today's review. Needs no version: it changes when the card comes, not what is known of it. */
export async function keepCard(input: { id: string; cardId: string }) {
  return runKeepCard(input);
}
