// Reviews against a real SQLite file. The two guards that the course teaches are held to what it says of them: a repeated id
// changes nothing, and of writers that saw the same version exactly one is let in.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allCards } from '#lib/content/cards.ts';
import { fold, isAside } from '#lib/study/fold.ts';
import { type GradeNumber, graded, newMemory } from '#lib/study/schedule.ts';
import { openSite, type Site } from './fresh-site.ts';
import { markRead } from './progress.ts';
import { deckOf, dueCount, eventOf, memoryOf, type NewEvent, newCardsPerDay, write } from './reviews.ts';

/** Runs once at the moment between what a writer reads and what it writes. */
const between = vi.hoisted(() => ({ read: (() => {}) as () => void }));
vi.mock('#lib/study/fold.ts', async (original) => {
  const real = await original<typeof import('#lib/study/fold.ts')>();
  const fold: typeof real.fold = (...all) => {
    const happens = between.read;
    between.read = () => {};
    happens();
    return real.fold(...all);
  };
  return { ...real, fold };
});

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 2, 1, 9);

const cards = allCards();
const [card, other] = cards.map((one) => one.id) as [string, string];

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const grade = (seenVersion: number | 'any', given: GradeNumber = 3, cardId = card): NewEvent => ({
  id: randomUUID(),
  cardId,
  seenVersion,
  kind: 'grade',
  grade: given,
});
const undo = (seenVersion: number, cardId = card): NewEvent => ({
  id: randomUUID(),
  cardId,
  seenVersion,
  kind: 'undo',
});
const asideAs = (kind: 'aside' | 'back', seenVersion: number | 'any', cardId = card): NewEvent => ({
  id: randomUUID(),
  cardId,
  seenVersion,
  kind,
});
const bring = (cardId = card): NewEvent => ({ id: randomUUID(), cardId, seenVersion: 'any', kind: 'bring' });

/** What is stored of a card equals the fold of its log, and the log is numbered from 1 without a gap. */
async function expectFolded(userId: string): Promise<void> {
  const states = await site.db.cardState.findMany({ where: { userId } });
  const logged = await site.db.reviewLog.findMany({ where: { userId }, orderBy: { version: 'asc' } });
  expect(new Set(states.map((row) => row.cardId))).toEqual(new Set(logged.map((row) => row.cardId)));
  for (const state of states) {
    const rows = logged.filter((row) => row.cardId === state.cardId);
    expect(rows.map((row) => row.version)).toEqual(rows.map((_, at) => at + 1));
    expect(state.version).toBe(rows.length);
    expect(memoryOf(state)).toEqual(fold(state.cardId, rows.map(eventOf)));
    expect(state.aside).toBe(isAside(rows.map(eventOf)));
  }
}

describe('a review that is saved', () => {
  test('is the grade applied to the memory, as the browser computed it', async () => {
    const user = await site.newUser();
    const memory = graded(card, newMemory(now), 3, now);
    expect(await write(user, grade(0), now)).toEqual({ kind: 'saved', version: 1, memory });
    expect(await write(user, grade(1, 4), now + 10 * minute)).toEqual({
      kind: 'saved',
      version: 2,
      memory: graded(card, memory, 4, now + 10 * minute),
    });
    await expectFolded(user);
  });

  test('has the time of the server, and a clock that runs back does not turn the log around', async () => {
    const user = await site.newUser();
    await write(user, grade(0), now);
    expect(await write(user, grade(1), now - 2 * day)).toMatchObject({ kind: 'saved', version: 2 });
    const rows = await site.db.reviewLog.findMany({ where: { userId: user }, orderBy: { version: 'asc' } });
    expect(rows.map((row) => row.at.getTime())).toEqual([now, now]);
    await expectFolded(user);
  });

  test('of one user is no business of another who grades the same card', async () => {
    const [one, two] = [await site.newUser(), await site.newUser()];
    await write(one, grade(0, 1), now);
    expect(await write(two, grade(0, 4), now)).toMatchObject({ kind: 'saved', version: 1 });
    await expectFolded(one);
    await expectFolded(two);
  });
});

describe('the same submission again', () => {
  test('is answered as saved and changes nothing', async () => {
    const user = await site.newUser();
    const submission = grade(0);
    const first = await write(user, submission, now);
    const before = await site.everything();
    expect(await write(user, submission, now + hour)).toEqual(first);
    expect(await site.everything()).toEqual(before);
  });

  test('is answered with the newest state when the card has moved on since', async () => {
    const user = await site.newUser();
    const submission = grade(0);
    await write(user, submission, now);
    const second = await write(user, grade(1), now + hour);
    expect(await write(user, submission, now + hour)).toEqual(second);
  });

  test('sent many times at once is appended once', async () => {
    const user = await site.newUser();
    const submission = grade(0);
    const results = await Promise.all(Array.from({ length: 6 }, () => write(user, submission, now)));
    expect(new Set(results.map((result) => result.kind))).toEqual(new Set(['saved']));
    expect(await site.db.reviewLog.count({ where: { userId: user } })).toBe(1);
  });

  test('by somebody else neither writes nor tells what the owner has', async () => {
    const [owner, stranger] = [await site.newUser(), await site.newUser()];
    const submission = grade(0);
    await write(owner, submission, now);
    const before = await site.everything();
    expect(await write(stranger, submission, now)).toEqual({ kind: 'stale', version: 0, memory: null });
    expect(await site.everything()).toEqual(before);
  });

  test('for another card is not saved', async () => {
    const user = await site.newUser();
    const submission = grade(0);
    await write(user, submission, now);
    expect(await write(user, { ...submission, cardId: other }, now)).toEqual({
      kind: 'stale',
      version: 0,
      memory: null,
    });
    expect(await site.db.reviewLog.count({ where: { userId: user } })).toBe(1);
  });
});

describe('a version that is not the newest', () => {
  test.each([
    [0, 'older'],
    [2, 'one that does not exist yet'],
    [Number.MAX_SAFE_INTEGER, 'an absurd one'],
  ])('%d: is told what there is, and writes nothing (%s)', async (seen) => {
    const user = await site.newUser();
    const saved = await write(user, grade(0), now);
    const before = await site.everything();
    for (const event of [grade(seen, 1), undo(seen), asideAs('aside', seen), asideAs('back', seen)]) {
      expect(await write(user, event, now + hour)).toEqual({ ...saved, kind: 'stale' });
    }
    expect(await site.everything()).toEqual(before);
  });

  test('is not refused when the version does not matter', async () => {
    const user = await site.newUser();
    await write(user, grade(0), now);
    expect(await write(user, bring(), now + minute)).toMatchObject({ kind: 'saved', version: 2 });
  });

  test('of many writers that saw the same version exactly one is saved, at every version', async () => {
    const user = await site.newUser();
    for (const version of [0, 1, 2]) {
      const grades = [1, 2, 3, 4, 3, 2] as const;
      const results = await Promise.all(grades.map((given) => write(user, grade(version, given), now + version * day)));
      expect(results.filter((result) => result.kind === 'saved')).toHaveLength(1);
      expect(results.filter((result) => result.kind === 'stale')).toHaveLength(5);
    }
    await expectFolded(user);
  });
});

type Connection = { prepare(sql: string): { run(...values: unknown[]): unknown }; close(): void };
const Sqlite = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => Connection;

describe('a writer of another process that slips in between reading and writing', () => {
  /** Appends as another server on the same file would, through a connection of its own. */
  function slipIn(userId: string, id: string): void {
    const file = process.env.DATABASE_URL!.slice('file:'.length);
    const other = new Sqlite(file);
    const at = new Date(now).toISOString();
    const { stability, difficulty, scheduledDays, learningSteps, reps, lapses, state, due } = graded(
      card,
      newMemory(now),
      1,
      now,
    );
    const columns = [stability, difficulty, scheduledDays, learningSteps, reps, lapses, state, at];
    const names =
      'userId, cardId, version, due, stability, difficulty, scheduledDays, learningSteps, reps, lapses, state, lastReview';
    other
      .prepare('INSERT INTO ReviewLog (id, userId, cardId, version, kind, grade, at) VALUES (?, ?, ?, 1, ?, 1, ?)')
      .run(id, userId, card, 'grade', at);
    other
      .prepare(`INSERT INTO CardState (${names}) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
      .run(userId, card, new Date(due).toISOString(), ...columns);
    other.close();
  }

  test('is not written over: this one is told that it is stale', async () => {
    const user = await site.newUser();
    between.read = () => slipIn(user, randomUUID());
    expect(await write(user, grade(0, 4), now)).toMatchObject({ kind: 'stale', version: 1 });
    await expectFolded(user);
  });

  test('with the very same submission makes this one a repetition', async () => {
    const user = await site.newUser();
    const submission = grade(0, 1);
    between.read = () => slipIn(user, submission.id);
    expect(await write(user, submission, now)).toMatchObject({ kind: 'saved', version: 1 });
    await expectFolded(user);
  });
});

describe('undo', () => {
  test('brings back exactly what was before, and the version still grows', async () => {
    const user = await site.newUser();
    const first = await write(user, grade(0), now);
    await write(user, grade(1, 1), now + hour);
    expect(await write(user, undo(2), now + hour + minute)).toEqual({ ...first, version: 3 });
    expect(await write(user, undo(3), now + 2 * hour)).toMatchObject({ version: 4, memory: newMemory(now) });
    expect(await write(user, undo(4), now + 2 * hour)).toEqual({ kind: 'nothing-to-undo' });
    await expectFolded(user);
  });

  test('of a card never graded writes nothing', async () => {
    const user = await site.newUser();
    const before = await site.everything();
    expect(await write(user, undo(0), now)).toEqual({ kind: 'nothing-to-undo' });
    expect(await site.everything()).toEqual(before);
  });

  test('repeated takes back one grade and not two', async () => {
    const user = await site.newUser();
    await write(user, grade(0), now);
    await write(user, grade(1), now + day);
    const submission = undo(2);
    const first = await write(user, submission, now + day);
    expect(await write(user, submission, now + day)).toEqual(first);
  });
});

describe('bring', () => {
  test('makes a card due now without touching what is known of it', async () => {
    const user = await site.newUser();
    const saved = await write(user, grade(0, 4), now);
    const brought = await write(user, bring(), now + hour);
    if (saved.kind !== 'saved' || brought.kind !== 'saved') throw new Error('both are saved');
    expect(brought.memory).toEqual({ ...saved.memory, due: now + hour });
  });

  test('puts a card that was never seen into the deck', async () => {
    const user = await site.newUser();
    await write(user, bring(), now);
    expect((await deckOf(user, now)).cards).toMatchObject([{ card: { id: card }, version: 1 }]);
  });
});

describe('a card set aside', () => {
  test('keeps what is remembered of it, and is taken back as it was', async () => {
    const user = await site.newUser();
    const saved = await write(user, grade(0, 4), now);
    if (saved.kind !== 'saved') throw new Error('it is saved');
    expect(await write(user, asideAs('aside', 1), now + hour)).toEqual({ ...saved, version: 2, aside: true });
    expect(await write(user, asideAs('back', 2), now + day)).toEqual({ ...saved, version: 3 });
    await expectFolded(user);
  });

  test('is in no queue and no number, and nothing waits for it', async () => {
    const user = await site.newUser();
    await write(user, bring(), now);
    await write(user, asideAs('aside', 1), now);
    expect(await deckOf(user, now + 900 * day)).toEqual({ cards: [], nextDue: null, inDeck: 1 });
    expect(await dueCount(user, now)).toBe(0);
    await write(user, bring(other), now);
    const later = await write(user, grade(1, 4, other), now);
    if (later.kind !== 'saved') throw new Error('it is saved');
    expect(await deckOf(user, now)).toEqual({ cards: [], nextDue: later.memory?.due, inDeck: 2 });
  });

  test('that was never seen is not offered as new', async () => {
    const user = await site.newUser();
    await markRead(user, cards[0]!.lesson, now);
    await write(user, asideAs('aside', 0), now);
    const offered = (await deckOf(user, now)).cards.map((one) => one.card.id);
    expect(offered).toEqual(
      cards.filter(({ id, lesson }) => lesson === cards[0]!.lesson && id !== card).map(({ id }) => id),
    );
  });

  test('is taken back by undo, which leaves the grade before it, and by bringing it', async () => {
    const user = await site.newUser();
    const graded = await write(user, grade(0, 4), now);
    await write(user, asideAs('aside', 1), now);
    expect(await write(user, undo(2), now)).toEqual({ ...graded, version: 3 });
    expect(await write(user, asideAs('aside', 3), now)).toMatchObject({ aside: true });
    const brought = await write(user, bring(), now + hour);
    expect(brought).not.toHaveProperty('aside');
    expect((await deckOf(user, now + hour)).cards).toMatchObject([{ card: { id: card } }]);
    await expectFolded(user);
  });

  test('twice by the same submission is set aside once, and the answer is the same', async () => {
    const user = await site.newUser();
    const submission = asideAs('aside', 0);
    const first = await write(user, submission, now);
    const before = await site.everything();
    expect(await write(user, submission, now + hour)).toEqual(first);
    const results = await Promise.all(Array.from({ length: 5 }, () => write(user, submission, now)));
    expect(results).toEqual(results.map(() => first));
    expect(await site.everything()).toEqual(before);
  });

  test('refuses the grade of a tab that still shows it, and says that it is aside', async () => {
    const user = await site.newUser();
    await write(user, grade(0), now);
    const aside = await write(user, asideAs('aside', 1), now);
    expect(await write(user, grade(1, 1), now)).toEqual({ ...aside, kind: 'stale' });
  });

  test('is so for its learner alone, and nobody else’s submission tells of it', async () => {
    const [one, two] = [await site.newUser(), await site.newUser()];
    const submission = asideAs('aside', 0);
    await write(one, submission, now);
    const before = await site.everything();
    expect(await write(two, submission, now)).toEqual({ kind: 'stale', version: 0, memory: null });
    expect(await site.everything()).toEqual(before);
    await write(two, bring(), now);
    expect(await dueCount(two, now)).toBe(1);
  });
});

describe('a card that the course does not have', () => {
  test.each(['nowhere', '', '__proto__', "'; DROP TABLE User; --"])(
    '“%s” is refused, and nothing is written',
    async (id) => {
      const user = await site.newUser();
      const before = await site.everything();
      for (const event of [grade(0, 3, id), undo(0, id), bring(id), asideAs('aside', 0, id), asideAs('back', 0, id)]) {
        expect(await write(user, event, now)).toEqual({ kind: 'no-such-card' });
      }
      expect(await site.everything()).toEqual(before);
    },
  );
});

test('whatever two tabs do to two cards, the stored state is the fold of the log', async () => {
  const wish = fc.record({
    kind: fc.constantFrom('grade', 'grade', 'undo', 'bring', 'aside', 'back' as const),
    grade: fc.constantFrom<GradeNumber>(1, 2, 3, 4),
    cardId: fc.constantFrom(card, other),
    behind: fc.constantFrom(0, 0, 0, 1),
    gap: fc.oneof(fc.integer({ min: -hour, max: hour }), fc.integer({ min: 0, max: 30 * day })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { maxLength: 10 }), async (wishes) => {
      const user = await site.newUser();
      const versions: Record<string, number> = {};
      let at = now;
      for (const { kind, cardId, behind, gap, grade: given } of wishes) {
        at += gap;
        const newest = versions[cardId] ?? 0;
        const seen = newest - behind;
        const events = {
          grade: grade(seen, given, cardId),
          undo: undo(seen, cardId),
          bring: bring(cardId),
          aside: asideAs('aside', seen, cardId),
          back: asideAs('back', seen, cardId),
        };
        const event = events[kind];
        const result = await write(user, event, at);
        if (kind !== 'bring' && behind > 0) expect(result).toMatchObject({ kind: 'stale', version: newest });
        if (result.kind === 'saved') versions[cardId] = newest + 1;
        if (result.kind === 'saved') expect(result.version).toBe(newest + 1);
      }
      await expectFolded(user);
    }),
    { numRuns: 20 },
  );
});

describe('the deck', () => {
  const lessonOf = (id: string) => cards.find((one) => one.id === id)!.lesson;
  const ids = (deck: Awaited<ReturnType<typeof deckOf>>) => deck.cards.map((one) => one.card.id);

  test('of somebody who has read and reviewed nothing is empty', async () => {
    expect(await deckOf(await site.newUser(), now)).toEqual({ cards: [], nextDue: null, inDeck: 0 });
  });

  test('offers new cards of lessons that were read, and of no others', async () => {
    const user = await site.newUser();
    await markRead(user, lessonOf(card), now);
    const deck = await deckOf(user, now);
    expect(ids(deck)).toEqual(cards.filter((one) => one.lesson === lessonOf(card)).map((one) => one.id));
    expect(deck.cards.every((one) => one.memory === null && one.version === 0)).toBe(true);
    expect(deck.inDeck).toBe(deck.cards.length);
  });

  test('does not show a card before it is due, and says when the next one is', async () => {
    const user = await site.newUser();
    const saved = await write(user, grade(0, 4), now);
    if (saved.kind !== 'saved' || !saved.memory) throw new Error('it is saved');
    const { due } = saved.memory;
    expect(await deckOf(user, due - 1)).toEqual({ cards: [], nextDue: due, inDeck: 1 });
    expect(ids(await deckOf(user, due))).toEqual([card]);
    expect(await dueCount(user, due)).toBe(1);
  });

  test('shows a learning card up to twenty minutes ahead, since its minutes run in the session', async () => {
    const user = await site.newUser();
    await write(user, grade(0, 3), now);
    expect(ids(await deckOf(user, now))).toEqual([card]);
  });

  test('is only one’s own', async () => {
    const [one, two] = [await site.newUser(), await site.newUser()];
    await write(one, bring(card), now);
    await write(two, bring(other), now);
    await markRead(one, lessonOf(card), now);
    expect(ids(await deckOf(two, now))).toEqual([other]);
  });

  test('keeps the log of a card that the course dropped, and does not ask it', async () => {
    const user = await site.newUser();
    await write(user, bring(), now);
    await site.db.cardState.updateMany({ where: { userId: user }, data: { cardId: 'a-card-of-old' } });
    expect(await deckOf(user, now + day)).toEqual({ cards: [], nextDue: null, inDeck: 0 });
  });

  describe('with many lessons read', () => {
    const lessons = [...new Set(cards.map((one) => one.lesson))].slice(0, 6);
    const fresh = cards.filter((one) => lessons.includes(one.lesson));
    const reader = async () => {
      const user = await site.newUser();
      for (const slug of lessons) await markRead(user, slug, now);
      return user;
    };

    test('offers so many new cards a day and no more, in the order of the course, and says that more will come', async () => {
      const user = await reader();
      const deck = await deckOf(user, now);
      expect(fresh.length).toBeGreaterThan(newCardsPerDay);
      expect(ids(deck)).toEqual(fresh.slice(0, newCardsPerDay).map((one) => one.id));
      expect(deck.nextDue).toBeGreaterThan(now);
      expect(deck.inDeck).toBe(fresh.length);
    });

    test('counts cards first graded today against the number, and cards known before not', async () => {
      const user = await reader();
      const old = cards.find((one) => !lessons.includes(one.lesson))!.id;
      await write(user, grade(0, 3, old), now - 3 * day);
      await write(user, grade(1, 3, old), now);
      for (const one of fresh.slice(0, 3)) await write(user, grade(0, 4, one.id), now);
      expect(await dueCount(user, now + minute)).toBe(newCardsPerDay - 3);
      expect(await dueCount(user, now + 17 * hour)).toBe(Math.min(newCardsPerDay, fresh.length - 3));
    });
  });
});
