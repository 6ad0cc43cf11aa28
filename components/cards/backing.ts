// What stands behind a card: the sources that it cites, a run to look at, and the cards that are easily confused with it. Made on the
// server, since a card of one lesson is confused with cards of others.
import { sourceName } from '#components/mdx/cite.tsx';
import { scenarioById } from '#content/scenarios/index.ts';
import { sourceByKey } from '#content/sources.ts';
import type { Card } from '#lib/study/card.ts';

/** Without an address: our own reasoning, which is published nowhere. */
type BackingLink = { readonly words: string; readonly href: string | null };
export type Backing = {
  readonly sources: readonly BackingLink[];
  readonly confused: readonly BackingLink[];
  /** For a card that names no run itself: one of its section, or else of its lesson. */
  readonly run?: { readonly of: 'section' | 'lesson'; readonly link: BackingLink };
};

type LessonOfCards = {
  readonly slug: string;
  readonly title: string;
  readonly headings: readonly { readonly anchor: string; readonly text: string }[];
  readonly cards: readonly Card[];
  readonly runs: readonly { readonly demo: string; readonly heading: string | null }[];
};

const MOST_CONFUSED = 3;

/** `from`: on the page of this lesson, whose own paragraphs need no other page. */
export function backingOf(card: Card, lessons: readonly LessonOfCards[], from?: string): Backing {
  const others = lessons.flatMap((lesson) =>
    lesson.cards
      .filter(({ id, contrast }) => card.contrast !== undefined && contrast === card.contrast && id !== card.id)
      .map((other) => paragraphOf(other, lesson, card, from)),
  );
  const confused = others.filter(({ words }, at) => others.findIndex((one) => one.words === words) === at);
  const own = lessons.find(({ slug }) => slug === card.lesson);
  // On its own page the runs are all around it.
  const run = from === undefined && card.demo === undefined && own ? runBeside(card, own) : undefined;
  const backing = { sources: card.cites.map(sourceLink), confused: confused.slice(0, MOST_CONFUSED) };
  return run ? { ...backing, run } : backing;
}

function runBeside(card: Card, { runs }: LessonOfCards): Backing['run'] {
  const inSection = runs.find(({ heading }) => heading === card.heading);
  const scenario = scenarioById((inSection ?? runs[0])?.demo ?? '');
  if (!scenario) return undefined;
  const link = { words: scenario.title, href: `/demos/${scenario.id}` };
  return { of: inSection ? 'section' : 'lesson', link };
}

function sourceLink(key: string): BackingLink {
  const source = sourceByKey(key);
  if (!source) throw new Error(`no source is called "${key}"`);
  if (key === 'derived') return { words: 'our own reasoning', href: null };
  return { words: sourceName(source), href: source.url ?? `/sources#source-${key}` };
}

/** Named as shortly as tells it from the card's own: by its lesson, by its heading, and under the same heading by its question. */
function paragraphOf(other: Card, lesson: LessonOfCards, card: Card, from: string | undefined): BackingLink {
  const page = lesson.slug === from ? '' : `/lessons/${lesson.slug}`;
  const sameLesson = other.lesson === card.lesson;
  if (sameLesson && other.heading === card.heading) return { words: other.question, href: `${page}#${other.id}` };
  const heading = lesson.headings.find(({ anchor }) => anchor === other.heading);
  const words = sameLesson && heading ? heading.text : lesson.title;
  return { words, href: `${page}#${heading?.anchor ?? other.id}` };
}
