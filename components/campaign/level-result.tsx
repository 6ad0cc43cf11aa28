// What stands below a level that was won: the way on, and a word when the win could not be kept.
import Link from 'next/link';
import { Button, buttonClass } from '#components/ui/button.tsx';
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
