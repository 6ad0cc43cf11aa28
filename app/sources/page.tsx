import type { Metadata } from 'next';
import { SourceList } from '#components/mdx/cite.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { sources } from '#content/sources.ts';

export const metadata: Metadata = {
  title: 'Sources',
  description: 'What the course is built on, and what each source is good for.',
};

export default function SourcesPage() {
  return (
    <article className="page">
      <PageHeader title="Sources">
        <p>
          What the course is built on, and what each is good for. Where we read only notes about a text, it says so.
        </p>
      </PageHeader>
      <SourceList sources={sources.filter((source) => source.key !== 'derived')} />
    </article>
  );
}
