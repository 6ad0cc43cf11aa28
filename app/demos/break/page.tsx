// All levels of the campaign, in order. Built ahead of time for everybody; the marks are filled in afterwards.
import type { Metadata } from 'next';
import Link from 'next/link';
import { LevelMark, LevelTally } from '#components/campaign/level-mark.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { breakLevels, chapters } from '#content/levels/index.ts';
import { parOf } from '#content/levels/judgement.ts';

export const metadata: Metadata = {
  title: 'Break it',
  description:
    'You are the scheduler: choose what happens next until a promise breaks, or show that nothing can break it.',
};

export default function BreakPage() {
  return (
    <article className="page">
      <PageHeader eyebrow={<Link href="/demos">Demos</Link>} title="Break it">
        <p>
          In each level you are the scheduler. Step to a moment, choose what happens there, and break the promise in as
          few moves as you can. Some levels cannot be broken; say so, and a search of every schedule gives the answer.
          To mend what is broken, go to <Link href="/demos/fix">Fix it</Link>.
        </p>
      </PageHeader>
      <p className="-mt-4 mb-6 min-h-6 text-sm text-muted">
        <LevelTally levels={breakLevels.map(({ id }) => id)} />
      </p>
      {chapters.map(({ title, levels }) => (
        <section key={title} aria-label={title} className="mb-10">
          <h2 className="border-b border-ink pb-1.5 text-sm font-medium text-muted">{title}</h2>
          <ol>
            {levels.map((level) => (
              <li key={level.id} className="border-b border-line">
                <Link
                  href={`/demos/break/${level.id}`}
                  prefetch={false}
                  className="group grid grid-cols-[2rem_1fr] gap-x-2 py-3.5 text-ink no-underline"
                >
                  <span className="pt-0.5 text-muted tabular-nums">{breakLevels.indexOf(level) + 1}</span>
                  <span>
                    <span className="flex flex-wrap items-baseline justify-between gap-x-4">
                      <span className="font-serif text-xl font-[580] group-hover:underline">{level.title}</span>
                      <LevelMark level={level.id} par={parOf(level)} />
                    </span>
                    <span className="mt-0.5 block text-muted">{level.goal}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </article>
  );
}
