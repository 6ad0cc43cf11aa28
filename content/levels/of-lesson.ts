// The levels that belong to a lesson, as its page lists them.
import { breakLevels, repairLevels } from './index.ts';
import { parOf } from './judgement.ts';
import { bestRepair } from './repair-judgement.ts';

export type ListedLevel = {
  readonly id: string;
  readonly title: string;
  /** What there is to do. */
  readonly goal: string;
  readonly href: string;
  /** The shortest break or the cheapest repair; null where nothing breaks. */
  readonly par: number | null;
  readonly repair: boolean;
};

export function levelsOfLesson(slug: string): readonly ListedLevel[] {
  return [
    ...breakLevels
      .filter(({ lesson }) => lesson === slug)
      .map((level) => ({
        id: level.id,
        title: `Break it: ${level.title}`,
        goal: level.goal,
        href: `/demos/break/${level.id}`,
        par: parOf(level),
        repair: false,
      })),
    ...repairLevels
      .filter(({ lesson }) => lesson === slug)
      .map((level) => ({
        id: level.id,
        title: `Fix it: ${level.title}`,
        goal: level.story,
        href: `/demos/fix/${level.id}`,
        par: bestRepair(level)?.cost.total ?? null,
        repair: true,
      })),
  ];
}
