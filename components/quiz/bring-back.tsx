'use client';
// After a miss: puts the card of the question into today's review.
import Link from 'next/link';
import { useState } from 'react';
import { refreshMe } from '#components/shell/use-me.ts';
import { Button } from '#components/ui/button.tsx';

export type BringCard = (input: { id: string; cardId: string }) => Promise<{ readonly kind: string }>;

export function BringBack({ card, bring }: { card: string; bring: BringCard }) {
  const [state, setState] = useState<'idle' | 'busy' | 'done' | 'failed'>('idle');
  async function press() {
    setState('busy');
    try {
      const { kind } = await bring({ cardId: card, id: crypto.randomUUID() });
      setState(kind === 'saved' ? 'done' : 'failed');
      refreshMe();
    } catch {
      setState('failed');
    }
  }
  if (state === 'done') {
    return (
      // Takes the focus of the button that was here.
      <span ref={(node) => node?.focus()} tabIndex={-1} className="text-sm text-muted outline-none">
        Its card is in <Link href="/review">today’s review</Link>.
      </span>
    );
  }
  return (
    <Button variant="plain" size="small" className="px-0!" onClick={press} disabled={state === 'busy'}>
      {state === 'failed' ? 'The server did not answer. Review its card today' : 'Review its card today'}
    </Button>
  );
}
