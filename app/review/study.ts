// The cards of one review: what is due, or what the address chooses of the learner's own deck, due or not. An address can only choose
// among the cards of the deck; it never brings one in.
import { choiceWords } from '#components/deck/choice-words.ts';
import type { Chosen } from '#components/deck/study-head.tsx';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { deckCards } from '#lib/server/deck.ts';
import { type Deck, type DueCard, deckOf } from '#lib/server/reviews.ts';
import { chosenCards, studiable } from '#lib/study/choice.ts';
import { fromAddress, listAddress, type Query, studyAddress } from './address.ts';

export type Study = Omit<Deck, 'cards'> & {
  readonly cards: readonly (DueCard & { readonly ahead?: boolean })[];
  /** Other for another choice: a session of its own. Grading must not change it, so it says nothing of what was found. */
  readonly key: string;
  readonly chosen: Chosen | null;
  /** Why the choice in the address could not be followed. */
  readonly trouble: string | null;
};

export async function studyOf(userId: string, query: Query, now: number): Promise<Study> {
  const asked = fromAddress(query);
  const today = await deckOf(userId, now);
  const ordinary = { ...today, key: 'due', chosen: null, trouble: null };
  if (asked.kind === 'nothing') return ordinary;
  if (asked.kind === 'bad') return { ...ordinary, key: `trouble: ${asked.why}`, trouble: asked.why };
  const { choice } = asked;
  const deck = await deckCards(userId, now);
  const picked = chosenCards(deck, choice, now);
  const key = studyAddress(choice);
  if (picked.length === 0) return { ...ordinary, key, trouble: 'No card of your deck is what the link chooses.' };
  const ids = new Set(picked.map(({ card }) => card.id));
  const others = deck.filter(({ card, aside }) => !aside && !ids.has(card.id));
  const dues = others.flatMap(({ memory }) => (memory && memory.due > now ? [memory.due] : []));
  const isFront = new Set(today.cards.flatMap(({ card, front }) => (front ? [card.id] : [])));
  return {
    cards: picked.map(({ card, memory, version, ahead }) => ({
      ...{ card, memory, version },
      ...(ahead ? { ahead } : {}),
      ...(isFront.has(card.id) ? { front: true } : {}),
    })),
    nextDue: dues.length > 0 ? Math.min(...dues) : null,
    inDeck: today.inDeck,
    key,
    trouble: null,
    chosen: {
      words: choiceWords(choice, lessonBySlug(choice.lesson ?? '')?.title),
      back: listAddress(choice),
      of: studiable(deck, choice, now).length,
      ahead: picked.filter((one) => one.ahead).length,
      othersDue: today.cards.filter(({ card }) => !ids.has(card.id)).length,
    },
  };
}
