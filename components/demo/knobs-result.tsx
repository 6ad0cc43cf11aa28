// What the knobs have made of the run, in one line and one strip that stay in sight while they are turned: the picture itself is far
// above them, on a phone by several screens. Told from the run played to its end, wherever its reader stands in it.
import { useMemo, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { count, type System, scriptOf, type Trace } from '#lib/lock/index.ts';
import { StripView } from './compare-picture.tsx';
import { comparedOf, endOf, stripOf } from './compare-strip.ts';
import { onwards } from './trace-of.ts';
import { isOver } from './use-demo.ts';

export function KnobsResult({ system, trace }: { system: System; trace: Trace }) {
  const whole = useMemo(() => (isOver(trace) ? trace : onwards(system, scriptOf(trace))), [system, trace]);
  const strip = useMemo(() => stripOf(system, whole, endOf(whole)), [system, whole]);
  const { headline, broken, rest } = useMemo(() => resultOf(system, whole), [system, whole]);
  const place = useRef<HTMLDivElement>(null);
  const look = () => {
    const picture = place.current?.closest('[data-demo]')?.querySelector('[data-picture]');
    picture?.scrollIntoView({ block: 'start' });
    picture?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  };
  return (
    <div
      ref={place}
      className="top-0 z-10 mb-4 border-b border-line bg-paper pt-1 pb-2 [@media(min-height:30rem)]:sticky"
    >
      {/* Of one height whatever is said: what grew here would push the knob away from under the finger. */}
      <p role="status" className="text-[0.9375rem] leading-6">
        <span
          className={`line-clamp-2 h-12 font-medium sm:line-clamp-1 sm:h-6 ${broken ? 'text-broken' : ''}`}
          title={headline}
        >
          {headline}
        </span>{' '}
        <span className="block h-6 truncate text-sm leading-6 text-muted tabular-nums max-sm:pr-24 sm:pr-28">
          {rest}
        </span>
      </p>
      <p className="-mt-6 flex h-6 justify-end">
        <Button variant="plain" size="small" className="-my-1.5 px-0!" onClick={look}>
          See it above
        </Button>
      </p>
      <StripView strip={strip} />
    </div>
  );
}

export type Result = { readonly headline: string; readonly broken: boolean; readonly rest: string };

/** The same as the picture says, for a glance. */
export function resultOf(system: System, whole: Trace): Result {
  const { sentence, broken, endsAt, messages, refused, done, clients } = comparedOf(system, whole);
  const [first] = whole.violations;
  const at = first && whole.steps[first.step]?.at.$at;
  const all = done === clients ? 'and all are done' : `and ${done} of ${count(clients, 'client')} done`;
  const headline = broken ? `Broken at ${at} ms: ${sentence}` : `Nothing is broken in this run, ${all}.`;
  const rest = [
    ...(whole.violations.length > 1 ? [`${whole.violations.length} promises broken`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
    `ends at ${endsAt} ms`,
    count(messages, 'message'),
  ];
  return { headline, broken, rest: `${rest.join(', ')}.` };
}
