// The protected resource: one register with a number, and the only place where fencing can be enforced. It compares and
// applies in one step, as a database does with `UPDATE … WHERE token <= ?`. (Kleppmann, "How to do distributed locking", 2016.)
// 'reads-and-writes' also installs the token when a holder reads, so that an older holder is shut out from then on:
// Junqueira's "mark first", BookKeeper's fencing, HDFS's newEpoch. The resource keeps no lock and knows no lease.
import type { Actor, Command, Fence, FencePolicy, NodeId } from './types.ts';

/** The resource is one node of every world, under this name. */
export const RESOURCE: NodeId = 'store';

type Store = { readonly value: number; readonly seen: Fence };
type What = 'read' | 'write' | 'compareAndWrite';
export type StoreRequest = {
  readonly what: What;
  readonly expected: number;
  readonly value: number;
  readonly fence: Fence;
  readonly life: number;
};
/** `why` is null when the access was accepted. */
export type StoreReply = {
  readonly life: number;
  readonly value: number;
  readonly why: 'refused' | 'conflict' | null;
};

export function storeRequest(what: What, known: number, fence: Fence, life: number): Command {
  const value = what === 'read' ? known : known + 1;
  const token = fence === 0 ? '' : ` (token ${fence})`;
  const name =
    what === 'read'
      ? `read${token}`
      : what === 'write'
        ? `write ${value}${token}`
        : `write ${value} if ${known}${token}`;
  const body: StoreRequest = { what, expected: known, value, fence, life };
  return { do: 'send', to: RESOURCE, name, body };
}

export function resourceActor(policy: FencePolicy): Actor<Store> {
  return {
    on(state, input) {
      const store = state ?? { value: 0, seen: 0 };
      if (input.kind !== 'message') return { state: store, commands: [] };
      return access(policy, store, input.from, input.body as StoreRequest);
    },
  };
}

function access(policy: FencePolicy, store: Store, who: NodeId, request: StoreRequest) {
  const { what, fence, life } = request;
  const checked = policy === 'reads-and-writes' || (policy === 'writes' && what !== 'read');
  const refused = checked && fence < store.seen;
  const conflict = !refused && what === 'compareAndWrite' && store.value !== request.expected;
  const accepted = !refused && !conflict;
  const value = accepted && what !== 'read' ? request.value : store.value;
  const seen = checked && !refused ? Math.max(fence, store.seen) : store.seen;
  const reply: StoreReply = { life, value: store.value, why: refused ? 'refused' : conflict ? 'conflict' : null };
  const name = refused
    ? `refused: token ${fence} < ${store.seen}`
    : conflict
      ? `refused: value is ${store.value}`
      : what === 'read'
        ? `value ${value}`
        : `written ${value}`;
  const commands: Command[] = [
    {
      do: 'note',
      event: {
        kind: 'accessed',
        who,
        what: what === 'read' ? 'read' : 'write',
        fence,
        seen: store.seen,
        accepted,
        value: what === 'read' ? value : request.value,
      },
    },
    { do: 'send', to: who, name, body: { ...reply, value } },
  ];
  return { state: { value, seen }, commands };
}
