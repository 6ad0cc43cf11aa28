// A name for a world, and for a run, in 14 characters: equal for two worlds that are the same (search/sameness.ts), and
// different, but for bad luck, for two that are not. It is the same in Node, in a page and in a worker.
// 64 bits: among a million worlds the odds that any two share a fingerprint are about one in 37 million. Good enough for a
// check in an address; the search does not rely on it and compares whole states.
import { type Apart, isSteady, restOf, takeApart, windowFromNow } from './search/sameness.ts';
import type { NodeState, Pending, Trace, World } from './types.ts';

export function fingerprint(world: World): string {
  return textOf(mixWorld(START, world));
}

/** Equal for two runs exactly when they made the same moves at the same instants and saw the same worlds. */
export function traceHash(trace: Trace): string {
  let lanes = mixWorld(START, trace.start);
  for (const { move, at, world } of trace.steps) lanes = mixWorld(mixText(lanes, `${move.label} @ ${at.$at}`), world);
  return textOf(lanes);
}

type Lanes = readonly [a: number, b: number];
const START: Lanes = [1, 2];

function mixWorld(before: Lanes, world: World): Lanes {
  const now = world.now.$at;
  const rest = restOf(world);
  const steady = isSteady(rest);
  let lanes = before;
  for (const id in world.nodes) {
    lanes = mixText(lanes, id);
    lanes = mixPart(lanes, takeApart('node', world.nodes[id] as NodeState, now, steady));
  }
  lanes = mixPending(lanes, world.pending, now);
  lanes = mixPart(lanes, takeApart('rest', rest, now, steady));
  return mixPart(lanes, takeApart('observed', world.observed, now, steady));
}

/** A sum over the parts, since the order in which things were put under way decides nothing. */
function mixPending(lanes: Lanes, pending: readonly Pending[], now: number): Lanes {
  let [sumA, sumB] = [0, 0];
  for (const one of pending) {
    const { to, name, input } = one;
    const [earliest, latest] = windowFromNow(one, now);
    const thing = mixPart([3, 4], takeApart('thing', { to, name, input }, now, true));
    const [a, b] = mix(mix(thing, earliest), latest);
    sumA = (sumA + avalanche(a)) | 0;
    sumB = (sumB + avalanche(b)) | 0;
  }
  return mix(mix(mix(lanes, sumA), sumB), pending.length);
}

function mixPart(lanes: Lanes, { shape, times }: Apart): Lanes {
  return times.reduce(mix, mixText(lanes, shape.text));
}

// ---- two lanes of MurmurHash3's mixing step (Austin Appleby, public domain), with different constants ------------------

function mixText(lanes: Lanes, text: string): Lanes {
  let [a, b] = lanes;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = mixA(a, code);
    b = mixB(b, code);
  }
  return mix([a, b], text.length);
}

function mix([a, b]: Lanes, value: number): Lanes {
  return [mixA(a, value), mixB(b, value)];
}

function mixA(lane: number, value: number): number {
  let x = Math.imul(value, 0xcc9e2d51);
  x = Math.imul((x << 15) | (x >>> 17), 0x1b873593) ^ lane;
  return (Math.imul((x << 13) | (x >>> 19), 5) + 0xe6546b64) | 0;
}

function mixB(lane: number, value: number): number {
  let y = Math.imul(value, 0x239b961b);
  y = Math.imul((y << 16) | (y >>> 16), 0xab0e9789) ^ lane;
  return (Math.imul((y << 17) | (y >>> 15), 5) + 0x38495ab5) | 0;
}

function avalanche(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) | 0;
}

function textOf([a, b]: Lanes): string {
  return digits(avalanche(a ^ b)) + digits(avalanche(Math.imul(b, 31) + a));
}

function digits(value: number): string {
  return (value >>> 0).toString(36).padStart(7, '0');
}
