// All systems to repair. Built ahead of time for everybody; the marks are filled in afterwards.
import type { Metadata } from 'next';
import Link from 'next/link';
import { LevelMark, LevelTally } from '#components/campaign/level-mark.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { repairLevels } from '#content/levels/index.ts';
import { bestRepair } from '#content/levels/repair-judgement.ts';

export const metadata: Metadata = {
  title: 'Fix it',
  description: 'Turn the knobs of a lock until a search of every schedule finds nothing, at the least cost.',
};

export default function FixPage() {
  return (
    <article className="page">
      <PageHeader eyebrow={<Link href="/demos">Demos</Link>} title="Fix it">
        <p>
          Each system breaks as it is. Turn its knobs until a search of every schedule finds nothing, and pay as little
          as you can for it, in messages and in waiting. Not every knob helps. To break such systems first, go to{' '}
          <Link href="/demos/break">Break it</Link>.
        </p>
      </PageHeader>
      <p className="-mt-4 mb-6 min-h-6 text-sm text-muted">
        <LevelTally levels={repairLevels.map(({ id }) => id)} />
      </p>
      <ol className="border-t border-ink">
        {repairLevels.map((level, at) => (
          <li key={level.id} className="border-b border-line">
            <Link
              href={`/demos/fix/${level.id}`}
              prefetch={false}
              className="group grid grid-cols-[2rem_1fr] gap-x-2 py-3.5 text-ink no-underline"
            >
              <span className="pt-0.5 text-muted tabular-nums">{at + 1}</span>
              <span>
                <span className="flex flex-wrap items-baseline justify-between gap-x-4">
                  <span className="font-serif text-xl font-[580] group-hover:underline">{level.title}</span>
                  <LevelMark level={level.id} par={bestRepair(level)?.cost.total ?? null} repair />
                </span>
                <span className="mt-0.5 block text-muted">{level.story}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </article>
  );
}
