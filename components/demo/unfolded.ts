// Whether the nodes of a quorum stand on lanes of their own on the screen. Asked only when something is made of the picture, as when
// it is saved, so nobody has to hear of a change.
import type { System } from '#lib/lock/index.ts';

const unfolded = new WeakSet<System>();

export function setUnfolded(system: System, now: boolean): void {
  if (now) unfolded.add(system);
  else unfolded.delete(system);
}

export function isUnfolded(system: System): boolean {
  return unfolded.has(system);
}
