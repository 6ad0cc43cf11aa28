// The one line of the palette that says how the search stands.
import type { Found } from './finder.ts';

export type Standing = {
  readonly query: string;
  /** Null while there is nothing to search in. */
  readonly found: Found | null;
  readonly failed: boolean;
  readonly offline: boolean;
  /** What was wanted and could not be opened. */
  readonly refused: string | null;
};

const back = 'when the connection is back';

export function says({ query, found, failed, offline, refused }: Standing): string {
  const asked = query.trim();
  if (!found && failed) {
    return offline
      ? `You are offline, and the index is not here yet. It is fetched ${back}.`
      : 'The index could not be fetched. Look at your connection, then try again.';
  }
  if (offline && refused !== null) return `“${refused}” needs a connection. It opens ${back}.`;
  if (asked === '') return 'Lessons, headings, demos, cards, questions, histories, drills and sources.';
  if (!found) return 'Fetching the index.';
  const { entries, of } = found;
  if (of === 0) return `Nothing is called or mentions “${asked}”. Try a single word of it.`;
  const count = of > entries.length ? `The first ${entries.length} of ${of}.` : `${of} found.`;
  return offline ? `${count} You are offline: other pages open ${back}.` : count;
}
