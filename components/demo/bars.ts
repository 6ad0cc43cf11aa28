// The bars of the picture: leases on a server's record, what clients believe, pauses, and lifelines. Each begins and ends at the
// very step that made it, since several steps may share a millisecond. Colours and strokes are for the screen.
import type { Chronicle, Ms, NodeId, Scenario, Trace } from '#lib/lock/index.ts';
import type { Lane } from './lanes.ts';
import { gapPx, type Scale, xAt } from './scale.ts';

export type Span = { readonly x1: number; readonly x2: number };
/** A lease on a server's record. `level` is how much of it is left, as a curve from 1 to 0 along the bar. */
export type LeaseBar = Span & {
  readonly y: number;
  readonly hue: number;
  readonly text: string;
  readonly level: readonly { readonly x: number; readonly left: number }[];
  readonly ended: 'expired' | 'released' | 'deleted by another' | 'forgotten' | null;
};
/** `falseFrom` is where the record stops agreeing with the belief; null while it agrees. */
export type BeliefBar = Span & {
  readonly y: number;
  readonly hue: number;
  readonly text: string;
  readonly falseFrom: number | null;
};
export type PauseBar = Span & { readonly y: number; readonly h: number; readonly text: string };
export type Lifeline = Span & { readonly y: number; readonly kind: 'alive' | 'dead' };
export const BAR = 18;
const PAUSE_H = 50;
/** A pause or lease that reaches far past the run is cut off here, not drawn to its end. */
export const BEYOND: Ms = 60_000;

/** What each part of the picture is drawn from. */
export type Known = {
  readonly trace: Trace;
  readonly scenario: Scenario;
  readonly story: Chronicle;
  readonly lanes: readonly Lane[];
  readonly laneOf: (id: NodeId) => Lane;
  readonly scale: Scale;
  readonly nowX: number;
};

/** Several steps may share a millisecond; what a node did then stands at that node's own step. */
function stepOf({ trace }: Known, at: Ms, is: (step: Trace['steps'][number]) => boolean): number | null {
  const index = trace.steps.findIndex((step) => step.at.$at === at && is(step));
  return index < 0 ? null : index + 1;
}

export function lastX(known: Known, who: NodeId, at: Ms): number {
  const step = stepOf(known, at, ({ events }) =>
    events.some(
      (event) => 'who' in event && event.who === who && ['finished', 'crashed', 'paused'].includes(event.kind),
    ),
  );
  return step === null ? xAt(known.scale, at) : (known.scale.stepX[step] as number);
}

export function beliefBars(known: Known): BeliefBar[] {
  const { story, laneOf, scale, nowX, trace } = known;
  return story.beliefs.map(({ who, fence, from, until }) => {
    const begun = stepOf(known, from, ({ events }) =>
      events.some((event) => event.kind === 'answered' && event.who === who && event.op !== 'release'),
    );
    const over =
      until === null
        ? null
        : stepOf(known, until, (step) =>
            step.events.some((event) => (event.kind === 'left' || event.kind === 'crashed') && event.who === who),
          );
    const x1 = begun === null ? xAt(scale, from) : trace.steps.length >= begun ? (scale.stepX[begun] as number) : nowX;
    const x2 = until === null ? nowX : over === null ? xAt(scale, until) : (scale.stepX[over] as number);
    const record = story.leases.find((lease) => lease.who === who && lease.fence === fence);
    const ends = record ? endOfLease(known, record) : null;
    const text = fence === 0 ? 'believes it holds' : `believes it holds, token ${fence}`;
    return {
      x1,
      x2,
      y: laneOf(who).y,
      hue: laneOf(who).hue,
      text,
      falseFrom: ends !== null && ends < x2 ? Math.max(ends, x1) : null,
    };
  });
}

type Lease = Chronicle['leases'][number];

/** Where the record ends in the picture: at the step that deleted it, or at the instant at which its time was up. */
function endOfLease(known: Known, lease: Lease): number {
  if (lease.ended === 'released' || lease.ended === 'deleted by another') {
    const step = stepOf(known, lease.until, ({ events }) =>
      events.some((event) => event.kind === 'freed' && event.fence === lease.fence && event.whose === lease.who),
    );
    if (step !== null) return known.scale.stepX[step] as number;
  }
  return lease.until > known.story.endsAt + BEYOND ? known.scale.endX + 20 : xAt(known.scale, lease.until);
}

export function leaseBars(known: Known): LeaseBar[] {
  const { story, laneOf, scale, trace } = known;
  return story.leases.map((lease) => {
    const grants = trace.steps.flatMap((step, index) =>
      step.events.flatMap((event) => {
        if (event.kind !== 'granted' || event.server !== lease.server || event.fence !== lease.fence) return [];
        if (event.who !== lease.who || event.key !== lease.key) return [];
        const until = event.until.$at - (step.world.nodes[event.server]?.wallOffset ?? 0);
        return [{ at: step.at.$at, x: scale.stepX[index + 1] as number, until }];
      }),
    );
    const x1 = grants[0]?.x ?? xAt(scale, lease.from);
    const x2 = Math.max(x1 + 2, endOfLease(known, lease));
    const level = grants.flatMap((grant, index) => {
      const stop = Math.min(grants[index + 1]?.x ?? x2, x2);
      const left = (at: Ms) => Math.max(0, Math.min(1, (grant.until - at) / Math.max(1, grant.until - grant.at)));
      const inner = scale.points.filter(({ x }) => x > grant.x && x < stop).map(({ x, at }) => ({ x, left: left(at) }));
      return [{ x: grant.x, left: 1 }, ...inner, { x: stop, left: left(timeAt(scale, stop)) }];
    });
    const { ended } = lease;
    const text = lease.fence === 0 ? lease.who : `${lease.who} · token ${lease.fence}`;
    return { x1, x2, y: laneOf(lease.server).y, hue: laneOf(lease.who).hue, text, level, ended };
  });
}

function timeAt({ points }: Scale, x: number): Ms {
  const after = points.findIndex((point) => point.x >= x);
  const [a, b] = [points[after - 1], points[after]];
  if (!b) return points.at(-1)?.at ?? 0;
  if (!a || b.x === x) return b.at;
  return a.at + ((b.at - a.at) * (x - a.x)) / (b.x - a.x);
}

export function pauseBars(known: Known): PauseBar[] {
  const { story, laneOf, scale } = known;
  return story.pauses.map(({ who, from, until }) => {
    const x1 = lastX(known, who, from);
    const far = until > story.endsAt + BEYOND;
    const x2 = far ? scale.endX + gapPx(BEYOND) : xAt(scale, until);
    return { x1, x2, y: laneOf(who).y - PAUSE_H / 2, h: PAUSE_H, text: `paused ${until - from} ms` };
  });
}

export function lifelines(known: Known): Lifeline[] {
  const { lanes, story, nowX, scale } = known;
  return lanes.flatMap((lane): Lifeline[] => {
    if (lane.kind === 'store') return [];
    if (lane.kind === 'server') return [{ x1: 0, x2: scale.endX, y: lane.y, kind: 'alive' }];
    const crash = story.crashes.find(({ who }) => who === lane.id);
    const ending = story.endings.find(({ who }) => who === lane.id);
    const stop = ending ? lastX(known, lane.id, ending.at) : nowX;
    if (!crash) return [{ x1: 0, x2: stop, y: lane.y, kind: 'alive' }];
    const [from, back] = [lastX(known, lane.id, crash.at), crash.restartedAt];
    const dead: Lifeline = { x1: from, x2: back === null ? nowX : xAt(scale, back), y: lane.y, kind: 'dead' };
    const alive: Lifeline = { x1: 0, x2: from, y: lane.y, kind: 'alive' };
    return back === null
      ? [alive, dead]
      : [alive, dead, { x1: dead.x2, x2: Math.max(stop, dead.x2), y: lane.y, kind: 'alive' }];
  });
}
