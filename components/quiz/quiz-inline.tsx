'use client';
// One question of a quiz. The verdict is computed here and now, and every option explains itself; the answer is kept in the
// background. A miss offers the card that belongs to the question for today's review. The verdict stands under the question, in
// room that was kept for it: explanations open below it, however long they are.
import Link from 'next/link';
import { useEffect, useId, useRef, useState } from 'react';
import { useMe } from '#components/shell/use-me.ts';
import { Button } from '#components/ui/button.tsx';
import { InlineCode } from '#components/ui/inline-code.tsx';
import type { Sureness } from '#lib/study/calibration.ts';
import { fitsQuestion, type Given, isCorrect, type Quiz } from '#lib/study/quiz.ts';
import { quizAsks } from './asks.ts';
import { BringBack, type BringCard } from './bring-back.tsx';
import { ChoiceAnswer } from './choice-answer.tsx';
import { NumberAnswer } from './number-answer.tsx';
import { OrderAnswer, startingOrder } from './order-answer.tsx';

export type QuizSave = (input: {
  id: string;
  quizId: string;
  given: number[] | number;
  sureness?: Sureness;
}) => Promise<{ readonly kind: string }>;

type Saving = 'idle' | 'saving' | 'failed';

export function QuizInline({
  quiz,
  lesson,
  save,
  bring,
}: {
  quiz: Quiz;
  lesson: string;
  save: QuizSave;
  bring: BringCard;
}) {
  const me = useMe(lesson);
  const kept = me?.answers.find((answer) => answer.quizId === quiz.id)?.given;
  const [chosen, setChosen] = useState<Given | null>(null);
  /** `undefined`: nothing pressed in this visit, so the kept answer is shown; `null`: trying again. */
  const [checked, setChecked] = useState<Given | null | undefined>(undefined);
  const [saving, setSaving] = useState<Saving>('idle');
  const titleId = useId();
  const verdict = useRef<HTMLElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const answered = checked === undefined ? (kept ?? null) : checked;
  const draft = answered ?? chosen ?? (quiz.kind === 'order' ? startingOrder(quiz) : null);
  const ready = draft !== null && fitsQuestion(quiz, draft);
  const right = answered !== null && isCorrect(quiz, answered);

  // The button that was pressed is gone, so the focus goes on to what came of it. A kept answer that only loads takes no focus.
  useEffect(() => {
    if (checked === undefined) return;
    if (checked === null) sheet.current?.querySelector<HTMLElement>('input, [aria-disabled=false]')?.focus();
    else verdict.current?.focus();
  }, [checked]);

  async function keep(given: Given) {
    setSaving('saving');
    try {
      const plain = typeof given === 'number' ? given : [...given];
      const { kind } = await save({ id: crypto.randomUUID(), quizId: quiz.id, given: plain });
      setSaving(kind === 'saved' ? 'idle' : 'failed');
    } catch {
      setSaving('failed');
    }
  }

  function check() {
    if (answered !== null) return;
    // A field that takes no such answer says so.
    if (!ready || draft === null) return void sheet.current?.querySelector('input')?.reportValidity();
    setChecked(draft);
    void keep(draft);
  }

  function tryAgain() {
    setChecked(null);
    setChosen(null);
    setSaving('idle');
  }

  const body = { quiz, given: draft, answered: answered !== null, choose: setChosen, titleId };
  return (
    <section
      id={quiz.id}
      data-passage={quiz.depth === 'mid' ? undefined : quiz.depth}
      aria-labelledby={titleId}
      className="scroll-mt-4 border-t border-line pt-5 font-sans text-base leading-normal"
    >
      <p className="text-[0.8125rem] text-muted">{quizAsks(quiz)}</p>
      <h3 id={titleId} className="mt-0! font-sans text-[1.0625rem]! font-[560]!">
        <InlineCode text={quiz.question} />
      </h3>
      <div role="status" className="flex min-h-11 flex-wrap items-center gap-x-5">
        {answered !== null && (
          <>
            <strong ref={verdict} tabIndex={-1} className="outline-none">
              {right ? 'Right.' : 'Not quite.'}
            </strong>
            {!right && <BringBack card={quiz.card} bring={bring} />}
            <Button variant="plain" size="small" className="px-0!" onClick={tryAgain}>
              Try again
            </Button>
          </>
        )}
      </div>
      {/* Acts like a form and is none: as a page loads, browsers look through each of its forms for what they could fill in, and lay
          it out to see whether it shows. A lesson has up to ten. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the fields in it */}
      <div
        ref={sheet}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.target instanceof HTMLInputElement) check();
        }}
      >
        {quiz.kind === 'order' && <OrderAnswer {...body} />}
        {quiz.kind === 'number' && <NumberAnswer key={answered === null ? 'asked' : 'told'} {...body} />}
        {quiz.kind !== 'order' && quiz.kind !== 'number' && <ChoiceAnswer {...body} />}
        {answered === null && (
          <Button size="small" className="mt-3" onClick={check} disabled={!ready && quiz.kind !== 'number'}>
            Check
          </Button>
        )}
      </div>
      {answered !== null && (
        <p role="status" className="mt-3 flex min-h-9 flex-wrap items-center gap-x-5 pointer-coarse:min-h-11">
          {quiz.kind === 'predict' && quiz.demo && <Link href={`/demos/${quiz.demo}`}>Run it and see</Link>}
          {saving === 'failed' && (
            <Button variant="plain" size="small" className="px-0!" onClick={() => keep(answered)}>
              Not kept: the server did not answer. Keep it now
            </Button>
          )}
        </p>
      )}
    </section>
  );
}
