// Repeatable chance: the same seed draws the same numbers on the server and in every browser, so what is drawn can be shown again
// from an address. Not for secrets.

/** Draws whole numbers from 0 to `below` - 1, one after the other. */
export function chance(seed: number): (below: number) => number {
  // Near seeds must not draw near numbers, so the seed is mixed before it is used.
  let state = (Math.imul(seed ^ (seed >>> 16), 0x45d9f3b) ^ 0x9e3779b9) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** The same things in another order. */
export function shuffled<T>(things: readonly T[], next: (below: number) => number): readonly T[] {
  const mixed = [...things];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const pick = next(last + 1);
    [mixed[last], mixed[pick]] = [mixed[pick]!, mixed[last]!];
  }
  return mixed;
}
