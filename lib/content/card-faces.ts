// Cards by a rule: what they ask comes from a numeric drill, with the course's own example in a lesson and with other numbers in a
// review. The only place where what is read from lessons meets the drills.
import { drillById, sumOf } from '#content/drills.ts';
import type { Card } from '#lib/study/card.ts';
import type { CardFace, Faces } from '#lib/study/card-face.ts';

/** So many repetitions take a learner years. */
const mostFaces = 12;
/** A rule with few numbers gives the same ones again and again. */
const mostSeeds = 400;

/**
 * What a rule asks with the numbers of a seed, or with the lesson's own for none; its answer says the result first. Null when there
 * is no such rule, or it asks for more than one number.
 */
export function faceOf(rule: string, seed: number | null): CardFace | null {
  const drill = drillById(rule);
  const sum = drill && sumOf(drill, seed);
  const [asked, ...others] = sum?.asked ?? [];
  if (!sum || !asked || others.length > 0) return null;
  const { answer: value, unit, tolerance } = asked;
  const result = [value, unit].filter((part) => part !== undefined).join(' ');
  const answer = [`${result}.`, ...sum.working].join(' ');
  return { question: sum.question, answer, value, unit, tolerance };
}

/** The faces of a rule in the order in which reviews ask them: no two alike, none the lesson's own, and never an answer twice running. */
function othersOf(rule: string): readonly CardFace[] {
  const found = [faceOf(rule, null)];
  for (let seed = 0; seed < mostSeeds && found.length <= mostFaces; seed += 1) {
    const face = faceOf(rule, seed);
    const isNew = found.every((one) => one?.question !== face?.question);
    if (isNew && found.at(-1)?.value !== face?.value) found.push(face);
  }
  return found.slice(1).filter((face) => face !== null);
}

const kept = new Map<string, readonly CardFace[]>();

/** What a review needs to ask these cards with other numbers each time, also without the network. */
export function facesOf(cards: readonly Pick<Card, 'id' | 'sum'>[]): Faces {
  return Object.fromEntries(
    cards.flatMap(({ id, sum }) => {
      if (sum === undefined) return [];
      if (!kept.has(sum)) kept.set(sum, othersOf(sum));
      return [[id, kept.get(sum) ?? []]];
    }),
  );
}
