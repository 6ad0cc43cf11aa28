// Where a learner is weakest: for each lesson, what can be measured of it, which is how well its cards are remembered now and
// whether the newest answer to each quiz question was right. Lessons without evidence are not judged.

export type Evidence = {
  readonly lesson: string;
  /** From 0 (forgotten, or wrong) to 1 (known, or right). */
  readonly score: number;
};

export type Topic = { readonly lesson: string; readonly score: number; readonly pieces: number };

/** One piece of evidence is an accident; from this many on a topic is judged. */
export const enoughEvidence = 3;

export function weakestTopic(evidence: readonly Evidence[]): Topic | null {
  const byLesson = new Map<string, number[]>();
  for (const { lesson, score } of evidence) byLesson.set(lesson, [...(byLesson.get(lesson) ?? []), score]);
  const topics = [...byLesson]
    .filter(([, scores]) => scores.length >= enoughEvidence)
    .map(([lesson, scores]) => ({
      lesson,
      pieces: scores.length,
      score: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    }));
  return topics.sort((one, two) => one.score - two.score)[0] ?? null;
}
