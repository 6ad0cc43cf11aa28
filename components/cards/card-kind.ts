// What each kind of card asks its learner to do, in the words that stand above the question.
import type { CardKind } from '#lib/study/card.ts';

export const CARD_ASKS: Readonly<Record<CardKind, string>> = {
  question: 'Recall card',
  cloze: 'Fill the gap',
  number: 'Say the number',
  which: 'Which lock am I?',
  next: 'What happens next?',
  command: 'The command, from memory',
};
