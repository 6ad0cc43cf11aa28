// Answers to quiz questions. The server judges for itself; every answer is kept, and the newest one counts.
import 'server-only';
import { quizById } from '#lib/content/cards.ts';
import type { Predicted, Sureness } from '#lib/study/calibration.ts';
import { fitsQuestion, type Given, isCorrect } from '#lib/study/quiz.ts';
import { database } from './db.ts';

export type AnswerResult =
  | { readonly kind: 'saved'; readonly correct: boolean }
  | { readonly kind: 'no-such-question' }
  | { readonly kind: 'bad-input'; readonly message: string };

export type KeptAnswer = { readonly quizId: string; readonly given: Given; readonly correct: boolean };

type Answer = {
  readonly id: string;
  readonly quizId: string;
  readonly given: Given;
  /** How sure the learner was, where that was asked. */
  readonly sureness?: Sureness | undefined;
};

/** Right or not; or why it is neither. Histories are judged by the engine, which this folder's callers bring along. */
export type Judge = (quizId: string, given: Given) => boolean | 'no-such-question' | 'no-answer';

const judgeByText: Judge = (quizId, given) => {
  const quiz = quizById(quizId);
  if (!quiz) return 'no-such-question';
  if (quiz.kind === 'trace' || !fitsQuestion(quiz, given)) return 'no-answer';
  return isCorrect(quiz, given);
};

/** Why this cannot be kept as an answer, or null. Looks at the course only. */
export function answerFault(
  { quizId, given }: Answer,
  judge = judgeByText,
): Exclude<AnswerResult, { kind: 'saved' }> | null {
  const judged = judge(quizId, given);
  if (judged === 'no-such-question') return { kind: 'no-such-question' };
  return judged === 'no-answer' ? { kind: 'bad-input', message: 'given: not an answer to this question' } : null;
}

/** Keeps an answer. `id` is made by the client; repeating it changes nothing. */
export async function answerQuiz(
  userId: string,
  input: Answer,
  now: number,
  judge = judgeByText,
): Promise<AnswerResult> {
  const { quizId } = input;
  const correct = judge(quizId, input.given);
  if (typeof correct !== 'boolean') return answerFault(input, () => correct) ?? { kind: 'no-such-question' };
  const db = await database();
  const { sureness = null } = input;
  const row = { quizId, given: JSON.stringify(input.given), correct, sureness, at: new Date(now) };
  const kept = await db.quizAnswer.upsert({
    where: { id: input.id },
    create: { id: input.id, userId, ...row },
    update: {},
    select: { userId: true, quizId: true, correct: true },
  });
  if (kept.userId !== userId || kept.quizId !== quizId) return { kind: 'bad-input', message: 'id: already used' };
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

/** Answers of which the learner said how sure they were, oldest first. */
export async function sureAnswers(userId: string): Promise<readonly Predicted[]> {
  const db = await database();
  const rows = await db.quizAnswer.findMany({
    where: { userId, sureness: { not: null } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ quizId, sureness, correct, at }) => ({
    key: quizId,
    sureness: sureness as Sureness,
    correct,
    at: at.getTime(),
  }));
}
