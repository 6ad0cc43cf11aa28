// Time: lengths, points, windows, and what a node may know of it.

/** Whole virtual milliseconds; always a length, never a point in time. */
export type Ms = number;
/** A point in time. Tagged, so that a fingerprint can find it anywhere in a world and make it relative to "now". */
export type Instant = { readonly $at: Ms };
/**
 * An instant that is only ever asked "is it over?", never subtracted from. Beyond house.md: two worlds in which a lease ended
 * 3 ms ago and 4 ms ago have the same future, and only a type can tell a fingerprint so. It makes searches three times smaller.
 */
export type Deadline = { readonly $until: Ms };
/** How soon and how late a thing may happen, both ends included. */
export type Window = readonly [earliest: Ms, latest: Ms];
/** All that a node may know about time. `monotonic` never jumps; `wall` is what an operator or NTP may set. */
export type LocalClock = { readonly monotonic: Instant; readonly wall: Instant };
