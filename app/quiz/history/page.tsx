// One question whose history the engine makes. The address names the question and the seed, so it can be repeated and shared;
// without them some history is chosen.
import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { MAX_SEED } from '#components/quiz/history.ts';
import { traceQuestionOf } from '#components/quiz/judge.ts';
import { TraceInline } from '#components/quiz/trace-inline.tsx';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { scenarioById } from '#content/scenarios/index.ts';
import { keepCard, saveAnswer } from '../../lessons/actions.ts';
import { numberIn } from '../address.ts';
import { allQuestions, type Question } from '../bank.ts';

type Props = { searchParams: Promise<{ [key: string]: string | readonly string[] | undefined }> };

export const metadata: Metadata = {
  title: 'Judge a history',
  description: 'A short run that the engine has just made: is it safe, and where does it break?',
};

export default async function HistoryPage({ searchParams }: Props) {
  const query = await searchParams;
  const all = allQuestions().filter(({ quiz }) => quiz.kind === 'trace');
  const fresh = Math.floor(Math.random() * (MAX_SEED + 1));
  const some = all[fresh % all.length];
  if (query.q === undefined && some) redirect(`/quiz/history?q=${some.id}&seed=${fresh}`);
  const question = all.find(({ id }) => id === query.q);
  if (question && query.seed === undefined) redirect(`/quiz/history?q=${question.id}&seed=${fresh}`);
  const seed = numberIn(query.seed, 0, MAX_SEED);
  const first = question && seed !== null ? traceQuestionOf(question.quiz, seed) : null;
  const scenario = scenarioById(question?.quiz.demo ?? '');
  return (
    <article className="page">
      <PageHeader eyebrow={<Link href="/quiz">Quiz</Link>} title="Judge a history">
        <p>The engine has made this run by chance. Its checker knows the answer; nobody wrote it down.</p>
      </PageHeader>
      {question && first && scenario ? (
        <TraceInline
          key={question.id}
          quiz={question.quiz}
          {...{ first, scenario }}
          alone
          save={saveAnswer}
          bring={keepCard}
        />
      ) : (
        <p role="alert">
          {question
            ? `The seed in the link cannot be read: it is a whole number from 0 to ${MAX_SEED}.`
            : 'The link names a question that there is not.'}{' '}
          <a href={question ? `/quiz/history?q=${question.id}` : '/quiz/history'}>Show another history</a>
        </p>
      )}
      <Others all={all} here={question} />
    </article>
  );
}

function Others({ all, here }: { all: readonly Question[]; here: Question | undefined }) {
  return (
    <nav aria-label="Other questions about histories" className="mt-16 border-t border-line pt-4">
      <details>
        <summary className="min-h-11 cursor-pointer py-2 font-[560]">
          {all.length - (here ? 1 : 0)} other things to ask of a history
        </summary>
        <ul className="mt-2">
          {all
            .filter((one) => one !== here)
            .map(({ id, quiz }) => (
              <li
                key={id}
                className="grid gap-x-6 border-b border-line py-2 text-[0.9375rem] sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
              >
                <a href={`/quiz/history?q=${id}`} aria-describedby={`${id}-asks`}>
                  {scenarioById(quiz.demo ?? '')?.title}
                </a>
                <span id={`${id}-asks`}>
                  <InlineCode text={quiz.question} />
                </span>
              </li>
            ))}
        </ul>
      </details>
    </nav>
  );
}
