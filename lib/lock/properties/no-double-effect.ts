// For a seat, a charge, a run of a job, or anything else that may happen once: one accepted write is one “yes”.
import type { NodeId, Property } from '../types.ts';

type Confirmed = { readonly count: number; readonly first: NodeId | null; readonly second: NodeId | null };

export const noDoubleEffect: Property<Confirmed> = {
  id: 'no-double-effect',
  title: 'At most one request is told yes.',
  kind: 'always',
  start: { count: 0, first: null, second: null },
  observe(state, event) {
    if (event.kind !== 'accessed' || event.what !== 'write' || !event.accepted) return state;
    const count = state.count + 1;
    if (state.first === null) return { ...state, count, first: event.who };
    return { ...state, count, second: state.second ?? event.who };
  },
  holds: (state) => state.count <= 1,
  violation({ count, first, second }) {
    if (count > 2)
      return `${count} requests were told yes, and only one may be; the first were ${first} and ${second}.`;
    return `${first} and ${second} were both told yes, and only one of them may be.`;
  },
};
