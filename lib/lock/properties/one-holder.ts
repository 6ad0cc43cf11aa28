// What the lock service says, as opposed to what clients believe: it names at most one holder of a key at a time. Clients
// that believe longer than their record lasts do not break this; a service whose records are split does.
// A client is on record at a server from 'granted' to 'freed', and is a recorded holder once that is so at as many servers
// as the lock asks for (`of`, the majority of a Redlock). A server that dies takes its records along: "recorded" is what the
// service would say now, so after a failover only what the new primary says counts, and what a server forgot it no longer
// names. That is why this holds through a failover that breaks one-believer: amnesia is no contradiction. For Redlock it
// holds by arithmetic: two majorities share a server, and a server names one holder. Its failures show in one-believer.
import type { Fence, NodeId, Property } from '../types.ts';

type Entry = {
  readonly server: NodeId;
  readonly key: string;
  readonly who: NodeId;
  readonly fence: Fence;
  readonly of: number;
};

export const oneHolder: Property<readonly Entry[]> = {
  id: 'one-holder',
  title: 'The lock service never names two holders at once.',
  kind: 'always',
  start: [],
  observe(state, event) {
    switch (event.kind) {
      case 'granted': {
        const { server, key, who, fence, of = 1 } = event;
        const entry: Entry = { server, key, who, fence, of };
        if (state.some((other) => isSame(other, entry))) return state;
        return [...state, entry].sort(byPlace);
      }
      case 'freed': {
        const { server, key, whose, fence } = event;
        const gone = { server, key, who: whose, fence };
        return state.some((entry) => isSame(entry, gone)) ? state.filter((entry) => !isSame(entry, gone)) : state;
      }
      case 'crashed':
        return state.some(({ server }) => server === event.who)
          ? state.filter(({ server }) => server !== event.who)
          : state;
      default:
        return state;
    }
  },
  holds: (state) => state.length <= 1 || named(state).length <= 1,
  violation(state) {
    const [first, second] = named(state);
    if (!first || !second) return '';
    const [a, b] = [first.servers.join(', '), second.servers.join(', ')];
    if (a === b) return `${a} names two holders at once: ${first.who} and ${second.who}.`;
    const verb = (servers: readonly NodeId[]) => (servers.length === 1 ? 'names' : 'name');
    return `${a} ${verb(first.servers)} ${first.who} as the holder, and ${b} ${verb(second.servers)} ${second.who}.`;
  },
};

type Named = { readonly who: NodeId; readonly key: string; readonly servers: readonly NodeId[] };

/** All recorded holders of the first key that has more than one, else of none. */
function named(state: readonly Entry[]): readonly Named[] {
  for (const key of new Set(state.map((entry) => entry.key))) {
    const holders: Named[] = [];
    for (const who of new Set(state.map((entry) => entry.who))) {
      const own = state.filter((entry) => entry.key === key && entry.who === who);
      const servers = [...new Set(own.map(({ server }) => server))];
      if (own.some(({ of }) => servers.length >= of)) holders.push({ who, key, servers });
    }
    if (holders.length > 1) return holders;
  }
  return [];
}

function isSame(a: Omit<Entry, 'of'>, b: Omit<Entry, 'of'>): boolean {
  return a.server === b.server && a.key === b.key && a.who === b.who && a.fence === b.fence;
}

/** One order, whatever came first, so that equal records make equal worlds. */
function byPlace(a: Entry, b: Entry): number {
  for (const part of ['server', 'key', 'who'] as const) if (a[part] !== b[part]) return a[part] < b[part] ? -1 : 1;
  return a.fence - b.fence;
}
