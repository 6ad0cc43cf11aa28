'use client';
// The head of a review. One of a learner's own choice says what was chosen and leads back to where that was done. It stays as it was
// when the review began: in the midst of it the page may be rendered anew, and by then less may be left of the choice.
import Link from 'next/link';
import { useState } from 'react';
import { PageHeader } from '#components/ui/page-header.tsx';
import { cardsOf } from '#lib/study/card.ts';

export type Chosen = {
  readonly words: string;
  /** Where the list is that this was chosen from. */
  readonly back: string;
  /** How many cards are all of it; a session has no more than fifty of them. */
  readonly of: number;
  /** Of the cards of this session, how many are not due yet. */
  readonly ahead: number;
  /** How many other cards are due. */
  readonly othersDue: number;
};

type Head = { readonly chosen: Chosen | null; readonly trouble: string | null; readonly cards: number };

export function StudyHead(now: Head) {
  const [{ chosen, trouble, cards }] = useState(now);
  if (!chosen) {
    return (
      <>
        <PageHeader title="Review" />
        {trouble && (
          <p role="alert" className="mb-6 border-y border-line py-3">
            {trouble} Here is what is due. <Link href="/review/deck">Choose from your deck</Link>
          </p>
        )}
      </>
    );
  }
  const { words, back, of, ahead } = chosen;
  return (
    <PageHeader
      eyebrow={
        <Link href={back} className="pointer-coarse:inline-flex pointer-coarse:min-h-11 pointer-coarse:items-center">
          Back to your deck
        </Link>
      }
      title="Review"
    >
      <p>
        You chose {words}: {of > cards ? `the first ${cards} of ${cardsOf(of)}` : cardsOf(cards)}
        {ahead === 0 ? '.' : ahead === cards ? ', ahead of time.' : `, ${ahead} of them ahead of time.`}
      </p>
    </PageHeader>
  );
}
