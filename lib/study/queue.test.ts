// Which card comes next. Learning cards wait for their minutes only while something else is there.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countsOf, learnAhead, type QueuedCard, remaining } from './queue.ts';
import { newMemory } from './schedule.ts';

const now = Date.UTC(2026, 0, 1, 12);
const minute = 60_000;

const card = (id: string, state: number, dueIn: number): QueuedCard => ({
  id,
  version: 1,
  memory: { ...newMemory(now), state, due: now + dueIn },
});

const cards = fc
  .uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 999 }),
      state: fc.constantFrom(0, 1, 2, 3),
      dueIn: fc.integer({ min: -60 * minute, max: 60 * minute }),
    }),
    { selector: (one) => one.id, maxLength: 20 },
  )
  .map((list) => list.map(({ id, state, dueIn }) => card(String(id), state, dueIn)));

/** The same cards, each set aside or chosen ahead or neither. */
const marked = fc.tuple(cards, fc.func(fc.constantFrom('aside', 'ahead', 'both', 'no'))).map(([list, markOf]) =>
  list.map((one): QueuedCard => {
    const mark = markOf(one.id);
    return { ...one, aside: mark === 'aside' || mark === 'both', ahead: mark === 'ahead' || mark === 'both' };
  }),
);

const isLearning = ({ memory }: QueuedCard) => memory.state === 1 || memory.state === 3;
const ids = (list: readonly QueuedCard[]) => list.map((one) => one.id);

describe('remaining', () => {
  test('is exactly the cards that are due and the learning cards due within the next twenty minutes, each once', () => {
    fc.assert(
      fc.property(cards, (list) => {
        const expected = list.filter((one) => one.memory.due <= now + (isLearning(one) ? learnAhead : 0));
        expect([...ids(remaining(list, now))].sort()).toEqual([...ids(expected)].sort());
      }),
    );
  });

  test('asks ripe learning cards first, then reviews, then new cards, and unripe learning cards last', () => {
    fc.assert(
      fc.property(cards, (list) => {
        const rank = (one: QueuedCard) => {
          if (isLearning(one)) return one.memory.due <= now ? 0 : 3;
          return one.memory.state === 2 ? 1 : 2;
        };
        const ranks = remaining(list, now).map(rank);
        expect([...ranks].sort((one, two) => one - two)).toEqual(ranks);
      }),
    );
  });

  test('asks what a wrong certainty has brought before all others, in the order given, once it is due', () => {
    fc.assert(
      fc.property(cards, fc.func(fc.boolean()), (list, chosen) => {
        const marked = list.map((one) => ({ ...one, front: chosen(one.id) }));
        const queue = remaining(marked, now);
        const first = marked.filter((one) => one.front && one.memory.due <= now);
        expect(ids(queue.slice(0, first.length))).toEqual(ids(first));
        expect(ids(queue.slice(first.length))).toEqual(
          ids(remaining(list, now)).filter((id) => !ids(first).includes(id)),
        );
      }),
    );
  });

  test('asks learning cards in the order in which they are due, and others in the order given', () => {
    fc.assert(
      fc.property(cards, (list) => {
        const queue = remaining(list, now);
        for (const ripe of [true, false]) {
          const dues = queue
            .filter((one) => isLearning(one) && one.memory.due <= now === ripe)
            .map((one) => one.memory.due);
          expect([...dues].sort((one, two) => one - two)).toEqual(dues);
        }
        for (const state of [0, 2]) {
          const inList = ids(list.filter((one) => one.memory.state === state && one.memory.due <= now));
          expect(ids(queue.filter((one) => one.memory.state === state))).toEqual(inList);
        }
      }),
    );
  });

  test('does not reorder the list that it was given', () => {
    const list = [card('a', 1, 0), card('b', 1, -minute)];
    remaining(list, now);
    expect(ids(list)).toEqual(['a', 'b']);
  });

  test('lets a learning card wait while there is something else, and shows it early when there is not', () => {
    const waiting = card('again', 1, minute);
    expect(ids(remaining([waiting, card('new', 0, 0)], now))).toEqual(['new', 'again']);
    expect(ids(remaining([waiting], now))).toEqual(['again']);
  });

  test('does not show a learning card earlier than twenty minutes ahead', () => {
    expect(ids(remaining([card('a', 3, learnAhead), card('b', 3, learnAhead + 1)], now))).toEqual(['a']);
  });

  test('does not show a review card before it is due, not even by a millisecond', () => {
    expect(ids(remaining([card('a', 2, 0), card('b', 2, 1)], now))).toEqual(['a']);
  });
});

describe('a card set aside', () => {
  test('is never asked, and the others are asked as if it were not there', () => {
    fc.assert(
      fc.property(marked, (list) => {
        expect(remaining(list, now).filter((one) => one.aside)).toEqual([]);
        const others = list.filter((one) => !one.aside);
        expect(remaining(list, now)).toEqual(remaining(others, now));
      }),
    );
  });
});

describe('a card chosen to be studied ahead', () => {
  test('is asked although it is not due, each once', () => {
    fc.assert(
      fc.property(marked, (list) => {
        const chosen = list.filter((one) => one.ahead && !one.aside);
        const queue = ids(remaining(list, now));
        expect(queue.filter((id) => ids(chosen).includes(id)).sort()).toEqual([...ids(chosen)].sort());
      }),
    );
  });

  test('comes after all that is due, in the order given', () => {
    fc.assert(
      fc.property(marked, (list) => {
        const queue = remaining(list, now);
        const isEarly = (one: QueuedCard) => one.ahead === true && one.memory.due > now;
        const first = queue.findIndex(isEarly);
        if (first >= 0) expect(queue.slice(first).filter((one) => one.memory.due <= now)).toEqual([]);
        expect(ids(queue.filter(isEarly))).toEqual(ids(list.filter((one) => isEarly(one) && !one.aside)));
      }),
    );
  });

  test('changes nothing in an ordinary session: cards that nobody chose come in the order in which they would have', () => {
    fc.assert(
      fc.property(marked, (list) => {
        const ordinary = list.map((one): QueuedCard => ({ ...one, ahead: undefined }));
        const notChosen = new Set(ids(list.filter((one) => !one.ahead)));
        const only = (queue: readonly QueuedCard[]) => ids(queue).filter((id) => notChosen.has(id));
        expect(only(remaining(list, now))).toEqual(only(remaining(ordinary, now)));
        const due = list.map((one): QueuedCard => ({ ...one, ahead: one.memory.due <= now }));
        expect(ids(remaining(due, now))).toEqual(ids(remaining(ordinary, now)));
      }),
    );
  });
});

describe('countsOf', () => {
  test('counts every card in exactly one of the three numbers', () => {
    fc.assert(
      fc.property(cards, (list) => {
        const { fresh, learning, review } = countsOf(list);
        expect(fresh + learning + review).toBe(list.length);
        expect(learning).toBe(list.filter(isLearning).length);
      }),
    );
  });
});
