// Which cards of a deck a learner has chosen, by words, lesson, kind, depth, tag and where a card stands, and in which order they are
// studied. Pure: the deck and the time are arguments, and a choice is a plain value that fits into an address.
import type { Card, CardKind, Depth } from './card.ts';
import { type Memory, spoken } from './schedule.ts';

export type DeckCard = {
  readonly card: Card;
  /** Null before the first event: a card of a lesson that was read. */
  readonly memory: Memory | null;
  readonly version: number;
  readonly aside: boolean;
  /** Graded Again in the last days, as `forgottenSinceMs` says. */
  readonly forgotten: boolean;
};

const day = 86_400_000;
export const forgottenSinceMs = 7 * day;
const soonMs = 3 * day;

/** Where a card stands. Each card is in exactly one of these. */
export const standings = ['new', 'learning', 'due', 'later', 'aside'] as const;
export type Standing = (typeof standings)[number];

/** What can be asked of where a card stands: one of the standings, or one of two that cut across them. */
export const states = ['new', 'learning', 'due', 'soon', 'later', 'forgotten', 'aside'] as const;
export type State = (typeof states)[number];

export type Choice = {
  readonly words?: string | undefined;
  readonly lesson?: string | undefined;
  readonly kind?: CardKind | undefined;
  readonly depth?: Depth | undefined;
  readonly tag?: string | undefined;
  readonly state?: State | undefined;
};

/** The most cards of one session of one's own choice. */
export const mostChosen = 50;

export function standingOf({ memory, aside }: DeckCard, now: number): Standing {
  if (aside) return 'aside';
  if (memory === null || memory.state === 0) return 'new';
  if (memory.due <= now) return 'due';
  return memory.state === 2 ? 'later' : 'learning';
}

const plainWords = { new: 'new', learning: 'learning', due: 'due now', aside: 'set aside' } as const;

/** `new`, `learning`, `due now`, `in 12 days` or `set aside`. */
export function standingWords(one: DeckCard, now: number): string {
  const standing = standingOf(one, now);
  return standing === 'later' ? `in ${spoken((one.memory?.due ?? now) - now)}` : plainWords[standing];
}

function isIn(state: State, one: DeckCard, now: number): boolean {
  const standing = standingOf(one, now);
  if (state === 'forgotten') return one.forgotten && standing !== 'aside';
  if (state !== 'soon') return standing === state;
  // A new card has no date that could come.
  return standing !== 'aside' && standing !== 'new' && (one.memory?.due ?? 0) <= now + soonMs;
}

const inLowerCase = (text: string) => text.replaceAll('`', '').toLowerCase();

function hasWords({ question, answer, tags }: Card, words: string): boolean {
  const text = inLowerCase([question, answer, ...tags].join(' '));
  return inLowerCase(words)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Whether a card is all that was chosen. What was not chosen, every card is. */
export function matches(one: DeckCard, choice: Choice, now: number): boolean {
  const { card } = one;
  const { words, lesson, kind, depth, tag, state } = choice;
  return (
    (lesson === undefined || card.lesson === lesson) &&
    (kind === undefined || card.kind === kind) &&
    (depth === undefined || card.depth === depth) &&
    (tag === undefined || card.tags.includes(tag)) &&
    (state === undefined || isIn(state, one, now)) &&
    (words === undefined || hasWords(card, words))
  );
}

/** Those that a session of this choice can ask: all but what is set aside. */
export function studiable(deck: readonly DeckCard[], choice: Choice, now: number): readonly DeckCard[] {
  return deck.filter((one) => !one.aside && matches(one, choice, now));
}

export type ChosenCard = DeckCard & {
  /** Not due yet: see `remaining` in the queue. */
  readonly ahead: boolean;
};

/** The cards of a session of this choice: first what is due, then what is new, then what is not yet due, soonest first. */
export function chosenCards(deck: readonly DeckCard[], choice: Choice, now: number): readonly ChosenCard[] {
  const asked = studiable(deck, choice, now);
  const byDue = (one: DeckCard, two: DeckCard) => (one.memory?.due ?? now) - (two.memory?.due ?? now);
  const of = (...wanted: readonly Standing[]) => asked.filter((one) => wanted.includes(standingOf(one, now)));
  const [due, fresh, ahead] = [of('due').sort(byDue), of('new'), of('learning', 'later').sort(byDue)];
  return [
    ...[...due, ...fresh].map((one) => ({ ...one, ahead: false })),
    ...ahead.map((one) => ({ ...one, ahead: true })),
  ].slice(0, mostChosen);
}
