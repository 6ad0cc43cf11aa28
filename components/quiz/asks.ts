// What a question of each kind wants of its reader, said above it.
import { depthWord } from '#lib/study/depth.ts';
import type { Quiz, QuizKind } from '#lib/study/quiz.ts';

export const QUIZ_ASKS: Readonly<Record<QuizKind, string>> = {
  single: 'Choose one',
  several: 'Choose all that apply',
  order: 'Put in order',
  number: 'Type a number',
  predict: 'Predict the outcome',
  trace: 'A history made by the engine',
};

/** The kind, and for whom a question is that not everybody needs. */
export function quizAsks({ kind, depth }: Quiz): string {
  return QUIZ_ASKS[kind] + depthWord(depth);
}
