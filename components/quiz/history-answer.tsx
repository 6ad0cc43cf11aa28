'use client';
// A history to read, one line for each moment, and the answers to what is asked of it: lines to point at, or a choice below. Once it
// is answered, the line that breaks the property says so, and a link opens the very run.
import Link from 'next/link';
import type { TraceQuestion } from './trace-question.ts';

type Props = {
  readonly asked: TraceQuestion;
  readonly chosen: number | null;
  readonly answered: boolean;
  readonly choose: (option: number) => void;
  readonly titleId: string;
};

export function HistoryAnswer({ asked, chosen, answered, choose, titleId }: Props) {
  const { lines, options, brokenAt, told, right } = asked;
  const below = options.flatMap((option, at) => (option.line === null ? [{ ...option, at }] : []));
  const idOf = (at: number) => `${titleId}-${at}`;
  const radio = (at: number) => (
    <input
      type="radio"
      id={idOf(at)}
      name={titleId}
      checked={chosen === at}
      onChange={() => choose(at)}
      className="size-4 shrink-0 translate-y-0.5 accent-accent"
    />
  );
  const mark = (at: number) =>
    answered &&
    (at === right || at === chosen) && (
      <span className="text-muted"> {at === right ? '(right)' : '(your answer)'}</span>
    );
  return (
    <fieldset aria-labelledby={titleId} disabled={answered} className="min-w-0">
      <p className="text-[0.9375rem] text-muted">
        The claim: <span className="text-ink">{asked.claim}</span>
      </p>
      <ol aria-label="The history" className="mt-2 mb-1 list-none! border-y border-line py-1 pl-0! text-[0.9375rem]">
        {lines.map((line, place) => {
          const at = options.findIndex((option) => option.line === place);
          const broken = answered && brokenAt === place;
          const words = (
            <>
              <span className="w-12 shrink-0 text-right text-[0.8125rem] leading-[1.4rem] text-muted tabular-nums">
                {line.at} ms
              </span>
              <span className={`min-w-0 ${broken || (answered && at >= 0 && at === right) ? 'font-[560]' : ''}`}>
                {line.text}
                {at >= 0 && mark(at)}
                {broken && <span className="block font-[560] text-broken">Broken: {told}</span>}
                {answered && at >= 0 && at === chosen && at !== right && (
                  <span className="block text-muted">{options[at]?.why}</span>
                )}
              </span>
            </>
          );
          return (
            <li key={place} className="mt-0!">
              {at < 0 ? (
                <span className="flex items-baseline gap-3 py-1">
                  {options.some((option) => option.line !== null) && <span className="w-4 shrink-0" />}
                  {words}
                </span>
              ) : (
                <label
                  htmlFor={idOf(at)}
                  className="flex min-h-8 items-baseline gap-3 py-1 pointer-coarse:min-h-11 pointer-coarse:py-2"
                >
                  {radio(at)}
                  {words}
                </label>
              )}
            </li>
          );
        })}
      </ol>
      {below.map(({ at, text }) => (
        <label key={at} htmlFor={idOf(at)} className="flex min-h-11 items-baseline gap-3 border-b border-line py-2">
          {radio(at)}
          <span className={answered && at === right ? 'font-[560]' : ''}>
            {text}
            {mark(at)}
          </span>
        </label>
      ))}
      {answered && (
        <p className="mt-3 text-[0.9375rem]">
          {brokenAt === null && `${told} `}
          <Link href={asked.href} prefetch={false}>
            {brokenAt === null ? 'Open this run in its demo' : 'Open this run at this step'}
          </Link>{' '}
          <span className="text-muted">({asked.title})</span>
        </p>
      )}
    </fieldset>
  );
}
