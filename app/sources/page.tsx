import type { Metadata } from 'next';
import { SourceList } from '#components/mdx/cite.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { sourceGroups } from '#content/sources.ts';
import { allLessons } from '#lib/content/lessons.ts';

export const metadata: Metadata = {
  title: 'Sources',
  description: 'What the course is built on, what each source is good for, and which lessons cite it.',
};

export default function SourcesPage() {
  const citedIn = new Map<string, { href: string; title: string }[]>();
  for (const { slug, title, cites } of allLessons()) {
    for (const key of cites) citedIn.set(key, [...(citedIn.get(key) ?? []), { href: `/lessons/${slug}`, title }]);
  }
  return (
    <article className="page">
      <PageHeader title="Sources">
        <p>
          What the course is built on, and what each is good for. Where we read only notes about a text, it says so.
        </p>
      </PageHeader>
      {sourceGroups.map(({ title, sources }) => (
        <section key={title} className="mb-10">
          <h2 className="text-xl font-[600]">{title}</h2>
          <SourceList sources={sources} citedIn={citedIn} />
        </section>
      ))}
    </article>
  );
}
