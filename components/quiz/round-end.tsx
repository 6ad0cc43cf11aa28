'use client';
// What a round has shown: first what was answered wrong and surely, each with the paragraph that says why, then the lessons, then how
// far certainty could be trusted.
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { SURENESS_WORDS } from '#lib/study/calibration.ts';
import { BringBack, type BringCard } from './bring-back.tsx';
import {
  byLesson,
  calibrationOfRound,
  certaintyWords,
  givenWords,
  type Missed,
  missedOf,
  type RoundQuestion,
  type RoundState,
  rightWords,
} from './round-state.ts';
import type { Keeping } from './use-keeping.ts';

type Props = {
  readonly questions: readonly RoundQuestion[];
  readonly state: RoundState;
  readonly focus: boolean;
  readonly keeping: Keeping;
  readonly another: string;
  readonly again: () => void;
  readonly bring: BringCard;
};

const cell = 'py-2.5 pr-6 text-left align-baseline';

export function RoundEnd({ questions, state, focus, keeping, another, again, bring }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) title.current?.focus();
  }, [focus]);
  const missed = missedOf(questions, state);
  const late = state.answers.filter((answer) => answer.late).length;
  const ids = missed.map(({ question }) => question.quiz.id);
  return (
    <div className="max-w-[42rem]">
      <h2 ref={title} tabIndex={-1} className="border-t border-ink pt-4 text-2xl font-[600] outline-none">
        {questions.length - missed.length} of {questions.length} right
      </h2>
      <p className="mt-1 font-serif text-xl leading-snug">{certaintyWords(state)}</p>
      {late > 0 && (
        <p className="mt-1 text-muted">{late === 1 ? 'One answer' : `${late} answers`} took longer than the clock.</p>
      )}
      {keeping.failed && (
        <p className="mt-2" role="status">
          Not all answers are kept: the server did not answer.{' '}
          <Button variant="plain" size="small" className="px-0!" onClick={keeping.again}>
            Keep them now
          </Button>
        </p>
      )}
      <p className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2">
        {missed.length > 0 && (
          <a href={`/quiz?n=${ids.length}&only=${ids.join('.')}`} className={buttonClass('primary')}>
            Again with {missed.length === 1 ? 'the one' : 'those'} I missed
          </a>
        )}
        <a href={another} className={buttonClass(missed.length > 0 ? 'quiet' : 'primary')}>
          Another round
        </a>
        <Button variant="plain" className="px-0!" onClick={again}>
          This round again
        </Button>
      </p>
      {missed.length > 0 && (
        <section aria-labelledby="missed" className="mt-10">
          <h3 id="missed" className="text-lg font-[600]">
            What you missed, the surest first
          </h3>
          <ol className="mt-2 border-t border-line">
            {missed.map((one) => (
              <MissedQuestion key={one.question.quiz.id} {...one} bring={bring} />
            ))}
          </ol>
        </section>
      )}
      <Tables questions={questions} state={state} />
      <p className="mt-8 text-[0.9375rem] text-muted">
        The address of this page is this round: whoever opens it gets the same questions.
      </p>
    </div>
  );
}

const FELT = { 1: 'You guessed', 2: 'You were fairly sure', 3: 'You were certain' } as const;

function MissedQuestion({ question, answer, bring }: Missed & { bring: BringCard }) {
  const { quiz, paragraph, history } = question;
  return (
    <li className="border-b border-line py-4">
      <p className={`text-[0.8125rem] ${answer.sureness === 3 ? 'font-[560]' : 'text-muted'}`}>
        {FELT[answer.sureness]}
      </p>
      <p className="font-[560]">
        <InlineCode text={quiz.question} />
        {history && <span className="font-normal text-muted"> {history.title}</span>}
      </p>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-[0.9375rem]">
        <dt className="text-muted">You said</dt>
        <dd className="whitespace-pre-line">
          <InlineCode text={givenWords(question, answer.given)} />
        </dd>
        <dt className="text-muted">Right is</dt>
        <dd className="whitespace-pre-line">
          <InlineCode text={rightWords(question)} />
        </dd>
      </dl>
      <p className="mt-1 flex min-h-9 flex-wrap items-center gap-x-5 text-[0.9375rem]">
        <Link href={paragraph.href} prefetch={false}>
          Read it again: {paragraph.title}
        </Link>
        {history && (
          <Link href={history.href} prefetch={false}>
            Open the run
          </Link>
        )}
        <BringBack card={quiz.card} bring={bring} />
      </p>
    </li>
  );
}

function Tables({ questions, state }: Pick<Props, 'questions' | 'state'>) {
  return (
    <>
      <table className="mt-10 w-full">
        <caption className="mb-2 text-left text-lg font-[600]">By lesson</caption>
        <thead>
          <tr className="border-b border-ink text-sm text-muted">
            <th scope="col" className={`${cell} font-normal`}>
              Lesson
            </th>
            <th scope="col" className="py-2.5 text-right font-normal">
              Right
            </th>
          </tr>
        </thead>
        <tbody>
          {byLesson(questions, state).map(({ slug, title, right, asked }) => (
            <tr key={slug} className="border-b border-line">
              <th scope="row" className={`${cell} font-normal`}>
                <Link href={`/lessons/${slug}`} prefetch={false}>
                  {title}
                </Link>
              </th>
              <td className="py-2.5 text-right whitespace-nowrap tabular-nums">
                {right} of {asked}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="mt-10 w-full">
        <caption className="mb-2 text-left text-lg font-[600]">How sure, how often right</caption>
        <thead>
          <tr className="border-b border-ink text-sm text-muted">
            <th scope="col" className={`${cell} font-normal`}>
              You said
            </th>
            <th scope="col" className="py-2.5 text-right font-normal">
              Right
            </th>
          </tr>
        </thead>
        <tbody>
          {[...calibrationOfRound(state)].reverse().map((row) => (
            <tr key={row.sureness} className="border-b border-line">
              <th scope="row" className={`${cell} font-normal`}>
                {SURENESS_WORDS[row.sureness]}
              </th>
              <td className="py-2.5 text-right whitespace-nowrap tabular-nums">
                {row.came.length === 0 ? 'none' : `${row.came.filter(Boolean).length} of ${row.came.length}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
