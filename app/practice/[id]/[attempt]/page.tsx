// A saved attempt beside the model answer. Only its owner can see it: for anybody else there is no such page.
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { SourceList } from '#components/mdx/cite.tsx';
import { aboutSeconds, clock } from '#components/practice/clock.ts';
import { BlankTable } from '#components/practice/compare.tsx';
import { FindingList } from '#components/practice/findings.tsx';
import { Paragraph } from '#components/practice/paragraph.tsx';
import { Rubric } from '#components/practice/rubric.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { sourceByKey } from '#content/sources.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { allQuestions, modelAnswer, questionById } from '#lib/content/questions.ts';
import { serialiseBlanks } from '#lib/practice/blanks-url.ts';
import { check } from '#lib/practice/rules.ts';
import { assemble, speakingSeconds } from '#lib/practice/template.ts';
import { attemptOf } from '#lib/server/attempts.ts';
import { viewer } from '#lib/server/viewer.ts';
import { postTicks, tickPoints } from '../../actions.ts';

type Props = { params: Promise<{ id: string; attempt: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const question = questionById((await params).id);
  return question ? { title: `Your attempt: ${question.title}` } : {};
}

export default async function AttemptPage({ params }: Props) {
  const { id, attempt: attemptId } = await params;
  const question = questionById(id);
  const who = await viewer();
  const attempt = question && who ? await attemptOf(who.id, question.id, attemptId) : null;
  if (!question || !attempt) notFound();

  const Body = await modelAnswer(question);
  const titles = Object.fromEntries(allLessons().map(({ slug, title }) => [slug, title]));
  const findings = check(attempt.blanks, question.facts, question.words);
  const modelSays = assemble(question.model, question.words);
  const questions = allQuestions();
  const next = questions[questions.findIndex((one) => one.id === question.id) + 1];
  return (
    <article className="page page-wide">
      <PageHeader
        eyebrow={
          <Link href={`/practice/${question.id}`} className="text-muted hover:text-ink">
            {question.title}
          </Link>
        }
        title="Your answer and the model"
      />
      <div className="grid grid-cols-1 gap-x-14 gap-y-10 border-t border-ink pt-6 lg:grid-cols-2">
        <section aria-labelledby="yours">
          <h2 id="yours" className="mb-3 text-sm font-[600]">
            Your answer
          </h2>
          {attempt.paragraph === assemble(attempt.blanks, question.words) ? (
            <Paragraph blanks={attempt.blanks} words={question.words} />
          ) : (
            // Said with an older template: shown as it was, without marks.
            <p className="font-serif text-xl leading-[1.6] wrap-anywhere">{attempt.paragraph}</p>
          )}
          <p className="mt-3 text-sm text-muted">
            {attempt.seconds > 0 && `Written in ${clock(attempt.seconds)} of ${clock(question.seconds)}. `}
            To say it takes {aboutSeconds(speakingSeconds(attempt.paragraph))}.
          </p>
        </section>
        <section aria-labelledby="models">
          <h2 id="models" className="mb-3 text-sm font-[600]">
            Model, in the same template
          </h2>
          <Paragraph blanks={question.model} words={question.words} />
          <p className="mt-3 text-sm text-muted">To say it takes {aboutSeconds(speakingSeconds(modelSays))}.</p>
        </section>
        <section aria-labelledby="findings" className="border-t border-line pt-5">
          <h2 id="findings" className="mb-3 text-sm font-[600]">
            Findings
          </h2>
          <FindingList findings={findings} titles={titles} />
        </section>
        <div className="border-t border-line pt-5">
          <BlankTable yours={attempt.blanks} model={question.model} />
        </div>
      </div>

      <div className="mt-14 grid grid-cols-1 gap-x-14 gap-y-12 border-t border-ink pt-8 lg:grid-cols-[minmax(0,42rem)_minmax(0,1fr)]">
        <section aria-label="Model answer" className="prose [&>h2:first-child]:mt-0">
          <Body components={{}} />
        </section>
        <div className="lg:sticky lg:top-6 lg:self-start">
          <Rubric
            attempt={attempt.id}
            questionId={question.id}
            points={question.points}
            ticked={attempt.ticked}
            titles={titles}
            tick={tickPoints}
            post={postTicks}
          />
        </div>
      </div>

      <nav
        aria-label="What next"
        className="mt-12 flex flex-wrap items-center gap-x-5 gap-y-3 border-t border-line pt-6"
      >
        <Link href={`/practice/${question.id}?${serialiseBlanks(attempt.blanks)}`} className={buttonClass('primary')}>
          Try again from this answer
        </Link>
        {next ? (
          <Link href={`/practice/${next.id}`} className={buttonClass('quiet')}>
            Next question: {next.title}
          </Link>
        ) : (
          <Link href="/practice" className={buttonClass('quiet')}>
            All questions
          </Link>
        )}
      </nav>
      <section aria-labelledby="sources" className="mt-12 max-w-[46rem]">
        <h2 id="sources" className="text-lg font-[600]">
          Sources
        </h2>
        <SourceList sources={question.cites.flatMap((key) => sourceByKey(key) ?? [])} />
      </section>
    </article>
  );
}
