// A card whose numbers change has several faces: the same rule with other numbers in the question and so in the answer. Which one is
// asked follows from how often the card has been reviewed, so a reload shows the same one, an undo brings back the one that was
// graded, and the next repetition has another.
import type { Card } from './card.ts';

export type CardFace = Pick<Card, 'question' | 'answer' | 'value' | 'tolerance' | 'unit'>;

/** Faces by the ids of their cards. A card that always asks the same has none. */
export type Faces = Readonly<Record<string, readonly CardFace[]>>;

/** The card as it is asked after so many reviews that stand. */
export function cardAsked(card: Card, faces: readonly CardFace[] = [], reviews: number): Card {
  const face = faces[reviews % faces.length];
  return face ? { ...card, ...face } : card;
}
