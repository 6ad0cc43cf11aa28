// How a level ended, and what stands below one that was won: the way on, and a word when the win could not be kept.
import Link from 'next/link';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { count } from '#lib/lock/index.ts';
import type { Keeping, Onwards } from './keeping.ts';

export function Onward({ next, all }: { next: Onwards | null; all: string }) {
  return (
    <Link href={next?.href ?? all} className={buttonClass('primary')}>
      {next ? `Next: ${next.title}` : 'To all levels'}
    </Link>
  );
}

export function KeepingTrouble({ keeping: { failed, again } }: { keeping: Keeping }) {
  if (!failed) return null;
  return (
    <p className="text-sm">
      Not kept: the server did not answer.{' '}
      <Button variant="plain" size="small" onClick={again}>
        Try again
      </Button>
    </p>
  );
}

/** What has happened, in the words of the engine, and what it was worth. */
export function BrokenWords({
  words,
  used,
  par,
  lent,
}: {
  words: string;
  used: number;
  par: number | null;
  /** The run was made by somebody else. */
  lent: boolean;
}) {
  return (
    <>
      <p className="font-medium text-broken">{words}</p>
      <p className="mt-2 tabular-nums">
        Broken in {count(used, 'move')}.{' '}
        {par === null
          ? ''
          : used <= par
            ? 'That is par: no schedule that the search knows is shorter.'
            : `Par is ${par}: a way with ${count(used - par, 'move')} less exists.`}
      </p>
      {lent && (
        <p className="mt-2">
          This run came with the link, so it is not kept as yours. Go back a step and make the last move yourself, or
          start over.
        </p>
      )}
    </>
  );
}

export function HeldWords({ words }: { words: string }) {
  return (
    <>
      <p className="font-medium text-held">{words}</p>
      <p className="mt-2">You are right, and the level is yours.</p>
    </>
  );
}
