'use client';
// The mark beside a level that was won, with the learner's best. Its place is kept while it is not known.
import { useMe } from '#components/shell/use-me.ts';

export function LevelMark({ level, par }: { level: string; par: number | null }) {
  const best = useMe()?.levels.find((won) => won.level === level)?.best;
  return (
    <span className="inline-block min-w-24 text-right text-sm whitespace-nowrap text-muted tabular-nums">
      {best === undefined
        ? ''
        : par === null
          ? 'Won by proof'
          : best <= par
            ? `Won at par, ${par}`
            : `Won: ${best}, par ${par}`}
    </span>
  );
}

/** How many of these levels have been won. */
export function LevelTally({ levels }: { levels: readonly string[] }) {
  const won = useMe()?.levels.filter(({ level }) => levels.includes(level)).length;
  return <span className="tabular-nums">{won === undefined ? '' : `${won} of ${levels.length} won`}</span>;
}
