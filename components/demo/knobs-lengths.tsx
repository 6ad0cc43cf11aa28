// How long each fault of an experiment lasts, where a fault has a length. Those of the course are as long as their author wrote them;
// in an experiment of one's own the length is the point: a pause shorter than the lease breaks nothing.
import { useId } from 'react';
import type { Choices, FaultKind, Ms } from '#lib/lock/index.ts';
import { MOST } from './choices-url.ts';
import { knobsOfSetting, type Setting } from './knobs-setting.ts';
import { FAULTS, lengthWords, stops } from './knobs-words.ts';

type Experiment = Extract<Setting, { kind: 'experiment' }>;

/** What its length is, for each kind that has one. */
export const LENGTHS: { readonly [kind in FaultKind]?: string } = {
  pause: 'how long the client stands still',
  partition: 'how long the cut lasts',
  delay: 'how much later the message comes',
  clockJump: 'how far the clock is set forward',
};

/** Kinds that may strike here and have a length. */
export function lengthsOf({ faults }: Choices): readonly FaultKind[] {
  const kinds = faults.flatMap(({ kind, atMost }) => (atMost > 0 && LENGTHS[kind] !== undefined ? [kind] : []));
  return [...new Set(kinds)];
}

/** The same choices with every fault of this kind as long as that; null for as long as is usual. */
export function withLength(choices: Choices, kind: FaultKind, length: Ms | null): Choices {
  return {
    ...choices,
    faults: choices.faults.map((fault) => {
      if (fault.kind !== kind) return fault;
      const { lasts: _, ...rest } = fault;
      return length === null ? rest : { ...rest, lasts: length };
    }),
  };
}

export function FaultLengths({ setting, replace }: { setting: Experiment; replace: (to: Setting) => void }) {
  const { choices } = setting;
  const kinds = lengthsOf(choices);
  if (kinds.length === 0) return null;
  const leased = knobsOfSetting(setting).ttl !== null;
  return (
    <fieldset className="mt-6 min-w-0">
      <legend className="font-medium">How long it lasts</legend>
      <ul className="mt-1 grid list-none gap-x-10 pl-0 sm:grid-cols-2">
        {kinds.map((kind) => (
          <Length
            key={kind}
            kind={kind}
            now={choices.faults.find((fault) => fault.kind === kind)?.lasts ?? null}
            usual={`${lengthWords(2 * choices.ttl)}, ${leased ? 'twice the lease' : 'as usual'}`}
            choose={(length) => replace({ ...setting, choices: withLength(choices, kind, length) })}
          />
        ))}
      </ul>
    </fieldset>
  );
}

const USUALLY = 'usual';

function Length({
  kind,
  now,
  usual,
  choose,
}: {
  kind: FaultKind;
  now: Ms | null;
  usual: string;
  choose: (length: Ms | null) => void;
}) {
  const id = useId();
  return (
    <li className="mt-0! flex items-center gap-3 border-t border-line py-1.5">
      <label htmlFor={id} className="min-w-0 flex-1 text-[0.9375rem] leading-snug">
        <span className="font-medium">{FAULTS[kind][0]}</span>{' '}
        <span className="block text-sm text-muted">{LENGTHS[kind]}</span>
      </label>
      <select
        id={id}
        value={now ?? USUALLY}
        onChange={({ target }) => choose(target.value === USUALLY ? null : Number(target.value))}
        className="min-h-11 shrink-0 rounded-[3px] border border-muted bg-paper px-2 text-[0.9375rem] text-ink hover:border-ink"
      >
        <option value={USUALLY}>{usual}</option>
        {stops(now ?? 1, 1, MOST.lengthMs).map((length) => (
          <option key={length} value={length}>
            {lengthWords(length)}
          </option>
        ))}
      </select>
    </li>
  );
}
