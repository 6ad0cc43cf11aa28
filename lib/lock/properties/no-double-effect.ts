// For a seat, or anything else that may happen once: one accepted write is one ticket.
import type { NodeId, Property } from '../types.ts';

type Confirmed = { readonly count: number; readonly first: NodeId | null; readonly second: NodeId | null };

export const noDoubleEffect: Property<Confirmed> = {
  id: 'no-double-effect',
  title: 'At most one booking is confirmed.',
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
    if (count > 2) return `One seat was sold ${count} times, first to ${first} and ${second}.`;
    return `${first} and ${second} were both told that the seat is theirs.`;
  },
};
