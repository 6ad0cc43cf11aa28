// The knobs of a demo: what can be turned on any scenario, read off it and written into it. A knob that is not touched leaves
// everything as its author wrote it; one that makes no sense with the others is refused in one line. Pure: the page that turns
// a knob, the link that carries it and the worker that searches all come to the same scenario.
// Left out: knobs that belong to one lock only (BackendOptions). Those are the author's.
import { backends, lockIds } from './backends/index.ts';
import { meaningless, SILENCING, unfitting } from './experiment.ts';
import { usualFault } from './experiment-faults.ts';
import { faultKinds } from './faults/index.ts';
import { isCount, isWindow, optionsOf } from './options.ts';
import { problems } from './problems.ts';
import { FOREVER } from './time.ts';
import {
  acquireOf,
  has,
  underLock,
  withLease,
  withoutLock,
  withPlainLockCode,
  withReleaseShown,
  withWork,
  workAt,
} from './tuning-program.ts';
import type {
  Backend,
  BackendId,
  BackendOptions,
  FaultKind,
  FaultRule,
  FencePolicy,
  Ms,
  NodeId,
  Program,
  PropertyId,
  Scenario,
  Window,
} from './types.ts';

export type Knobs = {
  readonly lock: BackendId;
  readonly clients: number;
  /** Length of the lease or session; null where no client takes a lock. */
  readonly ttl: Ms | null;
  /** The heartbeat: how often the lease is renewed. Null means never. */
  readonly renew: Ms | null;
  /** How long the work between the read and the write takes. */
  readonly work: Ms;
  readonly fence: FencePolicy;
  /** 'safe' is what the lock does by itself; 'blind' deletes the key, whoever's it is. */
  readonly release: 'safe' | 'blind';
  readonly network: Window;
  /** How many faults of each kind may strike; a kind that is not named may not. */
  readonly faults: { readonly [kind in FaultKind]?: number };
};

export type Tuned =
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | { readonly kind: 'refused'; readonly why: string };

/** Further than any demo needs to go. What an author wrote may lie beyond, and then stays possible. */
export const LIMITS = { clients: 4, lengthMs: 60_000, networkMs: 2000, faults: 9 } as const;

const USUAL_TTL: Ms = 30;
const POLICIES: readonly FencePolicy[] = ['none', 'writes', 'reads-and-writes', 'compare'];

export function knobsOf(scenario: Scenario): Knobs {
  const programs = Object.values(scenario.clients);
  const locked = programs.find((program) => has(program, 'acquire'));
  const acquire = locked ? acquireOf(locked) : null;
  const first = programs[0];
  const at = first ? workAt(first) : null;
  const working = at === null ? null : first?.lines[at]?.run;
  const faults: { [kind in FaultKind]?: number } = {};
  for (const { kind, atMost } of scenario.faults) if (atMost > 0) faults[kind] = atMost;
  return {
    lock: scenario.backend,
    clients: programs.length,
    ttl: acquire?.ttl ?? null,
    renew: acquire?.renew ?? null,
    work: working?.op === 'work' ? working.takes[1] : 0,
    fence: scenario.resource,
    release: isBlind(scenario) ? 'blind' : 'safe',
    network: scenario.network,
    faults,
  };
}

function isBlind({ backend, options }: Scenario): boolean {
  const lock = backends[backend];
  return lock !== undefined && options?.release === 'delete' && lock.defaults?.release !== 'delete';
}

/** The scenario with its knobs turned like this. Turned as they are, it is the very same scenario. */
export function tuned(scenario: Scenario, knobs: Knobs): Tuned {
  const before = knobsOf(scenario);
  const out = outOfRange(before, knobs);
  if (out !== null) return refused(out);
  if (sameKnobs(before, knobs)) return { kind: 'scenario', scenario };
  const backend = backends[knobs.lock] as Backend;
  const made = rewritten(scenario, before, knobs, backend);
  if (typeof made === 'string') return refused(made);
  const options = optionsOf(made, backend);
  const why = unfitting({ renew: knobs.renew !== null, release: knobs.release, fence: knobs.fence }, backend, options);
  if (why !== null) return refused(why);
  const nobody = made.faults.find(({ kind, targets }) => kind !== 'heal' && targets.length === 0);
  if (nobody) return refused(`'${backend.id}' has nothing that a ${nobody.kind} could strike`);
  const [problem] = problems(made);
  return problem === undefined ? { kind: 'scenario', scenario: made } : refused(problem);
}

export function sameKnobs(a: Knobs, b: Knobs): boolean {
  return (
    a.lock === b.lock &&
    a.clients === b.clients &&
    a.ttl === b.ttl &&
    a.renew === b.renew &&
    a.work === b.work &&
    a.fence === b.fence &&
    a.release === b.release &&
    sameWindow(a.network, b.network) &&
    faultKinds.every((kind) => (a.faults[kind] ?? 0) === (b.faults[kind] ?? 0))
  );
}

/**
 * The nearest knobs that go together, for somebody who turns one of them: a lock without tokens cannot fence, a lease that got
 * shorter must be renewed sooner. Each change that nobody asked for is named, in one sentence each.
 */
export function settled(
  scenario: Scenario,
  asked: Knobs,
): { readonly knobs: Knobs; readonly notes: readonly string[] } {
  const notes: string[] = [];
  let knobs = asked;
  const backend = Object.hasOwn(backends, asked.lock) ? backends[asked.lock] : undefined;
  if (!backend) return { knobs, notes };
  const adjust = (change: Partial<Knobs>, note: string | null) => {
    knobs = { ...knobs, ...change };
    if (note !== null) notes.push(note);
  };
  const locked = takesLock(scenario, asked.lock, backend);
  if (!locked && knobs.ttl !== null) adjust({ ttl: null, renew: null }, 'No lock is taken here, so there is no lease.');
  if (locked && knobs.ttl === null) adjust({ ttl: knobsOf(scenario).ttl ?? USUAL_TTL }, null);
  const faultless = (change: Partial<Knobs>) => tuned(scenario, { ...knobs, ...change, faults: {} });
  if (knobs.release === 'blind' && faultless({ fence: 'none', renew: null }).kind === 'refused') {
    adjust({ release: 'safe' }, 'Here a release knows whose lock it is, so none is blind.');
  }
  if (knobs.renew !== null && knobs.ttl !== null && knobs.renew >= knobs.ttl) {
    const sooner = Math.floor(knobs.ttl / 3);
    adjust(
      { renew: sooner > 0 ? sooner : null },
      'The heartbeat must come before the lease ends, so it comes sooner now.',
    );
  }
  if (knobs.renew !== null && faultless({ fence: 'none' }).kind === 'refused') {
    if (faultless({ fence: 'none', renew: null }).kind === 'scenario') {
      adjust({ renew: null }, 'There is no lease or session to renew here.');
    }
  }
  const unfenced = knobs.fence === 'none' || faultless({}).kind === 'scenario' ? null : faultless({ fence: 'none' });
  if (unfenced?.kind === 'scenario') {
    const inside = backend.holdsData?.(optionsOf(unfenced.scenario, backend)) ?? false;
    const why = inside
      ? 'The data is inside, where nobody looks at tokens'
      : 'No token here could be compared by a store';
    adjust({ fence: 'none' }, `${why}, so nothing is checked.`);
  }
  for (const kind of faultKinds) {
    const atMost = knobs.faults[kind] ?? 0;
    if (atMost === 0 || tuned(scenario, { ...knobs, faults: { [kind]: atMost } }).kind === 'scenario') continue;
    const { [kind]: _, ...others } = knobs.faults;
    adjust({ faults: others }, `A fault of the kind “${kind}” cannot happen here.`);
  }
  return { knobs, notes };
}

function refused(why: string): Tuned {
  return { kind: 'refused', why };
}

/** Says what no knob may be, wherever it came from; what the scenario already is may stay. */
function outOfRange(before: Knobs, knobs: Knobs): string | null {
  const { lock, clients, ttl, renew, work, fence, release, network, faults } = knobs;
  const within = (value: unknown, least: number, most: number, now: number | null) =>
    value === now || (isCount(value) && least <= value && value <= most);
  if (!Object.hasOwn(backends, lock)) {
    return `there is no lock '${lock}'; there are ${lockIds.join(', ')}`;
  }
  if (!within(clients, 1, LIMITS.clients, before.clients)) return `clients must be 1 to ${LIMITS.clients}`;
  if (ttl !== null && !within(ttl, 1, LIMITS.lengthMs, before.ttl)) {
    return `the ttl must be 1 to ${LIMITS.lengthMs} whole milliseconds`;
  }
  if (renew !== null && (ttl === null || !within(renew, 1, ttl - 1, null))) {
    return 'the heartbeat must be whole milliseconds, fewer than the ttl';
  }
  if (!within(work, 0, LIMITS.lengthMs, before.work))
    return `work must take 0 to ${LIMITS.lengthMs} whole milliseconds`;
  if (!POLICIES.includes(fence)) return `fencing must be ${POLICIES.join(' or ')}`;
  if (release !== 'safe' && release !== 'blind') return 'the release must be safe or blind';
  if (!isWindow(network) || (network[1] > LIMITS.networkMs && !sameWindow(network, before.network))) {
    return `the network must take whole milliseconds, earliest before latest, ${LIMITS.networkMs} at most`;
  }
  for (const [kind, atMost] of Object.entries(faults)) {
    const known = faultKinds.find((one) => one === kind);
    if (!known) return `there is no fault '${kind}'; there are ${faultKinds.join(', ')}`;
    if (!within(atMost, 0, LIMITS.faults, before.faults[known] ?? 0)) {
      return `a fault can strike 0 to ${LIMITS.faults} times`;
    }
  }
  return null;
}

function sameWindow(a: Window, b: Window): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** Does anybody take a lock once this scenario runs on this backend? */
function takesLock(scenario: Scenario, lock: BackendId, backend: Backend): boolean {
  if (backend.locks === false) return false;
  const already = Object.values(scenario.clients).some((program) => has(program, 'acquire'));
  return already || (lock !== scenario.backend && lock !== 'none');
}

/** The scenario, or why there is none. Claims of its author about numbers of states and scripts are not claims about this one. */
function rewritten(scenario: Scenario, before: Knobs, knobs: Knobs, backend: Backend): Scenario | string {
  const { states: _, script: __, searchOn: ___, ...rest } = scenario;
  const locked = takesLock(scenario, knobs.lock, backend);
  if (locked && knobs.ttl === null) return 'a lock needs a ttl in whole milliseconds';
  if (!locked && knobs.ttl !== null) return `'${backend.id}' takes no lock here, so there is no ttl`;
  let made: Scenario = rest;
  if (knobs.lock !== before.lock) made = relocked(made, knobs, backend);
  if (knobs.clients !== before.clients) made = withClients(made, knobs.clients);
  if (knobs.ttl !== null && (knobs.ttl !== before.ttl || knobs.renew !== before.renew)) {
    const [ttl, { renew }] = [knobs.ttl, knobs];
    made = withPrograms(made, (program) => withLease(program, ttl, renew));
  }
  if (knobs.work !== before.work) {
    const idle = Object.values(made.clients).some((program) => withWork(program, knobs.work) === null);
    if (idle) return 'a client writes nothing, so there is no work before it';
    made = withPrograms(made, (program) => withWork(program, knobs.work) ?? program);
  }
  if (knobs.fence !== before.fence) made = { ...made, resource: knobs.fence };
  if (knobs.release !== (isBlind(made) ? 'blind' : 'safe')) made = released(made, knobs.release);
  if (!sameWindow(knobs.network, before.network)) made = withNetwork(made, knobs.network, backend);
  made = withFaults(made, before, knobs, backend);
  return { ...made, expect: sayable(made, backend) };
}

/** On another lock: what belonged to the old one is gone, and its programs take a lock where they did not, or do not where they did. */
function relocked(scenario: Scenario, knobs: Knobs, backend: Backend): Scenario {
  const kept = Object.entries(scenario.options ?? {}).filter(([name]) => GENERAL.some((one) => one === name));
  const { options: _, ...rest } = scenario;
  const moved: Scenario = { ...rest, backend: backend.id, options: Object.fromEntries(kept) };
  const programs = withPrograms(moved, (program) => {
    if (backend.locks === false) return withoutLock(program);
    const takes = has(program, 'acquire');
    if (takes) return withPlainLockCode(program);
    return backend.id === 'none' ? program : underLock(program, knobs.ttl ?? USUAL_TTL, FOREVER);
  });
  const servers = serversOf(scenario);
  const clients = Object.keys(scenario.clients);
  const strikes = (ids: readonly NodeId[] = []) => ids.some((id) => servers.includes(id));
  return {
    ...programs,
    faults: scenario.faults.map((rule) =>
      strikes(rule.targets) || strikes(rule.from) ? usualLike(rule, programs, knobs, backend, clients) : rule,
    ),
  };
}

/** Those that every lock's client has. */
const GENERAL: readonly (keyof BackendOptions)[] = ['retry', 'timeout', 'onTimeout'];

function serversOf(scenario: Scenario): readonly NodeId[] {
  const backend = backends[scenario.backend] as Backend;
  return Object.keys(backend.servers(optionsOf(scenario, backend)));
}

/** The same trouble, for the servers of another lock. */
function usualLike(
  rule: FaultRule,
  scenario: Scenario,
  knobs: Knobs,
  backend: Backend,
  clients: readonly NodeId[],
): FaultRule {
  const { kind, atMost, oneWay } = rule;
  const lasts = rule.lasts?.[0] ?? rule.by?.[0];
  const [target, ...others] = rule.targets.filter((id) => clients.includes(id));
  const choice = {
    kind,
    atMost,
    ...(lasts === undefined ? {} : { lasts }),
    ...(oneWay === undefined ? {} : { oneWay }),
    ...(target !== undefined && others.length === 0 ? { target } : {}),
  };
  return usualFault(choice, knobs.ttl ?? USUAL_TTL, backend, optionsOf(scenario, backend), clients);
}

/** The first so many of them, or more that run the program of the first. Faults on those that are gone go with them. */
function withClients(scenario: Scenario, count: number): Scenario {
  const old = Object.entries(scenario.clients);
  const names = old.slice(0, count).map(([id]) => id);
  while (names.length < count) names.push(nextName(names, serversOf(scenario)));
  const first = old[0]?.[1] as Program;
  const clients = Object.fromEntries(names.map((id) => [id, scenario.clients[id] ?? first]));
  const gone = old.map(([id]) => id).filter((id) => !names.includes(id));
  const everybody = (ids: readonly NodeId[]) => old.length > 1 && old.every(([id]) => ids.includes(id));
  const adapt = (ids: readonly NodeId[]) =>
    everybody(ids)
      ? [...names, ...ids.filter((id) => !(id in scenario.clients))]
      : ids.filter((id) => !gone.includes(id));
  const faults = scenario.faults
    .map((rule) => ({ ...rule, targets: adapt(rule.targets), ...(rule.from ? { from: adapt(rule.from) } : {}) }))
    .filter(({ kind, targets }) => kind === 'heal' || targets.length > 0);
  const { groups, ...rest } = scenario;
  return { ...rest, ...(groups ? { groups: regrouped(groups, names) } : {}), clients, faults };
}

/** A, B, C, D; or r1, r2, r3. */
function nextName(names: readonly NodeId[], taken: readonly NodeId[]): NodeId {
  const numbered = /^(.*?)(\d+)$/.exec(names.at(-1) ?? '');
  const letters = ['A', 'B', 'C', 'D', 'E', 'F'];
  const counted = Array.from({ length: 60 }, (_, index) => `${numbered ? numbered[1] : 'client'}${index + 1}`);
  const free = (id: NodeId) => !names.includes(id) && !taken.includes(id) && id !== 'store';
  return (numbered ? counted : [...letters, ...counted]).find(free) ?? `client${names.length + 1}`;
}

function regrouped(groups: NonNullable<Scenario['groups']>, names: readonly NodeId[]): Scenario['groups'] {
  const entries = Object.entries(groups).map(
    ([group, ids]) => [group, ids.filter((id) => names.includes(id))] as const,
  );
  const placed = entries.flatMap(([, ids]) => ids);
  const fresh = names.filter((id) => !placed.includes(id));
  const spread = entries.map(([group, ids], at) => [
    group,
    [...ids, ...fresh.filter((_, index) => index % entries.length === at)],
  ]);
  return Object.fromEntries(spread.filter(([, ids]) => ids?.length));
}

function withPrograms(scenario: Scenario, change: (program: Program) => Program): Scenario {
  // Clients that share a program go on sharing it, so that a search sees that they are alike.
  const changed = new Map<Program, Program>();
  const clients = Object.entries(scenario.clients).map(([id, program]) => {
    const known = changed.get(program) ?? change(program);
    changed.set(program, known);
    return [id, known] as const;
  });
  return { ...scenario, clients: Object.fromEntries(clients) };
}

function released(scenario: Scenario, release: Knobs['release']): Scenario {
  const { release: _, ...others } = scenario.options ?? {};
  const options = release === 'blind' ? { ...others, release: 'delete' as const } : others;
  return { ...withPrograms(scenario, (program) => withReleaseShown(program, release)), options };
}

/** A client that is to wait for an answer waits for one that is merely slow. */
function withNetwork(scenario: Scenario, network: Window, backend: Backend): Scenario {
  const { network: _, ...others } = scenario.options ?? {};
  const made: Scenario = { ...scenario, network, options: others };
  const { timeout } = optionsOf(made, backend);
  const needed = patientFor(network);
  return timeout >= FOREVER || timeout >= needed ? made : { ...made, options: { ...others, timeout: needed } };
}

function patientFor([, slowest]: Window): Ms {
  return 2 * slowest + 2;
}

function withFaults(scenario: Scenario, before: Knobs, knobs: Knobs, backend: Backend): Scenario {
  const options = optionsOf(scenario, backend);
  const clients = Object.keys(scenario.clients);
  const asked = (kind: FaultKind) => knobs.faults[kind] ?? 0;
  const kept = scenario.faults
    .filter(({ kind, atMost }) => asked(kind) > 0 || atMost === 0)
    .map((rule) => (rule.atMost === asked(rule.kind) ? rule : { ...rule, atMost: asked(rule.kind) }));
  const fresh = faultKinds
    .filter((kind) => asked(kind) > 0 && !kept.some((rule) => rule.kind === kind))
    .map((kind) => usualFault({ kind, atMost: asked(kind) }, knobs.ttl ?? USUAL_TTL, backend, options, clients));
  const made: Scenario = { ...scenario, faults: [...kept, ...fresh] };
  const silent = SILENCING.some((kind) => asked(kind) > 0 && (knobs.lock !== before.lock || !before.faults[kind]));
  if (!silent || options.timeout < FOREVER) return made;
  const { network } = scenario;
  return { ...made, options: { ...scenario.options, timeout: patientFor(network), onTimeout: 'ask-whose' } };
}

/** What can still be said about it; where nothing is left, the question that makes sense of any lock. */
function sayable(scenario: Scenario, backend: Backend): Scenario['expect'] {
  const options = optionsOf(scenario, backend);
  const kept = Object.entries(scenario.expect).filter(
    ([id]) => meaningless(id as PropertyId, backend, options) === null,
  );
  return kept.length > 0 ? Object.fromEntries(kept) : { 'no-lost-update': 'holds' };
}
