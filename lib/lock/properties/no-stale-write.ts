// Kleppmann's picture: the older holder's write lands on top of the newer holder's. Judged by tokens, so it needs them.
import type { Fence, NodeId, Property } from '../types.ts';

type Writes = {
  readonly highest: Fence;
  readonly by: NodeId | null;
  readonly stale: { readonly who: NodeId; readonly fence: Fence } | null;
};

export const noStaleWrite: Property<Writes> = {
  id: 'no-stale-write',
  title: 'No write is accepted after a write of a later holder.',
  kind: 'always',
  start: { highest: 0, by: null, stale: null },
  observe(state, event) {
    if (event.kind !== 'accessed' || event.what !== 'write' || !event.accepted || event.fence === 0) return state;
    if (event.fence < state.highest) return { ...state, stale: { who: event.who, fence: event.fence } };
    return { ...state, highest: event.fence, by: event.who };
  },
  holds: (state) => state.stale === null,
  violation({ stale, highest, by }) {
    return `The store accepted ${stale?.who}’s write with token ${stale?.fence} after ${by}’s write with token ${highest}.`;
  },
};
