// When are two worlds the same? When they differ only in the names of pending things (`id`), in how late it is, and in how
// long ago a deadline passed. Every instant is read as "so long from now"; all of the rest counts, and nobody picks fields
// by hand, since a field that is left out is a wrong "holds". A point in time that an actor keeps as a bare number
// would not be made relative: it splits worlds that are one, and a test (fingerprint.test.ts) finds it.
// 64 bits: among a million worlds the odds that any two share a fingerprint are about one in 37 million.
// No part's hash is remembered. That was tried; a WeakMap cost twice what it saved.
import { FOREVER, isDeadline, isInstant } from './time.ts';
import type { Json, NodeState, Pending, Trace, World } from './types.ts';

export function fingerprint(world: World): string {
  begin(1, 2);
  mixWorld(world);
  return result();
}

/** Equal for two runs exactly when they made the same moves at the same instants and saw the same worlds. */
export function traceHash(trace: Trace): string {
  begin(1, 2);
  mixWorld(trace.start);
  for (const { move, at, world } of trace.steps) {
    mixText(move.label);
    mix(at.$at);
    mixWorld(world);
  }
  return result();
}

function mixWorld(world: World): void {
  const now = world.now.$at;
  // A clock that can be set back could make a deadline come true again, so then none of them is ever over.
  const steady = !world.faultsLeft.clockJump && !world.faultsLeft.clockRate;
  for (const id in world.nodes) {
    mixText(id);
    mixNode(world.nodes[id] as NodeState, now, steady);
  }
  mixPending(world.pending, now);
  mixJson(world.cuts as Json, now, -FOREVER);
  mixJson(world.faultsLeft as Json, now, -FOREVER);
  // An observer sees events, and those come now or later.
  mixJson(world.observed, now, steady ? now : -FOREVER);
}

function mixNode(node: NodeState, now: number, steady: boolean): void {
  // A pause that is over leaves no trace. One that is not says when the node will look at a clock again, and a deadline
  // that is over by then is over as far as the node is concerned.
  const looks = Math.max(node.resumesAt.$at, now);
  const merges = steady && node.wallOffset === 0 && node.drift === null;
  mix(node.up ? 1 : 0);
  mix(looks - now);
  mix(node.wallOffset);
  mixJson(node.drift as Json, now, -FOREVER);
  mixJson(node.memory, now, merges ? looks : -FOREVER);
  // Not so its disk, which may be read before that: by the next life of a node that crashes in its pause.
  mixJson(node.disk, now, merges ? now : -FOREVER);
}

/** A sum over the parts, since the order in which things were put under way decides nothing. */
function mixPending(pending: readonly Pending[], now: number): void {
  const [outerA, outerB] = [laneA, laneB];
  let [sumA, sumB] = [0, 0];
  for (const { to, name, input, earliest, latest } of pending) {
    begin(3, 4);
    mixText(to);
    mixText(name);
    mixJson(input as Json, now, -FOREVER);
    // What could have happened before now can happen now, and no difference is left between the two.
    mix(Math.max(0, fromNow(earliest.$at, now)));
    mix(fromNow(latest.$at, now));
    sumA = (sumA + avalanche(laneA)) | 0;
    sumB = (sumB + avalanche(laneB)) | 0;
  }
  begin(outerA, outerB);
  mix(sumA);
  mix(sumB);
  mix(pending.length);
}

/**
 * `over` is the instant up to which a deadline has passed; by how much no longer matters then.
 * Keys count in the order in which they stand, which spreading and JSON both keep. Were an actor to build equal states in
 * different orders, worlds would be split that are one: slower, never wrong.
 */
function mixJson(value: Json, now: number, over: number): void {
  if (typeof value === 'string') mixText(value);
  else if (typeof value === 'number') mixNumber(value);
  else if (typeof value === 'boolean') mix(value ? 10 : 11);
  else if (value === null) mix(9);
  else if (isInstant(value)) {
    mix(7);
    mix(fromNow(value.$at, now));
  } else if (isDeadline(value)) {
    mix(8);
    mix(value.$until <= over ? NEVER - 1 : fromNow(value.$until, now));
  } else if (Array.isArray(value)) {
    for (const part of value) mixJson(part, now, over);
    mix(value.length);
  } else {
    const object = value as { readonly [key: string]: Json };
    for (const key in object) {
      mixText(key);
      mixJson(object[key] as Json, now, over);
    }
    mix(12);
  }
}

const NEVER = 0x7fffffff;

function fromNow(time: number, now: number): number {
  return time >= FOREVER ? NEVER : time - now;
}

// ---- two lanes of MurmurHash3's mixing step (Austin Appleby, public domain), with different constants ------------------

// One accumulator for the whole file instead of one object for each part: fingerprints are half of a search's time.
let laneA = 0;
let laneB = 0;

function begin(a: number, b: number): void {
  laneA = a;
  laneB = b;
}

function mix(value: number): void {
  let x = Math.imul(value, 0xcc9e2d51);
  x = Math.imul((x << 15) | (x >>> 17), 0x1b873593) ^ laneA;
  laneA = (Math.imul((x << 13) | (x >>> 19), 5) + 0xe6546b64) | 0;
  let y = Math.imul(value, 0x239b961b);
  y = Math.imul((y << 16) | (y >>> 16), 0xab0e9789) ^ laneB;
  laneB = (Math.imul((y << 17) | (y >>> 15), 5) + 0x38495ab5) | 0;
}

function mixNumber(value: number): void {
  mix(13);
  mix(value | 0);
  if (value !== (value | 0)) mixText(String(value));
}

/** Keys, node ids and message names come again and again, so each is hashed once. */
const texts = new Map<string, readonly [number, number]>();

function mixText(value: string): void {
  let known = texts.get(value);
  if (!known) {
    const [outerA, outerB] = [laneA, laneB];
    begin(14, 15);
    for (let index = 0; index < value.length; index += 1) mix(value.charCodeAt(index));
    mix(value.length);
    known = [laneA, laneB];
    begin(outerA, outerB);
    texts.set(value, known);
  }
  mix(known[0]);
  mix(known[1]);
}

function avalanche(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) | 0;
}

function result(): string {
  const a = avalanche(laneA ^ laneB);
  const b = avalanche(Math.imul(laneB, 31) + laneA);
  return (a >>> 0).toString(36).padStart(7, '0') + (b >>> 0).toString(36).padStart(7, '0');
}
