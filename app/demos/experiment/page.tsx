// Any experiment: a lock, its clients and what may go wrong, all of it in the address. The matrix and the levels lead here.
import type { Metadata } from 'next';
import Link from 'next/link';
import { ExperimentAtFullWidth } from '#components/demo/demo-by-id.tsx';
import type { DemoQuery } from '#components/demo/demo-url.ts';
import { PageHeader } from '#components/ui/page-header.tsx';

export const metadata: Metadata = {
  title: 'Your own experiment',
  description: 'Choose a lock, its lease and what may go wrong, and let the search try every schedule.',
};

export default async function ExperimentPage({ searchParams }: { searchParams: Promise<DemoQuery> }) {
  return (
    <article className="page page-wide">
      <PageHeader eyebrow={<Link href="/demos">Demos</Link>} title="Your own experiment">
        <p>
          A few clients each add one to a number, under a lock of your choice, while something goes wrong. Turn the
          knobs, make the moves, or let the search try every schedule.
        </p>
      </PageHeader>
      <ExperimentAtFullWidth query={await searchParams} />
    </article>
  );
}
