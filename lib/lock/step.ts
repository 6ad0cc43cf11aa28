// What may happen next (`moves`) and what follows from it (`apply`). The whole meaning of a world is in these two
// functions; both are pure, and no scheduler, screen or search knows more about a world than they tell.
// A move has a window of instants. A thing that must happen by its latest instant holds back everything that could only
// happen later: that is how leases and delays are searched exactly, with no clock running anywhere.
import { isPaused, postpone } from './faults/fault.ts';
import { faultMakers, offers } from './faults/index.ts';
import { labelOf } from './pending.ts';
import { drifted, FOREVER, later, latest, localClock } from './time.ts';
import type {
  Command,
  Cut,
  Input,
  Instant,
  Json,
  LockEvent,
  Move,
  NodeId,
  NodeState,
  Pending,
  Step,
  System,
  Window,
  World,
} from './types.ts';

/** Nothing is in flight, no timer runs and no program has a line to run. */
export function ended(world: World): boolean {
  return world.pending.length === 0;
}

/** Everything that may happen next, in order of id, then faults in the order of the scenario. */
export function moves(system: System, world: World): readonly Move[] {
  const horizon = horizonOf(world);
  const list: Move[] = [];
  for (const pending of world.pending) {
    if (pending.earliest.$at > horizon.$at) continue;
    const window = [latest(pending.earliest, world.now), horizon] as const;
    list.push({ kind: 'take', id: pending.id, label: unused(labelOf(pending), list), window });
  }
  for (const { fault, label, window } of offers(system, world, horizon)) {
    list.push({ kind: 'fault', fault, label: unused(label, list), window });
  }
  return list;
}

/** The world after one move. Anything but a move that `moves` offers, at an instant of its window, is a bug. */
export function apply(system: System, world: World, move: Move, at: Instant): Step {
  if (at.$at < move.window[0].$at || at.$at > move.window[1].$at) {
    throw new Error(`'${move.label}' cannot happen at ${at.$at}`);
  }
  const draft: Draft = { ...world, now: at, events: [] };
  if (move.kind === 'fault') {
    const { kind } = move.fault;
    const struck = faultMakers[kind].strike(world, move.fault, at, system);
    draft.nodes = struck.nodes ?? world.nodes;
    draft.pending = struck.pending ?? world.pending;
    draft.cuts = struck.cuts ?? world.cuts;
    draft.events.push(...struck.events);
    draft.faultsLeft = { ...world.faultsLeft, [kind]: (world.faultsLeft[kind] ?? 0) - 1 };
    // A doubled message has taken an id.
    draft.nextId = Math.max(world.nextId, ...draft.pending.map(({ id }) => id + 1));
    for (const { to, from, after } of struck.closed ?? []) close(system, draft, to, from, after);
    for (const { to, input } of struck.told ?? []) react(system, draft, to, input);
  } else {
    const taken = world.pending.find((pending) => pending.id === move.id);
    if (!taken)
      throw new Error(`nothing with id ${move.id} is pending, so '${move.label}' is not a move of this world`);
    draft.pending = world.pending.filter((pending) => pending !== taken);
    react(system, draft, taken.to, taken.input);
  }
  return { move, at, world: finish(system, world, draft), events: draft.events };
}

/** The world before the first move: every actor has been told to start, at time zero and in a fixed order. */
export function begin(system: System, world: World): World {
  const draft: Draft = { ...world, events: [] };
  for (const id of Object.keys(world.nodes)) react(system, draft, id, { kind: 'start', disk: nodeIn(draft, id).disk });
  return finish(system, world, draft);
}

// ---- inside -------------------------------------------------------------------------------------------------------

type Draft = {
  now: Instant;
  nextId: number;
  nodes: World['nodes'];
  pending: readonly Pending[];
  cuts: readonly Cut[];
  faultsLeft: World['faultsLeft'];
  readonly events: LockEvent[];
};

function horizonOf(world: World): Instant {
  let horizon: Instant | null = null;
  for (const { latest } of world.pending) if (horizon === null || latest.$at < horizon.$at) horizon = latest;
  return horizon ?? world.now;
}

/** Two equal messages may be in flight at once; a script must still be able to say which one it means. */
function unused(label: string, taken: readonly Move[]): string {
  let free = label;
  for (let n = 2; taken.some((move) => move.label === free); n += 1) free = `${label} #${n}`;
  return free;
}

function nodeIn(draft: Draft, id: NodeId): NodeState {
  const node = draft.nodes[id];
  if (!node) throw new Error(`there is no node '${id}'`);
  return node;
}

/** One actor gets one input; its commands become pending things and events. */
function react(system: System, draft: Draft, id: NodeId, input: Input): void {
  const actor = system.actors[id];
  const node = nodeIn(draft, id);
  if (!actor) throw new Error(`there is no actor for '${id}'`);
  const reaction = actor.on(node.memory, input, localClock(node, draft.now));
  let disk: Json = node.disk;
  for (const command of reaction.commands) {
    if (command.do === 'save') disk = command.disk;
    else obey(system, draft, id, command);
  }
  draft.nodes = { ...draft.nodes, [id]: { ...node, memory: reaction.state, disk } };
}

function obey(system: System, draft: Draft, id: NodeId, command: Command): void {
  const { network, linePace } = system.scenario;
  switch (command.do) {
    case 'send': {
      const { to, name, body, after, anew } = command;
      if (anew) draft.pending = draft.pending.filter((one) => !isEnd(one, id, to));
      if (!nodeIn(draft, to).up || isCut(draft, id, to) || isBroken(draft, id, to))
        draft.events.push({ kind: 'lost', from: id, to, name });
      else {
        const window = system.backend.connections ? behindEnd(draft, id, to, after ?? network) : (after ?? network);
        schedule(draft, to, name, { kind: 'message', from: id, body }, window);
      }
      return;
    }
    case 'setTimer': {
      stopTimer(draft, id, command.key);
      const { drift } = nodeIn(draft, id);
      const [soon, late] = command.after;
      const after: Window = drift === null ? command.after : [drifted(soon, drift), drifted(late, drift)];
      schedule(draft, id, command.key, { kind: 'timer', key: command.key }, after);
      return;
    }
    case 'cancelTimer':
      stopTimer(draft, id, command.key);
      return;
    case 'nextLine':
      schedule(draft, id, command.name, { kind: 'line' }, command.after ?? linePace);
      return;
    case 'note':
      draft.events.push(command.event);
      return;
  }
}

function isCut({ cuts, now }: Draft, from: NodeId, to: NodeId): boolean {
  return cuts.some((cut) => cut.from === from && cut.to === to && cut.until.$at > now.$at);
}

function isEnd({ to: whose, input }: Pending, id: NodeId, to: NodeId): boolean {
  return whose === id && input.kind === 'closed' && input.from === to;
}

/** Its connection has ended, and it has not been told yet: what it sends over that reaches nobody. */
function isBroken({ pending }: Draft, id: NodeId, to: NodeId): boolean {
  return pending.some((one) => isEnd(one, id, to));
}

/** Who is started again makes a new connection, and what goes over it comes after the end of the old one. */
function behindEnd({ pending, now }: Draft, from: NodeId, to: NodeId, [soon, late]: Window): Window {
  const end = pending.find((one) => isEnd(one, to, from));
  if (!end) return [soon, late];
  const behind = end.latest.$at + 1 - now.$at;
  return [Math.max(soon, behind), Math.max(late, behind)];
}

/** The end of a connection travels like a message, behind those that were sent before it, and not over a link that is cut. */
function close(system: System, draft: Draft, to: NodeId, from: NodeId, after: Instant | null): void {
  if (!nodeIn(draft, to).up) return;
  const cuts = draft.cuts.filter((cut) => cut.from === from && cut.to === to).map(({ until }) => until.$at);
  const open = Math.max(after?.$at ?? draft.now.$at, ...cuts);
  if (open >= FOREVER) return;
  const [soon, late] = system.scenario.network;
  const behind = open - draft.now.$at;
  const window: Window = [Math.max(soon, behind), Math.max(late, behind)];
  schedule(draft, to, `connection to ${from} is gone`, { kind: 'closed', from }, window);
}

function schedule(draft: Draft, to: NodeId, name: string, input: Input, after: Window): void {
  const pending: Pending = {
    id: draft.nextId,
    to,
    name,
    input,
    earliest: later(draft.now, after[0]),
    latest: later(draft.now, after[1]),
  };
  draft.nextId += 1;
  // A message may reach the machine of a paused process, but nobody reads it before the process runs again.
  const receiver = nodeIn(draft, to);
  const due = isPaused(receiver, draft.now) ? postpone(pending, receiver.resumesAt) : pending;
  draft.pending = [...draft.pending, due];
}

function stopTimer(draft: Draft, id: NodeId, key: string): void {
  draft.pending = draft.pending.filter(({ to, input }) => !(to === id && input.kind === 'timer' && input.key === key));
}

/** Folds the events into the observers and puts the draft back into the shape of a world. */
function finish(system: System, before: World, draft: Draft): World {
  let observed = before.observed;
  if (draft.events.length > 0) {
    for (const property of system.properties) {
      const known = observed[property.id] ?? null;
      let state = known;
      for (const event of draft.events) state = property.observe(state, event, draft.now);
      if (state !== known) observed = { ...observed, [property.id]: state };
    }
  }
  const { now, nextId, nodes, pending, faultsLeft } = draft;
  // A cut that is over leaves no trace.
  const cuts = draft.cuts.length === 0 ? draft.cuts : draft.cuts.filter(({ until }) => until.$at > now.$at);
  return { now, nextId, nodes, pending, cuts, faultsLeft, observed };
}
