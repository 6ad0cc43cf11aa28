// A choice of cards, said in words: what was chosen, as a part of a sentence.
import { cardAsks } from '#components/cards/card-kind.ts';
import type { CardKind } from '#lib/study/card.ts';
import type { Choice, State } from '#lib/study/choice.ts';

/** What a card of this kind asks, of whatever depth. */
export const kindName = (kind: CardKind) => cardAsks({ kind, depth: 'mid' });

/** The states as the list of a deck offers them. */
export const STATE_NAMES: Readonly<Record<State, string>> = {
  new: 'New',
  learning: 'Learning',
  due: 'Due now',
  soon: 'Due in the next 3 days',
  later: 'Not yet due',
  forgotten: 'Forgotten in the last 7 days',
  aside: 'Set aside',
};

const chosenState: Readonly<Record<State, string>> = {
  new: 'new cards',
  learning: 'cards that you are learning',
  due: 'what is due now',
  soon: 'what is due in the next 3 days',
  later: 'what is not yet due',
  forgotten: 'what you forgot in the last 7 days',
  aside: 'what you have set aside',
};

/** `what is due in the next 3 days, of “Fencing tokens”, kind “Fill the gap”, tag “redis”`. */
export function choiceWords({ words, kind, depth, tag, state, lesson }: Choice, lessonTitle?: string): string {
  const limits = [
    lesson === undefined ? '' : `of “${lessonTitle ?? lesson}”`,
    kind === undefined ? '' : `kind “${kindName(kind)}”`,
    depth === undefined ? '' : `depth “${depth}”`,
    tag === undefined ? '' : `tag “${tag}”`,
    words === undefined ? '' : `with the words “${words}”`,
  ].filter((limit) => limit !== '');
  const first = state ? chosenState[state] : limits.length > 0 ? 'cards' : 'your whole deck';
  const [next, ...more] = limits;
  // “cards of this lesson”, but “what is due now, of this lesson”.
  const start = next === undefined ? first : `${first}${state || !lesson ? ', ' : ' '}${next}`;
  return [start, ...more].join(', ');
}
