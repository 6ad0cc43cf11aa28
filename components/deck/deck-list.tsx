// The cards of a deck, lesson by lesson: each with its kind and depth, where it stands, and a press that sets it aside or takes it back.
import { buttonClass } from '#components/ui/button.tsx';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { cardsOf } from '#lib/study/card.ts';
import { type DeckCard, standingWords } from '#lib/study/choice.ts';
import { kindName } from './choice-words.ts';
import type { Lesson } from './options.ts';

export function DeckList({
  cards,
  lessons,
  now,
}: {
  cards: readonly DeckCard[];
  lessons: readonly Lesson[];
  now: number;
}) {
  const groups = lessons
    .map((lesson) => ({ ...lesson, cards: cards.filter(({ card }) => card.lesson === lesson.slug) }))
    .filter((group) => group.cards.length > 0);
  return groups.map(({ slug, title, cards: own }) => (
    <section key={slug} aria-labelledby={`of-${slug}`} className="mt-8">
      <h3
        id={`of-${slug}`}
        className="flex items-end justify-between gap-x-4 border-b border-ink pb-1.5 text-sm font-medium text-muted"
      >
        <a
          href={`/lessons/${slug}`}
          className="text-muted no-underline hover:text-ink hover:underline pointer-coarse:inline-flex pointer-coarse:min-h-11 pointer-coarse:items-end"
        >
          {title}
        </a>
        <span className="shrink-0 font-normal">{cardsOf(own.length)}</span>
      </h3>
      <ul>
        {own.map((one) => (
          <Row key={one.card.id} one={one} now={now} />
        ))}
      </ul>
    </section>
  ));
}

function Row({ one, now }: { one: DeckCard; now: number }) {
  const { card, version, aside } = one;
  const press = aside ? 'Take back' : 'Set aside';
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 border-b border-line py-2.5 sm:grid-cols-[minmax(0,1fr)_5.5rem_5.5rem]">
      <div className="max-sm:col-span-2">
        {/* Plain links: a list of hundreds needs no script for each. */}
        <a
          href={`/lessons/${card.lesson}#${card.id}`}
          className={`scroll-mb-28 font-[520] no-underline hover:underline pointer-coarse:block pointer-coarse:py-2.5 ${aside ? 'text-muted' : 'text-ink'}`}
        >
          <InlineCode text={card.question} />
        </a>
        <span className="mt-0.5 block text-sm text-muted">
          {kindName(card.kind)}, {card.depth}
        </span>
      </div>
      <span className="text-sm tabular-nums max-sm:text-muted">{standingWords(one, now)}</span>
      <button
        type="submit"
        name="card"
        // What shall happen, with the version that was seen: the fencing token of this press.
        value={`${aside ? 'back' : 'aside'} ${version} ${card.id}`}
        // What was said last lies over the foot of the window, and must not hide what has the focus.
        aria-label={`${press}: ${card.question.replaceAll('`', '')}`}
        className={`${buttonClass('plain', 'small')} scroll-mb-28 justify-self-end px-0!`}
      >
        {press}
      </button>
    </li>
  );
}
