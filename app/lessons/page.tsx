import type { Metadata } from 'next';
import Link from 'next/link';
import { ReadTick } from '#components/lesson/read-tick.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { allLessons } from '#lib/content/lessons.ts';

export const metadata: Metadata = {
  title: 'Lessons',
  description: 'Distributed locks in order: from a seat sold 47 times to the answer that gets you hired.',
};

export default function LessonsPage() {
  const lessons = allLessons();
  const minutes = lessons.reduce((sum, lesson) => sum + lesson.minutes, 0);
  return (
    <article className="page">
      <PageHeader title="Lessons">
        <p>
          {lessons.length} lessons, about {minutes} minutes in all. Each opens with the question an interviewer asks.
        </p>
      </PageHeader>
      <ol>
        {lessons.map((lesson, at) => (
          <li key={lesson.slug} className="border-t border-line first:border-ink">
            <Link
              href={`/lessons/${lesson.slug}`}
              className="group grid grid-cols-[2rem_1fr_auto] gap-x-2 py-4 text-ink no-underline"
            >
              <span className="pt-0.5 text-muted tabular-nums">{at + 1}</span>
              <span>
                <span className="font-serif text-xl font-[580] group-hover:underline">{lesson.title}</span>
                <span className="mt-0.5 block text-muted">{lesson.question}</span>
              </span>
              <span className="pt-1 text-right text-sm whitespace-nowrap text-muted">
                {lesson.minutes} min
                <span className="block">
                  <ReadTick slug={lesson.slug} />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </article>
  );
}
