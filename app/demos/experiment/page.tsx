// Any experiment: a lock, its clients and what may go wrong, all of it in the address. The matrix and the levels lead here; one that
// is a cell of the matrix says so, with what was found there and the way back to its row.
import type { Metadata } from 'next';
import Link from 'next/link';
import { ExperimentAtFullWidth } from '#components/demo/demo-by-id.tsx';
import type { DemoQuery } from '#components/demo/demo-url.ts';
import { cellOf } from '#components/matrix/found.ts';
import { PageHeader } from '#components/ui/page-header.tsx';

type Props = { searchParams: Promise<DemoQuery> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const cell = cellOf(await searchParams);
  if (cell) return { title: `${cell.title}: ${cell.under}`, description: cell.asks };
  return {
    title: 'Your own experiment',
    description: 'Choose a lock, its lease and what may go wrong, and let the search try every schedule.',
  };
}

export default async function ExperimentPage({ searchParams }: Props) {
  const query = await searchParams;
  const cell = cellOf(query);
  return (
    <article className="page page-wide">
      {cell ? (
        <PageHeader
          eyebrow={
            <>
              <Link href="/demos">Demos</Link>
              <span aria-hidden="true"> / </span>
              <Link href={cell.address}>Back to this row of the matrix</Link>
            </>
          }
          title={
            <>
              {cell.title}
              <span className="sr-only">: </span>
              <span className="mt-1.5 block font-sans first-letter:uppercase text-[0.6em] font-medium tracking-normal">
                {cell.under}
              </span>
            </>
          }
        >
          <p>{cell.asks}</p>
        </PageHeader>
      ) : (
        <PageHeader eyebrow={<Link href="/demos">Demos</Link>} title="Your own experiment">
          <p>
            A few clients each add one to a number, under a lock of your choice, while something goes wrong. Turn the
            knobs, make the moves, or let the search try every schedule.
          </p>
        </PageHeader>
      )}
      <ExperimentAtFullWidth
        query={query}
        answer={cell ? { property: cell.property, verdict: cell.verdict } : undefined}
      />
    </article>
  );
}
