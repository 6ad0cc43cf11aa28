'use client';
// A question whose history the engine makes. The server has drawn the first; pressing for another makes one here, in a few
// milliseconds, from a seed that its link repeats. The answer is judged at once and kept in the background, and since no two
// histories are alike, one that was answered before does not come back.
import Link from 'next/link';
import { useEffect, useId, useRef, useState } from 'react';
import { useMe } from '#components/shell/use-me.ts';
import { Button } from '#components/ui/button.tsx';
import { InlineCode } from '#components/ui/inline-code.tsx';
import type { Scenario } from '#lib/lock/index.ts';
import type { Quiz } from '#lib/study/quiz.ts';
import { quizAsks } from './asks.ts';
import { BringBack, type BringCard } from './bring-back.tsx';
import { HistoryAnswer } from './history-answer.tsx';
import type { QuizSave } from './quiz-inline.tsx';
import type { TraceQuestion } from './trace-question.ts';

type Props = {
  readonly quiz: Quiz;
  /** The history that the page came with. */
  readonly first: TraceQuestion;
  readonly scenario: Scenario;
  readonly save: QuizSave;
  readonly bring: BringCard;
} & (
  | { readonly lesson: string; readonly alone?: never }
  /** The page is about this question: its address names the history. */
  | { readonly lesson?: never; readonly alone: true }
);

export function historyAddress({ id }: Quiz, { seed }: TraceQuestion): string {
  return `/quiz/history?q=${id}&seed=${seed}`;
}

export function TraceInline({ quiz, first, scenario, lesson, alone, save, bring }: Props) {
  const me = useMe(lesson);
  const [asked, setAsked] = useState(first);
  const [chosen, setChosen] = useState<number | null>(null);
  const [answered, setAnswered] = useState(false);
  const [making, setMaking] = useState<'idle' | 'busy' | 'failed'>('idle');
  const [saving, setSaving] = useState<'idle' | 'saving' | 'failed'>('idle');
  const titleId = useId();
  const section = useRef<HTMLElement>(null);
  const verdict = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const begun = useRef(false);
  const { ask, property } = asked;
  const right = chosen === asked.right;
  const Heading = alone ? 'h2' : 'h3';

  // Somebody who has answered this one before meets a new history, if it can be put there unseen.
  const known = lesson !== undefined && me?.answers.some(({ quizId }) => quizId === quiz.id) === true;
  useEffect(() => {
    const top = section.current?.getBoundingClientRect().top ?? 0;
    if (known && !begun.current && top > window.innerHeight) void makeAnother();
  });

  async function makeAnother(): Promise<boolean> {
    begun.current = true;
    setMaking('busy');
    try {
      const { anotherHistory } = await import('./another-history.ts');
      const [seed] = crypto.getRandomValues(new Uint32Array(1));
      const made = await anotherHistory(scenario, { ask, property }, (seed ?? 0) % 1_000_000);
      if (!made) throw new Error('no history');
      setAsked(made);
      setChosen(null);
      setAnswered(false);
      setSaving('idle');
      setMaking('idle');
      if (alone) window.history.replaceState(null, '', historyAddress(quiz, made));
      return true;
    } catch {
      setMaking('failed');
      return false;
    }
  }

  async function another() {
    // The history stands below its question, so reading goes on from there.
    if (await makeAnother()) title.current?.focus();
  }

  async function keep() {
    setSaving('saving');
    try {
      const given = [asked.seed, chosen ?? 0];
      const { kind } = await save({ id: crypto.randomUUID(), quizId: quiz.id, given });
      setSaving(kind === 'saved' ? 'idle' : 'failed');
    } catch {
      setSaving('failed');
    }
  }

  useEffect(() => {
    if (answered) verdict.current?.focus();
  }, [answered]);

  return (
    <section
      ref={section}
      id={quiz.id}
      data-passage={alone || quiz.depth === 'mid' ? undefined : quiz.depth}
      aria-labelledby={titleId}
      className="scroll-mt-4 border-t border-line pt-5 font-sans text-base leading-normal"
    >
      <p className="text-[0.8125rem] text-muted">{quizAsks(quiz)}</p>
      <Heading
        id={titleId}
        ref={title}
        tabIndex={-1}
        className="mt-0! font-sans text-[1.0625rem]! font-[560]! outline-none"
      >
        <InlineCode text={quiz.question} />
      </Heading>
      <div role="status" className="flex min-h-11 flex-wrap items-center gap-x-5">
        {answered && (
          <>
            <strong ref={verdict} tabIndex={-1} className="outline-none">
              {right ? 'Right.' : 'Not quite.'}
            </strong>
            {!right && <BringBack card={quiz.card} bring={bring} />}
          </>
        )}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen === null) return;
          begun.current = true;
          setAnswered(true);
          void keep();
        }}
      >
        <HistoryAnswer
          key={asked.seed}
          {...{ asked, chosen, answered, titleId }}
          choose={(option) => {
            begun.current = true;
            setChosen(option);
          }}
        />
        <p className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
          {!answered && (
            <Button type="submit" size="small" disabled={chosen === null}>
              Check
            </Button>
          )}
          <Button
            variant={answered ? 'quiet' : 'plain'}
            size="small"
            className={answered ? '' : 'px-0!'}
            onClick={another}
            disabled={making === 'busy'}
          >
            Another history
          </Button>
          {!alone && (
            <Link href={historyAddress(quiz, asked)} prefetch={false} className="text-sm">
              Link to this one
            </Link>
          )}
          <span role="status" className="text-sm text-muted">
            {making === 'failed' && 'The engine could not be fetched. Try again.'}
          </span>
          {saving === 'failed' && (
            <Button variant="plain" size="small" className="px-0!" onClick={keep}>
              Not kept: the server did not answer. Keep it now
            </Button>
          )}
        </p>
      </form>
    </section>
  );
}
