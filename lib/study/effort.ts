// How long a review takes, said the same way everywhere. A card is up to some seventy words to read, and a thought between
// question and answer. It is a guess to plan an evening with, not a measurement of this learner.

const secondsPerCard = 20;

/** Minutes for so many cards: whole, and never less than one. */
export function minutesFor(cards: number): number {
  return Math.max(1, Math.round((cards * secondsPerCard) / 60));
}
