import type { Metadata } from 'next';
import Link from 'next/link';
import { ReadTick } from '#components/lesson/read-tick.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { allLessons, type Lesson } from '#lib/content/lessons.ts';
import { type Part, parts, partTitles } from '#lib/content/schema.ts';

export const metadata: Metadata = {
  title: 'Lessons',
  description: 'Distributed locks in order: from a seat sold 47 times to the answer that gets you hired.',
};

const SAYS: Readonly<Record<Part, string>> = {
  why: 'What goes wrong without a lock, and whether you need one at all.',
  how: 'Each lock that an interviewer may name: its commands, its promise, its price.',
  fails: 'Pauses, packets, clocks, and what stands when the lock does not.',
  interview: 'Choosing aloud, the answer, the follow-up questions, the traps.',
};

export default function LessonsPage() {
  const lessons = allLessons();
  const minutes = lessons.reduce((sum, lesson) => sum + lesson.minutes, 0);
  return (
    <article className="page">
      <PageHeader title="Lessons">
        <p>
          {lessons.length} lessons in four parts, about {minutes} minutes in all. Each opens with the question an
          interviewer asks. The <Link href="/map">concept map</Link> shows what builds on what; the{' '}
          <Link href="/use-cases">six use cases</Link> show what breaks where.
        </p>
      </PageHeader>
      {parts.map((part) => {
        const inPart = lessons.filter((lesson) => lesson.part === part);
        return (
          <section key={part} aria-labelledby={part} className="mb-12">
            <h2 id={part} className="text-xl font-[600]">
              {partTitles[part]}
            </h2>
            <p className="mb-3 text-muted">{SAYS[part]}</p>
            <ol>
              {inPart.map((lesson) => (
                <Row key={lesson.slug} lesson={lesson} number={lessons.indexOf(lesson) + 1} />
              ))}
            </ol>
          </section>
        );
      })}
    </article>
  );
}

function Row({ lesson, number }: { lesson: Lesson; number: number }) {
  return (
    <li className="border-t border-line first:border-ink">
      <Link
        href={`/lessons/${lesson.slug}`}
        className="group relative grid grid-cols-[2rem_1fr_auto] gap-x-2 pt-4 pb-[1.375rem] text-ink no-underline"
      >
        <span className="pt-0.5 text-muted tabular-nums">{number}</span>
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
  );
}
