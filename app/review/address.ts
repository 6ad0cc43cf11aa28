// A choice of cards in the address, `?lesson=fencing&state=soon&q=token`, the same for the list of the deck and for a review. Anybody
// can write an address by hand: everything is bounded, and what cannot be followed becomes a sentence.
import { allCards } from '#lib/content/cards.ts';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { cardKinds, depths } from '#lib/study/card.ts';
import { type Choice, states } from '#lib/study/choice.ts';

export type Query = { readonly [key: string]: string | readonly string[] | undefined };

export type Asked =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'choice'; readonly choice: Choice }
  | { readonly kind: 'bad'; readonly why: string };

/** So many letters of words can be searched for. */
export const mostLetters = 100;

const keys = ['q', 'lesson', 'kind', 'depth', 'tag', 'state', 'of'] as const;
type Key = (typeof keys)[number];

/** Every tag of the course, in the order of the alphabet. */
export function allTags(): readonly string[] {
  return [...new Set(allCards().flatMap(({ tags }) => tags))].sort();
}

/** What a form leaves empty was not chosen. `of=all` alone chooses the whole deck. */
export function fromAddress(query: Query): Asked {
  const given = keys.filter((key) => query[key] !== undefined);
  if (given.length === 0) return { kind: 'nothing' };
  if (given.some((key) => typeof query[key] !== 'string')) return bad('The link says one thing twice.');
  const value = (key: Key) => String(query[key] ?? '').trim() || undefined;
  const [words, lesson, tag] = [value('q'), value('lesson'), value('tag')];
  const kind = cardKinds.find((one) => one === value('kind'));
  const depth = depths.find((one) => one === value('depth'));
  const state = states.find((one) => one === value('state'));
  if (words && words.length > mostLetters) return bad(`The link asks for more than ${mostLetters} letters of words.`);
  if (lesson && !lessonBySlug(lesson)) return bad('The link names a lesson that there is not.');
  if (value('kind') && !kind) return bad('The link names a kind of card that there is not.');
  if (value('depth') && !depth) return bad(`The depth in the link is none of ${depths.join(', ')}.`);
  if (tag && !allTags().includes(tag)) return bad('The link names a tag that there is not.');
  if (value('state') && !state) return bad('The link asks for cards in a state that there is not.');
  if (value('of') && value('of') !== 'all') return bad('The link cannot be read.');
  const choice = { words, lesson, kind, depth, tag, state };
  const limits = Object.values(choice).some((limit) => limit !== undefined);
  return limits || value('of') ? { kind: 'choice', choice } : { kind: 'nothing' };
}

/** The path with this choice; `whole` is what stands for the whole deck where no address is an ordinary page. */
export function toAddress(path: string, { words, lesson, kind, depth, tag, state }: Choice, whole = ''): string {
  const pairs = Object.entries({ q: words, lesson, kind, depth, tag, state }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  const query = pairs.join('&') || whole;
  return query ? `${path}?${query}` : path;
}

/** Where the cards of this choice are listed. */
export const listAddress = (choice: Choice) => toAddress('/review/deck', choice);

/** Where the cards of this choice are studied. */
export const studyAddress = (choice: Choice) => toAddress('/review', choice, 'of=all');

function bad(why: string): Asked {
  return { kind: 'bad', why };
}
