import type { Metadata } from 'next';
import Link from 'next/link';
import { PageHeader } from '#components/ui/page-header.tsx';
import { scenarios } from '#content/scenarios/index.ts';
import { allLessons } from '#lib/content/lessons.ts';

export const metadata: Metadata = {
  title: 'Demos',
  description: 'Every lock of the course as a run that you can step, break and search.',
};

export default function DemosPage() {
  const groups = allLessons()
    .map(({ slug, title }) => ({ slug, title, demos: scenarios.filter(({ lesson }) => lesson === slug) }))
    .filter(({ demos }) => demos.length > 0);
  return (
    <article className="page">
      <PageHeader title="Demos">
        <p>
          Each is a small system in which you decide what happens next. Step it, break it, or let the search try every
          schedule. Or see all at once: <Link href="/demos/matrix">every lock against every fault</Link>.
        </p>
      </PageHeader>
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
