import type { Metadata } from 'next';
import Link from 'next/link';
import { PageHeader } from '#components/ui/page-header.tsx';
import { scenarios } from '#content/scenarios/index.ts';
import { allLessons } from '#lib/content/lessons.ts';

export const metadata: Metadata = {
  title: 'Demos',
  description: 'Every lock of the course as a run that you can step, break and search.',
};

const OTHERS = [
  [
    '/demos/break',
    'Break it',
    'Levels in which you choose what happens, until a guarantee breaks or you claim that it holds.',
  ],
  ['/demos/fix', 'Fix it', 'Turn the knobs of a broken lock until a search finds nothing, at the least cost.'],
  ['/demos/matrix', 'The matrix', 'Every lock against every fault: what holds, what breaks, and how.'],
  ['/demos/experiment', 'Your own experiment', 'Any lock, any lease, any fault, with all schedules searched.'],
] as const;

export default function DemosPage() {
  const groups = allLessons()
    .map(({ slug, title }) => ({ slug, title, demos: scenarios.filter(({ lesson }) => lesson === slug) }))
    .filter(({ demos }) => demos.length > 0);
  return (
    <article className="page">
      <PageHeader title="Demos">
        <p>
          Each is a small system in which you decide what happens next. Step it, break it, or let the search try every
          schedule.
        </p>
      </PageHeader>
      <ul className="mb-12">
        {OTHERS.map(([href, name, what]) => (
          <li key={href} className="border-t border-line last:border-b">
            <Link href={href} className="group block py-3.5 text-ink no-underline">
              <span className="font-semibold text-accent underline-offset-4 group-hover:underline">{name}</span>
              <span className="mt-0.5 block text-muted">{what}</span>
            </Link>
          </li>
        ))}
      </ul>
      {groups.map(({ slug, title, demos }) => (
        <section key={slug} aria-labelledby={`lesson-${slug}`} className="mb-10">
          <h2 id={`lesson-${slug}`} className="border-b border-ink pb-1.5 text-sm font-medium text-muted">
            <Link href={`/lessons/${slug}`} className="text-muted no-underline hover:text-ink hover:underline">
              {title}
            </Link>
          </h2>
          <ul>
            {demos.map(({ id, title: name, point }) => (
              <li key={id} className="border-b border-line">
                <Link href={`/demos/${id}`} prefetch={false} className="group block py-3.5 text-ink no-underline">
                  <span className="font-serif text-xl font-[580] group-hover:underline">{name}</span>
                  <span className="mt-0.5 block text-muted">{point}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </article>
  );
}
