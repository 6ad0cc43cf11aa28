'use server';
// What a lesson keeps: that it was read, answers to its questions, cards put into the deck.
import { z } from 'zod';
import { type Posed, pose } from '#components/demo/prediction.ts';
import { scenarioById } from '#content/scenarios/index.ts';
import { cardById } from '#lib/content/cards.ts';
import { lessonAsking, lessonBySlug } from '#lib/content/lessons.ts';
import { action } from '#lib/server/action.ts';
import { keepPrediction } from '#lib/server/predictions.ts';
import { markRead as keepRead } from '#lib/server/progress.ts';
import { answerFault, answerQuiz } from '#lib/server/quiz-answers.ts';
import { write } from '#lib/server/reviews.ts';
import { judgeAnswer } from '../quiz/bank.ts';

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

const sureness = z.literal([1, 2, 3]);
const given = z.union([z.number(), z.array(z.int().nonnegative()).max(20)]);
const answer = z.strictObject({ id, quizId: name, given, sureness: sureness.optional() });
const runSaveAnswer = action(
  answer,
  (viewer, input) => answerQuiz(viewer.id, input, Date.now(), judgeAnswer),
  (input) => answerFault(input, judgeAnswer),
);

export async function saveAnswer(input: z.input<typeof answer>) {
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

const prediction = z.strictObject({ id, demo: name, question: name, given: name, sureness });

/** What a lesson asks of a demo; null for a question that no lesson asks, or an answer that it does not offer. */
function asked({ demo, question, given }: z.output<typeof prediction>): Posed | null {
  const scenario = lessonAsking(demo, question) && scenarioById(demo);
  const posed = scenario ? pose(scenario, question) : null;
  return posed?.options.some((option) => option.id === given) ? posed : null;
}

const runSavePrediction = action(
  prediction,
  // The engine decides here what was right, not the page.
  (viewer, input) => keepPrediction(viewer.id, { ...input, correct: asked(input)?.right === input.given }, Date.now()),
  (input) => (asked(input) ? null : ({ kind: 'no-such-question' } as const)),
);

/** Keeps what somebody expected of a demo before it ran. */
export async function savePrediction(input: z.input<typeof prediction>) {
  return runSavePrediction(input);
}
