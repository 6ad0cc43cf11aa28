// What a question of each kind wants of its reader, said above it.
import type { QuizKind } from '#lib/study/quiz.ts';

export const QUIZ_ASKS: Readonly<Record<QuizKind, string>> = {
  single: 'Choose one',
  several: 'Choose all that apply',
  order: 'Put in order',
  number: 'Type a number',
  predict: 'Predict the outcome',
  trace: 'A history made by the engine',
};
