'use client';
// The end of a review: calm, and exact about when to come back.
import Link from 'next/link';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Chosen } from '#components/deck/study-head.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { cardsOf } from '#lib/study/card.ts';
import { spoken } from '#lib/study/schedule.ts';

const never = () => () => {};

/** `today at 21:40`, `tomorrow at 07:15`, `on Thursday 26 November at 07:15, in 3 days`, in the reader's own time zone. */
function whenDue(due: number, now: number): string {
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(due);
  const dayOf = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  const days = Math.round((dayOf(due) - dayOf(now)) / 86_400_000);
  if (days <= 0) return `today at ${time}`;
  if (days === 1) return `tomorrow at ${time}`;
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(due);
  return `on ${day} at ${time}, in ${spoken(days * 86_400_000)}`;
}

/** `graded` and `aside` are numbers of cards, however often each of them came back. */
export function EndScreen({
  graded,
  aside,
  nextDue,
  chosen,
}: {
  graded: number;
  aside: number;
  nextDue: number | null;
  chosen: Chosen | null;
}) {
  const hasDone = graded + aside > 0;
  const others = chosen?.othersDue ?? 0;
  // The server does not know the reader's time zone.
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasDone) heading.current?.focus();
  }, [hasDone]);
  const now = Date.now();
  return (
    <section aria-label="Done" className="mt-4 border-t border-ink pt-6">
      <h2 ref={heading} tabIndex={-1} className="font-serif text-[1.625rem] font-[560] outline-none">
        {hasDone ? 'Done for now.' : 'Nothing is due.'}
      </h2>
      <p className="mt-3 min-h-14 text-lg">
        {graded > 0 && `You graded ${cardsOf(graded)}. `}
        {aside > 0 && `You set ${cardsOf(aside)} aside. `}
        {others > 0
          ? `${others === 1 ? '1 other card is' : `${others} other cards are`} due.`
          : nextDue !== null && inBrowser && <>The next card is due {whenDue(nextDue, now)}.</>}
        {others === 0 && nextDue === null && 'New cards come from the lessons that you read.'}
      </p>
      <p className="mt-4 flex flex-wrap gap-3">
        {others > 0 && (
          <Link href="/review" className={buttonClass('primary')}>
            Review what is due
          </Link>
        )}
        <Link href={chosen?.back ?? '/review/deck'} className={buttonClass('quiet')}>
          {chosen ? 'Back to your deck' : 'Your deck'}
        </Link>
        <Link href="/lessons" className={buttonClass('quiet')}>
          Read a lesson
        </Link>
      </p>
      {graded > 0 && (
        <p className="mt-8 max-w-[42rem] text-sm text-muted">
          Each grade was saved with an idempotency key and a fencing token of its own.{' '}
          <Link href="/decisions/we-fence-our-own-writes" className="text-muted hover:text-ink">
            How that works
          </Link>
        </p>
      )}
    </section>
  );
}
