'use client';
// A deck without a card: where cards come from, and a way to start at once.
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { refreshMe } from '#components/shell/use-me.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { minutesFor } from '#lib/study/effort.ts';

export function EmptyDeck({
  starter,
  bring,
}: {
  starter: readonly string[];
  bring: (input: { cardIds: string[] }) => Promise<{ readonly kind: string }>;
}) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const router = useRouter();
  async function start() {
    setState('busy');
    try {
      const { kind } = await bring({ cardIds: [...starter] });
      if (kind !== 'saved') return setState('failed');
      refreshMe();
      router.refresh();
    } catch {
      setState('failed');
    }
  }
  return (
    <section aria-label="No cards yet" className="border-t border-ink pt-6">
      <p className="text-lg">
        Your deck is empty. Cards come from the lessons you read and from single cards you keep. Or start with the
        recall table of the whole subject: {starter.length} cards, about {minutesFor(starter.length)} min.
      </p>
      <p className="mt-6 flex flex-wrap gap-3">
        <Button variant="primary" onClick={start} disabled={state === 'busy'}>
          Start with {starter.length} cards
        </Button>
        <Link href="/lessons" className={buttonClass('quiet')}>
          Read a lesson
        </Link>
      </p>
      <p role="status" className="mt-3 min-h-6 text-sm">
        {state === 'failed' && 'The server did not answer, so nothing was kept. Try again.'}
      </p>
    </section>
  );
}
