// What each kind of card asks its learner to do, in the words that stand above the question.
import type { Card, CardKind } from '#lib/study/card.ts';
import { depthWord } from '#lib/study/depth.ts';

const CARD_ASKS: Readonly<Record<CardKind, string>> = {
  question: 'Recall card',
  cloze: 'Fill the gap',
  number: 'Say the number',
  sum: 'A sum, with new numbers each time',
  which: 'Which lock am I?',
  next: 'What happens next?',
  command: 'The command, from memory',
};

/** The kind, and for whom a card is that not everybody needs. */
export function cardAsks({ kind, depth }: Pick<Card, 'kind' | 'depth'>): string {
  return CARD_ASKS[kind] + depthWord(depth);
}
