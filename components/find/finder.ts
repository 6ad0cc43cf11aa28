// The search over all entries, in the page: no server is asked, so it answers at each key and without a connection.
import MiniSearch from 'minisearch';
import { type Entry, kinds } from './entry.ts';

export type Finder = (query: string) => readonly Entry[];

const most = 24;

/** Words of a question that say nothing of what it is about; somebody who asks in a sentence should find the same. */
const small = new Set(
  'a an and are can do does for how i in is it of on or the to what when where which who why with'.split(' '),
);

/** Words of a query may be cut short or misspelt by a letter; what is called so comes before what only mentions it. */
export function finderOf(entries: readonly Entry[]): Finder {
  const index = new MiniSearch<Entry>({
    fields: ['title', 'text'],
    tokenize: (text) =>
      text
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean),
    processTerm: (term) => (small.has(term) ? null : term),
    searchOptions: {
      boost: { title: 4 },
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: 'AND',
      boostDocument: (id) => weights.get(String(id)) ?? 1,
    },
  });
  const weights = new Map(
    entries.map(({ id, kind }) => [id, 1 + (2 * (kinds.length - kinds.indexOf(kind))) / kinds.length]),
  );
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  index.addAll(entries);
  return (query) =>
    index
      .search(query)
      .slice(0, most)
      .flatMap(({ id }) => byId.get(String(id)) ?? []);
}
