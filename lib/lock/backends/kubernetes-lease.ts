// A Kubernetes Lease, as client-go's leader election uses it (leaderelection.go; locks.md 1.10): one object, changed only with the
// resourceVersion that was read. The server keeps no time: a candidate notes by its own clock when it last saw the record change,
// and takes over a leaseDuration (`ttl`) later, so clocks may disagree, though not about rates. The leader renews, and stops when
// `renewDeadline` has passed since it last asked with success. (client-go counts its 10 s of 15 from the first try that fails, 2 s
// later and from an answer: the same margin, smaller.) The token is leaseTransitions + 1, as the first holder's 0 is no token
// here.
// It rises with each change of holder: not when an identity takes its own lease again, and from 1 if the Lease was deleted.
// Left out, since no claim is about them: watches, renewTime and acquireTime (nobody compares them), etcd's quorum
// (replicated.ts).
import { conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import { replicated } from '../servers/replicated.ts';
import { deadline, FOREVER, isOver, later } from '../time.ts';
import type {
  Actor,
  Backend,
  BackendOptions,
  Command,
  Deadline,
  Fence,
  Instant,
  Json,
  LocalClock,
  LockResult,
  Ms,
  NodeId,
  Reaction,
} from '../types.ts';

export const API_SERVER: NodeId = 'apiserver';

/** What of `spec` a candidate writes. An empty holder is a lease that was given back. */
type Spec = { readonly holder: string; readonly ttl: Ms; readonly transitions: number };
export type Request = { readonly tag: string | null; readonly key: string } & (
  | { readonly verb: 'get' | 'delete' }
  | ({ readonly verb: 'create' } & Spec)
  | ({ readonly verb: 'update'; readonly version: number } & Spec)
);
type Seen = Spec & { readonly version: number };
export type Answer =
  | { readonly outcome: 'read'; readonly lease: Seen | null }
  | { readonly outcome: 'written'; readonly version: number }
  | { readonly outcome: 'missing' | 'conflict' };

// ---- the API server -------------------------------------------------------------------------------------------------

/** `client` and `until` are for the observer alone: no server knows them, and no decision below looks at them. */
type Lease = Spec & { readonly version: number; readonly client: NodeId };
/** `revision` is etcd's: one count for all objects, so that an object that is made anew never has an old version. */
type Store = { readonly revision: number; readonly leases: { readonly [key: string]: Lease } };

function serve(store: Store, from: NodeId, request: Request, clock: LocalClock): Reaction<Store> {
  const { tag, key } = request;
  const before = store.leases[key];
  const answer = (after: Store, name: string, body: Answer, commands: readonly Command[] = []) => ({
    state: after,
    commands: [...commands, { do: 'send', to: from, name, body: { tag, ...body } } as Command],
  });
  const write = (spec: Spec) => {
    const version = store.revision + 1;
    const { holder, ttl, transitions } = spec;
    const after: Lease = { holder, ttl, transitions, version, client: from };
    const state = { revision: version, leases: { ...store.leases, [key]: after } };
    return answer(state, `${before ? 200 : 201} rv ${version}`, { outcome: 'written', version }, [
      ...changeOfHolder(key, before, after, from),
      ...(holder === '' ? [] : [granted(key, after, later(clock.wall, ttl))]),
    ]);
  };

  switch (request.verb) {
    case 'get': {
      if (!before) return answer(store, '404', { outcome: 'read', lease: null });
      const { holder, ttl, transitions, version } = before;
      const name = `200 holder ${holder === '' ? '-' : holder} rv ${version}`;
      return answer(store, name, { outcome: 'read', lease: { holder, ttl, transitions, version } });
    }
    case 'create':
      return before ? answer(store, '409 already exists', { outcome: 'conflict' }) : write(request);
    case 'update':
      if (!before) return answer(store, '404', { outcome: 'missing' });
      return before.version === request.version
        ? write(request)
        : answer(store, '409 conflict', { outcome: 'conflict' });
    case 'delete': {
      if (!before) return answer(store, '404', { outcome: 'missing' });
      const { [key]: _gone, ...leases } = store.leases;
      return answer(
        { ...store, leases },
        '200 deleted',
        { outcome: 'written', version: 0 },
        changeOfHolder(key, before, null, from),
      );
    }
  }
}

/** Nothing expires at the server: an old lease is over when somebody else writes over it. */
function changeOfHolder(key: string, before: Lease | undefined, after: Lease | null, from: NodeId): readonly Command[] {
  if (!before || before.holder === '' || before.holder === after?.holder) return [];
  const { client: whose } = before;
  const by = after === null || after.holder === '' ? from : null;
  const rightful = by === null || by === whose;
  const fence = tokenOf(before);
  return [{ do: 'note', event: { kind: 'freed', server: API_SERVER, key, whose, fence, by, rightful } }];
}

function granted(key: string, lease: Lease, until: Instant): Command {
  const { client: who } = lease;
  return { do: 'note', event: { kind: 'granted', server: API_SERVER, key, who, fence: tokenOf(lease), until } };
}

function tokenOf({ transitions }: Pick<Spec, 'transitions'>): Fence {
  return transitions + 1;
}

// ---- the candidate --------------------------------------------------------------------------------------------------

type Own = {
  readonly key: string;
  /** hostname_uuid in the real one: new with each process, here with each acquisition. */
  readonly identity: string;
  /** Does it renew? Then the deadline of renewals binds it. */
  readonly renews: boolean;
  /** The version that it saw last, and when that will have stood unchanged for a whole lease. */
  readonly seen: { readonly version: number; readonly freeFrom: Deadline } | null;
  /** What it writes next, and the version that must still be there. `version` is null if that is not known any more. */
  readonly version: number | null;
  readonly transitions: number;
};

function recipe(options: BackendOptions): Recipe<Own, Answer> {
  const { renewDeadline } = options;
  const get = (own: Own): Next<Own> => ({ do: 'ask', own, step: 'get', asks: [getOf(own)] });
  const put = (own: Own, ttl: Ms): Next<Own> => ({ do: 'ask', own, step: 'update', asks: [updateOf(own, ttl)] });
  const giveBack = (own: Own): Next<Own> => ({ do: 'ask', own, step: 'release', asks: [emptyOf(own)] });

  const believesUntil = ({ renews }: Own, sentAt: Instant, ttl: Ms): Instant =>
    later(sentAt, renews ? Math.min(ttl, renewDeadline) : ttl);
  /** Length of the time that a leader has left to renew. */
  const alarm = ({ renews }: Own, sentAt: Instant, clock: LocalClock): { readonly alarm?: Ms } => {
    if (!renews || renewDeadline >= FOREVER) return {};
    return { alarm: Math.max(0, later(sentAt, renewDeadline).$at - clock.monotonic.$at) };
  };
  const hold = (own: Own, ttl: Ms, { sentAt, clock }: Turn): Next<Own> => ({
    do: 'end',
    own,
    ...alarm(own, sentAt, clock),
    result: { ok: true, fence: tokenOf(own), validUntil: believesUntil(own, sentAt, ttl) },
  });

  /** Steps 2 to 5 of tryAcquireOrRenew. */
  const consider = (own: Own, lease: Seen | null, { op, clock }: Turn): Next<Own> => {
    if (op.op !== 'acquire') return { do: 'listen', own };
    if (lease === null) {
      const body = { verb: 'create', key: own.key, holder: own.identity, ttl: op.ttl, transitions: 0 };
      const name = `create lease/${own.key} holder ${own.identity}`;
      return { do: 'ask', own: { ...own, transitions: 0 }, step: 'create', asks: [{ to: API_SERVER, name, body }] };
    }
    const { holder, ttl, transitions, version } = lease;
    // Its own name, after an answer that was lost (F7): it is the holder, and no transition.
    if (holder === own.identity) return put({ ...own, version, transitions }, op.ttl);
    const mine: Own = { ...own, version, transitions: transitions + 1 };
    if (holder === '') return put(mine, op.ttl);
    if (own.seen?.version !== version) {
      return { do: 'again', own: { ...own, seen: { version, freeFrom: deadline(later(clock.monotonic, ttl)) } } };
    }
    return isOver(own.seen.freeFrom, clock.monotonic) ? put(mine, op.ttl) : { do: 'again', own };
  };

  return {
    begin(own, { op, unique }) {
      if (op.op === 'acquire') {
        const { key, renew } = op;
        const fresh: Own = {
          key,
          identity: unique,
          renews: renew !== undefined,
          seen: null,
          version: null,
          transitions: 0,
        };
        return get(own ?? fresh);
      }
      if (own === null || (op.op !== 'extend' && op.op !== 'release'))
        throw new Error(`a candidate cannot ${op.op} before it asks for the lease`);
      if (op.op === 'extend') return own.version === null ? get(own) : put(own, op.ttl);
      if (options.release === 'delete') {
        const body = { verb: 'delete', key: own.key };
        return { do: 'ask', own, asks: [{ to: API_SERVER, name: `delete lease/${own.key}`, body }] };
      }
      return own.version === null ? get(own) : giveBack(own);
    },

    heard(own, answer, _from, turn) {
      const { op } = turn;
      switch (answer.outcome) {
        case 'read': {
          if (op.op === 'acquire') return consider(own, answer.lease, turn);
          if (answer.lease?.holder !== own.identity) return { do: 'end', own, result: LOST };
          const known: Own = { ...own, version: answer.lease.version };
          return op.op === 'extend' ? put(known, op.ttl) : giveBack(known);
        }
        case 'written': {
          const held: Own = { ...own, version: answer.version, seen: null };
          if (op.op === 'acquire' || op.op === 'extend') return hold(held, op.ttl, turn);
          return { do: 'end', own, result: { ok: true, fence: tokenOf(own), validUntil: null } };
        }
        default:
          if (op.op === 'acquire') return { do: 'again', own };
          // Somebody has written in between, and that may have been a renewal of its own.
          return answer.outcome === 'conflict' ? get(own) : { do: 'end', own, result: LOST };
      }
    },

    unanswered(own, { op }) {
      if (op.op === 'acquire' && options.onTimeout !== 'give-up') return { do: 'again', after: 0, own, refused: DOUBT };
      return { do: 'end', own, result: DOUBT };
    },

    renewal: (own, ttl) => [own.version === null ? getOf(own) : updateOf(own, ttl)],

    renewed(own, answer, _from, { sentAt, ttl, clock }) {
      if (answer.outcome === 'written') {
        const validUntil = believesUntil(own, sentAt, ttl);
        return {
          own: { ...own, version: answer.version },
          ...alarm(own, sentAt, clock),
          news: { kind: 'renewed', validUntil },
        };
      }
      // The next try reads first. A leader that sees another's name goes on until its deadline, as in client-go.
      const mine = answer.outcome === 'read' && answer.lease?.holder === own.identity;
      return { own: { ...own, version: mine ? (answer.lease?.version ?? null) : null } };
    },

    alarm: (own) => ({ own, news: { kind: 'lost' } }),
  };
}

const LOST: LockResult = { ok: false, why: 'lost', definite: true };
const DOUBT: LockResult = { ok: false, why: 'timeout', definite: false };

function getOf({ key }: Own) {
  return { to: API_SERVER, name: `get lease/${key}`, body: { verb: 'get', key } };
}

function updateOf({ key, identity, version, transitions }: Own, ttl: Ms) {
  const name = `update lease/${key} holder ${identity} if rv ${version}`;
  return { to: API_SERVER, name, body: { verb: 'update', key, version, holder: identity, ttl, transitions } };
}

function emptyOf({ key, version, transitions }: Own) {
  const name = `update lease/${key} holder - if rv ${version}`;
  return { to: API_SERVER, name, body: { verb: 'update', key, version, holder: '', ttl: 0, transitions } };
}

export const kubernetesLease: Backend = {
  id: 'kubernetes-lease',
  title: 'Kubernetes Lease',
  knobs: ['release', 'renewDeadline'],
  defaults: { renewDeadline: 20 },
  tokens: ({ release }) => (release === 'delete' ? 'unordered' : 'rising'),
  expires: () => true,
  timedByClients: true,
  failover: () => ({ [API_SERVER]: API_SERVER }),
  problems: ({ renewDeadline }) =>
    renewDeadline > 0 ? [] : ['renewDeadline must be above 0, or a leader stops before it can renew'],
  servers: () => ({
    [API_SERVER]: replicated<Store>(
      {
        empty: { revision: 0, leases: {} },
        serve: (store, from, body, clock) => serve(store, from, body as Json as Request, clock),
      },
      0,
    ) as Actor,
  }),
  client: (options) => conversation(recipe(options), options),
};
