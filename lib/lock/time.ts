// Arithmetic on points in time, in one place, so that no actor does it on bare numbers: a bare timestamp inside a state
// would make two worlds look alike that have different leases left (see fingerprint.ts).
// Whole milliseconds only. All of it is true for a clock that has been moved, since only differences matter.
import type { Deadline, Drift, Instant, Json, LocalClock, Ms, NodeState } from './types.ts';

/** Large but finite: JSON has no infinite number, and a world must survive JSON (RaftScope's trick). */
export const FOREVER: Ms = 1e15;

export const ZERO: Instant = { $at: 0 };

export function at(ms: Ms): Instant {
  return { $at: ms };
}

export function later(instant: Instant, by: Ms): Instant {
  return by >= FOREVER || instant.$at >= FOREVER ? { $at: FOREVER } : { $at: instant.$at + by };
}

export function latest(a: Instant, b: Instant): Instant {
  return a.$at >= b.$at ? a : b;
}

export function deadline(instant: Instant): Deadline {
  return { $until: instant.$at };
}

export function instantOf(deadline: Deadline): Instant {
  return { $at: deadline.$until };
}

/**
 * A deadline is over at the very instant it names. The server that expires a lease and the client that asks
 * "still mine?" use this one comparison, so there is no millisecond in which both may say yes.
 */
export function isOver(deadline: Deadline, now: Instant): boolean {
  return deadline.$until <= now.$at;
}

export function isInstant(value: unknown): value is Instant {
  return typeof value === 'object' && value !== null && typeof (value as { $at?: unknown }).$at === 'number';
}

export function isDeadline(value: unknown): value is Deadline {
  return typeof value === 'object' && value !== null && typeof (value as { $until?: unknown }).$until === 'number';
}

/** The same value with every instant in it moved. Used by tests to show that only differences in time matter. */
export function shift<T>(value: T, by: Ms): T {
  return shiftJson(value as Json, by) as T;
}

function shiftJson(value: Json, by: Ms): Json {
  if (isInstant(value)) return later(value, by);
  if (isDeadline(value)) return deadline(later(instantOf(value), by));
  if (Array.isArray(value)) return value.map((part: Json) => shiftJson(part, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shiftJson(part, by)]));
}

// ---- clocks that do not run as they should --------------------------------------------------------------------------

/** What a node reads off its clocks at true time `now`. */
export function localClock(node: NodeState, now: Instant): LocalClock {
  const monotonic = node.drift === null ? now : readDrifting(node.drift, now);
  return { monotonic, wall: node.wallOffset === 0 ? monotonic : later(monotonic, node.wallOffset) };
}

function readDrifting({ since, rate: [ticks, per] }: Drift, now: Instant): Instant {
  return later(since, Math.floor(((now.$at - since.$at) * ticks) / per));
}

/** How many true milliseconds a drifting clock takes to count `length` of its own, rounded up to whole ones. What is left of
    FOREVER after a while is as long as before, by any clock. */
export function drifted(length: Ms, { rate: [ticks, per] }: Drift): Ms {
  return length >= FOREVER / 2 ? FOREVER : Math.ceil((length * per) / ticks);
}
