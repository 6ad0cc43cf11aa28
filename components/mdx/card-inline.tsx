'use client';
// A recall card where it stands in the prose, beside the paragraph that justifies it. The question can be tried at once; cards
// of a lesson that was read come into the review by themselves, and a single one can be kept earlier.
import { useState } from 'react';
import { refreshMe, useMe } from '#components/shell/use-me.ts';
import { InlineCode } from '#components/ui/inline-code.tsx';
import type { Card } from '#lib/study/card.ts';

export type KeepCard = (input: { cardId: string; id: string }) => Promise<{ readonly kind: string }>;

export function CardInline({ card, keep }: { card: Card; keep: KeepCard }) {
  const me = useMe(card.lesson);
  const [state, setState] = useState<'idle' | 'saving' | 'kept' | 'failed'>('idle');
  const inDeck = state === 'kept' || me?.kept.includes(card.id) || me?.read.includes(card.lesson);
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
    <aside aria-label="Recall card" className="border-y border-line py-3 font-sans text-base leading-normal">
      <details className="group">
        <summary className="flex cursor-pointer list-none items-baseline gap-3 [&::-webkit-details-marker]:hidden">
          <span aria-hidden="true" className="text-muted transition-transform group-open:rotate-90">
            ›
          </span>
          <span>
            <span className="block text-[0.8125rem] text-muted">Recall card</span>
            <span className="font-[520]">
              <InlineCode text={card.question} />
            </span>
          </span>
        </summary>
        <p className="mt-2 pl-[1.4rem]">
          <InlineCode text={card.answer} />
        </p>
      </details>
      <p className="mt-1 flex min-h-6 items-center pl-[1.4rem] text-sm text-muted" role="status">
        {inDeck ? (
          'In your deck'
        ) : (
          <button
            type="button"
            onClick={press}
            disabled={state === 'saving'}
            className="min-h-6 text-accent underline underline-offset-4 hover:decoration-2 pointer-coarse:min-h-11"
          >
            Keep this card<span className="sr-only">: {card.question}</span>
          </button>
        )}
        {state === 'failed' && <span className="ml-3">Not kept: the server did not answer. Try again.</span>}
      </p>
    </aside>
  );
}
