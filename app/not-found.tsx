import type { Metadata } from 'next';
import Link from 'next/link';
import { PageHeader } from '#components/ui/page-header.tsx';

export const metadata: Metadata = { title: 'No such page' };

export default function NotFound() {
  return (
    <article className="page">
      <PageHeader title="There is no page at this address">
        <p>The link may be old, or a letter may be missing.</p>
      </PageHeader>
      <p>
        Go to <Link href="/lessons">the lessons</Link>, <Link href="/demos">the demos</Link> or{' '}
        <Link href="/">the first page</Link>.
      </p>
    </article>
  );
}
