// Answers to quiz questions. The server judges for itself; every answer is kept, and the newest one counts.
import 'server-only';
import { quizById } from '#lib/content/cards.ts';
import { fitsQuestion, type Given, isCorrect } from '#lib/study/quiz.ts';
import { database } from './db.ts';

export type AnswerResult =
  | { readonly kind: 'saved'; readonly correct: boolean }
  | { readonly kind: 'no-such-question' }
  | { readonly kind: 'bad-input'; readonly message: string };

export type KeptAnswer = { readonly quizId: string; readonly given: Given; readonly correct: boolean };

type Answer = { readonly id: string; readonly quizId: string; readonly given: Given };

/** Why this cannot be kept as an answer, or null. Looks at the course only. */
export function answerFault({ quizId, given }: Answer): Exclude<AnswerResult, { kind: 'saved' }> | null {
  const quiz = quizById(quizId);
  if (!quiz) return { kind: 'no-such-question' };
  return fitsQuestion(quiz, given) ? null : { kind: 'bad-input', message: 'given: not an answer to this question' };
}

/** Keeps an answer. `id` is made by the client; repeating it changes nothing. */
export async function answerQuiz(userId: string, input: Answer, now: number): Promise<AnswerResult> {
  const quiz = quizById(input.quizId);
  const fault = answerFault(input);
  if (fault || !quiz) return fault ?? { kind: 'no-such-question' };
  const correct = isCorrect(quiz, input.given);
  const db = await database();
  const row = { quizId: quiz.id, given: JSON.stringify(input.given), correct, at: new Date(now) };
  const kept = await db.quizAnswer.upsert({
    where: { id: input.id },
    create: { id: input.id, userId, ...row },
    update: {},
    select: { userId: true, quizId: true, correct: true },
  });
  if (kept.userId !== userId || kept.quizId !== quiz.id) return { kind: 'bad-input', message: 'id: already used' };
  return { kind: 'saved', correct: kept.correct };
}

/** The newest answer to each question, optionally of some questions only. */
export async function newestAnswers(userId: string, quizIds?: readonly string[]): Promise<readonly KeptAnswer[]> {
  const db = await database();
  const rows = await db.quizAnswer.findMany({
    where: { userId, ...(quizIds ? { quizId: { in: [...quizIds] } } : {}) },
    orderBy: { at: 'desc' },
    distinct: ['quizId'],
  });
  return rows.map((row) => ({ quizId: row.quizId, given: JSON.parse(row.given) as Given, correct: row.correct }));
}
