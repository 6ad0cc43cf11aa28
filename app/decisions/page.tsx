import type { Metadata } from 'next';
import Link from 'next/link';
import { PageHeader } from '#components/ui/page-header.tsx';
import { allDecisions } from '#lib/content/decisions.ts';

export const metadata: Metadata = { title: 'Decisions', description: 'How Fencepost itself is built, and why.' };

export default function DecisionsPage() {
  return (
    <article className="page">
      <PageHeader title="Decisions">
        <p>How Fencepost itself is built, and why. What it teaches, it has to do.</p>
      </PageHeader>
      <ol className="border-t border-ink">
        {allDecisions().map(({ slug, title, number, date }) => (
          <li key={slug} className="grid grid-cols-[2rem_1fr_auto] gap-x-2 border-b border-line py-3">
            <span className="text-muted tabular-nums">{number}</span>
            <Link href={`/decisions/${slug}`}>{title}</Link>
            <time dateTime={date} className="text-sm text-muted">
              {date}
            </time>
          </li>
        ))}
      </ol>
    </article>
  );
}
