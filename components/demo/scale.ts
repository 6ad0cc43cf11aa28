// From milliseconds to pixels. A run is a few crowded instants with long waits between them: on an even scale either the
// messages fall on top of each other or the wait fills the page. So each gap is drawn by the square root of its length,
// each step has a place of its own even within one millisecond, and the axis carries the true times.
// Left out: zoom.
import type { Ms, Trace } from '#lib/lock/index.ts';

export type Scale = {
  /** Where the picture stands after so many steps; index 0 is before the first. */
  readonly stepX: readonly number[];
  readonly points: readonly Point[];
  readonly endX: number;
};
/** `step` is null for an instant at which nobody moves, such as the end of a lease. */
export type Point = { readonly at: Ms; readonly x: number; readonly step: number | null };

const LEFT = 18;
/** Between two steps of one millisecond. */
const SAME_TIME = 16;
/** Room before a fault, for the names of what came before it. */
const FAULT = 26;

export function gapPx(ms: Ms): number {
  return ms <= 0 ? SAME_TIME : Math.round(6 + 17.5 * Math.sqrt(Math.min(ms, 10_000)));
}

/** `instants` are further times that need a place: where a lease or a pause ends. `stretch` widens every gap. */
export function scaleOf(trace: Trace, instants: readonly Ms[], stretch = 1): Scale {
  const steps = trace.steps.map(({ at }, index) => ({ at: at.$at, step: index as number | null }));
  const known = new Set([trace.start.now.$at, ...steps.map(({ at }) => at)]);
  const extra = [...new Set(instants)].filter((at) => at > trace.start.now.$at && !known.has(at));
  const all = [...steps, ...extra.map((at) => ({ at, step: null }))].sort((a, b) => a.at - b.at);

  const points: Point[] = [{ at: trace.start.now.$at, x: LEFT, step: null }];
  const stepX: number[] = [LEFT];
  let before = points[0] as Point;
  for (const { at, step } of all) {
    const fault = step !== null && trace.steps[step]?.move.kind === 'fault';
    const gap = gapPx(at - before.at) + (fault ? FAULT : 0);
    const point = { at, x: before.x + Math.round(gap * stretch), step };
    points.push(point);
    if (step !== null) stepX[step + 1] = point.x;
    before = point;
  }
  return { stepX, points, endX: before.x };
}

/**
 * A demo of few steps is drawn wider, so that it fills a page. It goes by the run that the demo opens with and not by the one
 * on screen, which would shift under the reader's eyes with each move taken.
 */
export function stretchFor(opening: Trace): number {
  const { endX } = scaleOf(opening, []);
  return Math.min(1.8, Math.max(1, 820 / endX));
}

/** The place of an instant. Where several steps share it, the first or the last of them. */
export function xAt({ points }: Scale, at: Ms, which: 'first' | 'last' = 'first'): number {
  let before: Point | null = null;
  for (const point of points) {
    if (point.at === at && which === 'first') return point.x;
    if (point.at > at) {
      if (before === null) return point.x;
      if (before.at === at) return before.x;
      return before.x + ((point.x - before.x) * (at - before.at)) / (point.at - before.at);
    }
    before = point;
  }
  return before?.x ?? LEFT;
}
