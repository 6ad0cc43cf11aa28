// From a run to a picture: lanes, bars, arrows, marks and words with their places, as plain data. It reads the run through the
// engine's chronicle and the steps' events, so that nothing here knows how a lock works, and the screen only has to draw.
// What a server has on record and what a client believes are two bars in two lanes, since their difference is the subject.
// Left out: how any of it looks (drawing.ts).
import { chronicle, type Ms, type Scenario, type Trace } from '#lib/lock/index.ts';
import { type Arrow, bareArrows, namedArrows } from './arrows.ts';
import {
  BEYOND,
  type BeliefBar,
  beliefBars,
  type CutBar,
  cutBars,
  type Known,
  type LeaseBar,
  type Lifeline,
  leaseBars,
  lifelines,
  type PauseBar,
  pauseBars,
} from './bars.ts';
import { type Box, boxOf, emptyPage, type Placed } from './labels.ts';
import { type Lane, lanesOf, type Quorum, type Spot } from './lanes.ts';
import {
  type AccessMark,
  accessMarks,
  type Badge,
  type Band,
  badgeBox,
  badgesOf,
  bandsOf,
  type Dot,
  dotsOf,
  type Ending,
  endingsOf,
} from './marks.ts';
import { type Scale, scaleOf } from './scale.ts';
import { type Drop, dropsOf, type Sign, signsOf } from './signs.ts';
import { type Label, sliding, type Words, wordsOf } from './wording.ts';

export type Rail = { readonly y: number };

export type Picture = {
  readonly width: number;
  readonly height: number;
  readonly axisY: number;
  readonly stepX: readonly number[];
  readonly lanes: readonly Lane[];
  /** The servers that can be folded into one lane, and whether they are now. */
  readonly quorum: (Quorum & { readonly folded: boolean }) | null;
  /** Where data is kept. */
  readonly rails: readonly Rail[];
  readonly lifelines: readonly Lifeline[];
  readonly leases: readonly LeaseBar[];
  readonly beliefs: readonly BeliefBar[];
  readonly pauses: readonly PauseBar[];
  readonly cuts: readonly CutBar[];
  readonly arrows: readonly Arrow[];
  readonly accesses: readonly AccessMark[];
  readonly dots: readonly Dot[];
  readonly signs: readonly Sign[];
  readonly endings: readonly Ending[];
  readonly drops: readonly Drop[];
  readonly bands: readonly Band[];
  readonly badges: readonly Badge[];
  readonly labels: readonly Label[];
  readonly ticks: readonly { readonly x: number; readonly at: Ms }[];
};

export function pictureOf(trace: Trace, scenario: Scenario, stretch = 1, unfolded = false): Picture {
  const story = chronicle(trace, scenario);
  const nodes = Object.keys(trace.start.nodes);
  const { lanes, spots, height, quorum } = lanesOf(
    scenario,
    nodes,
    new Set([...story.accesses.map(({ where }) => where), ...dataKeepers(nodes, scenario)]),
    unfolded,
  );
  const ahead = story.endsAt + BEYOND;
  const ends = [
    ...story.leases.map(({ until }) => until),
    ...story.pauses.map(({ until }) => until),
    ...story.partitions.map(({ until }) => until),
  ];
  const scale = scaleOf(
    trace,
    ends.filter((at) => at <= ahead),
    stretch,
  );
  const nowX = scale.stepX.at(-1) as number;
  const spotOf = (id: string): Spot => {
    const spot = spots.get(id);
    if (!spot) throw new Error(`there is no lane for '${id}'`);
    return spot;
  };
  const known: Known = { trace, scenario, story, spots, spotOf, scale, nowX };

  const beliefs = beliefBars(known);
  const leases = leaseBars(known);
  const pauses = pauseBars(known);
  const cuts = cutBars(known);
  const dots = dotsOf(known);
  const accesses = accessMarks(known);
  const endings = endingsOf(known);
  const nodeSigns = signsOf(known, height);
  const bands = bandsOf(known, lanes, beliefs);

  const badges = badgesOf(bands);

  const solid = [...beliefs.map((bar) => ({ ...bar, h: 18 })), ...leases];
  const { arrows: bare, signs: onTheWay } = bareArrows(known, solid);
  const page = emptyPage(bare);
  // Where a message is lost is as good as a word.
  for (const { end, x2, y2 } of bare) if (end === 'lost') page.put({ x: x2 - 5, y: y2 - 6, w: 10, h: 12 });
  const words: Words = { beliefs, leases, pauses, cuts, dots, accesses, endings, signs: nodeSigns, quorum, badges };
  const labels = wordsOf(words, page);
  const soft: Box[] = [
    ...solid.map(({ x1, x2, y, h }) => ({ x: x1, y: y - h / 2, w: x2 - x1, h })),
    ...pauses.map(({ x1, x2, y, h }) => ({ x: x1, y, w: x2 - x1, h })),
    ...nodeSigns.map(({ x, y }) => ({ x: x - 7, y: y - 7, w: 14, h: 14 })),
    ...bands.flatMap(({ x1, x2, y1, y2 }) => [y1, y2].map((y) => ({ x: x1, y: y - 2, w: x2 - x1, h: 4 }))),
    ...lanes.map(({ y }) => ({ x: 0, y: y - 2, w: nowX, h: 4 })),
  ];
  const arrows = namedArrows(known, bare, soft, page);
  const named = arrows.flatMap(({ label, hue, x1 }): Label[] =>
    label ? [{ ...label, since: x1, tone: hue ?? 'muted', kind: 'message' }] : [],
  );
  const written = sliding([...labels, ...named], badges);

  const right = Math.max(
    scale.endX,
    ...written.map((label) => rightOf(label)),
    ...[...leases, ...pauses, ...cuts, ...beliefs].map(({ x2 }) => x2),
    ...arrows.map(({ x2 }) => x2 + 6),
    ...badges.map((badge) => badgeBox(badge).x + badgeBox(badge).w),
    ...[...nodeSigns, ...accesses].map(({ x }) => x + 12),
  );
  return {
    width: Math.ceil(right + 24),
    height: height + 40,
    axisY: height + 18,
    stepX: scale.stepX,
    lanes,
    quorum: quorum && { ...quorum, folded: !unfolded },
    rails: [...spots.values()].flatMap(({ dataY }) => (dataY === null ? [] : [{ y: dataY }])),
    lifelines: lifelines(known),
    leases,
    beliefs,
    pauses,
    cuts,
    arrows,
    accesses,
    dots,
    signs: [...nodeSigns, ...onTheWay],
    endings,
    drops: dropsOf(known, beliefs, leases),
    bands,
    badges,
    labels: written,
    ticks: ticksOf(scale),
  };
}

function rightOf(label: Placed): number {
  const { x, w } = boxOf(label);
  return x + w;
}

/** A lock server that keeps the data is known by there being no resource beside it; its lane must not change when one is used. */
function dataKeepers(nodes: readonly string[], scenario: Scenario): readonly string[] {
  if (nodes.includes('store')) return [];
  const servers = nodes.filter((id) => !scenario.clients[id]);
  return servers.length === 1 ? servers : [];
}

function ticksOf({ points }: Scale): { x: number; at: Ms }[] {
  const ticks: { x: number; at: Ms }[] = [];
  for (const { x, at } of points) {
    const before = ticks.at(-1);
    const room = 12 + 6 * Math.max(3, String(at).length);
    if (!before || (at !== before.at && x - before.x >= room)) ticks.push({ x, at });
  }
  return ticks;
}
