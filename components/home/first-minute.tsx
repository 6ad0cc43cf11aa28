'use client';
// A newcomer's first minute: a race, a lock, a lease that ends too early, and a fencing token, each one press after the other.
// Then three recall cards that are theirs to keep.
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { NearDemo } from '#components/demo/near.tsx';
import { refreshMe } from '#components/shell/use-me.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { InlineCode } from '#components/ui/inline-code.tsx';
import type { Scenario } from '#lib/lock/index.ts';
import type { Card } from '#lib/study/card.ts';

const stages = [
  {
    title: 'One seat, 47 requests, no lock',
    text: 'Each request reads “available”, then writes “sold”. Press Run and count the tickets.',
    next: 'Put a lock on it',
  },
  {
    title: 'The same rush, with a lock',
    text: 'Every request must take the lock before it reads. One gets through; the others are told that the seat is gone or the lock is held.',
    next: 'Now pause the holder',
  },
  {
    title: 'The holder pauses',
    text: 'The lock frees itself after a while, so that a crash blocks nobody for ever. Here A reads “available”, is paused for longer than that, and then writes. Run on and count the tickets: two.',
    next: 'Check the token at the store',
  },
  {
    title: 'The store checks the token',
    text: 'Each grant carries a higher number, and the store refuses a write with a lower one than it has seen. A’s late write bounces: one ticket. A write that comes a little earlier can still slip through; the lesson on fencing closes that gap.',
    next: 'Keep what you saw',
  },
] as const;

export function FirstMinute({
  cards,
  demos,
  bring,
}: {
  cards: readonly Card[];
  /** What each stage runs. */
  demos: readonly { readonly scenario: Scenario; readonly model: Scenario | undefined }[];
  bring: (input: { cardIds: string[] }) => Promise<{ readonly kind: string }>;
}) {
  const [at, setAt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) heading.current?.focus();
    moved.current = at >= 0;
  }, [at]);
  const stage = stages[at];
  const demo = demos[at];
  return (
    <section aria-label="The first minute">
      <div className="max-w-[44rem]">
        <h2 ref={heading} tabIndex={-1} className="font-serif text-2xl font-[620] outline-none">
          {stage ? stage.title : 'You have seen a race, a lock, a lease and a token'}
        </h2>
        {stage && <p className="mt-1.5">{stage.text}</p>}
      </div>
      {stage && demo ? (
        <div className="mt-4">
          <NearDemo
            key={demo.scenario.id}
            eager
            {...demo}
            locks={demos.map(({ scenario }) => scenario.backend)}
            bare
            controlsFirst
            next={(ended) => <Next at={at} words={stage.next} ended={ended} go={setAt} />}
          />
        </div>
      ) : (
        <KeepThree cards={cards} bring={bring} again={() => setAt(0)} />
      )}
    </section>
  );
}

/** Between the player and the picture: where the hand is when the run has ended. */
function Next({ at, words, ended, go }: { at: number; words: string; ended: boolean; go: (to: number) => void }) {
  return (
    <p className="mt-2 flex flex-wrap gap-x-3 gap-y-2">
      <Button variant={ended ? 'primary' : 'quiet'} onClick={() => go(at + 1)}>
        {words}
        <span className={`tabular-nums ${ended ? '' : 'text-muted'}`}>
          <span className="sr-only">, step </span>
          {at + 2}
          <span className="sr-only"> of</span>
          <span aria-hidden="true">/</span>
          {stages.length + 1}
        </span>
      </Button>
      {at > 0 && (
        <Button variant="plain" className="px-0!" onClick={() => go(at - 1)}>
          Back to the step before
        </Button>
      )}
    </p>
  );
}

function KeepThree({
  cards,
  bring,
  again,
}: {
  cards: readonly Card[];
  bring: (input: { cardIds: string[] }) => Promise<{ readonly kind: string }>;
  again: () => void;
}) {
  const [state, setState] = useState<'idle' | 'busy' | 'kept' | 'failed'>('idle');
  async function keep() {
    setState('busy');
    try {
      const { kind } = await bring({ cardIds: cards.map((card) => card.id) });
      setState(kind === 'saved' ? 'kept' : 'failed');
      refreshMe();
    } catch {
      setState('failed');
    }
  }
  return (
    <div className="mt-3 max-w-[42rem]">
      <p className="text-lg">
        Three cards that you can already answer. Keep them, and they come back just before you would forget them.
      </p>
      <dl className="mt-4 border-t border-line">
        {cards.map((card) => (
          <div key={card.id} className="border-b border-line py-3">
            <dt className="font-[560]">
              <InlineCode text={card.question} />
            </dt>
            <dd className="text-muted">
              <InlineCode text={card.answer} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-5 flex flex-wrap items-center gap-3" role="status">
        {state === 'kept' ? (
          <>
            <span>Kept.</span>
            <Link href="/review" className={buttonClass('primary')}>
              Review them now
            </Link>
          </>
        ) : (
          <Button variant="primary" onClick={keep} disabled={state === 'busy'}>
            Keep these three cards
          </Button>
        )}
        <Button variant="plain" onClick={again}>
          From the start
        </Button>
        {state === 'failed' && <span>Not kept: the server did not answer. Try again.</span>}
      </p>
    </div>
  );
}
