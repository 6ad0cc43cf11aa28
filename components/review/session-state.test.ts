// A review as pure steps, played against a model of the server: the log of every card, and another tab that now and then is
// quicker. What the learner sees must stay what the server keeps.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Card } from '#lib/study/card.ts';
import { type CardEvent, fold, isAside, lastStanding } from '#lib/study/fold.ts';
import { type GradeNumber, graded, newMemory } from '#lib/study/schedule.ts';
import { nextDueOf, type SessionState, shownCard, startSession, step } from './session-state.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.UTC(2026, 0, 1, 8);

const cardOf = (id: string): Card => ({
  id,
  kind: 'question',
  question: `${id}?`,
  answer: 'a',
  cites: ['derived'],
  depth: 'mid',
  tags: [],
  lesson: 'fencing',
  heading: null,
});
const fresh = (...ids: string[]) => ids.map((id) => ({ card: cardOf(id), memory: null, version: 0 }));
const begin = (...ids: string[]) => startSession(fresh(...ids), start);

const reveal = (state: SessionState) => step(state, { kind: 'reveal' });
const grade = (state: SessionState, given: GradeNumber, now = start) =>
  step(reveal(state), { kind: 'grade', grade: given, now });
const setAside = (state: SessionState, now = start) => step(state, { kind: 'aside', now });
const undo = (state: SessionState, now = start) => step(state, { kind: 'undo', now });
const cardIn = (state: SessionState, id: string) => state.cards.find((card) => card.id === id)!;

describe('a session', () => {
  test('begins with the first card of the queue, its answer hidden', () => {
    expect(begin('a', 'b')).toMatchObject({ shown: 'a', revealed: false, done: [], notice: null });
  });

  test('of no cards shows nothing, and no step changes that', () => {
    const empty = begin();
    expect(empty.shown).toBeNull();
    expect(reveal(empty)).toEqual(empty);
    expect(grade(empty, 3)).toEqual(empty);
    expect(undo(empty)).toEqual(empty);
    expect(nextDueOf(empty, null)).toBeNull();
  });

  test('takes no grade before the answer was shown', () => {
    const state = begin('a');
    expect(step(state, { kind: 'grade', grade: 3, now: start })).toBe(state);
  });

  test('shows the next card after a grade, its answer hidden again', () => {
    const state = grade(begin('a', 'b'), 4);
    expect(state).toMatchObject({ shown: 'b', revealed: false });
    expect(cardIn(state, 'a')).toMatchObject({ version: 1, memory: graded('a', newMemory(start), 4, start) });
  });

  test('ends when nothing is left, and wakes up when a learning card’s minutes are over', () => {
    const ended = grade(begin('a'), 4);
    expect(ended.shown).toBeNull();
    const { due } = cardIn(ended, 'a').memory;
    expect(nextDueOf(ended, null)).toBe(due);
    expect(nextDueOf(ended, due - 1)).toBe(due - 1);
    expect(step(ended, { kind: 'look', now: due - 1 }).shown).toBeNull();
    expect(step(ended, { kind: 'look', now: due }).shown).toBe('a');
  });

  test('does not take the card away that somebody is reading when time passes', () => {
    const state = reveal(begin('a', 'b'));
    expect(step(state, { kind: 'look', now: start + day })).toBe(state);
  });
});

describe('undo', () => {
  test('shows the same card again with its answer, the memory it had, and a version that has grown', () => {
    const before = begin('a', 'b');
    const state = undo(grade(before, 1));
    expect(state).toMatchObject({ shown: 'a', revealed: true, done: [] });
    expect(cardIn(state, 'a')).toEqual({ ...cardIn(before, 'a'), version: 2 });
  });

  test('goes back through all grades, newest first, and then does nothing', () => {
    const begun = begin('a', 'b', 'c');
    let state = grade(grade(grade(begun, 4), 3), 2);
    const shown = ['c', 'b', 'a'].map(() => {
      state = undo(state);
      return state.shown;
    });
    expect(shown).toEqual(['c', 'b', 'a']);
    expect(state.cards.map((card) => card.memory)).toEqual(begun.cards.map((card) => card.memory));
    expect(undo(state)).toBe(state);
  });

  test('of a card graded twice takes back one grade at a time', () => {
    const once = grade(begin('a'), 1);
    const twice = grade(once, 4);
    expect(cardIn(undo(twice), 'a').memory).toEqual(cardIn(once, 'a').memory);
    expect(cardIn(undo(undo(twice)), 'a')).toMatchObject({ memory: newMemory(start), version: 4 });
  });
});

describe('setting a card aside', () => {
  test('shows the next card, and touches nothing of what is remembered', () => {
    const before = begin('a', 'b');
    const state = setAside(before);
    expect(state).toMatchObject({ shown: 'b', revealed: false });
    expect(cardIn(state, 'a')).toEqual({ ...cardIn(before, 'a'), version: 1, aside: true });
  });

  test('takes it out of what is due next', () => {
    const due = (state: SessionState) => nextDueOf(state, null);
    expect(due(setAside(begin('a')))).toBeNull();
    expect(due(undo(setAside(begin('a'))))).toBe(start);
  });

  test('is undone like a grade, and the card is there as it was: its answer hidden if it was hidden', () => {
    const hidden = undo(setAside(begin('a', 'b')));
    expect(hidden).toMatchObject({ shown: 'a', revealed: false, done: [] });
    expect(cardIn(hidden, 'a')).toEqual({ ...cardIn(begin('a', 'b'), 'a'), version: 2 });
    expect(undo(setAside(reveal(begin('a', 'b'))))).toMatchObject({ shown: 'a', revealed: true });
  });

  test('does nothing where no card is shown', () => {
    expect(setAside(begin())).toEqual(begin());
  });

  test('somewhere else takes the card away here, and the learner is told so', () => {
    const memory = newMemory(start);
    const stale = { kind: 'stale', cardId: 'a', version: 5, memory, aside: true, now: start } as const;
    const state = step(grade(begin('a', 'b'), 1), stale);
    expect(cardIn(state, 'a')).toMatchObject({ version: 5, aside: true });
    expect(state.notice).toContain('set aside somewhere else');
    expect(grade(state, 4).shown).toBeNull();
  });
});

describe('a session that studies ahead', () => {
  const later = graded('a', newMemory(start), 4, start);
  const chosen = (...ids: string[]) =>
    startSession(
      ids.map((id) => ({ card: cardOf(id), memory: later, version: 1, ahead: true })),
      start + day,
    );

  test('asks each chosen card once, though none is due', () => {
    const first = chosen('a', 'b');
    expect(first.shown).toBe('a');
    const second = grade(first, 4, start + day);
    expect(second.shown).toBe('b');
    expect(grade(second, 4, start + day).shown).toBeNull();
  });

  test('grades with the true time, as the scheduler would at any other moment', () => {
    const at = start + day;
    expect(cardIn(grade(chosen('a'), 3, at), 'a').memory).toEqual(graded('a', later, 3, at));
  });

  test('shows an undone card again', () => {
    expect(undo(grade(chosen('a'), 4, start + day))).toMatchObject({ shown: 'a', revealed: true });
    const twice = grade(undo(grade(chosen('a'), 4, start + day)), 3, start + day);
    expect(twice.shown).toBeNull();
  });
});

describe('a card that was reviewed somewhere else', () => {
  const elsewhere = graded('a', newMemory(start), 4, start);
  const stale = (state: SessionState) =>
    step(state, { kind: 'stale', cardId: 'a', version: 5, memory: elsewhere, now: start });

  test('is replaced by what the server has, and the learner is told which card it was', () => {
    const state = stale(grade(begin('a', 'b'), 1));
    expect(cardIn(state, 'a')).toMatchObject({ version: 5, memory: elsewhere });
    expect(state.notice).toContain('a?');
    expect(state.shown).toBe('b');
  });

  test('cannot be undone from here any more, while the others can', () => {
    const state = stale(grade(grade(begin('a', 'b', 'c'), 4), 4));
    expect(state.done.map((one) => one.cardId)).toEqual(['b']);
    expect(undo(undo(state)).cards.find((card) => card.id === 'a')).toMatchObject({ version: 5, memory: elsewhere });
  });

  test('is not left on the screen with its old memory', () => {
    expect(stale(reveal(begin('a', 'b')))).toMatchObject({ shown: 'b', revealed: false });
    expect(stale(reveal(begin('a'))).shown).toBeNull();
  });

  test('is told once: the next answer shown takes the notice away', () => {
    expect(reveal(stale(grade(begin('a', 'b'), 1))).notice).toBeNull();
  });

  test('that is not in this session changes nothing', () => {
    const state = begin('b');
    expect(stale(state)).toBe(state);
  });
});

describe('a card whose numbers change', () => {
  const faces = { a: [1, 2, 3, 4].map((n) => ({ question: `${n} + 1?`, answer: `${n + 1}.`, value: n + 1 })) };
  const sums = (memory = newMemory(start)) =>
    startSession([{ card: cardOf('a'), memory, version: 7 }, ...fresh('b')], start, faces);
  const asked = (state: SessionState) => shownCard(state)?.card.question;

  test('asks the numbers that follow from its reviews, so that a page loaded anew asks the same', () => {
    const once = graded('a', newMemory(start), 1, start);
    expect(asked(sums())).toBe('1 + 1?');
    expect(shownCard(sums({ ...once, due: start, state: 2 }))?.card).toMatchObject({ question: '2 + 1?', value: 3 });
  });

  test('comes back with other numbers minutes later, also without any answer of the server', () => {
    const again = step(grade(grade(sums(), 1), 4), { kind: 'look', now: start + day });
    expect(again.shown).toBe('a');
    expect(asked(again)).toBe('2 + 1?');
    expect(asked(grade(again, 1, start + day))).toBe('3 + 1?');
  });

  test('is undone to the sum that was graded, and asks it again after a reload', () => {
    const undone = undo(grade(sums(), 1));
    expect(undone).toMatchObject({ shown: 'a', revealed: true });
    expect(asked(undone)).toBe('1 + 1?');
    const { memory } = cardIn(undone, 'a');
    expect(asked(sums(memory))).toBe('1 + 1?');
  });

  test('that was reviewed somewhere else is named by the sum that was graded here', () => {
    const elsewhere = graded('a', newMemory(start), 4, start);
    const stale = { kind: 'stale', cardId: 'a', version: 9, memory: elsewhere, now: start } as const;
    expect(step(grade(sums(), 1), stale).notice).toContain('“1 + 1?”');
    expect(step(sums(), stale).notice).toContain('“1 + 1?”');
    expect(step(grade(sums(), 1), { kind: 'refused', cardId: 'a' }).notice).toContain('“1 + 1?”');
  });
});

// ---- against a model of the server -------------------------------------------------------------------------------------

type Log = CardEvent[];
type Sent = 'grade' | 'undo' | 'aside' | 'back';

function serverOf(ids: readonly string[]) {
  const logs = new Map<string, Log>(ids.map((id) => [id, []]));
  let events = 0;
  const append = (id: string, kind: Sent, given: GradeNumber, at: number) => {
    const log = logs.get(id)!;
    const base = { id: `event-${events++}`, at };
    const undoes = lastStanding(log);
    if (kind === 'grade') log.push({ ...base, kind, grade: given });
    else if (kind !== 'undo') log.push({ ...base, kind });
    else if (undoes) log.push({ ...base, kind, undoes });
  };
  const now = (id: string) => ({
    version: logs.get(id)!.length,
    memory: fold(id, logs.get(id)!),
    aside: isAside(logs.get(id)!),
  });
  return { append, now };
}

const wish = fc.record({
  kind: fc.constantFrom('reveal', 'grade', 'grade', 'grade', 'aside', 'undo', 'look', 'other-tab'),
  there: fc.constantFrom<Sent>('grade', 'aside', 'back'),
  grade: fc.constantFrom<GradeNumber>(1, 2, 3, 4),
  card: fc.constantFrom('a', 'b', 'c', 'd'),
  gap: fc.oneof(fc.integer({ min: 0, max: 15 * minute }), fc.integer({ min: 0, max: 20 * day })),
});

test('whatever is pressed, and whoever else reviews: no card is lost, versions only grow, and what is shown is what is kept', () => {
  const ids = ['a', 'b', 'c', 'd'];
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 30 }), (wishes) => {
      const server = serverOf(ids);
      let state = begin(...ids);
      let now = start;
      /** Sends what the page would send: with the version that it had before the step. */
      const send = (id: string, version: number, kind: Sent, given: GradeNumber) => {
        if (server.now(id).version === version) return server.append(id, kind, given, now);
        state = step(state, { kind: 'stale', cardId: id, ...server.now(id), now });
      };
      for (const { kind, grade: given, card, gap, there } of wishes) {
        now += gap;
        const before = state;
        const shown = shownCard(state);
        const last = state.done.at(-1);
        if (kind === 'other-tab') server.append(card, there, given, now);
        if (kind === 'reveal') state = reveal(state);
        if (kind === 'look') state = step(state, { kind: 'look', now });
        if (kind === 'grade' && shown) {
          state = grade(state, given, now);
          send(shown.id, shown.version, 'grade', given);
        }
        if (kind === 'aside' && shown) {
          state = setAside(state, now);
          send(shown.id, shown.version, 'aside', given);
        }
        if (kind === 'undo' && last) {
          const { version } = cardIn(state, last.cardId);
          state = undo(state, now);
          expect(state.shown).toBe(last.cardId);
          expect(cardIn(state, last.cardId).memory).toEqual(last.before.memory);
          send(last.cardId, version, 'undo', given);
        }
        expect(state.cards.map((one) => one.id)).toEqual(ids);
        expect(state.shown === null || ids.includes(state.shown)).toBe(true);
        expect(shownCard(state)?.aside ?? false).toBe(false);
        for (const one of state.cards) {
          const kept = server.now(one.id);
          expect(one.version).toBeGreaterThanOrEqual(cardIn(before, one.id).version);
          expect(one.version).toBeLessThanOrEqual(kept.version);
          if (one.version === kept.version) expect(one.aside ?? false).toBe(kept.aside);
          // A card never graded is due since it was first met, which page and server may date differently.
          if (one.version === kept.version && one.memory.reps > 0) expect(one.memory).toEqual(kept.memory);
          if (one.version === kept.version && one.memory.reps === 0) expect(kept.memory?.reps ?? 0).toBe(0);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('a step changes nothing of the state it is given', () => {
  const state = grade(begin('a', 'b'), 3);
  const before = structuredClone(state);
  for (const next of [reveal(state), grade(state, 1), undo(state), step(state, { kind: 'look', now: start + day })]) {
    expect(next).toBeDefined();
    expect(state).toEqual(before);
  }
});
