'use client';
// The mark beside a level that was won, with the learner's best. Its place is kept while it is not known.
import Link from 'next/link';
import { useMe } from '#components/shell/use-me.ts';

/** `par` is the shortest break or, with `repair`, the cheapest repair; null where nothing breaks. */
export function LevelMark({ level, par, repair = false }: { level: string; par: number | null; repair?: boolean }) {
  const best = useMe()?.levels.find((won) => won.level === level)?.best;
  return (
    <span className="inline-block min-w-24 text-right text-sm whitespace-nowrap text-muted tabular-nums">
      {best === undefined ? '' : wonWords(best, par, repair)}
    </span>
  );
}

function wonWords(best: number, par: number | null, repair: boolean): string {
  if (par === null) return 'Won by proof';
  if (repair) return best <= par ? `Won at the least cost, ${par}` : `Won: ${best}, least ${par}`;
  return best <= par ? `Won at par, ${par}` : `Won: ${best}, par ${par}`;
}

/** How many of these levels have been won. */
export function LevelTally({ levels }: { levels: readonly string[] }) {
  const won = useMe()?.levels.filter(({ level }) => levels.includes(level)).length;
  if (won === undefined) return null;
  return (
    <span className="tabular-nums">
      {won} of {levels.length} won
      {won > 0 && (
        <>
          .{' '}
          <Link href="/progress" prefetch={false}>
            Your progress
          </Link>
        </>
      )}
    </span>
  );
}
