// The learner's whole deck: what is in it, where each card stands, and a way to study any part of it.
import type { Metadata } from 'next';
import Link from 'next/link';
import { AsideForm } from '#components/deck/aside-form.tsx';
import { STATE_NAMES } from '#components/deck/choice-words.ts';
import { DeckFilter } from '#components/deck/deck-filter.tsx';
import { DeckList } from '#components/deck/deck-list.tsx';
import { filtersOf } from '#components/deck/options.ts';
import { ReadyChoices } from '#components/deck/ready-choices.tsx';
import { EmptyDeck } from '#components/review/empty-deck.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { recallTable } from '#lib/content/cards.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { deckCards } from '#lib/server/deck.ts';
import { viewer } from '#lib/server/viewer.ts';
import { cardsOf } from '#lib/study/card.ts';
import {
  type Choice,
  type DeckCard,
  matches,
  mostChosen,
  standingOf,
  standings,
  studiable,
} from '#lib/study/choice.ts';
import { bringCards } from '../actions.ts';
import { fromAddress, listAddress, mostLetters, type Query, studyAddress } from '../address.ts';
import { postAside } from './actions.ts';

export const metadata: Metadata = {
  title: 'Your deck',
  description: 'Every card of your deck, where it stands, and a way to study any part of it.',
};
export const dynamic = 'force-dynamic';

const toReview = (
  <Link href="/review" className="pointer-coarse:inline-flex pointer-coarse:min-h-11 pointer-coarse:items-center">
    Review
  </Link>
);

export default async function DeckPage({ searchParams }: { searchParams: Promise<Query> }) {
  const who = await viewer();
  const now = Date.now();
  const deck = who ? await deckCards(who.id, now) : [];
  if (!who || deck.length === 0) return <NoDeck />;
  const asked = fromAddress(await searchParams);
  const choice = asked.kind === 'choice' ? asked.choice : {};
  const found = deck.filter((one) => matches(one, choice, now));
  const isWhole = listAddress(choice) === listAddress({});
  const ready = (title: string, of: Choice) => ({
    title,
    href: studyAddress(of),
    cards: studiable(deck, of, now).length,
  });
  return (
    <article className="page">
      <PageHeader eyebrow={toReview} title="Your deck">
        <p>{countsIn(deck, now)}</p>
      </PageHeader>
      {asked.kind === 'bad' && (
        <p role="alert" className="mb-6 border-y border-line py-3">
          {asked.why} Here is your whole deck.
        </p>
      )}
      <ReadyChoices
        choices={[
          ready('What you forgot in the last 7 days', { state: 'forgotten' }),
          ready(STATE_NAMES.soon, { state: 'soon' }),
        ]}
        lessons={allLessons().map(({ slug, title }) => ready(title, { lesson: slug }))}
      />
      <h2 className="mb-3 border-b border-ink pb-1.5 font-medium">All cards</h2>
      <DeckFilter
        words={choice.words ?? ''}
        mostLetters={mostLetters}
        filters={filtersOf(deck, choice, allLessons(), now)}
        whole={isWhole ? null : listAddress({})}
      />
      <section id="found" aria-label="Found" className="mt-6 scroll-mt-4">
        <Found found={found} of={deck.length} isWhole={isWhole} study={ready('', choice)} />
        {/* Without a row it still says what became of the last one. */}
        <AsideForm viewerId={who.id} post={postAside}>
          <DeckList cards={found} lessons={allLessons()} now={now} />
        </AsideForm>
      </section>
    </article>
  );
}

/** `34 cards: 20 new, 3 learning, 2 due now, 8 not yet due, 1 set aside.` */
function countsIn(deck: readonly DeckCard[], now: number): string {
  const parts = standings.flatMap((standing) => {
    const count = deck.filter((one) => standingOf(one, now) === standing).length;
    return count === 0 ? [] : [`${count} ${STATE_NAMES[standing].toLowerCase()}`];
  });
  return `${cardsOf(deck.length)}: ${parts.join(', ')}.`;
}

function Found({
  found,
  of,
  isWhole,
  study,
}: {
  found: readonly DeckCard[];
  of: number;
  isWhole: boolean;
  study: { readonly href: string; readonly cards: number };
}) {
  const { href, cards } = study;
  const some = Math.min(cards, mostChosen);
  const all = cards === 1 ? 'this card' : `these ${cards} cards`;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <p>
        {found.length === 0
          ? 'No card of your deck is all of this.'
          : isWhole
            ? `${cardsOf(of)}, in the order of the course.`
            : `${found.length} of ${cardsOf(of)}.`}
      </p>
      {cards > 0 && (
        <Link href={href} prefetch={false} className={buttonClass('primary')}>
          Study {some === found.length ? all : `${some} of these cards`}
        </Link>
      )}
      {cards === 0 && found.length > 0 && <p className="text-sm text-muted">What is set aside is not studied.</p>}
    </div>
  );
}

function NoDeck() {
  return (
    <article className="page">
      <PageHeader eyebrow={toReview} title="Your deck" />
      <EmptyDeck starter={recallTable().map(({ id }) => id)} bring={bringCards} />
    </article>
  );
}
