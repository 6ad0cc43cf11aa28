// The run in words, one row for each step: the text equivalent of the picture, the announcement for a screen reader and the
// line under the timeline are all this. Derived from moves and events; nothing here looks inside a node.
import { backends } from './backends/index.ts';
import { optionsOf } from './options.ts';
import { isMessage } from './pending.ts';
import { answerOf } from './program-state.ts';
import { FOREVER } from './time.ts';
import type {
  Cut,
  Fault,
  Fence,
  LockEvent,
  Ms,
  NodeId,
  Pending,
  PropertyId,
  Rate,
  Scenario,
  Step,
  Trace,
  World,
} from './types.ts';
import { outcomeWords } from './words.ts';

export type Row = {
  /** How many steps have been made when this has happened; 0 is the start. */
  readonly position: number;
  readonly at: Ms;
  /** Null at the start, and where it is the network that acts and no node. */
  readonly who: NodeId | null;
  readonly what: string;
  readonly token: Fence | null;
  readonly broken: readonly { readonly property: PropertyId; readonly words: string }[];
};

export function rowsOf(trace: Trace, scenario: Scenario): readonly Row[] {
  const first: Row = { position: 0, at: trace.start.now.$at, who: null, what: 'Start', token: null, broken: [] };
  return [
    first,
    ...trace.steps.map((step, index) => {
      const before = index === 0 ? trace.start : (trace.steps[index - 1] as Step).world;
      const broken = trace.violations.filter((violation) => violation.step === index);
      return { position: index + 1, at: step.at.$at, ...tell(step, before, scenario), broken };
    }),
  ];
}

/** One row as one sentence. */
export function sentence(row: Row): string {
  const said = row.who === null ? `${row.what}.` : `${row.who} ${row.what}.`;
  return [said, ...row.broken.map(({ words }) => `Broken: ${words}`)].join(' ');
}

type Clause = { readonly subject: NodeId | null; readonly words: string };

function tell(step: Step, before: World, scenario: Scenario): Pick<Row, 'who' | 'what' | 'token'> {
  const { move, world, events } = step;
  const taken = move.kind === 'take' ? before.pending.find(({ id }) => id === move.id) : undefined;
  const fault = move.kind === 'fault' ? move.fault : null;
  const who = taken?.to ?? (fault && 'node' in fault ? fault.node : null);
  const clauses: Clause[] = taken ? [{ subject: who, words: takenWords(taken, before, world) }] : [];
  for (const event of events)
    clauses.push(...eventClauses(event, { scenario, taken, fault, label: move.label, world }));
  for (const message of vanished(before, step)) {
    clauses.push({ subject: null, words: `${quoted(message)} is lost with it` });
  }
  const heard = taken !== undefined && isMessage(taken) ? taken.input.from : null;
  for (const message of world.pending) {
    if (message.id < before.nextId || !isMessage(message) || fault?.kind === 'duplicate') continue;
    const { from } = message.input;
    // A client that hears and asks on does not answer.
    const verb = from === who && message.to === heard && !(from in scenario.clients) ? 'answers' : 'sends';
    clauses.push({ subject: from, words: `${verb} “${message.name}” to ${message.to}` });
  }
  return { who, what: joined(who, clauses) || move.label, token: tokenOf(events) };
}

/** The subject is said once, in the column beside; whoever else acts is named. */
function joined(who: NodeId | null, clauses: readonly Clause[]): string {
  let last = who;
  const said = clauses.map(({ subject, words }) => {
    const named = subject !== null && subject !== last ? `${subject} ${words}` : words;
    last = subject ?? last;
    return named;
  });
  const text = said.join('; ');
  return who === null ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

function takenWords(taken: Pending, before: World, world: World): string {
  switch (taken.input.kind) {
    case 'message':
      return `gets “${taken.name}” from ${taken.input.from}`;
    case 'timer':
      return `wakes up: ${taken.name}`;
    case 'closed':
      return `learns that its connection to ${taken.input.from} is gone`;
    case 'failover':
      return 'takes over';
    case 'start':
      return 'starts';
    case 'line':
      return taken.name.endsWith('?')
        ? `asks: ${taken.name} ${answerOf(before, world, taken.to)}`
        : `runs: ${taken.name}`;
  }
}

/** In flight before, neither delivered nor in flight now, and no event says so: they went down with their receiver. */
function vanished(before: World, { move, world, events }: Step): readonly (Pending & { input: { from: NodeId } })[] {
  const lost = events.filter((event) => event.kind === 'lost');
  return before.pending.filter(isMessage).filter((message) => {
    if (move.kind === 'take' && move.id === message.id) return false;
    if (world.pending.some(({ id }) => id === message.id)) return false;
    const { name, to } = message;
    return !lost.some((event) => event.from === message.input.from && event.to === to && event.name === name);
  });
}

function quoted({ name, to, input }: { name: string; to: NodeId; input: { from: NodeId } }): string {
  return `“${name}” from ${input.from} to ${to}`;
}

type Known = {
  readonly scenario: Scenario;
  readonly taken: Pending | undefined;
  readonly fault: Fault | null;
  readonly label: string;
  readonly world: World;
};

function eventClauses(event: LockEvent, known: Known): Clause[] {
  const words = eventWords(event, known);
  return words === null ? [] : [{ subject: subjectOf(event, known), words }];
}

/** Whose deed an event is; null where it is nobody's, or its words say whose. */
function subjectOf(event: LockEvent, { taken, fault }: Known): NodeId | null {
  switch (event.kind) {
    case 'granted':
    case 'freed':
    case 'committed':
      return event.server;
    case 'accessed':
      return taken?.to ?? (fault && 'node' in fault ? fault.node : null);
    case 'healed':
    case 'delayed':
    case 'duplicated':
    case 'lost':
      return null;
    default:
      return event.who;
  }
}

/** Null where another clause has said it: who asks has just been told to run that line. */
function eventWords(event: LockEvent, known: Known): string | null {
  switch (event.kind) {
    case 'asked':
      return known.taken?.input.kind === 'line' ? null : `begins to ${event.op} the lock`;
    case 'answered':
      return answeredWords(event);
    case 'left':
      return 'stops believing that it holds the lock';
    case 'granted':
      if (event.until.$at >= FOREVER) return `gives the lock to ${event.who}`;
      if (known.scenario.backend === 'dynamodb') return `keeps ${event.who}’s item, and counts no time itself`;
      return `leases the lock to ${event.who} until ${event.until.$at} ms${isOff(known.world, event.server) ? ' by its own clock' : ''}`;
    case 'freed':
      if (event.by === null && known.scenario.backend === 'dynamodb')
        return `lets ${event.whose}’s item be replaced: its record version is still the one that was waited on`;
      if (event.by === null) return `finds that ${event.whose}’s ${endedWords(known.scenario)}`;
      return event.rightful
        ? `deletes ${event.whose}’s lock`
        : `deletes the lock, which is ${event.whose}’s, because ${event.by} asked for it`;
    case 'accessed':
      return accessWords(event, known.taken);
    case 'committed':
      return `commits ${event.who}’s transaction at timestamp ${event.timestamp.$at}`;
    case 'finished':
      return `ends: ${outcomeWords(known.scenario, event.outcome)}`;
    case 'paused':
      return `is paused until ${event.until.$at} ms and does not notice`;
    case 'crashed':
      return 'crashes';
    case 'restarted':
      return known.fault?.kind === 'wipe' ? 'starts again with an empty disk' : 'starts again';
    case 'failedOver': {
      const successor = /fails over to (\S+)/.exec(known.label)?.[1];
      return successor === undefined ? 'elects a new leader' : `fails over to ${successor}`;
    }
    case 'disconnected':
      return 'loses its connection';
    case 'cut':
      return cutWords(event.who, event.cuts);
    case 'healed':
      return 'the network is whole again';
    case 'jumped':
      return `has its clock set ${event.by < 0 ? `back ${-event.by}` : `forward ${event.by}`} ms`;
    case 'drifted':
      return `has a clock that ${rateWords(event.rate)} from now on`;
    case 'delayed':
      return `“${event.name}” from ${event.from} to ${event.to} is late: it comes by ${event.until.$at} ms`;
    case 'duplicated':
      return `“${event.name}” from ${event.from} to ${event.to} is doubled`;
    case 'lost':
      return `“${event.name}” from ${event.from} to ${event.to} is lost`;
  }
}

function endedWords(scenario: Scenario): string {
  const backend = backends[scenario.backend];
  const what = backend?.endsWith?.(optionsOf(scenario, backend)) ?? 'lease';
  return what === 'lease' ? 'lease is over' : `${what} has ended`;
}

/** Its clock does not show the true time. */
function isOff({ nodes }: World, id: NodeId): boolean {
  const node = nodes[id];
  return node !== undefined && (node.wallOffset !== 0 || node.drift !== null);
}

function answeredWords({ op, result }: Extract<LockEvent, { kind: 'answered' }>): string {
  if (op === 'release') {
    if (result.ok) return 'has given the lock back';
    if (result.why === 'timeout') return 'hears nothing in time and cannot know whether the lock was given back';
    return 'learns that the lock was no longer its own';
  }
  if (result.ok) {
    const token = result.fence === 0 ? '' : ` with token ${result.fence}`;
    return op === 'extend' ? 'has its lease extended' : `believes that it holds the lock${token}`;
  }
  if (result.why === 'timeout') return 'hears nothing in time and cannot know whether it was done';
  return result.why === 'held' ? 'learns that somebody else holds the lock' : 'learns that it has lost the lock';
}

function accessWords(event: Extract<LockEvent, { kind: 'accessed' }>, taken: Pending | undefined): string {
  const thing = event.what === 'read' ? 'read' : 'write';
  const sender = taken !== undefined && isMessage(taken) ? taken.input.from : null;
  // A server that serves one client may at once go on with another that has waited.
  const whose = sender === null || sender === event.who ? '' : ` for ${event.who}`;
  if (!event.accepted && event.fence < event.seen) {
    return `refuses the ${thing}${whose}: token ${event.fence} is lower than ${event.seen}`;
  }
  if (!event.accepted) return `refuses the ${thing}${whose}${reasonIn(taken)}`;
  return event.what === 'read' ? `reads ${event.value}${whose}` : `writes ${event.value}${whose}`;
}

/** A write that names the value it expects can only be refused for that value. */
function reasonIn(taken: Pending | undefined): string {
  return taken !== undefined && / if \d+/.test(taken.name) ? ': the value has changed' : '';
}

function cutWords(who: NodeId, cuts: readonly Cut[]): string {
  const deaf = cuts.filter(({ to }) => to === who).map(({ from }) => from);
  const mute = cuts.filter(({ from }) => from === who).map(({ to }) => to);
  const until = Math.max(...cuts.map((cut) => cut.until.$at));
  const long = until >= FOREVER ? 'until the network is healed' : `until ${until} ms`;
  if (mute.length === 0) return `hears nothing from ${deaf.join(', ')} ${long}`;
  if (deaf.length === 0) return `cannot reach ${mute.join(', ')} ${long}`;
  return `is cut off from ${[...new Set([...deaf, ...mute])].join(', ')} ${long}`;
}

function rateWords([ticks, per]: Rate): string {
  return `ticks ${ticks} ms in ${per} ms`;
}

function tokenOf(events: readonly LockEvent[]): Fence | null {
  for (const event of events) {
    if ((event.kind === 'granted' || event.kind === 'accessed') && event.fence > 0) return event.fence;
    if (event.kind === 'answered' && event.result.ok && event.result.fence > 0) return event.result.fence;
  }
  return null;
}
