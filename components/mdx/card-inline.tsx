'use client';
// A recall card where it stands in the prose, beside the paragraph that justifies it. The question can be tried at once; cards
// of a lesson that was read come into the review by themselves, and a single one can be kept earlier.
import { type ReactNode, useState } from 'react';
import { refreshMe, useMe } from '#components/shell/use-me.ts';
import { InlineCode } from '#components/ui/inline-code.tsx';
import type { Card } from '#lib/study/card.ts';

export type KeepCard = (input: { cardId: string; id: string }) => Promise<{ readonly kind: string }>;

/** `asks` stands above the question and `children` under the answer. Both come from the server, where they cost no script. */
export function CardInline({
  card,
  asks,
  keep,
  children,
}: {
  card: Card;
  asks: string;
  keep: KeepCard;
  children: ReactNode;
}) {
  const me = useMe(card.lesson);
  const [state, setState] = useState<'idle' | 'saving' | 'kept' | 'failed'>('idle');
  const inDeck = state === 'kept' || me?.kept.includes(card.id);
  async function press() {
    setState('saving');
    try {
      const { kind } = await keep({ cardId: card.id, id: crypto.randomUUID() });
      setState(kind === 'saved' ? 'kept' : 'failed');
      refreshMe();
    } catch {
      setState('failed');
    }
  }
  return (
    <div
      id={card.id}
      data-passage={card.depth === 'mid' ? undefined : card.depth}
      role="group"
      aria-label={`Recall card: ${card.question}`}
      className="recall-card scroll-mt-4 grid grid-cols-[1fr_auto] gap-x-4 border-y border-line py-3 font-sans text-base leading-normal"
    >
      <details className="group">
        <summary className="grid cursor-pointer list-none grid-cols-[1.125rem_1fr] [&::-webkit-details-marker]:hidden">
          <span aria-hidden="true" className="self-start justify-self-start leading-6 text-muted group-open:rotate-90">
            ›
          </span>
          <span>
            <span className="block text-[0.8125rem] leading-6 text-muted">{asks}</span>
            <span className="font-[520]">
              <InlineCode text={card.question} />
            </span>
          </span>
        </summary>
        <p className="mt-2 pl-[1.125rem]">
          <InlineCode text={card.answer} />
          {card.demo && (
            <>
              {' '}
              <a href={`/demos/${card.demo}`}>See it run</a>.
            </>
          )}
        </p>
        <div className="pl-[1.125rem]">{children}</div>
      </details>
      <p className="text-right text-sm leading-6 text-muted" role="status">
        {inDeck ? (
          'In your deck'
        ) : (
          <button
            type="button"
            onClick={press}
            disabled={state === 'saving'}
            className="min-h-6 text-accent underline underline-offset-4 hover:decoration-2 pointer-coarse:min-h-11"
          >
            Keep<span className="sr-only"> this card: {card.question}</span>
          </button>
        )}
        {state === 'failed' && <span className="block max-w-48">Not kept: the server did not answer. Try again.</span>}
      </p>
    </div>
  );
}
