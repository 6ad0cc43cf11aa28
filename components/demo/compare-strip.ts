// A run as a strip of one thin row for each client, for looking at several runs beside each other: when it believed that it held the
// lock, when it stood still or was down, what it wrote and what was refused. Places are shares of one common time axis. Pure.
import {
  chronicle,
  count,
  type Fence,
  type Ms,
  type NodeId,
  outcomeWords,
  type System,
  type Trace,
} from '#lib/lock/index.ts';

export type Span = {
  readonly kind: 'believes' | 'paused' | 'down';
  readonly from: number;
  readonly to: number;
  readonly token: Fence;
};
export type Mark = { readonly kind: 'wrote' | 'refused'; readonly at: number };
export type Strip = {
  readonly rows: readonly {
    readonly client: NodeId;
    readonly hue: number;
    readonly spans: readonly Span[];
    readonly marks: readonly Mark[];
  }[];
  readonly breaks: readonly number[];
};
export type Compared = {
  readonly sentence: string;
  readonly broken: boolean;
  readonly endsAt: Ms;
  readonly done: number;
  readonly clients: number;
  readonly refused: number;
  readonly messages: number;
};

/** `axis` is the time at which the longest of the runs ends. */
export function stripOf(system: System, trace: Trace, axis: Ms): Strip {
  const story = chronicle(trace, system.scenario);
  const share = (at: Ms) => Math.min(1, Math.max(0, at / Math.max(1, axis)));
  const end = endOf(trace);
  const rows = Object.keys(system.scenario.clients).map((client, index) => {
    const mine = <T extends { readonly who: NodeId }>(list: readonly T[]) => list.filter(({ who }) => who === client);
    const spans: Span[] = [
      ...mine(story.beliefs).map(({ from, until, fence }) => span('believes', from, until ?? end, fence)),
      ...mine(story.pauses).map(({ from, until }) => span('paused', from, until, 0)),
      ...mine(story.crashes).map(({ at, restartedAt }) => span('down', at, restartedAt ?? axis, 0)),
    ];
    const marks: Mark[] = mine(story.accesses)
      .filter(({ what, accepted }) => what === 'write' || !accepted)
      .map(({ at, accepted }) => ({ kind: accepted ? 'wrote' : 'refused', at: share(at) }));
    return { client, hue: index % 4, spans, marks };
  });
  function span(kind: Span['kind'], from: Ms, to: Ms, token: Fence): Span {
    return { kind, from: share(from), to: share(to), token };
  }
  return { rows, breaks: trace.violations.map(({ step }) => share(trace.steps[step]?.at.$at ?? 0)) };
}

export function endOf(trace: Trace): Ms {
  return trace.steps.at(-1)?.at.$at ?? 0;
}

/** What there is to say about one run in a row of a table. */
export function comparedOf(system: System, trace: Trace): Compared {
  const { scenario } = system;
  const story = chronicle(trace, scenario);
  const [first] = trace.violations;
  const clients = Object.keys(scenario.clients);
  const done = story.endings.filter(({ outcome }) => outcome === 'done').length;
  const others = story.endings.filter(({ outcome }) => outcome !== 'done');
  const unfinished = clients.length - story.endings.length;
  const rest = [
    ...others.slice(0, 3).map(({ who, outcome }) => `${who} ${outcomeWords(scenario, outcome)}`),
    ...(others.length > 3 ? [`and ${count(others.length - 3, 'other')} likewise`] : []),
    ...(unfinished > 0 ? [`${count(unfinished, 'client')} never ${unfinished === 1 ? 'ends' : 'end'}`] : []),
  ];
  const quiet = `Nothing is broken${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`;
  return {
    sentence: first ? `${first.words}` : quiet,
    broken: first !== undefined,
    endsAt: endOf(trace),
    done,
    clients: clients.length,
    refused: story.accesses.filter(({ accepted }) => !accepted).length,
    messages: story.messages.length,
  };
}
