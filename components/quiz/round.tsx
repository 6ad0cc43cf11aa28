'use client';
// A round of mixed questions, one at a time. Which lesson a question comes from is not said before it is answered: seeing what it is
// about is half of the answer. The verdict is computed here and now; the answers are kept in the background.
import Link from 'next/link';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { InlineCode } from '#components/ui/inline-code.tsx';
import type { Sureness } from '#lib/study/calibration.ts';
import { fitsQuestion, type Given } from '#lib/study/quiz.ts';
import { QUIZ_ASKS } from './asks.ts';
import { BringBack, type BringCard } from './bring-back.tsx';
import { ChoiceAnswer } from './choice-answer.tsx';
import { HistoryAnswer } from './history-answer.tsx';
import { NumberAnswer } from './number-answer.tsx';
import { OrderAnswer, startingOrder } from './order-answer.tsx';
import type { QuizSave } from './quiz-inline.tsx';
import { limitOf, RoundClock } from './round-clock.tsx';
import { RoundEnd } from './round-end.tsx';
import {
  beginning,
  fromStore,
  isRight,
  placeOf,
  type RoundAnswer,
  type RoundQuestion,
  type RoundState,
  toStore,
} from './round-state.ts';
import { SurenessChoice } from './sureness-choice.tsx';
import { useKeeping } from './use-keeping.ts';

const key = 'fencepost-round';

type Props = {
  readonly questions: readonly RoundQuestion[];
  readonly clock: boolean;
  /** The address of another round of the same kind. */
  readonly another: string;
  readonly save: QuizSave;
  readonly bring: BringCard;
};

export function Round({ questions, clock, another, save, bring }: Props) {
  const [state, setState] = useState<RoundState>(beginning);
  const [ticking, setTicking] = useState(clock);
  /** Somebody has done something in this visit: from then on the focus follows what is shown. */
  const touched = useRef(false);
  const loaded = useRef(false);
  const place = placeOf(state);
  const question = questions[place];

  // Before the first paint that script has a say in, so that a reload does not show the first question again. Once only: the
  // server sends the same questions again when the first answer has made somebody a guest.
  useLayoutEffect(() => {
    if (loaded.current) return;
    loaded.current = true;
    setState(fromStore(questions, stored()));
  }, [questions]);
  useEffect(() => {
    if (!loaded.current || (state === beginning && !touched.current)) return;
    try {
      sessionStorage.setItem(key, toStore(questions, state));
    } catch {
      // Storage may be forbidden; the round then lasts as long as the page.
    }
  }, [questions, state]);

  const change = (to: (before: RoundState) => RoundState) => {
    touched.current = true;
    setState(to);
  };
  const kept = (id: string) =>
    setState((before) => ({
      ...before,
      answers: before.answers.map((one) => (one.id === id ? { ...one, kept: true } : one)),
    }));
  const keeping = useKeeping(questions, state.answers, save, kept);

  if (!question) {
    return (
      <RoundEnd
        questions={questions}
        state={state}
        focus={touched.current}
        keeping={keeping}
        another={another}
        again={() => change(() => beginning)}
        bring={bring}
      />
    );
  }
  return (
    <Asking
      key={question.quiz.id}
      question={question}
      place={place}
      of={questions.length}
      answer={state.explaining ? (state.answers[place] ?? null) : null}
      focus={touched.current}
      clock={ticking ? () => setTicking(false) : null}
      check={(answer) => change(({ answers }) => ({ answers: [...answers, answer], explaining: true }))}
      next={() => change((before) => ({ ...before, explaining: false }))}
      bring={bring}
    />
  );
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

type AskingProps = {
  readonly question: RoundQuestion;
  readonly place: number;
  readonly of: number;
  /** Once it is given. */
  readonly answer: RoundAnswer | null;
  readonly focus: boolean;
  /** Stops the clock; null where none runs. */
  readonly clock: (() => void) | null;
  readonly check: (answer: RoundAnswer) => void;
  readonly next: () => void;
  readonly bring: BringCard;
};

function Asking({ question, place, of, answer, focus, clock, check, next, bring }: AskingProps) {
  const { quiz, history, paragraph } = question;
  const titleId = useId();
  const [chosen, setChosen] = useState<Given | null>(quiz.kind === 'order' ? startingOrder(quiz) : null);
  const [sureness, setSureness] = useState<Sureness | null>(null);
  const late = useRef(false);
  const title = useRef<HTMLHeadingElement>(null);
  const goOn = useRef<HTMLButtonElement>(null);
  const given = answer?.given ?? chosen;
  const answered = answer !== null;
  const ready = given !== null && sureness !== null && fitsQuestion(quiz, given);

  // A question that follows is read from its beginning; after the verdict the next press goes on.
  useEffect(() => {
    if (focus) (answered ? goOn.current : title.current)?.focus();
  }, [focus, answered]);

  function submit() {
    if (!ready || given === null || sureness === null || answered) return;
    const correct = isRight(question, given);
    check({ id: crypto.randomUUID(), given, sureness, correct, late: late.current, kept: false });
  }

  const body = { quiz, given, answered, choose: setChosen, titleId };
  return (
    <section aria-labelledby={titleId} className="max-w-[42rem]">
      <p className="flex min-h-11 flex-wrap items-center justify-between gap-x-6 border-b border-ink text-[0.9375rem] text-muted">
        <span className="tabular-nums">
          Question {place + 1} of {of}
        </span>
        {clock && answered && <span className="flex min-h-11 items-center">The clock waits for you</span>}
        {clock && !answered && (
          <RoundClock
            limit={limitOf(quiz)}
            stop={clock}
            over={() => {
              late.current = true;
            }}
          />
        )}
      </p>
      <p className="mt-5 text-[0.8125rem] text-muted">{QUIZ_ASKS[quiz.kind]}</p>
      <h2 id={titleId} ref={title} tabIndex={-1} className="text-xl leading-snug font-[560] outline-none">
        <InlineCode text={quiz.question} />
      </h2>
      <div role="status" className="min-h-12">
        {answer && (
          <p className="mt-2 mb-2 flex flex-wrap items-center gap-x-5 gap-y-2">
            <strong>{verdictWords(answer)}</strong>
            <Button ref={goOn} variant="primary" size="small" onClick={next}>
              {place + 1 === of ? 'See the result' : 'Next question'}
            </Button>
            {!answer.correct && <BringBack card={quiz.card} bring={bring} />}
          </p>
        )}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {quiz.kind === 'order' && <OrderAnswer {...body} />}
        {quiz.kind === 'number' && <NumberAnswer {...body} />}
        {history && (
          <HistoryAnswer
            asked={history}
            chosen={Array.isArray(given) ? ((given as readonly number[])[1] ?? null) : null}
            answered={answered}
            choose={(option) => setChosen([history.seed, option])}
            titleId={titleId}
          />
        )}
        {!history && quiz.kind !== 'order' && quiz.kind !== 'number' && <ChoiceAnswer {...body} />}
        {!answered && (
          <>
            <SurenessChoice chosen={sureness} choose={setSureness} />
            <Button type="submit" className="mt-3" disabled={quiz.kind === 'number' ? sureness === null : !ready}>
              Check
            </Button>
          </>
        )}
      </form>
      {answered && (
        <p className="mt-4 text-[0.9375rem] text-muted">
          From <Link href={paragraph.href}>{paragraph.title}</Link>
          {quiz.kind === 'predict' && quiz.demo && (
            <>
              . <Link href={`/demos/${quiz.demo}`}>Run it and see</Link>
            </>
          )}
        </p>
      )}
    </section>
  );
}

function verdictWords({ correct, sureness }: RoundAnswer): string {
  if (correct) return sureness === 1 ? 'Right, though you guessed.' : 'Right.';
  return sureness === 3 ? 'Not quite, and you were certain.' : 'Not quite.';
}
