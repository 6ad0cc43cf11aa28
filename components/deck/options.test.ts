// What the filters of a deck promise: a number beside a value is the number of cards that choosing it shows.
import { expect, test } from 'vitest';
import { allCards } from '#lib/content/cards.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { type Choice, type DeckCard, matches } from '#lib/study/choice.ts';
import { newMemory } from '#lib/study/schedule.ts';
import { choiceWords } from './choice-words.ts';
import { filtersOf } from './options.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 0, 1, 12);
const lessons = allLessons();

/** Of the first ten lessons, in every state. */
const deck = allCards()
  .filter(({ lesson }) =>
    lessons
      .slice(0, 10)
      .map(({ slug }) => slug)
      .includes(lesson),
  )
  .map(
    (card, at): DeckCard => ({
      card,
      memory: at % 5 === 0 ? null : { ...newMemory(now), state: at % 4, due: now + ((at % 9) - 4) * day },
      version: at % 5 === 0 ? 0 : 1,
      aside: at % 7 === 0,
      forgotten: at % 6 === 0,
    }),
  );

test.each<Choice>([
  {},
  { lesson: lessons[1]!.slug },
  { kind: 'number', state: 'later' },
  { words: 'lock', depth: 'senior' },
])('within %o each value says how many cards it shows', (choice) => {
  const filters = filtersOf(deck, choice, lessons, now);
  expect(filters.map(({ name }) => name)).toEqual(['lesson', 'kind', 'depth', 'tag', 'state']);
  for (const { name, options } of filters) {
    expect(options.length).toBeGreaterThan(1);
    for (const { value, text } of options) {
      const shown = deck.filter((one) => matches(one, { ...choice, [name]: value }, now)).length;
      expect(text.endsWith(` (${shown})`), `${name} ${value}: ${text}`).toBe(true);
    }
  }
});

test('only what the deck has is offered, and what is chosen stands there even if the deck has none of it', () => {
  const lesson = lessons.at(-1)!;
  const offered = (choice: Choice) =>
    filtersOf(deck, choice, lessons, now)
      .find(({ name }) => name === 'lesson')!
      .options.map(({ value }) => value);
  expect(offered({})).toEqual(lessons.slice(0, 10).map(({ slug }) => slug));
  expect(offered({ lesson: lesson.slug })).toContain(lesson.slug);
});

test.each<[Choice, string]>([
  [{}, 'your whole deck'],
  [{ lesson: 'fencing' }, 'cards of “Fencing tokens”'],
  [{ state: 'soon' }, 'what is due in the next 3 days'],
  [{ state: 'new', lesson: 'fencing', depth: 'senior' }, 'new cards, of “Fencing tokens”, depth “senior”'],
  [{ kind: 'cloze', tag: 'redis' }, 'cards, kind “Fill the gap”, tag “redis”'],
  [{ words: 'SET NX' }, 'cards, with the words “SET NX”'],
])('%o is said as “%s”', (choice, words) => {
  expect(choiceWords(choice, 'Fencing tokens')).toBe(words);
});
