// The bars of the picture: leases on a server's record, what clients believe, pauses, cut links and lifelines. Each begins and
// ends at the very step that made it, since several steps may share a millisecond. Colours and strokes are in drawing.ts.
import { type Chronicle, FOREVER, type Ms, type NodeId, type Scenario, type Trace } from '#lib/lock/index.ts';
import type { Spot } from './lanes.ts';
import { gapPx, type Scale, xAt } from './scale.ts';

export type Span = { readonly x1: number; readonly x2: number };
type Lease = Chronicle['leases'][number];
/** A lease on a server's record. `level` is how much of it is left, as a curve from 1 to 0 along the bar. */
export type LeaseBar = Span & {
  readonly y: number;
  readonly h: number;
  readonly hue: number;
  /** All that could be written on it; how much of it is, says the list of labels. */
  readonly text: string;
  readonly who: NodeId;
  readonly level: readonly { readonly x: number; readonly left: number }[];
  readonly ended: Lease['ended'];
  readonly folded: boolean;
  readonly server: NodeId;
  /** On how many servers its holder must be on record. */
  readonly of: number;
};
/** Where the record does not say what the holder believes; `falseFrom` is the first such place, null while they agree. */
export type BeliefBar = Span & {
  readonly y: number;
  readonly hue: number;
  readonly who: NodeId;
  readonly text: string;
  readonly falseFrom: number | null;
  readonly falseSpans: readonly Span[];
};
export type PauseBar = Span & { readonly y: number; readonly h: number; readonly text: string; readonly spot: Spot };
/** Links of a node that carry nothing, for a while. */
export type CutBar = Span & {
  readonly y: number;
  readonly text: string;
  readonly spot: Spot;
  readonly side: 'both' | 'in' | 'out';
  readonly healed: boolean;
};
export type Lifeline = Span & { readonly y: number; readonly kind: 'alive' | 'dead' };
/** A pause or lease that reaches far past the run is cut off here, not drawn to its end. */
export const BEYOND: Ms = 60_000;

/** What each part of the picture is drawn from. */
export type Known = {
  readonly trace: Trace;
  readonly scenario: Scenario;
  readonly story: Chronicle;
  readonly spots: ReadonlyMap<NodeId, Spot>;
  readonly spotOf: (id: NodeId) => Spot;
  readonly scale: Scale;
  readonly nowX: number;
};

/** Where the picture stands when this step has been made. */
export function xOf({ scale }: Pick<Known, 'scale'>, step: number): number {
  return scale.stepX[step + 1] as number;
}

/** An end that may lie ahead of the run, and then perhaps further than the picture goes. */
function aheadX({ scale, story }: Known, until: Ms): number {
  if (until >= FOREVER) return scale.endX + 20;
  return until > story.endsAt + BEYOND ? scale.endX + gapPx(BEYOND) : xAt(scale, until);
}

function leaseSpan(known: Known, lease: Lease): Span {
  const x1 = xOf(known, lease.fromStep);
  const end = lease.untilStep === null ? aheadX(known, lease.until) : xOf(known, lease.untilStep);
  return { x1, x2: Math.max(x1 + 2, end) };
}

export function leaseBars(known: Known): LeaseBar[] {
  return known.story.leases.map((lease) => {
    const { server, who, fence, ended, of } = lease;
    const spot = known.spotOf(server);
    const span = leaseSpan(known, lease);
    const text = fence === 0 ? who : `${who} · token ${fence}`;
    const { y, bar, folded } = spot;
    const level = levelOf(known, lease, span);
    const h = folded ? bar : bar + 4;
    return { ...span, y, h, hue: known.spotOf(who).hue, text, who, level, ended, folded, server, of };
  });
}

/** Full at each grant; a clock that was moved lets it drop at once. */
function levelOf(known: Known, { terms }: Lease, { x1, x2 }: Span): LeaseBar['level'] {
  const { scale } = known;
  const inside = (x: number) => Math.min(Math.max(x, x1), x2);
  return terms.flatMap((term, index) => {
    const next = terms[index + 1];
    const [from, to] = [inside(xOf(known, term.step)), inside(next ? xOf(known, next.step) : x2)];
    const left = (at: Ms) =>
      term.lasts >= FOREVER ? 1 : Math.max(0, Math.min(1, (term.until - at) / Math.max(1, term.lasts)));
    const inner = scale.points.filter(({ x }) => x > from && x < to).map(({ x, at }) => ({ x, left: left(at) }));
    return [{ x: from, left: left(term.at) }, ...inner, { x: to, left: left(timeAt(scale, to)) }];
  });
}

function timeAt({ points }: Scale, x: number): Ms {
  const after = points.findIndex((point) => point.x >= x);
  const [a, b] = [points[after - 1], points[after]];
  if (!b) return points.at(-1)?.at ?? 0;
  if (!a || b.x === x) return b.at;
  return a.at + ((b.at - a.at) * (x - a.x)) / (b.x - a.x);
}

export function beliefBars(known: Known): BeliefBar[] {
  const { story, spotOf, nowX } = known;
  return story.beliefs.map(({ who, fence, fromStep, untilStep }) => {
    const x1 = xOf(known, fromStep);
    const x2 = untilStep === null ? nowX : xOf(known, untilStep);
    const { y, hue } = spotOf(who);
    const text = fence === 0 ? 'believes it holds' : `believes it holds, token ${fence}`;
    const falseSpans = unrecorded(known, who, fence, { x1, x2 });
    return { x1, x2, y, hue, who, text, falseFrom: falseSpans[0]?.x1 ?? null, falseSpans };
  });
}

/** The stretches of a belief in which fewer servers have it on record than it takes. */
function unrecorded(known: Known, who: NodeId, fence: number, { x1, x2 }: Span): Span[] {
  const records = known.story.leases.filter((lease) => lease.who === who && lease.fence === fence);
  const of = records[0]?.of;
  // Where nobody writes down who holds it, nothing contradicts the belief.
  if (of === undefined) return [];
  const spans = records.map((lease) => leaseSpan(known, lease));
  const edges = [...new Set([x1, x2, ...spans.flatMap((span) => [span.x1, span.x2])])]
    .filter((x) => x >= x1 && x <= x2)
    .sort((a, b) => a - b);
  const found: Span[] = [];
  edges.slice(1).forEach((to, index) => {
    const from = edges[index] as number;
    const middle = (from + to) / 2;
    if (spans.filter((span) => span.x1 <= middle && middle < span.x2).length >= of) return;
    const last = found.at(-1);
    if (last?.x2 === from) found[found.length - 1] = { x1: last.x1, x2: to };
    else found.push({ x1: from, x2: to });
  });
  return found;
}

const PAUSE_H = { client: 50, server: 38, store: 34 } as const;

export function pauseBars(known: Known): PauseBar[] {
  return known.story.pauses.map(({ who, from, until, step }) => {
    const spot = known.spotOf(who);
    const h = spot.folded ? spot.bar + 3 : PAUSE_H[spot.kind];
    const x1 = xOf(known, step);
    const x2 = Math.max(x1 + 2, aheadX(known, until));
    return { x1, x2, y: spot.y - h / 2, h, text: `paused ${until - from} ms`, spot };
  });
}

export function cutBars(known: Known): CutBar[] {
  return known.story.partitions.map(({ who, step, deaf, mute, until, healedIn }) => {
    const spot = known.spotOf(who);
    const x1 = xOf(known, step);
    const x2 = Math.max(x1 + 6, healedIn === null ? aheadX(known, until) : xOf(known, healedIn));
    const side = mute.length === 0 ? 'in' : deaf.length === 0 ? 'out' : 'both';
    const others = [...new Set([...deaf, ...mute])];
    const named = others.length > 2 ? 'everybody else' : others.join(' and ');
    const text = { both: `cut off from ${named}`, in: `hears nothing from ${named}`, out: `cannot reach ${named}` }[
      side
    ];
    const y = spot.folded ? spot.y : spot.kind === 'client' ? spot.y + 40 : spot.lane.bottom - 3;
    return { x1, x2, y, text, spot, side, healed: healedIn !== null };
  });
}

/** A client's line ends with its program; any line is broken while its node is down. */
export function lifelines(known: Known): Lifeline[] {
  const { story, spots, nowX, scale } = known;
  return [...spots.values()].flatMap((spot): Lifeline[] => {
    const { id, y, kind } = spot;
    const endings = story.endings.filter(({ who }) => who === id);
    const last = endings.at(-1);
    const lives = kind === 'client' ? (last ? xOf(known, last.step) : nowX) : scale.endX;
    const lines: Lifeline[] = [];
    let from = 0;
    let gone = false;
    for (const crash of story.crashes.filter(({ who }) => who === id)) {
      const at = xOf(known, crash.step);
      const back =
        crash.restartedIn === null ? Math.max(at, kind === 'client' ? nowX : lives) : xOf(known, crash.restartedIn);
      lines.push({ x1: from, x2: at, y, kind: 'alive' }, { x1: at, x2: back, y, kind: 'dead' });
      from = back;
      gone = crash.restartedIn === null;
    }
    return gone ? lines : [...lines, { x1: from, x2: Math.max(from, lives), y, kind: 'alive' }];
  });
}
