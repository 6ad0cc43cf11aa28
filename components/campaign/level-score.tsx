// What has been used so far, and what is left to use.
import { faultName } from '#content/levels/fault-words.ts';
import type { BreakLevel } from '#content/levels/level.ts';
import type { FaultKind, World } from '#lib/lock/index.ts';

export function Score({
  world,
  used,
  level,
  par,
  best,
}: {
  world: World;
  used: number;
  level: BreakLevel;
  par: number | null;
  /** This learner's earlier best; 0 for a level won by proof. */
  best: number | null;
}) {
  const kinds = [...new Set(level.scenario.faults.map(({ kind }) => kind))];
  const left = kinds.map((kind: FaultKind) => faultName(kind, world.faultsLeft[kind] ?? 0));
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-0.5 text-[0.9375rem] max-sm:text-sm">
      <Figures term="Moves so far">
        {used}
        {best !== null && par !== null && (
          <span className="font-normal text-muted">
            {' '}
            (your best {best}, par {par})
          </span>
        )}
      </Figures>
      <Figures term="Faults left">{left.length === 0 ? 'none in this level' : left.join(', ')}</Figures>
    </dl>
  );
}

function Figures({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="whitespace-nowrap text-muted">{term}</dt>
      <dd className="font-medium tabular-nums">{children}</dd>
    </div>
  );
}
