// One Spanner group in miniature, as its leader: read-write transactions under exclusive locks in the leader's memory, wound-wait,
// idle transactions that are aborted, and commits with a TrueTime timestamp. Sources: Corbett et al., "Spanner" (2012), sections 3
// and 4; cloud.google.com, "TrueTime and external consistency"; locks.md 1.6.
// TrueTime is the wall clock and a bound: true time is promised to lie within `clockUncertainty` of it. A commit gets a timestamp
// that surely lies ahead, and with `commitWait` it is not seen before it surely lies behind. What Paxos has accepted survives a
// change of the leader, a commit that still waits before all; locks and what is uncommitted do not.
// Left out: leases of the leader, which need TrueTime as well. With one actor for all leaders of a group a lie of the clock shows
// only between two groups (`replicas`); in the paper it would reach the locks of one. Also left out: shared locks, so who reads
// in a transaction asks FOR UPDATE; two-phase commit, since each transaction stays in one group; that an aborted transaction
// keeps its age when it is tried again; followers and snapshot reads.
import { accessNote } from '../resource.ts';
import { deadline, FOREVER, instantOf, isOver, later } from '../time.ts';
import type { Actor, BackendOptions, Command, Deadline, Instant, LocalClock, LockEvent, NodeId } from '../types.ts';
import { replicated } from './replicated.ts';
import type { Request, Statement } from './spanner-requests.ts';
import { change, endOf, type Found, find, NO_ROWS, type Rows, rowOf } from './spanner-rows.ts';

type Transaction = {
  readonly id: string;
  readonly who: NodeId;
  readonly key: string;
  /** What it locks; null while it has only begun. */
  readonly row: string | null;
  readonly phase: 'begun' | 'waits' | 'holds' | 'commits';
  /** The request that waits for its answer. */
  readonly tag: string | null;
  readonly statement: Statement | null;
  /** Its lock is somebody's lock, and not just in the way of a statement. */
  readonly named: boolean;
  readonly commit: { readonly at: Instant; readonly until: Deadline | null } | null;
};
type Group = {
  readonly rows: Rows;
  /** The oldest first. */
  readonly transactions: readonly Transaction[];
  /** Timestamps of a group only rise: the next may not lie before this. */
  readonly next: Deadline | null;
  /** Ids of what was committed: a commit that comes twice is not one that was aborted. */
  readonly committed: readonly string[];
};

const EMPTY: Group = { rows: NO_ROWS, transactions: [], next: null, committed: [] };

const NOTHING: Found = { rows: 0, value: 0, owner: null };

type Settings = Pick<BackendOptions, 'clockUncertainty' | 'commitWait' | 'idleTimeout'>;
type Draft = {
  group: Group;
  readonly self: NodeId;
  readonly clock: LocalClock;
  readonly settings: Settings;
  readonly commands: Command[];
};

export function spannerGroup(self: NodeId, options: BackendOptions): Actor {
  const { clockUncertainty, commitWait, idleTimeout } = options;
  const settings: Settings = { clockUncertainty, commitWait, idleTimeout };
  const react = (group: Group, clock: LocalClock, how: (draft: Draft) => void) => {
    const draft: Draft = { group, self, clock, settings, commands: [] };
    how(draft);
    return { state: draft.group, commands: draft.commands };
  };
  return replicated<Group>(
    {
      empty: EMPTY,
      serve: (group, from, body, clock) => react(group, clock, (draft) => receive(draft, from, body as Request)),
      timer: (group, key, clock) => react(group, clock, (draft) => ring(draft, key)),
      lead: (group, _why, clock) => react(group, clock, lead),
      timers: ({ transactions }) => transactions.flatMap(({ id }) => [idleKey(id), commitKey(id)]),
    },
    options.election,
  ) as Actor;
}

const idleKey = (id: string) => `idle ${id}`;
const commitKey = (id: string) => `commit wait ${id}`;

// ---- requests -----------------------------------------------------------------------------------------------------

function receive(draft: Draft, who: NodeId, request: Request): void {
  const { tag, id, key, rpc } = request;
  const known = draft.group.transactions.find((one) => one.id === id);
  const row = rpc === 'run' ? rowOf(request.statement, key) : 'n';
  const fresh: Transaction = {
    id,
    who,
    key,
    row: null,
    phase: 'begun',
    tag,
    statement: null,
    named: false,
    commit: null,
  };
  switch (rpc) {
    case 'begin':
      if (!known) put(draft, fresh);
      restartIdling(draft, id);
      answer(draft, who, tag, 'begun');
      break;
    case 'lock': {
      const asking: Transaction = { ...(known ?? fresh), tag, row, named: true };
      if (!known && !request.begins) answerAborted(draft, who, tag);
      else if (asking.phase === 'holds') answerLocked(draft, asking);
      else if (asking.phase !== 'commits') lockRow(draft, asking);
      break;
    }
    case 'read':
      if (known ? known.phase !== 'holds' : id !== '') answerAborted(draft, who, tag);
      else {
        if (known) extend(draft, known);
        const { n } = draft.group.rows;
        draft.commands.push(accessNote({ who, what: 'read', fence: 0, seen: 0, accepted: true, value: n }));
        answer(draft, who, tag, `n = ${n}`, { ...NOTHING, value: n });
      }
      break;
    case 'ping':
      if (known?.phase !== 'holds') answerAborted(draft, who, tag);
      else {
        extend(draft, known);
        answer(draft, who, tag, '1');
      }
      break;
    case 'commit':
      if (draft.group.committed.includes(id)) answer(draft, who, tag, 'committed', { ...NOTHING, rows: 1 });
      else if (known?.phase === 'holds') execute(draft, { ...known, tag, statement: request.statement });
      // It is under way, and is answered as it was asked last.
      else if (known?.phase === 'commits') put(draft, { ...known, tag });
      else {
        noteRefused(draft, who, request.statement);
        answerAborted(draft, who, tag);
      }
      break;
    case 'run':
      if (known) put(draft, { ...known, tag });
      else lockRow(draft, { ...fresh, row, statement: request.statement });
      break;
    case 'rollback':
      if (known && known.phase !== 'commits') leave(draft, known, who);
      break;
  }
}

function ring(draft: Draft, key: string): void {
  const { transactions } = draft.group;
  const idle = transactions.find(({ id }) => idleKey(id) === key);
  if (idle) leave(draft, idle, null);
  const waiting = transactions.find(({ id }) => commitKey(id) === key);
  if (waiting) waitUntilPast(draft, waiting);
}

/** A new leader has the log, in which commits are, and an empty table of locks. */
function lead(draft: Draft): void {
  const before = draft.group.transactions;
  draft.group = { ...draft.group, transactions: before.filter(({ phase }) => phase === 'commits') };
  for (const one of before) {
    if (one.phase === 'commits') waitUntilPast(draft, one);
    else {
      noteFreed(draft, one, null);
      if (one.phase === 'waits') answerAborted(draft, one.who, one.tag);
    }
  }
}

// ---- locks --------------------------------------------------------------------------------------------------------

/**
 * Wound-wait: who is older takes the lock from a younger holder, who is younger waits. So all waits go from young to old, and
 * there is no circle of them. The wounded one is not told; it finds out when it asks for something. A commit cannot be wounded.
 */
function lockRow(draft: Draft, one: Transaction): void {
  put(draft, { ...one, phase: 'waits' });
  stopIdling(draft, one.id);
  const { transactions } = draft.group;
  const holder = transactions.find((other) => other.row === one.row && other.id !== one.id && hasLock(other));
  const age = (id: string) => transactions.findIndex((other) => other.id === id);
  if (holder && holder.phase === 'holds' && age(one.id) < age(holder.id)) leave(draft, holder, null);
  else serveWaiting(draft, one.row);
}

function hasLock({ phase }: Transaction): boolean {
  return phase === 'holds' || phase === 'commits';
}

/** The oldest of those that wait is next. */
function serveWaiting(draft: Draft, row: string | null): void {
  const same = draft.group.transactions.filter((one) => one.row === row);
  const next = same.find(({ phase }) => phase === 'waits');
  if (!next || same.some(hasLock)) return;
  if (next.statement) execute(draft, next);
  else {
    const holding: Transaction = { ...next, phase: 'holds' };
    put(draft, holding);
    answerLocked(draft, holding);
  }
}

function answerLocked(draft: Draft, holding: Transaction): void {
  extend(draft, holding);
  const { n } = draft.group.rows;
  answer(draft, holding.who, holding.tag, `n = ${n}`, { ...NOTHING, value: n });
}

/** Something was asked in it, so it is not idle; the lock is on record for as long as it may now be. */
function extend(draft: Draft, { id, key, who, named }: Transaction): void {
  restartIdling(draft, id);
  const until = later(draft.clock.wall, draft.settings.idleTimeout);
  const event = { kind: 'granted', server: draft.self, key, who, fence: 0, until } as const;
  if (named) note(draft, event);
}

/** Its end, with its lock: by its own client, or (null) by the group. */
function leave(draft: Draft, one: Transaction, by: NodeId | null): void {
  drop(draft, one);
  noteFreed(draft, one, by);
  serveWaiting(draft, one.row);
}

// ---- commits ------------------------------------------------------------------------------------------------------

/** The statement runs under the lock; if it changes something, the change gets a timestamp that is surely ahead. */
function execute(draft: Draft, one: Transaction): void {
  const { clock, settings } = draft;
  const { statement, tag, who } = one;
  stopIdling(draft, one.id);
  const found = statement === null ? NOTHING : find(draft.group.rows, one.key, statement, clock.wall);
  if (statement === null || found.rows === 0) {
    noteRefused(draft, who, statement);
    answer(draft, who, tag, statement === null ? 'committed' : '0 rows', found);
    leave(draft, one, who);
    return;
  }
  const latest = later(clock.wall, settings.clockUncertainty);
  const { next } = draft.group;
  const at = next === null || isOver(next, latest) ? latest : instantOf(next);
  const committing: Transaction = { ...one, phase: 'commits', commit: { at, until: endOf(statement, clock.wall) } };
  put(draft, committing);
  draft.group = { ...draft.group, next: deadline(later(at, 1)) };
  if (settings.commitWait) waitUntilPast(draft, committing);
  else finish(draft, committing);
}

/** Commit wait: until even the earliest that the time may be lies behind the timestamp. The clock may have been set meanwhile. */
function waitUntilPast(draft: Draft, one: Transaction): void {
  const { clock, settings, commands } = draft;
  const past = later((one.commit as { readonly at: Instant }).at, settings.clockUncertainty + 1);
  const left = past.$at - clock.wall.$at;
  if (left <= 0) finish(draft, one);
  else commands.push({ do: 'setTimer', key: commitKey(one.id), after: [left, left] });
}

function finish(draft: Draft, one: Transaction): void {
  const { id, who, key, tag, statement, commit } = one;
  const { group, self: server } = draft;
  if (statement === null || commit === null) return;
  const { after, found, notes } = change(group.rows, { server, key, who, statement, until: commit.until });
  // A transaction of one message has no second one to be taken for.
  const committed = one.named ? [...group.committed, id].sort() : group.committed;
  draft.group = { ...group, rows: after, committed };
  note(draft, { kind: 'committed', server, who, timestamp: commit.at });
  draft.commands.push(...notes);
  answer(draft, who, tag, statement.run === 'update n' ? 'committed' : `1 row, fence ${found.value}`, found);
  leave(draft, one, who);
}

// ---- bookkeeping --------------------------------------------------------------------------------------------------

/** A new transaction is the youngest; one that is known keeps its age. */
function put(draft: Draft, one: Transaction): void {
  const { transactions } = draft.group;
  const known = transactions.some(({ id }) => id === one.id);
  const after = known ? transactions.map((other) => (other.id === one.id ? one : other)) : [...transactions, one];
  draft.group = { ...draft.group, transactions: after };
}

function drop(draft: Draft, { id }: Transaction): void {
  stopIdling(draft, id);
  draft.group = { ...draft.group, transactions: draft.group.transactions.filter((other) => other.id !== id) };
}

function restartIdling({ settings: { idleTimeout }, commands }: Draft, id: string): void {
  if (idleTimeout < FOREVER) commands.push({ do: 'setTimer', key: idleKey(id), after: [idleTimeout, idleTimeout] });
}

function stopIdling({ settings: { idleTimeout }, commands }: Draft, id: string): void {
  if (idleTimeout < FOREVER) commands.push({ do: 'cancelTimer', key: idleKey(id) });
}

function answer(draft: Draft, to: NodeId, tag: string | null, name: string, found: Found = NOTHING): void {
  const { rows, value, owner } = found;
  draft.commands.push({ do: 'send', to, name, body: { tag, aborted: false, rows, value, owner } });
}

function answerAborted({ commands }: Draft, to: NodeId, tag: string | null): void {
  commands.push({ do: 'send', to, name: 'ABORTED', body: { tag, aborted: true, rows: 0, value: 0, owner: null } });
}

function note({ commands }: Draft, event: LockEvent): void {
  commands.push({ do: 'note', event });
}

function noteFreed(draft: Draft, { key, who, named, phase }: Transaction, by: NodeId | null): void {
  if (!named || (phase !== 'holds' && phase !== 'commits')) return;
  const event = { kind: 'freed', server: draft.self, key, whose: who, fence: 0, by, rightful: true } as const;
  note(draft, event);
}

function noteRefused(draft: Draft, who: NodeId, statement: Statement | null): void {
  if (statement?.run !== 'update n') return;
  draft.commands.push(accessNote({ who, what: 'write', fence: 0, seen: 0, accepted: false, value: statement.to }));
}
