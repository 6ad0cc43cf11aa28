// What a learner has read, and what that says about what to do next.
import 'server-only';
import { cardById, quizById } from '#lib/content/cards.ts';
import { allLessons, lessonBySlug } from '#lib/content/lessons.ts';
import { type Evidence, type Topic, weakestTopic } from '#lib/study/readiness.ts';
import { retrievability } from '#lib/study/schedule.ts';
import { database } from './db.ts';
import { newestAnswers } from './quiz-answers.ts';
import { changedLessons, keepReading } from './reading.ts';
import { deckOf, memoryOf } from './reviews.ts';

export type ReadResult = { readonly kind: 'saved' } | { readonly kind: 'no-such-lesson' };

export async function markRead(userId: string, slug: string, now: number): Promise<ReadResult> {
  if (!lessonBySlug(slug)) return { kind: 'no-such-lesson' };
  await keepReading(await database(), userId, slug, new Date(now));
  return { kind: 'saved' };
}

export async function readSlugs(userId: string): Promise<readonly string[]> {
  const db = await database();
  const rows = await db.lessonRead.findMany({ where: { userId }, orderBy: { at: 'asc' }, select: { slug: true } });
  return rows.map((row) => row.slug);
}

/**
 * The cards that this learner has kept and not set aside, by id. Of a lesson that was read, and is named here, that is each card
 * that was not: what it shows as being in the deck.
 */
export async function keptCards(userId: string, slug?: string): Promise<readonly string[]> {
  const db = await database();
  const [rows, read] = await Promise.all([
    db.cardState.findMany({ where: { userId }, select: { cardId: true, aside: true } }),
    slug === undefined ? null : db.lessonRead.findUnique({ where: { userId_slug: { userId, slug } } }),
  ]);
  const aside = new Set(rows.flatMap((row) => (row.aside ? [row.cardId] : [])));
  const ofRead = read ? (lessonBySlug(read.slug)?.cards ?? []) : [];
  const kept = new Set([...rows.map((row) => row.cardId), ...ofRead.map((card) => card.id)]);
  return [...kept].filter((id) => !aside.has(id));
}

export type Today = {
  readonly due: number;
  readonly nextDue: number | null;
  readonly inDeck: number;
  /** Cards graded at least once. */
  readonly graded: number;
  /** When this learner first kept or graded a card; null before that. */
  readonly since: number | null;
  readonly read: readonly string[];
  /** Lessons that were corrected since they were read. */
  readonly changed: readonly { readonly slug: string; readonly title: string }[];
  /** Quiz questions with an answer, each counted once. */
  readonly answered: number;
  /** Practice attempts saved. */
  readonly attempts: number;
  /** Questions of demos that were answered before the demo ran. */
  readonly predicted: number;
  readonly nextLesson: { readonly slug: string; readonly title: string; readonly minutes: number } | null;
  readonly weakest: (Topic & { readonly title: string }) | null;
};

/** What a card counts that was just forgotten, and which is being learned again within the session. */
const forgotten = 0.3;
const inLearning: readonly number[] = [1, 3];

/**
 * The cards among these whose last grade, not counting undone ones, was Again. Right after any grade the schedule puts the
 * chance of still knowing a card near 1, also after Again, since the answer has just been read. As a measure of the topic
 * that is wrong until the card has been known once more.
 */
async function justForgotten(userId: string, cardIds: readonly string[]): Promise<ReadonlySet<string>> {
  const db = await database();
  const log = await db.reviewLog.findMany({
    where: { userId, cardId: { in: [...cardIds] }, kind: { in: ['grade', 'undo'] } },
    orderBy: { version: 'desc' },
    select: { id: true, cardId: true, grade: true, undoes: true },
  });
  const undone = new Set(log.map((row) => row.undoes));
  const last = new Map<string, number | null>();
  for (const { id, cardId, grade } of log) {
    if (grade !== null && !undone.has(id) && !last.has(cardId)) last.set(cardId, grade);
  }
  return new Set([...last].flatMap(([cardId, grade]) => (grade === 1 ? [cardId] : [])));
}

/** The home page of somebody who has been here before. Which card a question belongs to, callers know that have more than lessons. */
export async function today(
  userId: string,
  now: number,
  cardOfQuiz: (quizId: string) => string | undefined = (id) => quizById(id)?.card,
): Promise<Today> {
  const db = await database();
  const [deck, read, changed, states, answers, attempts, predictions, first] = await Promise.all([
    deckOf(userId, now),
    readSlugs(userId),
    changedLessons(userId),
    db.cardState.findMany({ where: { userId, reps: { gt: 0 } } }),
    newestAnswers(userId),
    db.attempt.count({ where: { userId } }),
    db.prediction.findMany({ where: { userId }, distinct: ['demoId', 'question'], select: { id: true } }),
    db.reviewLog.findFirst({ where: { userId }, orderBy: { at: 'asc' }, select: { at: true } }),
  ]);
  const learning = states.filter((row) => inLearning.includes(row.state)).map((row) => row.cardId);
  const lost = await justForgotten(userId, learning);
  // A card that was set aside says nothing any more.
  const fromCards = states
    .filter(({ aside }) => !aside)
    .flatMap((row): Evidence[] => {
      const lesson = cardById(row.cardId)?.lesson;
      if (!lesson) return [];
      return [{ lesson, score: lost.has(row.cardId) ? forgotten : retrievability(memoryOf(row), now) }];
    });
  const fromQuizzes = answers.flatMap((answer): Evidence[] => {
    const card = cardOfQuiz(answer.quizId);
    const lesson = card && cardById(card)?.lesson;
    return lesson ? [{ lesson, score: answer.correct ? 1 : 0 }] : [];
  });
  const weakest = weakestTopic([...fromCards, ...fromQuizzes]);
  const next = allLessons().find((lesson) => !read.includes(lesson.slug));
  return {
    due: deck.cards.length,
    nextDue: deck.nextDue,
    inDeck: deck.inDeck,
    graded: states.length,
    since: first?.at.getTime() ?? null,
    read,
    changed: Object.keys(changed).map((slug) => ({ slug, title: lessonBySlug(slug)?.title ?? slug })),
    answered: answers.length,
    attempts,
    predicted: predictions.length,
    nextLesson: next ? { slug: next.slug, title: next.title, minutes: next.minutes } : null,
    weakest: weakest && { ...weakest, title: lessonBySlug(weakest.lesson)?.title ?? weakest.lesson },
  };
}
