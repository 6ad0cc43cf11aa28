// The marks of a picture that are points or moments: accesses to the data, what a node did by itself, how a program ended, and
// where a guarantee was broken.
import { answerOf, outcomeWords } from '#lib/lock/index.ts';
import { type BeliefBar, type Known, type Span, xOf } from './bars.ts';
import type { Lane, Spot } from './lanes.ts';

export type AccessMark = {
  readonly x: number;
  readonly y: number;
  readonly hue: number;
  readonly what: 'read' | 'write';
  readonly accepted: boolean;
  readonly broken: boolean;
  /** Which side the client is on: 1 below, -1 above. A refused access stops there. */
  readonly side: 1 | -1;
  /** The number as the store has it now, or the token that was too low. */
  readonly text: string;
};
/** Something that a node did by itself: a line of its program, or a timer. */
export type Dot = {
  readonly x: number;
  readonly y: number;
  readonly hue: number | null;
  readonly text: string;
  readonly spot: Spot;
};
export type Ending = { readonly x: number; readonly y: number; readonly text: string; readonly spot: Spot };
export type Band = Span & { readonly y1: number; readonly y2: number; readonly numbers: readonly number[] };
/** The numbers of what is broken, as discs in a row around `x`. Nothing is drawn over them. */
export type Badge = {
  readonly x: number;
  readonly y: number;
  readonly numbers: readonly number[];
  /** Where it breaks. */
  readonly since: number;
};
/** From one disc to the next. */
export const DISC = 17;

export function accessMarks({ story, spotOf, trace, scale }: Known): AccessMark[] {
  return story.accesses.map(({ who, where, what, step, fence, seen, accepted, value }) => {
    const spot = spotOf(where);
    const y = spot.dataY ?? spot.y;
    return {
      x: scale.stepX[step + 1] as number,
      y,
      hue: spotOf(who).hue,
      what,
      accepted,
      broken: trace.violations.some((violation) => violation.step === step && violation.property !== 'one-believer'),
      side: spotOf(who).y > y ? 1 : -1,
      text: accepted ? (what === 'write' ? `= ${value}` : '') : fence < seen ? `${fence} < ${seen}` : 'refused',
    };
  });
}

/** Each line of a program that was run; lines that send nothing are named, since no arrow does it. */
export function dotsOf({ trace, spotOf, scale, scenario }: Known): Dot[] {
  return trace.steps.flatMap(({ move, world }, index): Dot[] => {
    if (move.kind !== 'take') return [];
    const before = index === 0 ? trace.start : (trace.steps[index - 1]?.world ?? trace.start);
    const taken = before.pending.find(({ id }) => id === move.id);
    if (!taken || taken.input.kind === 'message') return [];
    const spot = spotOf(taken.to);
    const client = scenario.clients[taken.to] !== undefined;
    const silent = !world.pending.some(({ id, input }) => id >= before.nextId && input.kind === 'message');
    const answer = taken.name.endsWith('?') ? ` ${answerOf(before, world, taken.to)}` : '';
    const text = silent && client ? `${taken.name}${answer}` : '';
    const x = scale.stepX[index + 1] as number;
    return [{ x, y: spot.y, hue: client ? spot.hue : null, text, spot }];
  });
}

/** Two believers are a stretch of time; every other broken guarantee is a moment. */
export function bandsOf({ trace, scale }: Known, lanes: readonly Lane[], beliefs: readonly BeliefBar[]): Band[] {
  const clients = lanes.filter(({ kind }) => kind === 'client');
  const all = { y1: (lanes[0] as Lane).top - 4, y2: (lanes.at(-1) as Lane).bottom + 4 };
  const bands: (Span & { y1: number; y2: number; numbers: number[] })[] = [];
  trace.violations.forEach(({ property, step }, index) => {
    const number = index + 1;
    const both = property === 'one-believer' ? overlaps(beliefs) : [];
    for (const { x1, x2 } of both) {
      bands.push({ x1, x2, y1: (clients[0] as Lane).top, y2: (clients.at(-1) as Lane).bottom, numbers: [number] });
    }
    if (both.length > 0) return;
    const x = scale.stepX[step + 1] as number;
    const same = bands.find((band) => band.x1 === x - 7 && band.x2 === x + 7);
    if (same) same.numbers.push(number);
    else bands.push({ x1: x - 7, x2: x + 7, ...all, numbers: [number] });
  });
  return bands;
}

/** A stretch has its number where it begins, a moment above itself; where there is one already, a little to the right. */
export function badgesOf(bands: readonly Band[]): Badge[] {
  const badges: Badge[] = [];
  for (const { x1, x2, y1, numbers } of bands) {
    const half = (numbers.length * DISC) / 2;
    const moment = x2 - x1 <= 14;
    let x = moment ? (x1 + x2) / 2 : x1 + half;
    const taken = () =>
      badges.find(
        (other) => Math.abs(other.y - y1) < DISC && Math.abs(other.x - x) < half + (other.numbers.length * DISC) / 2,
      );
    for (let other = taken(); other; other = taken()) x = other.x + (other.numbers.length * DISC) / 2 + half;
    badges.push({ x, y: y1, numbers, since: moment ? x1 + 7 : x1 });
  }
  return badges;
}

/** The room that a badge takes. */
export function badgeBox({ x, y, numbers }: Badge): { x: number; y: number; w: number; h: number } {
  const w = numbers.length * DISC + 1;
  return { x: x - w / 2, y: y - 9, w, h: 18 };
}

/** The stretches in which more than one of the bars is there. */
export function overlaps(bars: readonly Span[]): readonly Span[] {
  const edges = [
    ...bars.flatMap(({ x1, x2 }) => [
      { x: x1, by: 1 },
      { x: x2, by: -1 },
    ]),
  ].sort((a, b) => a.x - b.x || a.by - b.by);
  const found: Span[] = [];
  let depth = 0;
  let from: number | null = null;
  for (const { x, by } of edges) {
    depth += by;
    if (depth >= 2 && from === null) from = x;
    if (depth < 2 && from !== null) {
      if (x > from) found.push({ x1: from, x2: x });
      from = null;
    }
  }
  return found;
}

/** A little to the right of the last step, where the line of the client ends. */
const END = 9;

export function endingsOf(known: Known): Ending[] {
  return known.story.endings.map(({ who, step, outcome }) => {
    const spot = known.spotOf(who);
    return { x: xOf(known, step) + END, y: spot.y, text: outcomeWords(known.scenario, outcome), spot };
  });
}
