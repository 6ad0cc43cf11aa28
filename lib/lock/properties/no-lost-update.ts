// Each accepted write means "one more than I read", so the value must equal the number of accepted writes.
import type { NodeId, Property } from '../types.ts';

type Counted = {
  readonly accepted: number;
  readonly last: NodeId | null;
  readonly lost: { readonly by: NodeId; readonly whose: NodeId | null; readonly value: number } | null;
};

export const noLostUpdate: Property<Counted> = {
  id: 'no-lost-update',
  title: 'Every accepted increment is still in the value.',
  kind: 'always',
  start: { accepted: 0, last: null, lost: null },
  observe(state, event) {
    if (event.kind !== 'accessed' || event.what !== 'write' || !event.accepted || state.lost) return state;
    const accepted = state.accepted + 1;
    if (event.value === accepted) return { accepted, last: event.who, lost: null };
    return { accepted, last: event.who, lost: { by: event.who, whose: state.last, value: event.value } };
  },
  holds: (state) => state.lost === null,
  violation({ lost, accepted }) {
    return `${accepted} increments were accepted, but the value is ${lost?.value}: ${lost?.by} overwrote ${lost?.whose}’s without having read it.`;
  },
};
