// The run in words, one row for each step: the text equivalent of the picture, the announcement for a screen reader and the
// line under the timeline are all this. Derived from moves and events; nothing here looks inside a node.
import { answerOf } from './program-state.ts';
import { FOREVER } from './time.ts';
import type { Fence, LockEvent, Ms, NodeId, PropertyId, Scenario, Step, Trace, World } from './types.ts';
import { outcomeWords } from './words.ts';

export type Row = {
  /** How many steps have been made when this has happened; 0 is the start. */
  readonly position: number;
  readonly at: Ms;
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

function tell(step: Step, before: World, scenario: Scenario): Pick<Row, 'who' | 'what' | 'token'> {
  const { move, world, events } = step;
  const clauses: string[] = [];
  let who: NodeId | null = null;
  if (move.kind === 'take') {
    const taken = before.pending.find(({ id }) => id === move.id);
    who = taken?.to ?? null;
    if (taken?.input.kind === 'message') clauses.push(`gets “${taken.name}” from ${taken.input.from}`);
    else if (taken?.input.kind === 'timer') clauses.push(`wakes up: ${taken.name}`);
    else if (taken?.name.endsWith('?')) clauses.push(`asks: ${taken.name} ${answerOf(before, world, taken.to)}`);
    else if (taken) clauses.push(`runs: ${taken.name}`);
  } else if ('node' in move.fault) {
    who = move.fault.node;
  }
  for (const event of events) clauses.push(...eventClauses(event, scenario));
  for (const pending of world.pending) {
    if (pending.id < before.nextId || pending.input.kind !== 'message') continue;
    clauses.push(
      `${clauses.some((clause) => clause.startsWith('gets')) ? 'answers' : 'sends'} “${pending.name}” to ${pending.to}`,
    );
  }
  return { who, what: clauses.length > 0 ? clauses.join('; ') : move.label, token: tokenOf(events) };
}

function eventClauses(event: LockEvent, scenario: Scenario): string[] {
  switch (event.kind) {
    case 'asked':
      return [];
    case 'answered': {
      const { op, result } = event;
      if (op === 'release')
        return [result.ok ? 'has given the lock back' : 'learns that the lock was no longer its own'];
      if (result.ok) {
        const token = result.fence === 0 ? '' : ` with token ${result.fence}`;
        return [op === 'extend' ? 'has its lease extended' : `believes that it holds the lock${token}`];
      }
      if (result.why === 'timeout') return ['hears nothing in time and cannot know whether it was done'];
      return [result.why === 'held' ? 'learns that somebody else holds the lock' : 'learns that it has lost the lock'];
    }
    case 'left':
      return ['stops believing that it holds the lock'];
    case 'granted':
      if (event.until.$at >= FOREVER) return [`gives the lock to ${event.who}`];
      return [`leases the lock to ${event.who} until ${event.until.$at} ms`];
    case 'freed':
      if (event.by === null) return [`finds that ${event.whose}’s lease is over`];
      return event.rightful
        ? [`deletes ${event.whose}’s lock`]
        : [`deletes the lock, which is ${event.whose}’s, because ${event.by} asked for it`];
    case 'accessed': {
      const thing = event.what === 'read' ? 'read' : 'write';
      if (!event.accepted && event.fence < event.seen) {
        return [`refuses the ${thing}: token ${event.fence} is lower than ${event.seen}`];
      }
      if (!event.accepted) return [`refuses the ${thing}: the value has changed`];
      return [event.what === 'read' ? `reads ${event.value}` : `writes ${event.value}`];
    }
    case 'committed':
      return [`commits ${event.who}’s transaction at timestamp ${event.timestamp.$at}`];
    case 'finished':
      return [`ends: ${outcomeWords(scenario, event.outcome)}`];
    case 'paused':
      return [`is paused until ${event.until.$at} ms and does not notice`];
    case 'crashed':
      return ['crashes'];
    case 'restarted':
      return ['starts again'];
    case 'failedOver':
      return ['fails over'];
    case 'disconnected':
      return ['loses its connection'];
    case 'cut':
      return ['is cut off'];
    case 'healed':
      return ['the network is whole again'];
    case 'jumped':
      return [`has its clock set ${event.by < 0 ? `back ${-event.by}` : `forward ${event.by}`} ms`];
    case 'drifted':
      return [`has a clock that ticks ${event.rate[0]} in ${event.rate[1]} ms`];
    case 'delayed':
      return [`“${event.name}” from ${event.from} to ${event.to} is late`];
    case 'duplicated':
      return [`“${event.name}” from ${event.from} to ${event.to} is doubled`];
    case 'lost':
      return [`loses “${event.name}” on its way to ${event.to}`];
  }
}

function tokenOf(events: readonly LockEvent[]): Fence | null {
  for (const event of events) {
    if ((event.kind === 'granted' || event.kind === 'accessed') && event.fence > 0) return event.fence;
    if (event.kind === 'answered' && event.result.ok && event.result.fence > 0) return event.result.fence;
  }
  return null;
}
