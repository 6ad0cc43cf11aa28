// Repeatable chance: a 32-bit state in, a number and the next state out. It is mulberry32, by Tommy Ettinger (public
// domain): small, and built from integer operations that every JavaScript engine computes alike.
// Not for secrets, and not for anything inside an actor: what may go either way is offered as a move.
export type Rng = number;

export function rngFrom(seed: number): Rng {
  return seed >>> 0;
}

/** A whole number from 0 to `below` - 1. */
export function draw(rng: Rng, below: number): readonly [value: number, next: Rng] {
  const next = (rng + 0x6d2b79f5) >>> 0;
  let t = next;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  const unit = ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  return [Math.floor(unit * below), next];
}
