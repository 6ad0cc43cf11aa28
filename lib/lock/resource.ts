// The protected resource: one register with a number, and the only place where fencing can be enforced. It compares and
// applies in one step, as a database does with `UPDATE … WHERE token <= ?`. (Kleppmann, "How to do distributed locking", 2016.)
// 'reads-and-writes' also installs the token when a holder reads, so that an older holder is shut out from then on:
// Junqueira's "mark first", BookKeeper's fencing, HDFS's newEpoch. 'compare' asks for no token, only for the value that was
// read. The resource keeps no lock and knows no lease.
import { deadline, isOver } from './time.ts';
import type { Actor, Command, Fence, FencePolicy, Instant, NodeId } from './types.ts';

/** The resource is one node of every world whose lock server does not hold the data itself. */
export const RESOURCE: NodeId = 'store';

type Store = { readonly value: number; readonly seen: Fence };
type What = 'read' | 'write' | 'compareAndWrite';
export type StoreRequest = {
  readonly what: What;
  readonly expected: number;
  readonly value: number;
  readonly fence: Fence;
  readonly life: number;
  /** By wall clock; after it the sender no longer wants this done. */
  readonly expires: Instant | null;
};
/** `why` is null when the access was accepted. */
export type StoreReply = {
  readonly life: number;
  readonly value: number;
  readonly why: 'refused' | 'conflict' | null;
};

export function storeRequest(what: What, known: number, fence: Fence, life: number, expires: Instant | null): Command {
  const value = what === 'read' ? known : known + 1;
  const body: StoreRequest = { what, expected: known, value, fence, life, expires };
  const token = fence === 0 ? '' : ` (token ${fence})`;
  return { do: 'send', to: RESOURCE, name: `${accessName(what, known)}${token}`, body };
}

/** What a person calls an access: 'read', 'write 1', 'write 1 if 0'. */
export function accessName(what: What, known: number): string {
  if (what === 'read') return 'read';
  return what === 'write' ? `write ${known + 1}` : `write ${known + 1} if ${known}`;
}

/** For the observer: also noted by lock servers that hold the data themselves. */
export function accessNote(access: {
  readonly who: NodeId;
  readonly what: 'read' | 'write';
  readonly fence: Fence;
  readonly seen: Fence;
  readonly accepted: boolean;
  readonly value: number;
}): Command {
  return { do: 'note', event: { kind: 'accessed', ...access } };
}

export function resourceActor(policy: FencePolicy): Actor<Store> {
  return {
    on(state, input, clock) {
      const store = state ?? { value: 0, seen: 0 };
      if (input.kind !== 'message') return { state: store, commands: [] };
      return access(policy, store, input.from, input.body as StoreRequest, clock.wall);
    },
  };
}

function access(policy: FencePolicy, store: Store, who: NodeId, request: StoreRequest, wall: Instant) {
  const { what, fence, life } = request;
  const checked = policy === 'reads-and-writes' || (policy === 'writes' && what !== 'read');
  const stale = checked && fence < store.seen;
  const tooLate = request.expires !== null && isOver(deadline(request.expires), wall);
  const compares = what === 'compareAndWrite' || (policy === 'compare' && what === 'write');
  const conflict = !stale && !tooLate && compares && store.value !== request.expected;
  const accepted = !stale && !tooLate && !conflict;
  const value = accepted && what !== 'read' ? request.value : store.value;
  const seen = checked && !stale ? Math.max(fence, store.seen) : store.seen;
  const why = stale || tooLate ? 'refused' : conflict ? 'conflict' : null;
  const reply: StoreReply = { life, value, why };
  const name = stale
    ? `refused: token ${fence} < ${store.seen}`
    : tooLate
      ? 'refused: too late'
      : conflict
        ? `refused: value is ${store.value}`
        : what === 'read'
          ? `value ${value}`
          : `written ${value}`;
  const commands: Command[] = [
    accessNote({
      who,
      what: what === 'read' ? 'read' : 'write',
      fence,
      seen: store.seen,
      accepted,
      value: what === 'read' ? value : request.value,
    }),
    { do: 'send', to: who, name, body: reply },
  ];
  return { state: { value, seen }, commands };
}
