// Reviews. Every change to what is known of a card's memory is one appended log row plus the new state, in one transaction.
// Two guards, both of which the course teaches: the row's id comes from the client, so a repeated submission changes nothing
// (idempotency key), and the version that the client saw must be the newest one (fencing token, enforced by the resource).
import 'server-only';
import { allCards, cardById } from '#lib/content/cards.ts';
import { lessonAsking } from '#lib/content/lessons.ts';
import type { Card } from '#lib/study/card.ts';
import { type CardEvent, fold, isAside, lastStanding } from '#lib/study/fold.ts';
import { learnAhead } from '#lib/study/queue.ts';
import type { GradeNumber, Memory } from '#lib/study/schedule.ts';
import { type Database, database, type Transaction } from './db.ts';

export type CardNow = { readonly version: number; readonly memory: Memory | null; readonly aside?: true };
export type WriteResult =
  | ({ readonly kind: 'saved' } & CardNow)
  /** Another tab or device was quicker; here is what it left. */
  | ({ readonly kind: 'stale' } & CardNow)
  | { readonly kind: 'no-such-card' }
  | { readonly kind: 'nothing-to-undo' };

type Row = NonNullable<Awaited<ReturnType<Transaction['cardState']['findFirst']>>>;

export function memoryOf(row: Omit<Row, 'userId' | 'cardId' | 'version' | 'aside'>): Memory {
  return {
    due: row.due.getTime(),
    stability: row.stability,
    difficulty: row.difficulty,
    scheduledDays: row.scheduledDays,
    learningSteps: row.learningSteps,
    reps: row.reps,
    lapses: row.lapses,
    state: row.state,
    lastReview: row.lastReview?.getTime() ?? null,
  };
}

export function columnsOf(memory: Memory) {
  return {
    ...memory,
    due: new Date(memory.due),
    lastReview: memory.lastReview === null ? null : new Date(memory.lastReview),
  };
}

type LogRow = { id: string; kind: string; grade: number | null; undoes: string | null; at: Date };

export function eventOf(row: LogRow): CardEvent {
  const base = { id: row.id, at: row.at.getTime() };
  if (row.kind === 'grade') return { ...base, kind: 'grade', grade: row.grade as GradeNumber };
  if (row.kind === 'undo') return { ...base, kind: 'undo', undoes: row.undoes ?? '' };
  return { ...base, kind: row.kind as 'bring' | 'aside' | 'back' };
}

const ifAside = (aside: boolean) => (aside ? ({ aside } as const) : {});

async function stateNow(db: Transaction, userId: string, cardId: string): Promise<CardNow> {
  const row = await db.cardState.findUnique({ where: { userId_cardId: { userId, cardId } } });
  if (!row) return { version: 0, memory: null };
  return { version: row.version, memory: memoryOf(row), ...ifAside(row.aside) };
}

/** What a client may ask to append. The time is the server's own. */
export type NewEvent = { readonly id: string; readonly cardId: string; readonly seenVersion: number | 'any' } & (
  | { readonly kind: 'grade'; readonly grade: GradeNumber }
  | { readonly kind: 'undo' | 'bring' | 'aside' | 'back' }
);

async function append(db: Transaction, userId: string, wanted: NewEvent, now: number): Promise<WriteResult> {
  const { id, cardId } = wanted;
  const current = await stateNow(db, userId, cardId);
  const repeated = await db.reviewLog.findUnique({ where: { id }, select: { userId: true, cardId: true } });
  if (repeated) {
    const own = repeated.userId === userId && repeated.cardId === cardId;
    return { kind: own ? 'saved' : 'stale', ...current };
  }
  if (wanted.seenVersion !== 'any' && wanted.seenVersion !== current.version) return { kind: 'stale', ...current };
  const rows = await db.reviewLog.findMany({ where: { userId, cardId }, orderBy: { version: 'asc' } });
  const history = rows.map(eventOf);
  // The log's times never run backwards, even if the machine's clock does.
  const at = Math.max(now, history.at(-1)?.at ?? 0);
  const undoes = wanted.kind === 'undo' ? lastStanding(history) : null;
  if (wanted.kind === 'undo' && undoes === null) return { kind: 'nothing-to-undo' };
  const grade = wanted.kind === 'grade' ? wanted.grade : null;
  const row = { id, kind: wanted.kind, grade, undoes, at: new Date(at) };
  const events = [...history, eventOf(row)];
  const [memory, aside] = [fold(cardId, events), isAside(events)];
  if (!memory) throw new Error('a log with an event in it has a state');
  const version = current.version + 1;
  await db.reviewLog.create({ data: { ...row, userId, cardId, version } });
  await db.cardState.upsert({
    where: { userId_cardId: { userId, cardId } },
    create: { userId, cardId, version, ...columnsOf(memory), aside },
    update: { version, ...columnsOf(memory), aside },
  });
  return { kind: 'saved', version, memory, ...ifAside(aside) };
}

/** The id or the version was taken (P2002), or another process wrote to the file after we had read it (P1008: SQLite is busy). */
const isOvertaken = (error: unknown) => ['P2002', 'P1008'].includes((error as { code?: string }).code ?? '');

/** Appends one event. Safe to repeat with the same id; `stale` when the card has moved on since the client saw it. */
export async function write(userId: string, wanted: NewEvent, now: number): Promise<WriteResult> {
  if (!cardById(wanted.cardId)) return { kind: 'no-such-card' };
  const db = await database();
  for (let left = 3; ; left -= 1) {
    try {
      return await db.$transaction((transaction) => append(transaction, userId, wanted, now));
    } catch (error) {
      // Judge again from what is there now.
      if (left === 0 || !isOvertaken(error)) throw error;
    }
  }
}

export type DueCard = {
  readonly card: Card;
  readonly memory: Memory | null;
  readonly version: number;
  /** See `remaining` in the queue. */
  readonly front?: boolean;
};
export type Deck = {
  readonly cards: readonly DueCard[];
  /** When the next card after these is due, or null when there is none. */
  readonly nextDue: number | null;
  /** Those set aside, too. */
  readonly inDeck: number;
};

/** New cards offered in one day, so that a long evening of reading does not become a wall of cards. */
export const newCardsPerDay = 20;

async function firstGradesSince(db: Database, userId: string, since: Date): Promise<number> {
  const today = await db.reviewLog.findMany({
    where: { userId, kind: 'grade', at: { gte: since } },
    select: { cardId: true },
    distinct: ['cardId'],
  });
  const ids = today.map((row) => row.cardId);
  const before = await db.reviewLog.findMany({
    where: { userId, kind: 'grade', at: { lt: since }, cardId: { in: ids } },
    select: { cardId: true },
    distinct: ['cardId'],
  });
  return ids.length - before.length;
}

/** For each lesson, when its learner was last certain of what one of its demos would do, and wrong. */
async function wrongAndCertain(db: Database, userId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db.prediction.findMany({
    where: { userId, sureness: 3, correct: false },
    orderBy: { at: 'asc' },
    select: { demoId: true, question: true, at: true },
  });
  return new Map(
    rows.flatMap(({ demoId, question, at }) => {
      const lesson = lessonAsking(demoId, question);
      return lesson ? [[lesson.slug, at.getTime()] as const] : [];
    }),
  );
}

/** What this learner should see now: first what a wrong certainty has brought, until it is graded; then cards that are due, then cards of lessons they have read, in the order of the course. */
export async function deckOf(userId: string, now: number): Promise<Deck> {
  const db = await database();
  const known = new Map(allCards().map((card) => [card.id, card]));
  const [states, read, seenToday, wrong] = await Promise.all([
    db.cardState.findMany({ where: { userId }, orderBy: { due: 'asc' } }),
    db.lessonRead.findMany({ where: { userId }, select: { slug: true } }),
    firstGradesSince(db, userId, new Date(now - 16 * 60 * 60_000)),
    wrongAndCertain(db, userId),
  ]);
  // A card that the course no longer has keeps its log and is simply not asked.
  const kept = states.filter((row) => known.has(row.cardId));
  const mine = kept.flatMap((row) => {
    const card = known.get(row.cardId);
    if (!card || row.aside) return [];
    const memory = memoryOf(row);
    const front =
      (memory.lastReview ?? Number.NEGATIVE_INFINITY) < (wrong.get(card.lesson) ?? Number.NEGATIVE_INFINITY);
    return [{ card, memory, version: row.version, ...(front ? { front } : {}) }];
  });
  const ready = mine.filter(({ memory }) => memory.due <= now + (memory.state % 2 === 1 ? learnAhead : 0));
  const due = [...ready.filter(({ front }) => front), ...ready.filter(({ front }) => !front)];
  const started = new Set(kept.map((row) => row.cardId));
  const readSlugs = new Set(read.map((row) => row.slug));
  const fresh = allCards().filter((card) => readSlugs.has(card.lesson) && !started.has(card.id));
  const room = Math.max(0, newCardsPerDay - seenToday);
  const offered = fresh.slice(0, room).map((card) => ({ card, memory: null, version: 0 }));
  const dueIds = new Set(due.map(({ card }) => card.id));
  const later = mine.filter(({ card }) => !dueIds.has(card.id)).map(({ memory }) => memory.due);
  const tomorrow = fresh.length > room ? [now + 8 * 60 * 60_000] : [];
  const waiting = [...later, ...tomorrow];
  return {
    cards: [...due, ...offered],
    nextDue: waiting.length > 0 ? Math.min(...waiting) : null,
    inDeck: kept.length + fresh.length,
  };
}

/** How many cards wait; what the navigation shows. */
export async function dueCount(userId: string, now: number): Promise<number> {
  return (await deckOf(userId, now)).cards.length;
}
