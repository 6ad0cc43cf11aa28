// A learner's whole deck: every card that they have kept or graded, and every card of a lesson that they have read, in the order of the
// course. What is due today of it, reviews.ts says.
import 'server-only';
import { allCards } from '#lib/content/cards.ts';
import { type DeckCard, forgottenSinceMs } from '#lib/study/choice.ts';
import { type Database, database } from './db.ts';
import { memoryOf } from './reviews.ts';

/** Cards graded Again since then. A grade that was taken back does not count. */
async function gradedAgainSince(db: Database, userId: string, since: number): Promise<ReadonlySet<string>> {
  const at = { gte: new Date(since) };
  const [again, undone] = await Promise.all([
    db.reviewLog.findMany({ where: { userId, grade: 1, at }, select: { id: true, cardId: true } }),
    db.reviewLog.findMany({ where: { userId, kind: 'undo', at }, select: { undoes: true } }),
  ]);
  const takenBack = new Set(undone.map(({ undoes }) => undoes));
  return new Set(again.flatMap(({ id, cardId }) => (takenBack.has(id) ? [] : [cardId])));
}

export async function deckCards(userId: string, now: number): Promise<readonly DeckCard[]> {
  const db = await database();
  const [rows, read, again] = await Promise.all([
    db.cardState.findMany({ where: { userId } }),
    db.lessonRead.findMany({ where: { userId }, select: { slug: true } }),
    gradedAgainSince(db, userId, now - forgottenSinceMs),
  ]);
  const states = new Map(rows.map((row) => [row.cardId, row]));
  const readSlugs = new Set(read.map(({ slug }) => slug));
  return allCards().flatMap((card): readonly DeckCard[] => {
    const row = states.get(card.id);
    const forgotten = again.has(card.id);
    if (row) return [{ card, memory: memoryOf(row), version: row.version, aside: row.aside, forgotten }];
    return readSlugs.has(card.lesson) ? [{ card, memory: null, version: 0, aside: false, forgotten }] : [];
  });
}
