import type { Metadata } from 'next';
import { backingOf } from '#components/cards/backing.ts';
import { StudyHead } from '#components/deck/study-head.tsx';
import { EmptyDeck } from '#components/review/empty-deck.tsx';
import { Session } from '#components/review/session.tsx';
import { facesOf } from '#lib/content/card-faces.ts';
import { recallTable } from '#lib/content/cards.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { viewer } from '#lib/server/viewer.ts';
import { bringCards, reviewCard } from './actions.ts';
import type { Query } from './address.ts';
import { studyOf } from './study.ts';

export const metadata: Metadata = { title: 'Review', description: 'The recall cards that are due, one at a time.' };
export const dynamic = 'force-dynamic';

export default async function ReviewPage({ searchParams }: { searchParams: Promise<Query> }) {
  const who = await viewer();
  const now = Date.now();
  const deck = who ? await studyOf(who.id, await searchParams, now) : null;
  return (
    <article className="page">
      <StudyHead
        key={deck?.key}
        chosen={deck?.chosen ?? null}
        trouble={deck && deck.inDeck > 0 ? deck.trouble : null}
        cards={deck?.cards.length ?? 0}
      />
      {who && deck && deck.inDeck > 0 ? (
        <Session
          key={deck.key}
          chosen={deck.chosen}
          viewerId={who.id}
          cards={deck.cards}
          nextDue={deck.nextDue}
          now={now}
          send={reviewCard}
          backings={Object.fromEntries(deck.cards.map(({ card }) => [card.id, backingOf(card, allLessons())]))}
          faces={facesOf(deck.cards.map(({ card }) => card))}
          lessonTitles={Object.fromEntries(allLessons().map(({ slug, title }) => [slug, title]))}
        />
      ) : (
        <EmptyDeck starter={recallTable().map(({ id }) => id)} bring={bringCards} />
      )}
    </article>
  );
}
