// How a text falls into words, the same for what is searched and for what is typed: small words dropped, and pause, pauses, paused and
// pausing held for one. A light hand: it cuts endings and knows no language.

/** They say nothing of what a question is about; somebody who asks in a sentence should find the same. */
const small = new Set(
  'a an and are be can do does for from how i in is it my of on or should the to vs what when where which who why with you your'.split(
    ' ',
  ),
);

export const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word && !small.has(word));

/** What is left of a word without plural, -ing and -ed. Not for showing: lease becomes leas. */
export function stemOf(word: string): string {
  if (word.length < 4) return word;
  const one = word.replace(/([^aeiousy])ie[sd]$/, '$1y').replace(/([^siu])s$/, '$1');
  const cut = one.replace(/^(.*[aeiouy].*[^e])(?:ed|ing)$/, '$1');
  const stem = cut === one || cut.length < 3 ? one : cut.replace(/([bdgmnprt])\1$/, '$1');
  return stem.length > 3 ? stem.replace(/(?:ie|e|([^aeiou])y)$/, '$1') : stem;
}

/** Words of the field beside the words of the course. What stands right is looked for as well, and counts less. */
const synonyms: readonly (readonly [typed: string, also: string])[] = [
  ['gc', 'pause'],
  ['garbage collection', 'pause'],
  ['stop the world', 'pause'],
  ['safepoint', 'pause'],
  ['split brain', 'two leaders'],
  ['zombie', 'old leader'],
  ['stale leader', 'old leader'],
  ['stale holder', 'former holder'],
  ['herd', 'wakes one waiter'],
  ['thundering herd', 'herd'],
  ['stampede', 'herd'],
  ['thundering', 'herd'],
  ['reentrant', 're-entrant'],
  ['reentrancy', 're-entrant'],
  ['monitoring', 'alert'],
  ['observability', 'alert'],
  ['cas', 'compare-and-swap'],
  ['oversell', 'booking'],
  ['double booking', 'booking'],
  ['network partition', 'cut off'],
  ['skew', 'drift'],
  ['drift', 'clock'],
];

const stems = (words: readonly string[]): string => ` ${words.map(stemOf).join(' ')} `;
const known = synonyms.map(([typed, also]) => [stems(wordsOf(typed)), wordsOf(also)] as const);

/** The same wish in the words of the course, the longest phrase changed; null where there is none to change. */
export function inOurWords(words: readonly string[]): readonly string[] | null {
  const phrases = known.filter(([typed]) => stems(words).includes(typed));
  const [phrase] = phrases.sort(([one], [two]) => two.length - one.length);
  if (!phrase) return null;
  const [typed, also] = phrase;
  const length = typed.trim().split(' ').length;
  const at = words.findIndex((_, place) => stems(words.slice(place, place + length)) === typed);
  return [...new Set([...words.slice(0, at), ...also, ...words.slice(at + length)])];
}
