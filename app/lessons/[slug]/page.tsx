import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { LessonLevels } from '#components/campaign/lesson-levels.tsx';
import { backingOf } from '#components/cards/backing.ts';
import { HiddenLines } from '#components/lesson/hidden-lines.tsx';
import { ReadMarker } from '#components/lesson/read-marker.tsx';
import { ChangedNote, WhatHasChanged } from '#components/lesson/revisions.tsx';
import { SourceList } from '#components/mdx/cite.tsx';
import { registry } from '#components/mdx/registry.tsx';
import { DepthChoice } from '#components/shell/depth.tsx';
import { AimedLink } from '#components/ui/aimed-link.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { levelsOfLesson } from '#content/levels/of-lesson.ts';
import { sourceByKey } from '#content/sources.ts';
import { allLessons, lessonBySlug } from '#lib/content/lessons.ts';
import { render } from '#lib/content/mdx.ts';
import type { Card } from '#lib/study/card.ts';
import { hiddenAt } from '#lib/study/depth.ts';
import { keepCard, markRead, saveAnswer, savePrediction } from '../actions.ts';

type Props = { params: Promise<{ slug: string }> };

export const dynamicParams = false;

export function generateStaticParams() {
  return allLessons().map(({ slug }) => ({ slug }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const lesson = lessonBySlug((await params).slug);
  return lesson ? { title: lesson.title, description: lesson.promise } : {};
}

export default async function LessonPage({ params }: Props) {
  const lesson = lessonBySlug((await params).slug);
  if (!lesson) notFound();
  const lessons = allLessons();
  const place = lessons.findIndex(({ slug }) => slug === lesson.slug);
  const next = lessons[place + 1];
  const before = lessons[place - 1];
  const hidden = hiddenAt(lesson.quizzes, lesson.cards);
  const deep = lesson.body.includes('<Depth ') || hidden.length > 0;
  const backing = (card: Card) => backingOf(card, lessons, lesson.slug);
  const Body = await render(lesson.body);
  const sources = lesson.cites.flatMap((key) => sourceByKey(key) ?? []);
  return (
    <article className="page">
      <PageHeader
        eyebrow={
          <>
            <AimedLink href="/lessons" className="text-muted hover:text-ink">
              Lesson {place + 1} of {lessons.length}
            </AimedLink>
            , {lesson.minutes} minutes to read
          </>
        }
        title={lesson.title}
      />
      <ChangedNote revised={lesson.revised} />
      <dl className="mb-4 max-w-[36rem] border-y border-line py-4 font-serif text-lg leading-snug">
        <dt className="font-sans text-[0.8125rem] text-muted">The interviewer asks</dt>
        <dd className="mb-3">“{lesson.question}”</dd>
        <dt className="font-sans text-[0.8125rem] text-muted">Afterwards you can</dt>
        <dd>{lesson.promise}</dd>
      </dl>
      {deep && <DepthChoice />}
      <div className="prose mt-6">
        <Body components={registry({ ...lesson, backing, keepCard, saveAnswer, savePrediction })} />
        {deep && <HiddenLines hidden={hidden} />}
      </div>
      <LessonLevels levels={levelsOfLesson(lesson.slug)} />
      <ReadMarker slug={lesson.slug} cards={lesson.cards.length} markRead={markRead} />
      <nav aria-label="Lessons before and after" className="mt-8 grid gap-4 border-t border-line pt-6 sm:grid-cols-2">
        {before && (
          <Link href={`/lessons/${before.slug}`} className="no-underline hover:underline">
            <span className="block text-sm text-muted">Before</span>
            {before.title}
          </Link>
        )}
        {next && (
          <Link href={`/lessons/${next.slug}`} className="no-underline hover:underline sm:col-start-2 sm:text-right">
            <span className="block text-sm text-muted">Next</span>
            {next.title}
          </Link>
        )}
      </nav>
      <section aria-labelledby="sources" className="mt-12">
        <h2 id="sources" className="text-lg font-[600]">
          Sources
        </h2>
        <SourceList sources={sources} />
      </section>
      <WhatHasChanged revised={lesson.revised} />
    </article>
  );
}
