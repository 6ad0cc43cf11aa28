import type { Metadata } from 'next';
import { Drills } from '#components/drills/drills.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { allLessons } from '#lib/content/lessons.ts';

export const metadata: Metadata = {
  title: 'Numeric drills',
  description:
    'The sums of distributed locks, with typed answers and the working: Redlock, sessions, leases, takeovers.',
};

export default function DrillsPage() {
  return (
    <article className="page">
      <PageHeader title="Numeric drills">
        <p>
          Sums that come up in interviews. Type the numbers; the working is shown either way. Some come into your review
          as cards, too, with other numbers each time.
        </p>
      </PageHeader>
      <div className="max-w-[42rem]">
        <Drills titles={Object.fromEntries(allLessons().map(({ slug, title }) => [slug, title]))} />
      </div>
    </article>
  );
}
