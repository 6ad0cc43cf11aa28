// What a choice of cards chooses, and in which order it is studied. Decks are random, so that every standing is met.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Card, cardKinds, depths } from './card.ts';
import {
  type Choice,
  chosenCards,
  type DeckCard,
  matches,
  mostChosen,
  standingOf,
  standings,
  standingWords,
  states,
  studiable,
} from './choice.ts';
import { remaining } from './queue.ts';
import { newMemory } from './schedule.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 0, 1, 12);

const cardOf = (id: string, more: Partial<Card> = {}): Card => ({
  id,
  kind: 'question',
  question: 'Who checks a fencing token?',
  answer: 'The `store` itself.',
  cites: ['derived'],
  depth: 'mid',
  tags: ['fencing'],
  lesson: 'fencing',
  heading: null,
  ...more,
});

type Look = { state: number; dueIn: number; aside?: boolean; forgotten?: boolean; met?: boolean };
const deckCard = (card: Card, { state, dueIn, aside = false, forgotten = false, met = true }: Look): DeckCard => ({
  card,
  memory: met ? { ...newMemory(now), state, due: now + dueIn } : null,
  version: met ? 1 : 0,
  aside,
  forgotten,
});

const deck: fc.Arbitrary<readonly DeckCard[]> = fc
  .array(
    fc.record({
      lesson: fc.constantFrom('fencing', 'redis', 'sql'),
      kind: fc.constantFrom(...cardKinds),
      depth: fc.constantFrom(...depths),
      tags: fc.subarray(['fencing', 'ttl', 'redis']),
      state: fc.constantFrom(0, 1, 2, 3),
      dueIn: fc.integer({ min: -10 * day, max: 10 * day }),
      aside: fc.boolean(),
      forgotten: fc.boolean(),
      met: fc.boolean(),
    }),
    { maxLength: 120 },
  )
  .map((list) =>
    list.map(({ lesson, kind, depth, tags, ...look }, at) =>
      deckCard(cardOf(`card-${at}`, { lesson, kind, depth, tags }), look),
    ),
  );

const choice: fc.Arbitrary<Choice> = fc.record(
  {
    lesson: fc.constantFrom('fencing', 'redis', 'nowhere'),
    kind: fc.constantFrom(...cardKinds),
    depth: fc.constantFrom(...depths),
    tag: fc.constantFrom('fencing', 'ttl'),
    state: fc.constantFrom(...states),
    words: fc.constantFrom('token', 'store fencing', 'zebra'),
  },
  { requiredKeys: [] },
);
const ids = (list: readonly DeckCard[]) => list.map(({ card }) => card.id);

describe('where a card stands', () => {
  test.each([
    [{ state: 0, dueIn: 0, met: false }, 'new'],
    [{ state: 0, dueIn: -day }, 'new'],
    [{ state: 1, dueIn: 600_000 }, 'learning'],
    [{ state: 3, dueIn: 600_000 }, 'learning'],
    [{ state: 1, dueIn: 0 }, 'due now'],
    [{ state: 2, dueIn: 0 }, 'due now'],
    [{ state: 2, dueIn: 12 * day }, 'in 12 days'],
    [{ state: 2, dueIn: -day, aside: true }, 'set aside'],
    [{ state: 0, dueIn: 0, met: false, aside: true }, 'set aside'],
  ])('%o is “%s”', (look, words) => {
    expect(standingWords(deckCard(cardOf('a'), look), now)).toBe(words);
  });

  test('is one of five for every card, and each filter by one of them shows exactly those', () => {
    fc.assert(
      fc.property(deck, (list) => {
        const parts = standings.map((state) => list.filter((one) => matches(one, { state }, now)));
        expect(parts.flat().length).toBe(list.length);
        expect(parts).toEqual(standings.map((state) => list.filter((one) => standingOf(one, now) === state)));
      }),
    );
  });

  test('what is due soon is what is due and what will be within three days, and never new or aside', () => {
    fc.assert(
      fc.property(deck, (list) => {
        const soon = list.filter((one) => matches(one, { state: 'soon' }, now));
        for (const one of soon) {
          expect(one.memory?.due).toBeLessThanOrEqual(now + 3 * day);
          expect(['due', 'learning', 'later']).toContain(standingOf(one, now));
        }
        expect(ids(soon)).toEqual(
          expect.arrayContaining([...ids(list.filter((one) => standingOf(one, now) === 'due'))]),
        );
      }),
    );
  });
});

describe('a choice', () => {
  test('of nothing is every card, and each limit more leaves no card that was not there', () => {
    fc.assert(
      fc.property(deck, choice, (list, limits) => {
        expect(list.every((one) => matches(one, {}, now))).toBe(true);
        let left = list;
        for (const [name, value] of Object.entries(limits)) {
          left = left.filter((one) => matches(one, { [name]: value }, now));
        }
        expect(ids(list.filter((one) => matches(one, limits, now)))).toEqual(ids(left));
      }),
    );
  });

  test.each([
    ['TOKEN', true],
    ['store token', true],
    ['the `store`', true],
    ['  fencing  ', true],
    ['store zebra', false],
  ])('by the words “%s” finds the card in question, answer and tags: %s', (words, found) => {
    expect(matches(deckCard(cardOf('a'), { state: 2, dueIn: 0 }), { words }, now)).toBe(found);
  });
});

describe('a session of a choice', () => {
  test('asks cards of the choice and no others, none set aside, at most fifty', () => {
    fc.assert(
      fc.property(deck, choice, (list, limits) => {
        const chosen = chosenCards(list, limits, now);
        const fit = list.filter((one) => matches(one, limits, now) && !one.aside);
        expect(ids(studiable(list, limits, now))).toEqual(ids(fit));
        expect(chosen.length).toBe(Math.min(fit.length, mostChosen));
        expect(ids(fit)).toEqual(expect.arrayContaining([...ids(chosen)]));
      }),
    );
  });

  test('puts what is due first, then new cards, then what is not yet due, soonest first', () => {
    fc.assert(
      fc.property(deck, choice, (list, limits) => {
        const chosen = chosenCards(list, limits, now);
        const rank = { due: 0, new: 1, learning: 2, later: 2, aside: 9 };
        const ranks = chosen.map((one) => rank[standingOf(one, now)]);
        expect([...ranks].sort((one, two) => one - two)).toEqual(ranks);
        expect(chosen.map((one) => one.ahead)).toEqual(ranks.map((one) => one === 2));
        const dues = chosen.filter((one) => one.ahead).map((one) => one.memory?.due ?? 0);
        expect([...dues].sort((one, two) => one - two)).toEqual(dues);
      }),
    );
  });

  test('is asked whole by the queue', () => {
    fc.assert(
      fc.property(deck, choice, (list, limits) => {
        const queued = chosenCards(list, limits, now).map(({ card, memory, version, ahead }) => ({
          ...{ id: card.id, version, ahead },
          // Not before its day: a new card is due when it is met.
          memory: memory && memory.state !== 0 ? memory : newMemory(now),
        }));
        expect(remaining(queued, now).length).toBe(queued.length);
      }),
    );
  });
});
