// The promise of the grade buttons: what they say is what happens. Histories are random, so that every state is met.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type GradeNumber,
  graded,
  grades,
  type Memory,
  newMemory,
  preview,
  retrievability,
  spoken,
} from './schedule.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.UTC(2026, 0, 1, 8);

const grade = fc.constantFrom<GradeNumber>(1, 2, 3, 4);
const cardId = fc.stringMatching(/^[a-z]{1,8}(-[a-z]{1,8}){0,2}$/);
const gap = fc.oneof(fc.integer({ min: 0, max: 30 * minute }), fc.integer({ min: 0, max: 200 * day }));
const history = fc.array(fc.record({ grade, gap }), { maxLength: 12 });

function lived(id: string, past: readonly { grade: GradeNumber; gap: number }[]): { memory: Memory; now: number } {
  return past.reduce(
    ({ memory, now }, step) => {
      const at = now + step.gap;
      return { memory: graded(id, memory, step.grade, at), now: at };
    },
    { memory: newMemory(start), now: start },
  );
}

/** The time between reading the buttons and pressing one. Days count whole, so the promise ends with the day. */
const thinking = fc.integer({ min: 0, max: 600_000 });

const endOfDay = (at: number) => Math.floor(at / day) * day + day - 1;

describe('the interval on a button is the interval that is applied', () => {
  test('after any history, for each grade, also when the button is pressed some seconds after it was shown', () => {
    fc.assert(
      fc.property(cardId, history, gap, thinking, grade, (id, past, later, thought, given) => {
        const { memory, now } = lived(id, past);
        const shownAt = now + later;
        const pressedAt = Math.min(shownAt + thought, endOfDay(shownAt));
        const shown = preview(id, memory, shownAt).find((one) => one.grade === given)!.after;
        const applied = graded(id, memory, given, pressedAt);
        expect(applied.due - pressedAt).toBe(shown.due - shownAt);
        const { due, lastReview, ...known } = applied;
        expect(shown).toMatchObject(known);
        expect(lastReview).toBe(pressedAt);
      }),
      { numRuns: 300 },
    );
  });

  test('a preview has the four grades in their order, and changes nothing', () => {
    const memory = lived('a', [{ grade: 3, gap: 0 }]).memory;
    const before = structuredClone(memory);
    expect(preview('a', memory, start).map((one) => grades[one.grade - 1])).toEqual(['Again', 'Hard', 'Good', 'Easy']);
    expect(memory).toEqual(before);
  });

  test('the fuzz is on: cards with the same history do not all come back on the same day', () => {
    const past = [3, 3, 3, 3, 3].map((one, at) => ({ grade: one as GradeNumber, gap: at * 20 * day }));
    const days = new Set(Array.from({ length: 30 }, (_, at) => lived(`card-${at}`, past).memory.scheduledDays));
    expect(days.size).toBeGreaterThan(3);
  });

  test('the fuzz is seeded: the same card with the same history always comes back at the same time', () => {
    fc.assert(
      fc.property(cardId, history, (id, past) => {
        expect(lived(id, past)).toEqual(lived(id, past));
      }),
      { numRuns: 50 },
    );
  });
});

describe('grades are ordered', () => {
  // A relearned card may graduate to the same day with Good as with Easy, so there only the weak order is promised.
  test('Again comes back before Hard, Hard not after Good, Good not after Easy, and before Easy for a card in review', () => {
    fc.assert(
      fc.property(cardId, history, gap, (id, past, later) => {
        const { memory, now } = lived(id, past);
        const [again, hard, good, easy] = preview(id, memory, now + later).map((one) => one.after.due);
        expect(again).toBeLessThan(hard!);
        expect(hard).toBeLessThanOrEqual(good!);
        expect(good).toBeLessThanOrEqual(easy!);
        if (memory.state === 0 || memory.state === 2) expect(good).toBeLessThan(easy!);
      }),
      { numRuns: 300 },
    );
  });

  test('a better grade never leaves a weaker memory', () => {
    fc.assert(
      fc.property(cardId, history, gap, (id, past, later) => {
        const { memory, now } = lived(id, past);
        const stabilities = preview(id, memory, now + later).map((one) => one.after.stability);
        expect([...stabilities].sort((one, two) => one - two)).toEqual(stabilities);
      }),
    );
  });

  test('no grade is due before it was given, and only Again counts as a lapse of a known card', () => {
    fc.assert(
      fc.property(cardId, history, gap, (id, past, later) => {
        const { memory, now } = lived(id, past);
        for (const { grade: given, after } of preview(id, memory, now + later)) {
          expect(after.due).toBeGreaterThan(now + later);
          expect(after.reps).toBe(memory.reps + 1);
          expect(after.lapses).toBe(memory.lapses + (given === 1 && memory.state === 2 ? 1 : 0));
        }
      }),
    );
  });
});

describe('studying ahead of time', () => {
  /** Known once, and in review since: due in days. */
  const known = lived('ahead', [
    { grade: 3, gap: 0 },
    { grade: 3, gap: 10 * minute },
    { grade: 3, gap: 4 * day },
  ]).memory;

  test('never shortens the memory of a card that was known, and lengthens it less than waiting does', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.constantFrom<GradeNumber>(2, 3, 4),
        (share, given) => {
          const last = known.lastReview ?? 0;
          const early = graded('ahead', known, given, last + (known.due - last) * share);
          expect(early.stability).toBeGreaterThanOrEqual(known.stability);
          expect(early.stability).toBeLessThanOrEqual(graded('ahead', known, given, known.due).stability);
        },
      ),
    );
  });

  test('and forgetting counts as forgetting, however early', () => {
    const early = graded('ahead', known, 1, (known.lastReview ?? 0) + day);
    expect(early.lapses).toBe(known.lapses + 1);
    expect(early.stability).toBeLessThan(known.stability);
  });
});

describe('a memory is plain data', () => {
  test('it survives JSON, and goes on from there as if nothing had happened', () => {
    fc.assert(
      fc.property(cardId, history, grade, (id, past, given) => {
        const { memory, now } = lived(id, past);
        const again = JSON.parse(JSON.stringify(memory)) as Memory;
        expect(again).toEqual(memory);
        expect(graded(id, again, given, now + day)).toEqual(graded(id, memory, given, now + day));
      }),
    );
  });

  test('a new card is due at once and was never seen', () => {
    expect(newMemory(start)).toMatchObject({ due: start, state: 0, reps: 0, lapses: 0, lastReview: null });
  });
});

describe('clocks that disagree', () => {
  test('a grade from before the last review counts as given at that review, however far the clock is behind', () => {
    fc.assert(
      fc.property(cardId, history, grade, fc.integer({ min: 1, max: 400 * day }), (id, past, given, behind) => {
        const { memory, now } = lived(id, [...past, { grade: 3, gap: 0 }]);
        expect(graded(id, memory, given, now - behind)).toEqual(graded(id, memory, given, now));
        expect(preview(id, memory, now - behind)).toEqual(preview(id, memory, now));
        expect(retrievability(memory, now - behind)).toBe(retrievability(memory, now));
      }),
    );
  });

  test('five seconds around midnight are no negative day', () => {
    const midnight = Date.UTC(2026, 5, 2);
    const memory = graded('a', newMemory(midnight), 4, midnight + 2_000);
    expect(() => graded('a', memory, 3, midnight - 3_000)).not.toThrow();
  });
});

describe('retrievability', () => {
  test('lies between 0 and 1 and never rises while time passes', () => {
    fc.assert(
      fc.property(cardId, history, gap, gap, (id, past, first, second) => {
        const { memory, now } = lived(id, past);
        const soon = retrievability(memory, now + first);
        const late = retrievability(memory, now + first + second);
        for (const chance of [soon, late]) {
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
        }
        expect(late).toBeLessThanOrEqual(soon);
      }),
    );
  });

  test('a card never graded is not known', () => {
    expect(retrievability(newMemory(start), start + day)).toBe(0);
  });

  test('a card is known with about 90 percent when it is due: that is what due means', () => {
    const { memory } = lived(
      'a',
      [3, 3, 3, 3].map((one, at) => ({ grade: one as GradeNumber, gap: at * 15 * day })),
    );
    expect(retrievability(memory, memory.due)).toBeGreaterThan(0.85);
    expect(retrievability(memory, memory.due)).toBeLessThan(0.95);
  });
});

describe('spoken', () => {
  test.each([
    [-day, 'now'],
    [0, 'now'],
    [29_999, 'now'],
    [30_000, '1 min'],
    [10 * minute, '10 min'],
    [59.4 * minute, '59 min'],
    [59.5 * minute, '1 h'],
    [60 * minute, '1 h'],
    [23.4 * 60 * minute, '23 h'],
    [23.5 * 60 * minute, '1 day'],
    [day, '1 day'],
    [1.5 * day, '2 days'],
    [59.4 * day, '59 days'],
    [59.5 * day, '2 months'],
    [364.4 * day, '12 months'],
    [364.5 * day, '1 year'],
    [548 * day, '1.5 years'],
    [730 * day, '2 years'],
    [36_500 * day, '100 years'],
  ])('%d ms is said as “%s”', (length, said) => expect(spoken(length)).toBe(said));

  test('is never “60 min” or “24 h”, which have a name of their own', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * day }), (length) => {
        const [, number, unit] = /^(\d+(?:\.\d)?) (min|h|days?|months|years?)$/.exec(spoken(length)) ?? [];
        if (spoken(length) === 'now') return;
        const limit = { min: 59, h: 23, day: 1, days: 59, months: 12, year: 1, years: 100 }[unit as 'min'];
        expect(Number(number)).toBeLessThanOrEqual(limit);
        expect(Number(number)).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  });
});
