// A card's state is nothing but its log. These laws are what lets the database keep a copy of it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CardEvent, fold, isAside, lastStanding } from './fold.ts';
import { type GradeNumber, graded, newMemory } from './schedule.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const card = 'fencing-who-checks';

type Wish = { readonly kind: CardEvent['kind']; readonly grade: GradeNumber; readonly gap: number };

const wish: fc.Arbitrary<Wish> = fc.record({
  kind: fc.constantFrom('grade', 'grade', 'undo', 'bring', 'aside', 'back'),
  grade: fc.constantFrom<GradeNumber>(1, 2, 3, 4),
  gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 * day })),
});

/** Events as the server would append them: an undo names what `lastStanding` does, and is refused when there is none. */
function logOf(wishes: readonly Wish[]): CardEvent[] {
  const log: CardEvent[] = [];
  let at = start;
  for (const { kind, grade, gap } of wishes) {
    at += gap;
    const base = { id: `event-${log.length}`, at };
    const undoes = lastStanding(log);
    if (kind === 'grade') log.push({ ...base, kind, grade });
    else if (kind !== 'undo') log.push({ ...base, kind });
    else if (undoes) log.push({ ...base, kind, undoes });
  }
  return log;
}

const log = fc.array(wish, { maxLength: 14 }).map(logOf);
const someLog = log.filter((events) => events.length > 0);

describe('fold', () => {
  test('of no event is nothing at all', () => {
    expect(fold(card, [])).toBeNull();
  });

  test('of a log and one more grade is that grade applied to the fold of the log', () => {
    fc.assert(
      fc.property(someLog, fc.constantFrom<GradeNumber>(1, 2, 3, 4), (events, grade) => {
        const at = events.at(-1)!.at + day;
        const more = [...events, { id: 'more', at, kind: 'grade', grade } as const];
        expect(fold(card, more)).toEqual(graded(card, fold(card, events)!, grade, at));
      }),
    );
  });

  test('reads its input and does not change it', () => {
    fc.assert(
      fc.property(log, (events) => {
        const before = structuredClone(events);
        fold(card, events);
        lastStanding(events);
        expect(events).toEqual(before);
      }),
    );
  });
});

describe('undo', () => {
  const undo = (events: readonly CardEvent[], id: string): CardEvent[] => {
    const undoes = lastStanding(events);
    if (!undoes) throw new Error('there is a grade to undo');
    return [...events, { id, kind: 'undo', undoes, at: events.at(-1)!.at + 1_000 }];
  };
  const grade = (events: readonly CardEvent[], given: GradeNumber): CardEvent[] => [
    ...events,
    { id: `grade-${events.length}`, kind: 'grade', grade: given, at: (events.at(-1)?.at ?? start) + day },
  ];

  test('of a grade just given restores exactly the memory before it', () => {
    fc.assert(
      fc.property(someLog, fc.constantFrom<GradeNumber>(1, 2, 3, 4), (events, given) => {
        expect(fold(card, undo(grade(events, given), 'undo'))).toEqual(fold(card, events));
      }),
    );
  });

  test('of the very first grade leaves a new card', () => {
    const events = undo(grade([], 3), 'undo');
    expect(fold(card, events)).toEqual(newMemory(events[0]!.at));
  });

  test('twice takes back two grades, newest first', () => {
    fc.assert(
      fc.property(
        someLog,
        fc.constantFrom<GradeNumber>(1, 2, 3, 4),
        fc.constantFrom<GradeNumber>(1, 2, 3, 4),
        (events, one, two) => {
          const both = grade(grade(events, one), two);
          expect(fold(card, undo(both, 'u1'))).toEqual(fold(card, grade(events, one)));
          expect(fold(card, undo(undo(both, 'u1'), 'u2'))).toEqual(fold(card, events));
        },
      ),
    );
  });

  test('does not take back that a card was brought', () => {
    const events: CardEvent[] = [
      ...grade([], 4),
      { id: 'b', kind: 'bring', at: start + 2 * day },
      ...[{ id: 'g', kind: 'grade', grade: 4, at: start + 2 * day } as const],
    ];
    expect(fold(card, undo(events, 'u'))?.due).toBe(start + 2 * day);
  });

  test('only lengthens the log, so that a version is never used twice', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 14 }), (wishes) => {
        const lengths = wishes.map((_, at) => logOf(wishes.slice(0, at + 1)).length);
        expect([...lengths].sort((one, two) => one - two)).toEqual(lengths);
        const events = logOf(wishes);
        if (lastStanding(events)) expect(undo(events, 'u')).toHaveLength(events.length + 1);
      }),
    );
  });
});

describe('bring', () => {
  test('never makes a card due later, and leaves the rest of its memory alone', () => {
    fc.assert(
      fc.property(someLog, fc.integer({ min: 0, max: 400 * day }), (events, later) => {
        const at = events.at(-1)!.at + later;
        const before = fold(card, events)!;
        const after = fold(card, [...events, { id: 'b', kind: 'bring', at }])!;
        expect(after.due).toBe(Math.min(before.due, at));
        expect({ ...after, due: 0 }).toEqual({ ...before, due: 0 });
      }),
    );
  });

  test('makes a card out of nothing: new, and due now', () => {
    expect(fold(card, [{ id: 'b', kind: 'bring', at: start }])).toEqual(newMemory(start));
  });
});

describe('setting a card aside', () => {
  const then = (events: readonly CardEvent[], ...kinds: ('aside' | 'back' | 'bring')[]): CardEvent[] => [
    ...events,
    ...kinds.map((kind, at) => ({ id: `then-${at}`, kind, at: (events.at(-1)?.at ?? start) + (at + 1) * day })),
  ];
  const undo = (events: readonly CardEvent[]): CardEvent[] => [
    ...events,
    { id: `undo-${events.length}`, kind: 'undo', undoes: lastStanding(events) ?? '', at: events.at(-1)!.at },
  ];

  test('and taking it back leaves its memory as it was, at every moment of it', () => {
    fc.assert(
      fc.property(someLog, (events) => {
        const before = fold(card, events);
        expect(fold(card, then(events, 'aside'))).toEqual(before);
        expect(fold(card, then(events, 'aside', 'back'))).toEqual(before);
        expect(isAside(then(events, 'aside'))).toBe(true);
        expect(isAside(then(events, 'aside', 'back'))).toBe(false);
      }),
    );
  });

  test('and undoing that leaves everything as it was', () => {
    fc.assert(
      fc.property(someLog, (events) => {
        const undone = undo(then(events, 'aside'));
        expect(fold(card, undone)).toEqual(fold(card, events));
        expect(isAside(undone)).toBe(isAside(events));
        expect(lastStanding(undone)).toBe(lastStanding(events));
      }),
    );
  });

  test('ends when the card is brought, and no grade from elsewhere ends it', () => {
    fc.assert(
      fc.property(someLog, fc.constantFrom<GradeNumber>(1, 2, 3, 4), (events, grade) => {
        expect(isAside(then(events, 'aside', 'bring'))).toBe(false);
        const aside = then(events, 'aside');
        expect(isAside([...aside, { id: 'g', kind: 'grade', grade, at: aside.at(-1)!.at }])).toBe(true);
      }),
    );
  });

  test('of a card never met makes a new one of it, which is aside', () => {
    const events = then([], 'aside');
    expect(fold(card, events)).toEqual(newMemory(events[0]!.at));
    expect(isAside(events)).toBe(true);
    expect(isAside([])).toBe(false);
  });

  test('is nothing to undo once the card was taken back: the grade before it is', () => {
    const grade: CardEvent = { id: 'g', kind: 'grade', grade: 3, at: start };
    expect(lastStanding(then([grade], 'aside'))).toBe('then-0');
    expect(lastStanding(then([grade], 'aside', 'back'))).toBe('g');
    expect(lastStanding(then([], 'aside', 'bring'))).toBeNull();
  });
});

describe('lastStanding', () => {
  test('is the newest that no undo names of all grades, and of what was set aside and not taken back', () => {
    fc.assert(
      fc.property(log, (events) => {
        const undone = events.flatMap((event) => (event.kind === 'undo' ? [event.undoes] : []));
        const isBack = ({ kind }: CardEvent) => kind === 'back' || kind === 'bring';
        const standing = events.filter(
          ({ id, kind }, at) =>
            !undone.includes(id) && (kind === 'grade' || (kind === 'aside' && !events.slice(at).some(isBack))),
        );
        expect(lastStanding(events)).toBe(standing.at(-1)?.id ?? null);
      }),
    );
  });

  test('is nothing before a grade and after every one was undone', () => {
    expect(lastStanding([])).toBeNull();
    expect(lastStanding([{ id: 'b', kind: 'bring', at: start }])).toBeNull();
    const both: CardEvent[] = [
      { id: 'g', kind: 'grade', grade: 3, at: start },
      { id: 'u', kind: 'undo', undoes: 'g', at: start },
    ];
    expect(lastStanding(both)).toBeNull();
  });
});
