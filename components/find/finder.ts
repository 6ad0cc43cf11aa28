// The search over all entries, in the page: no server is asked, so it answers at each key and without a connection. Our own and not a
// library's, because the order is what matters here: what is called so comes before what is about it, and that before what only
// mentions it; a misspelling counts for nothing as long as a word is spelt so somewhere.
import { type Entry, kinds } from './entry.ts';
import { inOurWords, stemOf, wordsOf } from './words.ts';

/** The best of what was found, and how much that was. */
export type Found = { readonly entries: readonly Entry[]; readonly of: number };
export type Finder = (query: string) => Found;

const most = 24;
/** What a word is worth where it stands. */
const worth = { title: 10, name: 10, text: 4, words: 1 };
const synonymWorth = 0.6;

/** By the entry's place in the list, what it is worth. */
type Places = Map<number, number>;

/** One letter too many, too few, wrong, or changed places with the next. */
function isNear(one: string, two: string): boolean {
  let at = 0;
  while (at < one.length && one[at] === two[at]) at += 1;
  const [a, b] = [one.slice(at), two.slice(at)];
  const swapped = a.length > 1 && b.startsWith(`${a[1]}${a[0]}`) && a.slice(2) === b.slice(2);
  return swapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1);
}

export function finderOf(entries: readonly Entry[]): Finder {
  const index = new Map<string, Places>();
  const place = (words: readonly string[], at: number, value: number) => {
    for (const word of words) {
      const places = index.get(word);
      if (!places) index.set(word, new Map([[at, value]]));
      else if ((places.get(at) ?? 0) < value) places.set(at, value);
    }
  };
  const lessons = new Map(entries.flatMap(({ kind, href }, at) => (kind === 'lesson' ? [[href, at] as const] : [])));
  const names = entries.map(({ kind, id, title }) => [wordsOf(title), wordsOf(id.slice(kind.length))] as const);
  entries.forEach(({ text, words, href }, at) => {
    const [title, name] = names[at]!;
    place(title, at, worth.title);
    place(name, at, worth.name);
    place(wordsOf(text), at, worth.text);
    if (!words) return;
    // A lesson is found by words that stand far apart in it.
    const lesson = lessons.get(href.split('#')[0]!) ?? at;
    for (const where of new Set([at, lesson])) place(words.split(' '), where, worth.words);
  });
  const stems = new Map([...index.keys()].map((word) => [word, stemOf(word)]));

  /** How well a word of the index is what was typed: the word itself, another form of it, or one that begins so. */
  const likenessTo = (typed: string) => {
    const stem = stemOf(typed);
    return (word: string): number => {
      if (word === typed) return 1;
      // The stem of a short word is often another word: cas is not a case.
      if (typed.length > 3 ? stems.get(word) === stem : word === `${typed}s`) return 0.9;
      return word.startsWith(typed) ? (0.5 * typed.length) / word.length : 0;
    };
  };

  const gather = (like: (word: string) => number): Places => {
    const found: Places = new Map();
    for (const [word, places] of index) {
      const share = like(word);
      if (share === 0) continue;
      for (const [at, value] of places) found.set(at, Math.max(share * value, found.get(at) ?? 0));
    }
    return found;
  };

  const placesOf = (typed: string): Places => {
    const spelt = gather(likenessTo(typed));
    return spelt.size > 0 || typed.length < 5 ? spelt : gather((word) => (isNear(word, typed) ? 0.3 : 0));
  };

  /** The entries that have all the words, each with what it is worth. */
  const search = (typed: readonly string[]): Places => {
    const found = typed.map(placesOf);
    const likenesses = typed.map(likenessTo);
    const saidOf = (words: readonly string[]) =>
      words.filter((word) => likenesses.some((like) => like(word) > 0)).length / Math.max(words.length, 1);
    const all = [...(found[0]?.keys() ?? [])].filter((at) => found.every((places) => places.has(at)));
    return new Map(
      all.map((at) => {
        const sum = found.reduce((total, places) => total + places.get(at)!, 0) / typed.length;
        const rank = kinds.indexOf(entries[at]!.kind) / kinds.length;
        return [at, sum * (1.5 - rank / 2) * (1 + Math.max(...names[at]!.map(saidOf)))];
      }),
    );
  };

  return (query) => {
    const typed = [...new Set(wordsOf(query))];
    const found = search(typed);
    const also = inOurWords(typed);
    if (also) {
      for (const [at, value] of search(also)) found.set(at, Math.max(value * synonymWorth, found.get(at) ?? 0));
    }
    const best = [...found].sort(([one, first], [two, second]) => second - first || one - two).slice(0, most);
    return { entries: best.map(([at]) => entries[at]!), of: found.size };
  };
}
