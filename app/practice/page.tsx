// The six questions, one for each use case, with how often they were answered.
import type { Metadata } from 'next';
import Link from 'next/link';
import { PageHeader } from '#components/ui/page-header.tsx';
import { allQuestions } from '#lib/content/questions.ts';
import { type Standing, standings } from '#lib/server/attempts.ts';
import { viewer } from '#lib/server/viewer.ts';

export const metadata: Metadata = {
  title: 'Practice',
  description:
    'Answer six interview questions about distributed locks with the template, and compare with a model answer.',
};

/** What went wrong and what is asked: the last two sentences of the prompt. */
const gist = (prompt: string) =>
  prompt
    .split(/(?<=[.?])\s+/)
    .slice(-2)
    .join(' ');

function StandingLine({ standing, points }: { standing: Standing | undefined; points: number }) {
  if (!standing) return null;
  return (
    <>
      {standing.attempts} {standing.attempts === 1 ? 'attempt' : 'attempts'}
      {standing.best !== null && (
        <span className="block">
          best {standing.best} of {points}
        </span>
      )}
    </>
  );
}

export default async function PracticePage() {
  const who = await viewer();
  const found = who ? await standings(who.id) : {};
  const questions = allQuestions();
  return (
    <article className="page">
      <PageHeader title="Answer practice">
        <p>
          {questions.length === 6 ? 'Six' : questions.length} questions as an interviewer asks them. Fill in the
          template, say the paragraph aloud, then see a strong answer beside yours.
        </p>
      </PageHeader>
      <ol>
        {questions.map((question, at) => (
          <li key={question.id} className="border-t border-line first:border-ink">
            <Link
              href={`/practice/${question.id}`}
              className="group grid grid-cols-[2rem_1fr] gap-x-2 py-4 text-ink no-underline sm:grid-cols-[2rem_1fr_7rem]"
            >
              <span className="pt-0.5 text-muted tabular-nums">{at + 1}</span>
              <span>
                <span className="font-serif text-xl font-[580] group-hover:underline">{question.title}</span>
                <span className="mt-0.5 block text-muted">{gist(question.prompt)}</span>
              </span>
              <span className="text-sm text-muted max-sm:col-start-2 max-sm:mt-1 sm:pt-1 sm:text-right">
                <StandingLine standing={found[question.id]} points={question.points.length} />
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </article>
  );
}
