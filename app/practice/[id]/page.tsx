// One question: the prompt, the form with its paragraph, and the learner's earlier attempts. The model answer is not on this page.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { clock } from '#components/practice/clock.ts';
import { Editor } from '#components/practice/editor.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { allLessons } from '#lib/content/lessons.ts';
import { publicPart, questionById } from '#lib/content/questions.ts';
import { isEmpty, parseBlanks } from '#lib/practice/blanks-url.ts';
import { attemptsAt } from '#lib/server/attempts.ts';
import { viewer } from '#lib/server/viewer.ts';
import { postAttempt, saveAttempt } from '../actions.ts';

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const question = questionById((await params).id);
  return question ? { title: question.title, description: question.prompt } : {};
}

export default async function QuestionPage({ params, searchParams }: Props) {
  const question = questionById((await params).id);
  if (!question) notFound();
  const given = parseBlanks(await searchParams);
  const who = await viewer();
  const attempts = who ? await attemptsAt(who.id, question.id) : [];
  return (
    <article className="page page-wide">
      <PageHeader
        eyebrow={
          <Link href="/practice" className="text-muted hover:text-ink">
            Answer practice
          </Link>
        }
        title={question.title}
      />
      <blockquote className="mb-10 max-w-[46rem] border-l-2 border-ink pl-5 font-serif text-xl leading-normal">
        <p>{question.prompt}</p>
      </blockquote>
      <Editor
        // Another address is another answer: the form starts afresh with what it brings.
        key={JSON.stringify(given)}
        question={publicPart(question)}
        brought={{ ...given, useCase: given.useCase || question.useCase }}
        wasBrought={!isEmpty(given)}
        serverId={randomUUID()}
        titles={Object.fromEntries(allLessons().map(({ slug, title }) => [slug, title]))}
        save={saveAttempt}
        post={postAttempt}
      />
      {attempts.length > 0 && (
        <section aria-labelledby="attempts" className="mt-14 max-w-[46rem]">
          <h2 id="attempts" className="mb-2 text-lg font-[600]">
            Your attempts
          </h2>
          <ol>
            {attempts.map((attempt) => (
              <li key={attempt.id} className="border-t border-line">
                <Link
                  href={`/practice/${question.id}/${attempt.id}`}
                  prefetch={false}
                  className="group block py-3 text-ink no-underline"
                >
                  <span className="flex flex-wrap justify-between gap-x-6 text-sm text-muted">
                    <time dateTime={attempt.at.toISOString()}>
                      {attempt.at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })}{' '}
                      UTC
                    </time>
                    <span>
                      {attempt.seconds > 0 && `${clock(attempt.seconds)}, `}
                      {attempt.ticked.length === 0
                        ? 'not checked yet'
                        : `${attempt.ticked.length} of ${question.points.length} points`}
                    </span>
                  </span>
                  <span className="mt-1 line-clamp-2 font-serif wrap-anywhere group-hover:underline">
                    {attempt.paragraph}
                  </span>
                </Link>
              </li>
            ))}
          </ol>
        </section>
      )}
    </article>
  );
}
