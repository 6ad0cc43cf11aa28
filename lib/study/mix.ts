// Which questions a mixed quiz asks, and in which order. Mixing pays where things are easily confused, so no two neighbours come from
// one lesson where that can be avoided, and questions of one contrast set are put side by side on purpose. The same seed over the
// same questions gives the same round.
import type { Depth } from './card.ts';
import { depths } from './card.ts';
import { chance, shuffled } from './chance.ts';

export type Askable = {
  readonly id: string;
  /** The slug of the lesson that it belongs to. */
  readonly lesson: string;
  readonly depth: Depth;
  /** The contrast set of its card: questions that share it are easily confused. */
  readonly contrast?: string;
};

/** Those that are no deeper than this. */
export function upTo<A extends Pick<Askable, 'depth'>>(questions: readonly A[], depth: Depth): readonly A[] {
  return questions.filter((one) => depths.indexOf(one.depth) <= depths.indexOf(depth));
}

/** At most so many of these questions, in the order in which they are asked. */
export function mix<A extends Askable>(
  questions: readonly A[],
  { seed, count }: { seed: number; count: number },
): readonly A[] {
  const next = chance(seed);
  return interleaved(together(chosen(shuffled(questions, next), count)), next);
}

/** One of each lesson in turn; after a question that has a twin, the twin. `questions` come shuffled. */
function chosen<A extends Askable>(questions: readonly A[], count: number): readonly A[] {
  const byLesson = new Map<string, A[]>();
  for (const one of questions) byLesson.set(one.lesson, [...(byLesson.get(one.lesson) ?? []), one]);
  const taken: A[] = [];
  const take = (one: A) => {
    taken.push(one);
    byLesson.set(
      one.lesson,
      (byLesson.get(one.lesson) ?? []).filter(({ id }) => id !== one.id),
    );
  };
  while (taken.length < count && taken.length < questions.length) {
    for (const lesson of byLesson.keys()) {
      const one = byLesson.get(lesson)?.[0];
      if (!one || taken.length >= count) continue;
      take(one);
      const twin = one.contrast === undefined ? undefined : twinOf(one, questions, taken);
      if (twin && taken.length < count) take(twin);
    }
  }
  return taken;
}

/** Another of the same set, of another lesson if there is one. */
function twinOf<A extends Askable>(one: A, questions: readonly A[], taken: readonly A[]): A | undefined {
  if (taken.filter(({ contrast }) => contrast === one.contrast).length > 1) return undefined;
  const free = questions.filter((other) => other.contrast === one.contrast && !taken.includes(other));
  return free.find(({ lesson }) => lesson !== one.lesson) ?? free[0];
}

/** What stays side by side: the questions of one contrast set, at most two of them; every other stands alone. */
function together<A extends Askable>(questions: readonly A[]): readonly (readonly A[])[] {
  const units: A[][] = [];
  for (const one of questions) {
    const twin = units.find(
      ([first, ...more]) => first?.contrast !== undefined && first.contrast === one.contrast && more.length === 0,
    );
    if (twin) twin.push(one);
    else units.push([one]);
  }
  return units;
}

/** The lesson with the most left comes next, unless it has just been: the one way never to run into its own rest. */
function interleaved<A extends Askable>(
  units: readonly (readonly A[])[],
  next: (below: number) => number,
): readonly A[] {
  const order: A[] = [];
  let left = shuffled(units, next);
  while (left.length > 0) {
    const last = order.at(-1)?.lesson;
    const fresh = left.filter(([first]) => first?.lesson !== last);
    const among = fresh.length > 0 ? fresh : left;
    const restOf = ([first]: readonly A[]) =>
      left.filter((unit) => unit.some(({ lesson }) => lesson === first?.lesson)).length;
    const most = Math.max(...among.map(restOf));
    const unit = among.find((one) => restOf(one) === most) ?? among[0]!;
    order.push(...unit);
    left = left.filter((one) => one !== unit);
  }
  return order;
}
