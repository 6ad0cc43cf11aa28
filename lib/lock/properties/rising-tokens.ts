// A resource can fence only if a later holder's token is always the higher one (F14 is what happens if not). Judged by what
// the servers grant, whether or not a client ever hears of it. A renewal repeats the token of its grant, so a client that
// is given the same highest token once more is no news; the same token for somebody else is the worst case of all, since a
// resource lets both in. Tokens of different keys are not compared, and 0 is no token.
import type { Fence, NodeId, Property } from '../types.ts';

type Grant = { readonly who: NodeId; readonly fence: Fence };
type Tokens = {
  readonly highest: { readonly [key: string]: Grant };
  readonly broken: { readonly first: Grant; readonly second: Grant } | null;
};

export const risingTokens: Property<Tokens> = {
  id: 'rising-tokens',
  title: 'Each grant’s token is higher than every token granted before.',
  kind: 'always',
  start: { highest: {}, broken: null },
  observe(state, event) {
    if (event.kind !== 'granted' || event.fence === 0 || state.broken) return state;
    const { key, who, fence } = event;
    const first = state.highest[key];
    if (first && first.who === who && first.fence === fence) return state;
    if (first && fence <= first.fence) return { ...state, broken: { first, second: { who, fence } } };
    return { ...state, highest: { ...state.highest, [key]: { who, fence } } };
  },
  holds: ({ broken }) => broken === null,
  violation({ broken }) {
    if (!broken) return '';
    const { first, second } = broken;
    const came = `${second.who}’s grant came after ${first.who}’s`;
    return second.fence === first.fence
      ? `${came}, but both have token ${second.fence}.`
      : `${came}, but its token ${second.fence} is lower than ${first.who}’s ${first.fence}.`;
  },
};
