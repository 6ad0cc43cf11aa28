// External consistency, the promise that TrueTime is for: timestamps tell the order in which things really happened. If one
// transaction was answered before another began, the other gets the later timestamp, wherever the two were committed.
// Judged by what clients see, so a service may number overlapping transactions as it likes. Says nothing about services that
// number nothing. Timestamps stay instants here: a clock may be wrong, so none of them is ever safely over.
import type { Instant, NodeId, Property } from '../types.ts';

type Stamp = { readonly who: NodeId; readonly at: Instant };
/** A transaction under way: what had been answered when it began, and its own timestamp once it has one. */
type Open = { readonly who: NodeId; readonly before: Stamp | null; readonly own: Instant | null };
type Stamps = {
  readonly answered: Stamp | null;
  readonly open: readonly Open[];
  readonly broken: { readonly first: Stamp; readonly second: Stamp } | null;
};

export const externalConsistency: Property<Stamps> = {
  id: 'external-consistency',
  title: 'A transaction that begins after another was answered gets a later timestamp.',
  kind: 'always',
  start: { answered: null, open: [], broken: null },
  observe(state, event) {
    if (state.broken) return state;
    switch (event.kind) {
      case 'asked':
        if (state.open.some(({ who }) => who === event.who)) return state;
        return withOpen(state, { who: event.who, before: state.answered, own: null });
      case 'committed': {
        const { who, timestamp } = event;
        const begun = state.open.find((one) => one.who === who);
        if (!begun) return state;
        const { before } = begun;
        const second: Stamp = { who, at: timestamp };
        if (before && timestamp.$at <= before.at.$at) return { ...state, broken: { first: before, second } };
        return withOpen(state, { ...begun, own: timestamp });
      }
      case 'answered': {
        const own = state.open.find(({ who }) => who === event.who)?.own ?? null;
        if (own === null && event.result.ok) return state;
        const later = own !== null && (state.answered === null || own.$at > state.answered.at.$at);
        return { ...without(state, event.who), answered: later ? { who: event.who, at: own } : state.answered };
      }
      case 'finished':
      case 'crashed':
        return state.open.some(({ who }) => who === event.who) ? without(state, event.who) : state;
      default:
        return state;
    }
  },
  holds: ({ broken }) => broken === null,
  violation({ broken }) {
    if (!broken) return '';
    const { first, second } = broken;
    return `${second.who}’s transaction began after ${first.who}’s was answered, and has the earlier timestamp: ${second.at.$at}, not above ${first.at.$at}.`;
  },
};

/** In order of name, so that equal transactions make equal worlds. */
function withOpen(state: Stamps, one: Open): Stamps {
  const open = [...state.open.filter(({ who }) => who !== one.who), one].sort((a, b) => (a.who < b.who ? -1 : 1));
  return { ...state, open };
}

function without(state: Stamps, id: NodeId): Stamps {
  return { ...state, open: state.open.filter(({ who }) => who !== id) };
}
