'use client';
// The knobs: what can be turned on a demo, each with a plain word on what it is. A knob offers only what it may be, and what makes no
// sense with the others cannot be chosen; whatever had to move along is said below.
import { Fragment, type ReactNode, useId } from 'react';
import { Button } from '#components/ui/button.tsx';
import {
  backends,
  type FaultKind,
  type FencePolicy,
  faultKinds,
  type Knobs,
  LIMITS,
  lockIds,
  properties,
  type Scenario,
  sameKnobs,
  tuned,
} from '#lib/lock/index.ts';
import { slider } from './controls.tsx';
import { FaultLengths } from './knobs-lengths.tsx';
import { baseOf, type Setting, scenarioOf } from './knobs-setting.ts';
import type { KnobsHook } from './knobs-state.ts';
import {
  FAULTS,
  FENCES,
  HELP,
  LOCK_TITLES,
  lengthWords,
  MOST_WORK,
  networks,
  networkText,
  RELEASES,
  stops,
  summaryOf,
  timesWords,
} from './knobs-words.ts';

export function KnobsPane({ setting, knobs, notes, fetching, set, replace }: KnobsHook) {
  const made = scenarioOf(setting);
  const scenario = made.kind === 'scenario' ? made.scenario : null;
  const base = baseOf(setting);
  const lock = Object.hasOwn(backends, knobs.lock) ? backends[knobs.lock] : undefined;
  const can = (change: Partial<Knobs>) => scenario !== null && fits(scenario, { ...knobs, faults: {}, ...change });
  const releases = can({ release: 'blind' }) || knobs.release === 'blind';
  const touched = setting.kind === 'scenario' ? setting.knobs !== null : !sameKnobs(base, knobs);
  return (
    <div>
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        <Choice
          name="Lock"
          help={HELP.lock}
          value={knobs.lock}
          options={lockIds.map((id) => [id, LOCK_TITLES[id] ?? id])}
          choose={(id) => set({ lock: id })}
        />
        {setting.kind === 'experiment' && <Question setting={setting} replace={replace} />}
        <Slider
          name="Clients"
          help={HELP.clients}
          values={upTo(LIMITS.clients, base.clients)}
          value={knobs.clients}
          say={(n) => `${n}`}
          choose={(clients) => set({ clients })}
        />
        {knobs.ttl === null ? (
          <Absent name="Lease (TTL)">{lock?.title ?? 'This'} takes no lock, so nothing can run out.</Absent>
        ) : (
          <Slider
            name="Lease (TTL)"
            help={HELP.ttl}
            values={stops(knobs.ttl, 1, LIMITS.lengthMs)}
            value={knobs.ttl}
            say={lengthWords}
            choose={(ttl) => set({ ttl })}
          />
        )}
        {knobs.ttl !== null && knobs.ttl > 1 && (knobs.renew !== null || can({ renew: 1 })) && (
          <Slider
            name="Heartbeat"
            help={HELP.renew}
            values={[0, ...stops(knobs.renew ?? 1, 1, knobs.ttl - 1)]}
            value={knobs.renew ?? 0}
            say={(length) => (length === 0 ? 'never' : `every ${lengthWords(length)}`)}
            choose={(length) => set({ renew: length === 0 ? null : length })}
          />
        )}
        <Slider
          name="Work"
          help={HELP.work}
          values={stops(knobs.work, 0, MOST_WORK)}
          value={knobs.work}
          say={lengthWords}
          choose={(work) => set({ work })}
        />
        <Choice
          name="The store checks"
          help={HELP.fence}
          value={knobs.fence}
          options={(Object.keys(FENCES) as FencePolicy[]).map((fence) => [fence, FENCES[fence], can({ fence })])}
          choose={(fence) => set({ fence: fence as FencePolicy })}
        />
        {releases && (
          <Choice
            name="Release"
            help={HELP.release}
            value={knobs.release}
            options={[
              ['safe', RELEASES.safe],
              ['blind', RELEASES.blind],
            ]}
            choose={(release) => set({ release: release === 'blind' ? 'blind' : 'safe' })}
          />
        )}
        <Choice
          name="Network"
          help={HELP.network}
          value={networkText(knobs.network)}
          options={networks(knobs.network).map((network) => [networkText(network), networkText(network)])}
          choose={(text) => {
            const network = networks(knobs.network).find((one) => networkText(one) === text);
            if (network) set({ network });
          }}
        />
      </div>
      {scenario && <Faults scenario={scenario} knobs={knobs} set={set} />}
      {setting.kind === 'experiment' && <FaultLengths setting={setting} replace={replace} />}
      <div className="mt-4 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
        <Button size="small" aria-disabled={!touched} onClick={() => touched && set(base)}>
          {setting.kind === 'experiment' ? 'Knobs as usual' : 'Knobs as in the lesson'}
        </Button>
        <p role="status" className="min-w-0 flex-1 basis-60 text-sm">
          {fetching ? 'Fetching this lock.' : notes.join(' ')}
        </p>
      </div>
    </div>
  );
}

function fits(scenario: Scenario, knobs: Knobs): boolean {
  return tuned(scenario, knobs).kind === 'scenario';
}

function upTo(most: number, now: number): readonly number[] {
  const usual = Array.from({ length: most }, (_, index) => index + 1);
  return now > most ? [...usual, now] : usual;
}

const field =
  'min-h-11 w-full min-w-0 rounded-[3px] border border-muted bg-paper px-2 text-[0.9375rem] text-ink hover:border-ink';

function Choice({
  name,
  help,
  value,
  options,
  choose,
}: {
  name: string;
  help: string;
  value: string;
  /** The third says whether it can be chosen; it can if left out. */
  options: readonly (readonly [value: string, text: string, can?: boolean])[];
  choose: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="font-medium">
        {name}
      </label>
      <select
        id={id}
        value={value}
        aria-describedby={`${id}help`}
        onChange={({ target }) => choose(target.value)}
        className={`mt-1 ${field}`}
      >
        {options.map(([one, text, can = true]) => (
          <option key={one} value={one} disabled={!can && one !== value}>
            {text}
          </option>
        ))}
      </select>
      <Help id={`${id}help`}>{help}</Help>
    </div>
  );
}

function Slider({
  name,
  help,
  values,
  value,
  say,
  choose,
}: {
  name: string;
  help: string;
  values: readonly number[];
  value: number;
  say: (value: number) => string;
  choose: (value: number) => void;
}) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="flex justify-between gap-3 font-medium">
        {name}
        <output htmlFor={id} className="font-normal text-muted tabular-nums">
          {say(value)}
        </output>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={values.length - 1}
        value={values.indexOf(value)}
        aria-valuetext={say(value)}
        aria-describedby={`${id}help`}
        onChange={({ target }) => choose(values[Number(target.value)] ?? value)}
        className={`mt-1 block w-full ${slider}`}
      />
      <Help id={`${id}help`}>{help}</Help>
    </div>
  );
}

function Absent({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="font-medium">{name}</p>
      <p className="mt-1 text-[0.9375rem] text-muted">{children}</p>
    </div>
  );
}

function Help({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="mt-1 text-sm text-muted">
      {children}
    </p>
  );
}

function Question({
  setting,
  replace,
}: {
  setting: Extract<Setting, { kind: 'experiment' }>;
  replace: (to: Setting) => void;
}) {
  return (
    <Choice
      name="Question"
      help="What is promised, and what the search tries to break."
      value={setting.property}
      options={properties.map(({ id, title }) => [
        id,
        title,
        scenarioOf({ ...setting, property: id }).kind === 'scenario',
      ])}
      choose={(property) => replace({ ...setting, property })}
    />
  );
}

/** How many of each kind may strike. Those that this lock leaves no room for are named and not offered. */
function Faults({ scenario, knobs, set }: { scenario: Scenario; knobs: Knobs; set: KnobsHook['set'] }) {
  const possible = (kind: FaultKind) =>
    (knobs.faults[kind] ?? 0) > 0 || (follows(scenario, kind) && fits(scenario, { ...knobs, faults: { [kind]: 1 } }));
  const [offered, missing] = [faultKinds.filter(possible), faultKinds.filter((kind) => !possible(kind))];
  return (
    <fieldset className="mt-6 min-w-0">
      <legend className="font-medium">What may go wrong, and how often</legend>
      <ul className="mt-1 grid list-none gap-x-10 pl-0 sm:grid-cols-2">
        {offered.map((kind) => (
          <Fault
            key={kind}
            kind={kind}
            atMost={knobs.faults[kind] ?? 0}
            choose={(atMost) => set({ faults: { ...knobs.faults, [kind]: atMost } })}
          />
        ))}
      </ul>
      {missing.length > 0 && (
        <p className="mt-2 text-sm text-muted">
          Not possible here: {missing.map((kind) => FAULTS[kind][0].toLowerCase()).join(', ')}. A restart or a wipe
          comes after a crash, and a heal after a partition.
        </p>
      )}
    </fieldset>
  );
}

/** What starts again must have been down, and what is made whole must have been cut. */
function follows({ faults, clients }: Scenario, kind: FaultKind): boolean {
  const before = (wanted: FaultKind, whom: (id: string) => boolean) =>
    faults.some((rule) => rule.kind === wanted && rule.atMost > 0 && rule.targets.some(whom));
  switch (kind) {
    case 'restart':
      return before('crash', (id) => id in clients);
    case 'wipe':
      return before('crash', (id) => !(id in clients));
    case 'heal':
      return before('partition', () => true);
    default:
      return true;
  }
}

function Fault({ kind, atMost, choose }: { kind: FaultKind; atMost: number; choose: (atMost: number) => void }) {
  const id = useId();
  const [name, what] = FAULTS[kind];
  return (
    <li className="mt-0! flex items-center gap-3 border-t border-line py-1.5">
      <label htmlFor={id} className="min-w-0 flex-1 text-[0.9375rem] leading-snug">
        <span className={atMost > 0 ? 'font-medium' : ''}>{name}</span>{' '}
        <span className="block text-sm text-muted">{what}</span>
      </label>
      <select
        id={id}
        value={atMost}
        onChange={({ target }) => choose(Number(target.value))}
        className={`${field} w-auto! shrink-0 ${atMost > 0 ? 'border-ink font-medium' : ''}`}
      >
        {upToNine(atMost).map((n) => (
          <option key={n} value={n}>
            {timesWords(n)}
          </option>
        ))}
      </select>
    </li>
  );
}

/** More than three of a kind can be asked for in an address; few searches come to an end there. */
function upToNine(now: number): readonly number[] {
  return [0, 1, 2, 3, ...(now > 3 ? [now] : [])];
}

/** What the picture is of, in one line above it; what is not as it was stands out. */
export function KnobsSummary({ setting, knobs }: Pick<KnobsHook, 'setting' | 'knobs'>) {
  const parts = summaryOf(baseOf(setting), knobs);
  const whole = setting.kind === 'experiment';
  return (
    <p className="mb-3 min-h-6 text-sm leading-6 text-muted">
      {parts.map(({ text, turned }, at) => (
        <Fragment key={text}>
          {at > 0 && ', '}
          {turned && !whole ? (
            <strong className="font-semibold text-ink">
              {text}
              <span className="sr-only"> (turned)</span>
            </strong>
          ) : (
            text
          )}
        </Fragment>
      ))}
      .
    </p>
  );
}
