// The guard against properties that hold because nothing happens: some run must get through all of its faults. Reached only
// when every allowed fault has struck and a client finishes after the last of them.
import { isFault } from '../faults/fault.ts';
import type { Property } from '../types.ts';

export const somebodyFinishes: Property<boolean> = {
  id: 'somebody-finishes',
  title: 'A client can still finish its work after all the faults.',
  kind: 'sometimes',
  start: false,
  observe(state, event) {
    if (event.kind === 'finished') return state || event.outcome === 'done';
    return isFault(event) ? false : state;
  },
  holds: (state, world) => state && Object.values(world.faultsLeft).every((left) => left === 0),
  violation: () => 'In no run does a client finish its work after the faults.',
};
