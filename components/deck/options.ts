// What the list of a deck can be limited to: for each filter the values that the deck has, each with how many cards would be left.
import { type CardKind, cardKinds, depths } from '#lib/study/card.ts';
import { type Choice, type DeckCard, matches, states } from '#lib/study/choice.ts';
import { kindName, STATE_NAMES } from './choice-words.ts';

export type Filter = {
  readonly name: 'lesson' | 'kind' | 'depth' | 'tag' | 'state';
  readonly title: string;
  /** What stands for any value. */
  readonly any: string;
  readonly now: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
};

export type Lesson = { readonly slug: string; readonly title: string };

/** `lessons` in the order of the course. */
export function filtersOf(
  deck: readonly DeckCard[],
  choice: Choice,
  lessons: readonly Lesson[],
  now: number,
): readonly Filter[] {
  const titles = new Map(lessons.map(({ slug, title }) => [slug, title]));
  const tags = [...new Set(deck.flatMap(({ card }) => card.tags))].sort();
  const asked = [
    ['lesson', 'Lesson', 'Any lesson', [...titles.keys()], (slug: string) => titles.get(slug)],
    ['kind', 'Kind', 'Any kind', cardKinds, (kind: string) => kindName(kind as CardKind)],
    ['depth', 'Depth', 'Any depth', depths, (depth: string) => depth],
    ['tag', 'Tag', 'Any tag', tags, (tag: string) => tag],
    ['state', 'Where it stands', 'Anywhere', states, (state: string) => STATE_NAMES[state as keyof typeof STATE_NAMES]],
  ] as const;
  return asked.map(([name, title, any, values, textOf]) => {
    const chosen = choice[name] ?? '';
    const left = (limits: Choice) => deck.filter((one) => matches(one, limits, now)).length;
    const options = values.flatMap((value) => {
      if (value !== chosen && left({ [name]: value }) === 0) return [];
      return [{ value, text: `${textOf(value) ?? value} (${left({ ...choice, [name]: value })})` }];
    });
    return { name, title, any, now: chosen, options };
  });
}
