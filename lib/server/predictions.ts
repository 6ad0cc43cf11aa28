// What learners expected of demos. Every prediction is kept; whether it was right, the caller has from the engine. Somebody who was
// certain and wrong has found what they most need to learn, so the cards of that lesson are brought into today's review, where
// they come first (reviews.ts).
import 'server-only';
import { lessonAsking } from '#lib/content/lessons.ts';
import type { Predicted, Sureness } from '#lib/study/calibration.ts';
import { database } from './db.ts';
import { write } from './reviews.ts';

export type NewPrediction = {
  /** Made by the client; saving it again changes nothing. */
  readonly id: string;
  readonly demo: string;
  readonly question: string;
  readonly given: string;
  readonly sureness: Sureness;
  readonly correct: boolean;
};

export type PredictionResult =
  | {
      readonly kind: 'saved';
      readonly correct: boolean;
      /** Cards that were brought into the review. */
      readonly brought: number;
    }
  | { readonly kind: 'id-taken' };

export async function keepPrediction(userId: string, wanted: NewPrediction, now: number): Promise<PredictionResult> {
  const { id, demo: demoId, question, given, sureness, correct } = wanted;
  const db = await database();
  const kept = await db.prediction.upsert({
    where: { id },
    create: { id, userId, demoId, question, given, sureness, correct, at: new Date(now) },
    update: {},
  });
  const same = kept.userId === userId && kept.demoId === demoId && kept.question === question && kept.given === given;
  if (!same) return { kind: 'id-taken' };
  const brought = kept.sureness === 3 && !kept.correct ? await bringCardsOf(userId, wanted, now) : 0;
  return { kind: 'saved', correct: kept.correct, brought };
}

/** Repeating it brings nothing twice: the ids of what it writes follow from the prediction's. */
async function bringCardsOf(userId: string, { id, demo, question }: NewPrediction, now: number): Promise<number> {
  const cards = lessonAsking(demo, question)?.cards ?? [];
  for (const card of cards) {
    await write(userId, { id: `${id} ${card.id}`, cardId: card.id, kind: 'bring', seenVersion: 'any' }, now);
  }
  return cards.length;
}

export type KeptPrediction = Predicted & { readonly demo: string; readonly question: string; readonly given: string };

/** All predictions of one learner, oldest first. */
export async function predictionsOf(userId: string): Promise<readonly KeptPrediction[]> {
  const db = await database();
  const rows = await db.prediction.findMany({ where: { userId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  return rows.map(({ demoId: demo, question, given, sureness, correct, at }) => ({
    key: `${demo} ${question}`,
    demo,
    question,
    given,
    sureness: sureness as Sureness,
    correct,
    at: at.getTime(),
  }));
}
