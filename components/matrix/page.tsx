// The page of one property of the matrix, whole: the table first, then how to read it and what it rests on.
import Link from 'next/link';
import { PageHeader } from '#components/ui/page-header.tsx';
import { type PropertyId, TROUBLES } from '#lib/lock/index.ts';
import { rowsFor } from './answers.ts';
import { QUESTIONS } from './cell.ts';
import { Bounds, Guide } from './guide.tsx';
import { MatrixTable } from './table.tsx';

export function Matrix({ property }: { property: PropertyId }) {
  const question = QUESTIONS.find(({ id }) => id === property);
  return (
    <article className="page page-wide">
      <PageHeader eyebrow={<Link href="/demos">Demos</Link>} title="Every lock against every fault">
        <p>
          {question?.asks} Searched, not asserted: press a cell for the run that breaks it, or for the bounds within
          which nothing does. <a href="#guide">How to read it</a>.
        </p>
      </PageHeader>
      <MatrixTable property={property} rows={rowsFor(property)} troubles={TROUBLES} />
      <Guide />
      <Bounds />
    </article>
  );
}
