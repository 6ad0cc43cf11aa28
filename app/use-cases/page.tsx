import type { Metadata } from 'next';
import Link from 'next/link';
import { PageHeader } from '#components/ui/page-header.tsx';
import { allUseCases } from '#lib/content/use-cases.ts';

export const metadata: Metadata = {
  title: 'Use cases',
  description: 'Six situations in which people reach for a distributed lock: what breaks, and what decides instead.',
};

export default function UseCasesPage() {
  return (
    <article className="page">
      <PageHeader title="Six use cases">
        <p>
          The situations in which people reach for a distributed lock. Each has the exact race, a run that breaks, the
          weak answer taken apart, the strong answer, and what has really happened.
        </p>
      </PageHeader>
      <ol>
        {allUseCases().map(({ id, title, question, decides }, at) => (
          <li key={id} className="border-t border-line first:border-ink">
            <Link
              href={`/use-cases/${id}`}
              className="group grid grid-cols-[2rem_1fr] gap-x-2 py-4 text-ink no-underline"
            >
              <span className="pt-0.5 text-muted tabular-nums">{at + 1}</span>
              <span>
                <span className="font-serif text-xl font-[580] group-hover:underline">{title}</span>
                <span className="mt-0.5 block text-muted">{question}</span>
                <span className="mt-1.5 block">{decides}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </article>
  );
}
