// From a run to a picture: lanes, bars, arrows and marks with their places, as plain data. It reads the run through the
// engine's chronicle and the steps' events, so that nothing here knows how a lock works, and the screen only has to draw.
// Locks stand above the clients and data below: an arrow that goes up is about the lock, one that goes down is about the data.
// What a server has on record and what a client believes are two bars in two lanes, since their difference is the subject.
import { answerOf, chronicle, type Ms, type NodeId, outcomeWords, type Scenario, type Trace } from '#lib/lock/index.ts';
import {
  BAR,
  BEYOND,
  type BeliefBar,
  beliefBars,
  type Known,
  type LeaseBar,
  type Lifeline,
  lastX,
  leaseBars,
  lifelines,
  type PauseBar,
  pauseBars,
  type Span,
} from './bars.ts';
import { type Box, type Placed, placeLabels, textWidth } from './labels.ts';
import { type Lane, lanesOf } from './lanes.ts';
import { type Scale, scaleOf } from './scale.ts';
import { shortName } from './words.ts';

export type Arrow = {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly hue: number;
  readonly end: 'arrives' | 'lost' | 'flying';
  readonly label: Placed | null;
};
export type AccessMark = {
  readonly x: number;
  readonly y: number;
  readonly hue: number;
  readonly what: 'read' | 'write';
  readonly accepted: boolean;
  readonly broken: boolean;
  /** The number as the store has it now, or the token that was too low. */
  readonly text: string;
};
export type Dot = {
  readonly x: number;
  readonly y: number;
  readonly hue: number;
  readonly text: string;
  readonly textY: number;
};
export type Sign = { readonly x: number; readonly y: number; readonly text: string };
/** From the end of a lease on the record down to the client who still believes in it. */
export type Drop = { readonly x: number; readonly y1: number; readonly y2: number; readonly hue: number };
export type Band = Span & { readonly y1: number; readonly y2: number; readonly numbers: readonly number[] };

export type Picture = {
  readonly width: number;
  readonly height: number;
  readonly axisY: number;
  readonly stepX: readonly number[];
  readonly lanes: readonly Lane[];
  readonly lifelines: readonly Lifeline[];
  readonly leases: readonly LeaseBar[];
  readonly beliefs: readonly BeliefBar[];
  readonly pauses: readonly PauseBar[];
  readonly arrows: readonly Arrow[];
  readonly accesses: readonly AccessMark[];
  readonly dots: readonly Dot[];
  readonly crashes: readonly Sign[];
  readonly endings: readonly Sign[];
  readonly drops: readonly Drop[];
  readonly bands: readonly Band[];
  readonly ticks: readonly { readonly x: number; readonly at: Ms }[];
};

export function pictureOf(trace: Trace, scenario: Scenario, stretch = 1): Picture {
  const story = chronicle(trace);
  const { lanes, height } = lanesOf(scenario, Object.keys(trace.start.nodes));
  const ahead = story.endsAt + BEYOND;
  const instants = [...story.leases.map(({ until }) => until), ...story.pauses.map(({ until }) => until)].filter(
    (at) => at <= ahead,
  );
  const scale = scaleOf(trace, instants, stretch);
  const nowX = scale.stepX.at(-1) as number;
  const laneOf = (id: NodeId) => lanes.find((lane) => lane.id === id) as Lane;
  const known = { trace, scenario, story, lanes, laneOf, scale, nowX };

  const beliefs = beliefBars(known);
  const leases = leaseBars(known);
  const pauses = pauseBars(known);
  const dots = dotsOf(known);
  const accesses = accessMarks(known);
  const arrows = arrowsOf(
    known,
    [...beliefs, ...leases],
    [
      ...[...beliefs, ...leases].map((bar) => ({ x: bar.x1, y: bar.y - BAR / 2, w: bar.x2 - bar.x1, h: BAR })),
      ...beliefs.map((bar) => ({ x: bar.x1, y: bar.y - BAR / 2 - 15, w: textWidth(bar.text), h: 14 })),
      ...pauses.map((bar) => ({ x: bar.x1, y: bar.y, w: bar.x2 - bar.x1, h: bar.h })),
      ...dots.map(({ x, textY, text }) => ({ x: x - textWidth(text) / 2, y: textY - 10, w: textWidth(text), h: 12 })),
    ],
  );
  const endings = story.endings.map(({ who, at, outcome }) => ({
    x: lastX(known, who, at) + 9,
    y: laneOf(who).y,
    text: outcomeWords(scenario, outcome),
  }));
  const right = Math.max(
    scale.endX,
    ...endings.map(({ x, text }) => x + textWidth(text)),
    ...arrows.map(({ label }) => (label?.anchor === 'start' ? label.x + textWidth(label.text) : 0)),
    ...accesses.map(({ x, text }) => x + textWidth(text) + 12),
  );
  return {
    width: Math.ceil(right + 24),
    height: height + 40,
    axisY: height + 18,
    stepX: scale.stepX,
    lanes,
    lifelines: lifelines(known),
    leases,
    beliefs,
    pauses,
    arrows,
    accesses,
    dots,
    crashes: story.crashes.map(({ who, at }) => ({ x: lastX(known, who, at), y: laneOf(who).y, text: 'crashes' })),
    endings,
    drops: beliefs.flatMap(({ falseFrom, hue, y }) => {
      const record = leases.find((lease) => lease.x2 === falseFrom && lease.hue === hue);
      return record ? [{ x: record.x2, y1: record.y + BAR / 2, y2: y - BAR / 2, hue }] : [];
    }),
    bands: bandsOf(known),
    ticks: ticksOf(scale),
  };
}

function arrowsOf(known: Known, bars: readonly (Span & { readonly y: number })[], taken: readonly Box[]): Arrow[] {
  const { story, laneOf, scale, nowX, scenario } = known;
  const keys = [...new Set(story.leases.map(({ key }) => key)), 'lock'];
  const drawn = story.messages.map((message) => {
    const [from, to] = [laneOf(message.from), laneOf(message.to)];
    const down = to.y > from.y ? 1 : -1;
    const x1 = scale.stepX[message.sentIn === null ? 0 : message.sentIn + 1] as number;
    const arrived = message.deliveredAt !== null && message.endedIn !== null;
    const end: Arrow['end'] = arrived ? 'arrives' : message.lostAt !== null ? 'lost' : 'flying';
    // What is still in flight, or lost, is broken off on its way: nobody has seen it arrive.
    const x2 = arrived
      ? (scale.stepX[(message.endedIn as number) + 1] as number)
      : end === 'flying'
        ? nowX + 14
        : x1 + 26;
    const y1 = from.y + down * edge(from, x1, bars);
    const y2 = to.y - down * edge(to, x2, bars);
    const stop = arrived ? y2 : y1 + (y2 - y1) * 0.45;
    const who = scenario.clients[message.from] ? from : to;
    return { x1, y1, x2, y2: stop, hue: who.hue, end, text: shortName(message.name, keys) };
  });
  const labels = placeLabels(drawn, taken);
  return drawn.map(({ text: _text, ...arrow }, index) => ({ ...arrow, label: labels[index] ?? null }));
}

/** An arrow meets a bar at its edge, and a bare lifeline at the line itself. */
function edge({ kind, y }: Lane, x: number, bars: readonly (Span & { readonly y: number })[]): number {
  if (kind === 'store') return 9;
  if (!bars.some((bar) => bar.y === y && bar.x1 <= x && x <= bar.x2)) return 0;
  return kind === 'server' ? BAR / 2 + 2 : BAR / 2;
}

function accessMarks(known: Known): AccessMark[] {
  const { story, laneOf, scale, trace } = known;
  const { y } = laneOf('store');
  return story.accesses.map(({ who, what, step, fence, seen, accepted, value }) => ({
    x: scale.stepX[step + 1] as number,
    y,
    hue: laneOf(who).hue,
    what,
    accepted,
    broken: trace.violations.some((violation) => violation.step === step && violation.property !== 'one-believer'),
    text: accepted ? (what === 'write' ? `= ${value}` : '') : fence < seen ? `${fence} < ${seen}` : 'refused',
  }));
}

/** Each line of a program that was run; lines that send nothing are named, since no arrow does it. */
function dotsOf(known: Known): Dot[] {
  const { trace, laneOf, scale, scenario } = known;
  const dots: Dot[] = [];
  const free = new Map<NodeId, number[]>();
  trace.steps.forEach((step, index) => {
    const { move, world } = step;
    if (move.kind !== 'take') return;
    const before = index === 0 ? trace.start : (trace.steps[index - 1]?.world ?? trace.start);
    const taken = before.pending.find(({ id }) => id === move.id);
    if (taken?.input.kind !== 'line' || !scenario.clients[taken.to]) return;
    const silent = !world.pending.some(({ id, input }) => id >= before.nextId && input.kind === 'message');
    const lane = laneOf(taken.to);
    const x = scale.stepX[index + 1] as number;
    const answer = taken.name.endsWith('?') ? ` ${answerOf(before, world, taken.to)}` : '';
    const text = silent ? `${taken.name}${answer}` : '';
    // Two rows under the lane, so that neighbours do not run into each other.
    const rows = free.get(lane.id) ?? [0, 0];
    const w = textWidth(text) / 2 + 3;
    const row = text !== '' && (rows[0] as number) > x - w ? 1 : 0;
    if (text !== '') rows[row] = x + w;
    free.set(lane.id, rows);
    dots.push({ x, y: lane.y, hue: lane.hue, text, textY: lane.y + 23 + row * 12 });
  });
  return dots;
}

/** Two believers are a stretch of time; every other broken guarantee is a moment. */
function bandsOf(known: Known): Band[] {
  const { trace, lanes, scale } = known;
  const clients = lanes.filter(({ kind }) => kind === 'client');
  const all = { y1: (lanes[0] as Lane).top - 4, y2: (lanes.at(-1) as Lane).y + 27 };
  const bands: (Span & { y1: number; y2: number; numbers: number[] })[] = [];
  trace.violations.forEach(({ property, step }, index) => {
    const number = index + 1;
    if (property === 'one-believer') {
      for (const { x1, x2 } of overlaps(beliefBars(known))) {
        bands.push({ x1, x2, y1: (clients[0] as Lane).top, y2: (clients.at(-1) as Lane).bottom, numbers: [number] });
      }
      return;
    }
    const x = scale.stepX[step + 1] as number;
    const same = bands.find((band) => band.x1 === x - 7 && band.x2 === x + 7);
    if (same) same.numbers.push(number);
    else bands.push({ x1: x - 7, x2: x + 7, ...all, numbers: [number] });
  });
  return bands;
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

function ticksOf({ points }: Scale): { x: number; at: Ms }[] {
  const ticks: { x: number; at: Ms }[] = [];
  for (const { x, at } of points) {
    const before = ticks.at(-1);
    if (!before || (at !== before.at && x - before.x >= 30)) ticks.push({ x, at });
  }
  return ticks;
}
