'use client';
// "Predict, then run": the demo stands at the moment before the question is decided, and nothing beyond it is drawn. Once a
// prediction is made, the run goes on from there, and what happened stands beside what was expected. The prediction is
// kept in the background; a failure to keep it stops nobody from seeing the run.
import Link from 'next/link';
import { type FormEvent, type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { refreshMe } from '#components/shell/use-me.ts';
import { Button } from '#components/ui/button.tsx';
import { assemble, rowsOf, scriptOf } from '#lib/lock/index.ts';
import { AsText } from './as-text.tsx';
import { DemoFigure } from './demo.tsx';
import { type DemoProps, Figure, type Seen } from './demo-view.tsx';
import { Fold } from './panels.tsx';
import type { Posed, Prediction, SavePrediction, Sureness } from './prediction.ts';
import { exactly, firstTrace } from './trace-of.ts';
import type { DemoAction, DemoState } from './use-demo.ts';
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
  // What was seen once stays, also when its reader goes back in the run.
  const [seen, setSeen] = useState(false);
  if (made === null) {
    const predict = (given: string, sureness: Sureness) =>
      setMade({ id: crypto.randomUUID(), demo: posed.demo, question: posed.question, given, sureness });
    return (
      <WithLocks locks={[demo.scenario.backend]}>
        <Asking {...demo} posed={posed} predict={predict} skip={() => setMade('skipped')} />
      </WithLocks>
    );
  }
  if (made === 'skipped') return <DemoFigure {...demo} from={posed.until} />;
  return (
    <DemoFigure
      {...demo}
      from={posed.until}
      veiled={{ title: posed.title, point: posed.setup, seen }}
      lead={(at: Seen) => (
        <Result posed={posed} made={made} save={save} at={at} seen={seen} nowSeen={() => setSeen(true)} />
      )}
    />
  );
}

type Group = 'given' | 'sureness';
const MISSING: Record<Group, string> = {
  given: 'Choose one of these: what do you expect?',
  sureness: 'Say how sure you are, also if it is a guess.',
};

function Asking({
  scenario,
  posed,
  predict,
  skip,
}: DemoProps & { posed: Posed; predict: (given: string, sureness: Sureness) => void; skip: () => void }) {
  const titleId = useId();
  const system = useMemo(() => assemble(scenario), [scenario]);
  const trace = useMemo(() => {
    const whole = firstTrace(system);
    return exactly(system, scriptOf(whole).slice(0, posed.until)) ?? whole;
  }, [system, posed.until]);
  const [cursor, setCursor] = useState(trace.steps.length);
  const state: DemoState = { trace, cursor, running: false, undo: [], redo: [] };
  const rows = useMemo(() => rowsOf(trace, scenario), [trace, scenario]);
  const seek = useCallback((action: DemoAction) => action.do === 'seek' && setCursor(action.to), []);
  const [missing, setMissing] = useState<readonly Group[]>([]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const entries = new FormData(form);
    const unanswered = (['given', 'sureness'] as const).filter((group) => !entries.has(group));
    setMissing(unanswered);
    const [first] = unanswered;
    if (first === undefined) return predict(String(entries.get('given')), Number(entries.get('sureness')) as Sureness);
    form.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
  };
  const answered = ({ target }: FormEvent<HTMLFormElement>) =>
    setMissing((before) => before.filter((group) => group !== (target as HTMLInputElement).name));
  return (
    <section
      aria-labelledby={titleId}
      className="my-8 min-w-0 min-[70rem]:[.prose_&]:clear-right min-[70rem]:[.prose_&]:-mr-[15.75rem]"
    >
      <header className="mb-3">
        <p id={titleId} className="text-lg font-semibold">
          {posed.title}
        </p>
        <p className="max-w-[42rem] text-muted">{posed.setup}</p>
      </header>
      <Figure system={system} state={state} title={posed.title} />
      {posed.until > 0 && (
        <Fold title="The run so far, as text">
          <AsText title={posed.title} rows={rows} cursor={cursor} send={seek} />
        </Fold>
      )}
      <form className="mt-4 max-w-[42rem]" noValidate onSubmit={submit} onChange={answered}>
        <Choices
          name="given"
          missing={missing.includes('given')}
          legend={
            <span className="font-[560]">
              <span className="block text-[0.8125rem] font-normal text-muted">
                {posed.until === 0 ? 'Predict, then run' : 'This is the run so far. Predict, then let it go on'}
              </span>
              {posed.ask}
            </span>
          }
        >
          <ul className="mt-1 list-none! pl-0!">
            {posed.options.map(({ id, text }) => (
              <li key={id} className="mt-0! border-b border-line">
                <label className="flex min-h-11 items-baseline gap-3 py-2">
                  <input
                    type="radio"
                    name="given"
                    value={id}
                    required
                    className="size-4 shrink-0 translate-y-0.5 accent-accent"
                  />
                  <span>{text}</span>
                </label>
              </li>
            ))}
          </ul>
        </Choices>
        <Choices
          name="sureness"
          missing={missing.includes('sureness')}
          className="mt-3"
          legend={<span className="text-muted">How sure are you?</span>}
        >
          <div className="flex flex-wrap gap-x-6">
            {SURENESS.map(([value, words]) => (
              <label key={value} className="flex min-h-11 items-center gap-2.5">
                <input type="radio" name="sureness" value={value} required className="size-4 shrink-0 accent-accent" />
                {words}
              </label>
            ))}
          </div>
        </Choices>
        <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" variant="primary">
            Predict and run
          </Button>
          <Button variant="plain" className="px-0!" onClick={skip}>
            Run it without a prediction
          </Button>
        </p>
      </form>
      <noscript>
        <p>
          Without script it cannot ask. <a href={`/demos/${scenario.id}`}>See the whole run</a>.
        </p>
      </noscript>
    </section>
  );
}

/** One question of the form; what is missing is said at its place, and read out with it. */
function Choices({
  name,
  legend,
  missing,
  className = '',
  children,
}: {
  name: Group;
  legend: ReactNode;
  missing: boolean;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <fieldset className={`min-w-0 ${className}`} aria-describedby={missing ? id : undefined}>
      <legend>{legend}</legend>
      {missing && (
        <p id={id} role="alert" className="mt-1 border-l-2 border-ink pl-2.5 text-[0.9375rem] font-medium">
          {MISSING[name]}
        </p>
      )}
      {children}
    </fieldset>
  );
}

const FELT: Record<Sureness, string> = { 1: 'You guessed', 2: 'You were fairly sure', 3: 'You were certain' };

function Result({
  posed,
  made,
  save,
  at,
  seen,
  nowSeen,
}: {
  posed: Posed;
  made: Prediction;
  save: SavePrediction;
  at: Seen;
  seen: boolean;
  nowSeen: () => void;
}) {
  const right = made.given === posed.right;
  const [keeping, setKeeping] = useState<'busy' | 'kept' | 'failed'>('busy');
  const [brought, setBrought] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const sent = useRef(false);
  useEffect(() => {
    if (at.ended && !seen) nowSeen();
  });

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
      className="mb-4 max-w-[42rem] scroll-mt-4 border-y border-line py-3 outline-none"
    >
      <p className="text-[0.9375rem] text-muted">
        {posed.ask} {FELT[made.sureness]}: “{given}”.
      </p>
      {/* What is going on, in the room of what there will be to say, so that nothing jumps when it is said. */}
      <div className="mt-1 grid grid-cols-[minmax(0,1fr)] *:[grid-area:1/1]">
        <p className={seen ? 'invisible' : 'font-[560]'}>
          {at.running || at.cursor === posed.until
            ? 'The run goes on.'
            : 'The run stands still. Let it run to its end to see.'}
          {/* Read out under the player. One line, so that a long step moves nothing. */}
          <span aria-hidden="true" className="block truncate text-[0.9375rem] leading-6 font-normal text-muted">
            {at.said}
          </span>
          <span aria-hidden="true" className="mt-2 block h-0.5 bg-line">
            <span
              className="block h-full bg-ink"
              style={{ width: `${(100 * (at.cursor - posed.until)) / Math.max(1, at.steps - posed.until)}%` }}
            />
          </span>
        </p>
        <div className={seen ? '' : 'invisible'}>
          <p className="font-[560]">
            {right ? 'Right.' : 'It went otherwise.'} {posed.told}
          </p>
          <div className="mt-1 min-h-12 text-[0.9375rem] leading-6 sm:min-h-6">
            {keeping === 'kept' && (
              <p>
                {brought > 0 ? (
                  <>
                    Certain and wrong: {brought === 1 ? 'a card' : `${brought} cards`} of this lesson come first in your{' '}
                    <Link href="/review">next review</Link>.
                  </>
                ) : (
                  <>
                    Kept: <Link href="/progress">how often you are right when you are sure</Link>.
                  </>
                )}
              </p>
            )}
          </div>
        </div>
      </div>
      {keeping === 'failed' && (
        <Button variant="plain" size="small" className="px-0!" onClick={keep}>
          Not kept: the server did not answer. Keep it now
        </Button>
      )}
    </div>
  );
}
