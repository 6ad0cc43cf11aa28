'use client';
// The same trouble for up to four locks: each gets the faults of the run above, at the same places of its clients' programs, and is
// shown as a small strip with what came of it. The table says the same as the strips.
import { useId, useMemo, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import {
  backends,
  type FaultKind,
  LIMITS,
  loadBackend,
  lockIds,
  type System,
  scriptOf,
  type Trace,
} from '#lib/lock/index.ts';
import { StripView } from './compare-picture.tsx';
import { sameFaults, scheduleOf } from './compare-schedule.ts';
import { type Compared, comparedOf, endOf, stripOf } from './compare-strip.ts';
import { knobsOfSetting, pairsOf, pathOf, type Setting, turn } from './knobs-setting.ts';
import { MOST_COMPARED } from './knobs-url.ts';
import { FAULTS, LOCK_TITLES } from './knobs-words.ts';
import { onwards } from './trace-of.ts';

type Other = { readonly lock: string } & (
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'refused'; readonly why: string }
);
type Run = {
  readonly system: System;
  readonly trace: Trace;
  readonly address: string;
  /** What had to be different, and what could not happen. */
  readonly notes: readonly string[];
};

export function Compare({
  setting,
  system,
  trace,
  locks,
  choose,
}: {
  setting: Setting;
  system: System;
  trace: Trace;
  /** Beside the demo's own. */
  locks: readonly string[];
  choose: (locks: readonly string[]) => void;
}) {
  const [failed, setFailed] = useState(false);
  const own = system.backend.id;
  const mine: Run = useMemo(
    () => ({ system, trace: onwards(system, scriptOf(trace)), address: '', notes: [] }),
    [system, trace],
  );
  const others = useMemo(
    () => locks.filter((lock) => lock !== own).map((lock) => otherOf(setting, system, trace, lock)),
    [setting, system, trace, locks, own],
  );
  const add = async (lock: string) => {
    setFailed(false);
    try {
      await loadBackend(lock);
      choose([...locks, lock]);
    } catch {
      setFailed(true);
    }
  };
  const free = lockIds.filter((id) => id !== own && !locks.includes(id));
  const runs = others.flatMap((other) => (other.kind === 'run' ? [other.run] : []));
  const axis = Math.max(1, ...[mine, ...runs].map((run) => endOf(run.trace)));
  return (
    <div>
      <p className="max-w-[42rem]">
        The faults of the run above, at the same places in the clients’ programs, for other locks. Fault for fault the
        same, and not move for move: each lock talks in its own way.
      </p>
      <div className="mt-3 flex flex-wrap items-end gap-x-4 gap-y-2">
        {others.length < MOST_COMPARED && <Adding locks={free} add={add} />}
        {failed && (
          <p className="text-sm">This lock could not be fetched. Look at your connection and choose it again.</p>
        )}
      </div>
      {others.length > 0 && (
        <>
          <ul className="mt-5 grid list-none gap-x-10 gap-y-7 pl-0 lg:grid-cols-2">
            <li className="mt-0! min-w-0">
              <Title lock={own} said="above" />
              <StripView strip={stripOf(mine.system, mine.trace, axis)} />
              <Said compared={comparedOf(mine.system, mine.trace)} notes={[]} />
            </li>
            {others.map((other) => (
              <li key={other.lock} className="mt-0! min-w-0">
                <Title lock={other.lock}>
                  <Button
                    variant="plain"
                    size="small"
                    className="shrink-0 px-0! whitespace-nowrap"
                    aria-label={`Leave out ${LOCK_TITLES[other.lock]}`}
                    onClick={() => choose(locks.filter((lock) => lock !== other.lock))}
                  >
                    Leave out
                  </Button>
                </Title>
                {other.kind === 'refused' ? (
                  <p className="mt-2 text-[0.9375rem]">Not possible: {other.why}.</p>
                ) : (
                  <>
                    <StripView strip={stripOf(other.run.system, other.run.trace, axis)} />
                    <Said compared={comparedOf(other.run.system, other.run.trace)} notes={other.run.notes} />
                    <a href={other.run.address} className="inline-block py-1 text-sm">
                      Open this one
                    </a>
                  </>
                )}
              </li>
            ))}
          </ul>
          {Object.keys(system.scenario.clients).length <= LIMITS.clients && <Legend axis={axis} />}
          <Table own={own} mine={mine} others={others} />
        </>
      )}
    </div>
  );
}

function otherOf(setting: Setting, system: System, trace: Trace, lock: string): Other {
  if (!Object.hasOwn(backends, lock)) return { lock, kind: 'refused', why: 'it has not been fetched' };
  const turned = turn(setting, { ...knobsOfSetting(setting), lock });
  if (turned.kind === 'refused') return { lock, kind: 'refused', why: turned.why };
  const { trace: run, missed } = sameFaults(system, scheduleOf(system, trace), turned.system);
  const pairs = pairsOf(turned.setting).join('&');
  const notes = [...turned.notes, ...missedWords(missed)];
  const address = `${pathOf(turned.setting)}${pairs && `?${pairs}`}`;
  return { lock, kind: 'run', run: { system: turned.system, trace: run, address, notes } };
}

function missedWords(missed: readonly FaultKind[]): readonly string[] {
  const kinds = [...new Set(missed)];
  return kinds.map((kind) => `No chance for the fault “${FAULTS[kind][0].toLowerCase()}” in this run.`);
}

function Adding({ locks, add }: { locks: readonly string[]; add: (lock: string) => void }) {
  const id = useId();
  return (
    <p className="min-w-0 max-w-full">
      <label htmlFor={id} className="block text-sm text-muted">
        Compare with
      </label>
      <select
        id={id}
        value=""
        onChange={({ target }) => target.value !== '' && add(target.value)}
        className="mt-1 min-h-11 max-w-full min-w-60 rounded-[3px] border border-muted bg-paper px-2 text-[0.9375rem] hover:border-ink"
      >
        <option value="">Choose a lock</option>
        {locks.map((lock) => (
          <option key={lock} value={lock}>
            {LOCK_TITLES[lock] ?? lock}
          </option>
        ))}
      </select>
    </p>
  );
}

function Title({ lock, said, children }: { lock: string; said?: string; children?: React.ReactNode }) {
  return (
    <div className="flex min-h-9 items-center justify-between gap-3">
      <h3 className="min-w-0 font-medium">
        {LOCK_TITLES[lock] ?? lock} {said && <span className="font-normal text-muted">({said})</span>}
      </h3>
      {children}
    </div>
  );
}

function Said({ compared, notes }: { compared: Compared; notes: readonly string[] }) {
  return (
    <p className="mt-1.5 text-[0.9375rem] leading-snug">
      <span className={compared.broken ? 'font-medium text-broken' : ''}>{compared.sentence}</span>{' '}
      {notes.length > 0 && <span className="text-muted">{notes.join(' ')}</span>}
    </p>
  );
}

function Legend({ axis }: { axis: number }) {
  return (
    <p className="mt-4 text-sm text-muted">
      One row for each client, from 0 to {axis} ms. A bar: believes that it holds the lock, with its token. Hatched:
      paused. A filled diamond: a write accepted; a hollow one: refused. A red line: a guarantee breaks.
    </p>
  );
}

function Table({ own, mine, others }: { own: string; mine: Run; others: readonly Other[] }) {
  const rows = [
    { lock: own, compared: comparedOf(mine.system, mine.trace) },
    ...others.flatMap((other) =>
      other.kind === 'run' ? [{ lock: other.lock, compared: comparedOf(other.run.system, other.run.trace) }] : [],
    ),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container must be reachable by keyboard
    <section className="mt-4 overflow-x-auto" tabIndex={0} aria-label="The compared runs as a table">
      <table className="w-full min-w-[34rem] text-left text-sm tabular-nums">
        <thead>
          <tr className="border-b border-ink align-bottom">
            {['Lock', 'In this run', 'Done', 'Refused', 'Messages', 'Ends at'].map((name) => (
              <th key={name} scope="col" className="py-1.5 pr-4 font-semibold">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ lock, compared }) => (
            <tr key={lock} className="border-b border-line align-top">
              <th scope="row" className="py-1.5 pr-4 font-medium">
                {LOCK_TITLES[lock] ?? lock}
              </th>
              <td className={`py-1.5 pr-4 ${compared.broken ? 'font-medium text-broken' : ''}`}>
                {compared.broken ? 'Broken' : 'Not broken'}
              </td>
              <td className="py-1.5 pr-4">
                {compared.done} of {compared.clients}
              </td>
              <td className="py-1.5 pr-4">{compared.refused}</td>
              <td className="py-1.5 pr-4">{compared.messages}</td>
              <td className="py-1.5">{compared.endsAt} ms</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
