'use client';
// "Predict, then run": the demo stands at the moment before the question is decided, and nothing beyond it is drawn. Once a
// prediction is made, the run goes on from there, and what happened stands beside what was expected. The prediction is
// kept in the background; a failure to keep it stops nobody from seeing the run.
import Link from 'next/link';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { refreshMe } from '#components/shell/use-me.ts';
import { Button } from '#components/ui/button.tsx';
import { compile, scriptOf } from '#lib/lock/index.ts';
import { DemoFigure } from './demo.tsx';
import { type DemoProps, Figure } from './demo-view.tsx';
import type { Posed, Prediction, SavePrediction, Sureness } from './prediction.ts';
import { exactly, firstTrace } from './trace-of.ts';
import type { DemoState } from './use-demo.ts';
import { WithLocks } from './with-locks.tsx';

export type Predicting = { readonly posed: Posed; readonly save: SavePrediction };

const SURENESS: readonly (readonly [Sureness, string])[] = [
  [1, 'A guess'],
  [2, 'Fairly sure'],
  [3, 'Certain'],
];

/** A demo, with a question before it where it has one. */
export function DemoBody({ predicting, ...demo }: DemoProps & { predicting?: Predicting | undefined }) {
  return predicting ? <PredictedDemo predicting={predicting} {...demo} /> : <DemoFigure {...demo} />;
}

function PredictedDemo({ predicting, ...demo }: DemoProps & { predicting: Predicting }) {
  const { posed, save } = predicting;
  /** `skipped`: shown without a prediction. */
  const [made, setMade] = useState<Prediction | 'skipped' | null>(null);
  if (made === null) {
    const predict = (given: string, sureness: Sureness) =>
      setMade({ id: crypto.randomUUID(), demo: posed.demo, question: posed.question, given, sureness });
    return (
      <WithLocks locks={[demo.scenario.backend]}>
        <Asking {...demo} posed={posed} predict={predict} skip={() => setMade('skipped')} />
      </WithLocks>
    );
  }
  const lead =
    made === 'skipped' ? undefined : (ended: boolean) => <Result posed={posed} made={made} save={save} ended={ended} />;
  return <DemoFigure {...demo} from={posed.until} lead={lead} />;
}

function Asking({
  scenario,
  posed,
  predict,
  skip,
}: DemoProps & { posed: Posed; predict: (given: string, sureness: Sureness) => void; skip: () => void }) {
  const titleId = useId();
  const name = useId();
  const system = useMemo(() => compile(scenario), [scenario]);
  const state = useMemo((): DemoState => {
    const whole = firstTrace(system);
    const trace = exactly(system, scriptOf(whole).slice(0, posed.until)) ?? whole;
    return { trace, cursor: trace.steps.length, running: false, undo: [], redo: [] };
  }, [system, posed.until]);
  const submit = (form: HTMLFormElement) => {
    const entries = new FormData(form);
    predict(String(entries.get('given')), Number(entries.get('sureness')) as Sureness);
  };
  return (
    <section
      aria-labelledby={titleId}
      className="my-8 min-w-0 min-[70rem]:[.prose_&]:clear-right min-[70rem]:[.prose_&]:-mr-[15.75rem]"
    >
      <p className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
        <span id={titleId} className="text-lg font-semibold">
          {scenario.title}
        </span>
        <a href={`/demos/${scenario.id}`} className="text-sm">
          Open at full width
        </a>
      </p>
      <Figure system={system} state={state} />
      <form
        className="mt-4 max-w-[42rem]"
        onSubmit={(event) => {
          event.preventDefault();
          submit(event.currentTarget);
        }}
      >
        <fieldset className="min-w-0">
          <legend className="font-[560]">
            <span className="block text-[0.8125rem] font-normal text-muted">
              {posed.until === 0 ? 'Predict, then run' : 'This is the run so far. Predict, then let it go on'}
            </span>
            {posed.ask}
          </legend>
          <ul className="mt-1 list-none! pl-0!">
            {posed.options.map(({ id, text }) => (
              <li key={id} className="mt-0! border-b border-line">
                <label className="flex min-h-11 items-baseline gap-3 py-2">
                  <input
                    type="radio"
                    name={`given`}
                    value={id}
                    required
                    className="size-4 shrink-0 translate-y-0.5 accent-accent"
                  />
                  <span>{text}</span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <fieldset className="mt-3 min-w-0">
          <legend className="text-muted">How sure are you?</legend>
          <div className="flex flex-wrap gap-x-6">
            {SURENESS.map(([value, words]) => (
              <label key={value} className="flex min-h-11 items-center gap-2.5">
                <input
                  type="radio"
                  name="sureness"
                  value={value}
                  required
                  id={`${name}${value}`}
                  className="size-4 shrink-0 accent-accent"
                />
                {words}
              </label>
            ))}
          </div>
        </fieldset>
        <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" variant="primary">
            Predict and run
          </Button>
          <Button variant="plain" className="px-0!" onClick={skip}>
            Run it without a prediction
          </Button>
        </p>
      </form>
    </section>
  );
}

const FELT: Record<Sureness, string> = { 1: 'You guessed', 2: 'You were fairly sure', 3: 'You were certain' };

function Result({
  posed,
  made,
  save,
  ended,
}: {
  posed: Posed;
  made: Prediction;
  save: SavePrediction;
  /** The run is at its end. */
  ended: boolean;
}) {
  const right = made.given === posed.right;
  const [seen, setSeen] = useState(false);
  const [keeping, setKeeping] = useState<'busy' | 'kept' | 'failed'>('busy');
  const [brought, setBrought] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const sent = useRef(false);
  // What was seen once stays, also when its reader goes back in the run.
  if (ended && !seen) setSeen(true);

  const keep = async () => {
    setKeeping('busy');
    try {
      const result = await save(made);
      setBrought(result.brought ?? 0);
      setKeeping(result.kind === 'saved' ? 'kept' : 'failed');
      refreshMe();
    } catch {
      setKeeping('failed');
    }
  };
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    // The button that was pressed is gone, so the focus goes on to what came of it, above the picture.
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest' });
    void keep();
  });

  const given = posed.options.find(({ id }) => id === made.given)?.text ?? made.given;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="status"
      className="mb-4 min-h-[8.5rem] max-w-[42rem] scroll-mt-4 border-y border-line py-3 outline-none"
    >
      <p className="text-[0.9375rem] text-muted">
        {posed.ask} {FELT[made.sureness]}: “{given}”.
      </p>
      {seen && (
        <p className="mt-1 font-[560]">
          {right ? 'Right.' : 'It went otherwise.'} {posed.told}
        </p>
      )}
      {keeping === 'failed' && (
        <Button variant="plain" size="small" className="px-0!" onClick={keep}>
          Not kept: the server did not answer. Keep it now
        </Button>
      )}
      {seen && keeping === 'kept' && (
        <p className="mt-1 text-[0.9375rem]">
          {brought > 0 ? (
            <>
              Certain and wrong is where there is most to learn: {brought === 1 ? 'a card' : `${brought} cards`} of this
              lesson come first in your <Link href="/review">next review</Link>.
            </>
          ) : (
            <>
              Kept: <Link href="/progress">how often you are right when you are sure</Link>.
            </>
          )}
        </p>
      )}
    </div>
  );
}
