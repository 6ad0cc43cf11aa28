'use client';
// The end of a lesson. Reaching it after a while counts as having read it; a press does, too.
import Link from 'next/link';
import { useCallback, useEffect, useRef, useState } from 'react';
import { refreshMe, useMe } from '#components/shell/use-me.ts';
import { Button } from '#components/ui/button.tsx';

/** Somebody who scrolls to the end sooner than this was looking, not reading. */
const readingMs = 60_000;

export function ReadMarker({
  slug,
  cards,
  markRead,
}: {
  slug: string;
  cards: number;
  markRead: (input: { slug: string }) => Promise<{ readonly kind: string }>;
}) {
  const me = useMe(slug);
  const [state, setState] = useState<'idle' | 'saving' | 'read' | 'failed'>('idle');
  const end = useRef<HTMLDivElement>(null);
  const changed = me?.changed[slug];
  const isRead = state === 'read' || (!changed && me?.read.includes(slug) === true);

  // What is newer than the reading (components/lesson/revisions.tsx) stays, once shown, though it be read to the end.
  useEffect(() => {
    if (changed)
      document.querySelectorAll<HTMLElement>('[data-revised]').forEach((part, at) => {
        part.hidden = at > changed;
      });
  }, [changed]);

  const mark = useCallback(async () => {
    setState('saving');
    try {
      const { kind } = await markRead({ slug });
      setState(kind === 'saved' ? 'read' : 'failed');
      refreshMe();
    } catch {
      setState('failed');
    }
  }, [markRead, slug]);

  useEffect(() => {
    if (isRead || !end.current) return;
    const opened = Date.now();
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting) || Date.now() - opened < readingMs) return;
      observer.disconnect();
      void mark();
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isRead, mark]);

  return (
    <div ref={end} className="mt-12 flex flex-wrap items-center gap-x-4 gap-y-2" role="status">
      {isRead ? (
        <p>
          You have read this lesson. Its {cards} cards are in your <Link href="/review">review</Link>.
        </p>
      ) : (
        <>
          <Button onClick={mark} disabled={state === 'saving'} variant="primary">
            Mark as read
          </Button>
          <p className="text-sm text-muted">
            {state === 'failed'
              ? 'Not kept: the server did not answer. Try again.'
              : changed
                ? 'It has changed since you read it.'
                : `Puts its ${cards} recall cards into your review.`}
          </p>
        </>
      )}
    </div>
  );
}
