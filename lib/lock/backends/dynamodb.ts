// The DynamoDB lock client (awslabs, Java; locks.md 1.9): one item for each lock, changed by conditional writes alone. The table
// keeps no time: a waiter remembers the recordVersionNumber (RVN), waits for a whole lease by its own clock, and takes over if
// it is still the same; a heartbeat writes a new one. Real constants: lease 20 s, heartbeat 5 s. A holder counts from before it
// asked.
// The RVN is a random GUID: good for "is it unchanged?", useless for "which is later?". Options.token: 'none'; 'record-version'
// hands the RVN out as if it were a token, which is the mistake (one for each acquisition; the real one changes with each
// heartbeat too, so even its holder's does not stay the same); 'counter' is a number of one's own in the item, one more with
// each acquiring write, kept by a release that marks the item instead of deleting it.
// Left out, since no claim is about them: sort keys, data in the item, `holdLockOnServiceUnavailable`, the copies of a partition
// (servers/replicated.ts).
import { type Ask, conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import { replicated } from '../servers/replicated.ts';
import { deadline, instantOf, isOver, later } from '../time.ts';
import type {
  Actor,
  Backend,
  BackendOptions,
  Command,
  Deadline,
  Fence,
  Json,
  LocalClock,
  LockResult,
  Ms,
  NodeId,
  Reaction,
} from '../types.ts';

export const TABLE: NodeId = 'dynamodb';

type Attributes = {
  readonly owner: string;
  readonly rvn: string;
  readonly lease: Ms;
  readonly released: boolean;
  /** The token, if there is one: a count, or what the GUID of the acquisition looks like as a number. */
  readonly number: number;
};
/** A write is done only `if` the item is as it says: not there, of this RVN, or of this owner and RVN; null always. */
type Condition = 'none' | { readonly rvn: string } | { readonly owner: string; readonly rvn: string } | null;
export type Request = { readonly tag: string | null; readonly key: string } & (
  | { readonly action: 'GetItem' }
  | { readonly action: 'PutItem'; readonly item: Attributes; readonly if: Condition }
  /** Leaves all other attributes as they are. */
  | { readonly action: 'UpdateItem'; readonly set: Partial<Attributes>; readonly if: Condition }
  | { readonly action: 'DeleteItem'; readonly if: Condition }
);
export type Answer =
  | { readonly outcome: 'read'; readonly item: Attributes | null }
  | { readonly outcome: 'done'; readonly number: number }
  | { readonly outcome: 'condition failed' };

// ---- the table ------------------------------------------------------------------------------------------------------

/** `client` is for the observer alone; no decision below looks at it. */
type Item = Attributes & { readonly client: NodeId };
type Table = {
  readonly items: { readonly [key: string]: Item };
  /** Acquiring writes that drew a GUID which is taken for a number; not counted where nobody does. */
  readonly guids: number;
};

function serve(
  table: Table,
  from: NodeId,
  request: Request,
  clock: LocalClock,
  token: BackendOptions['token'],
): Reaction<Table> {
  const { tag, key } = request;
  const before = table.items[key];
  const answer = (after: Table, name: string, body: Answer, notes: readonly Command[] = []): Reaction<Table> => ({
    state: after,
    commands: [...notes, { do: 'send', to: from, name, body: { tag, ...body } }],
  });
  if (request.action === 'GetItem') {
    if (!before) return answer(table, 'no item', { outcome: 'read', item: null });
    const { client: _unknown, ...item } = before;
    const name = item.released ? `item released rvn ${item.rvn}` : `item of ${item.owner} rvn ${item.rvn}`;
    return answer(table, name, { outcome: 'read', item });
  }
  if (!isMet(request.if, before)) return answer(table, 'ConditionalCheckFailed', { outcome: 'condition failed' });
  if (request.action === 'DeleteItem') {
    const { [key]: _gone, ...items } = table.items;
    return answer(
      { ...table, items },
      'deleted',
      { outcome: 'done', number: 0 },
      changeOfOwner(key, before, null, from),
    );
  }
  const written = request.action === 'PutItem' ? request.item : before && { ...before, ...request.set };
  // The library never updates without a condition, so there is always an item to update.
  if (!written) return answer(table, 'ConditionalCheckFailed', { outcome: 'condition failed' });
  const draws = token === 'record-version' && request.action === 'PutItem';
  const guids = table.guids + (draws ? 1 : 0);
  const { owner, rvn, lease, released } = written;
  const number = draws ? scrambled(guids) : written.number;
  const after: Item = { owner, rvn, lease, released, number, client: from };
  const until = later(clock.wall, lease);
  const granted: Command = {
    do: 'note',
    event: { kind: 'granted', server: TABLE, key, who: from, fence: number, until },
  };
  return answer({ items: { ...table.items, [key]: after }, guids }, 'OK', { outcome: 'done', number }, [
    ...changeOfOwner(key, before, after, from),
    ...(released ? [] : [granted]),
  ]);
}

/**
 * What a GUID looks like as a number: different for each acquisition, and in no order. The client draws it in the real one.
 * Here the table does, from a fixed sequence, since neither chance nor the name of a client may decide anything.
 */
function scrambled(count: number): number {
  return (count * 7919) % 9973;
}

function isMet(condition: Condition, item: Item | undefined): boolean {
  if (condition === null) return true;
  if (condition === 'none') return item === undefined;
  if (item?.rvn !== condition.rvn) return false;
  return !('owner' in condition) || item.owner === condition.owner;
}

/** Nothing expires in the table: an old lock is over when somebody else puts an item in its place. */
function changeOfOwner(key: string, before: Item | undefined, after: Item | null, from: NodeId): readonly Command[] {
  if (!before || before.released || (isSame(before, after) && !after?.released)) return [];
  const by = after === null || after.released ? from : null;
  const { client: whose, number: fence } = before;
  const rightful = by === null || by === whose;
  return [{ do: 'note', event: { kind: 'freed', server: TABLE, key, whose, fence, by, rightful } }];
}

/** A holder that waits for its own forgotten lease to end, and takes it again, has been granted the lock twice. */
function isSame(before: Item, after: Item | null): boolean {
  return before.owner === after?.owner && before.number === after.number;
}

// ---- the lock client ------------------------------------------------------------------------------------------------

type Own = {
  readonly key: string;
  /** A host name and a GUID in the real one; here new with each acquisition. */
  readonly owner: string;
  readonly renews: boolean;
  /** The RVN that it saw last, and when that will have stood unchanged for a whole lease. */
  readonly seen: { readonly rvn: string; readonly freeFrom: Deadline } | null;
  /** When an acquiring write was sent that was never answered. */
  readonly putAt: Deadline | null;
  readonly putting: boolean;
  readonly rvn: string;
  readonly number: Fence;
  /** Record versions that it has drawn: one for each acquiring write and for each heartbeat. */
  readonly drawn: number;
  /** The end of its lease by its own clock, once it has one. */
  readonly until: Deadline | null;
};

function recipe(options: BackendOptions): Recipe<Own, Answer> {
  const { token, onTimeout } = options;
  const releases = howToRelease(options);
  const get = (own: Own): Next<Own> => ({
    do: 'ask',
    own: { ...own, putting: false },
    step: 'get',
    asks: [getOf(own)],
  });

  const hold = (own: Own, from: Turn['sentAt'], ttl: Ms): Next<Own> => {
    const validUntil = later(from, ttl);
    const held: Own = { ...own, seen: null, putAt: null, putting: false, until: deadline(validUntil) };
    return { do: 'end', own: held, result: { ok: true, fence: held.number, validUntil } };
  };

  /** One round of acquireLock. */
  const consider = (own: Own, item: Attributes | null, ttl: Ms, { clock }: Turn): Next<Own> => {
    const put = (number: Fence, condition: Condition, name: string): Next<Own> => {
      const mine: Own = { ...withNewVersion(own), number: token === 'counter' ? number : 0, putting: true };
      const body = { action: 'PutItem', key: own.key, item: itemOf(mine, ttl), if: condition as Json };
      return { do: 'ask', own: mine, step: 'put', asks: [{ to: TABLE, name, body }] };
    };
    if (item === null) return put(1, 'none', `PutItem ${own.key} ${own.owner} if none`);
    const takeOver = () =>
      put(item.number + 1, { rvn: item.rvn }, `PutItem ${own.key} ${own.owner} if rvn ${item.rvn}`);
    if (item.released) return takeOver();
    if (onTimeout === 'ask-whose' && item.owner === own.owner && own.putAt !== null) {
      return hold({ ...own, rvn: item.rvn, number: item.number }, instantOf(own.putAt), ttl);
    }
    // It may be its own, which the library does not look at.
    const wait = (waiting: Own): Next<Own> =>
      item.owner === own.owner ? { do: 'again', own: waiting, refused: DOUBT } : { do: 'again', own: waiting };
    if (own.seen?.rvn !== item.rvn) {
      return wait({ ...own, seen: { rvn: item.rvn, freeFrom: deadline(later(clock.monotonic, item.lease)) } });
    }
    return isOver(own.seen.freeFrom, clock.monotonic) ? takeOver() : wait(own);
  };

  const change = (own: Own, { op, clock }: Turn): Next<Own> => {
    if (op.op === 'release') return { do: 'ask', own, step: 'release', asks: [releases(own)] };
    const over = own.until === null || isOver(own.until, clock.monotonic);
    if (op.op !== 'extend' || over) return { do: 'end', own, result: LOST };
    return { do: 'ask', own, step: 'extend', asks: [beatOf(own, op.ttl)] };
  };

  return {
    begin(own, turn) {
      const { op, unique } = turn;
      if (op.op === 'acquire') {
        const none = { seen: null, putAt: null, putting: false, rvn: '', number: 0, drawn: 0, until: null };
        return get(own ?? { key: op.key, owner: unique, renews: op.renew !== undefined, ...none });
      }
      if (own === null) throw new Error(`a lock client cannot ${op.op} before it asks for the lock`);
      return change(own, turn);
    },

    heard(own, answer, _from, turn) {
      const { op, sentAt } = turn;
      if (op.op === 'acquire') {
        if (answer.outcome === 'read') return consider(own, answer.item, op.ttl, turn);
        if (answer.outcome === 'done') return hold({ ...own, number: answer.number }, sentAt, op.ttl);
        return { do: 'again', own: { ...own, putting: false } };
      }
      if (answer.outcome === 'read') {
        if (answer.item?.owner !== own.owner || answer.item.released) return { do: 'end', own, result: LOST };
        return change({ ...own, rvn: answer.item.rvn, drawn: own.drawn + 1 }, turn);
      }
      // The library lets a heartbeat in flight come home before it touches the item; reading again comes to the same.
      if (answer.outcome === 'condition failed') return own.renews ? get(own) : { do: 'end', own, result: LOST };
      if (op.op === 'extend') return hold(withNewVersion(own), sentAt, op.ttl);
      return { do: 'end', own, result: { ok: true, fence: own.number, validUntil: null } };
    },

    unanswered(own, { op, sentAt }) {
      if (op.op === 'acquire' && onTimeout !== 'give-up') {
        const putAt = own.putAt ?? (own.putting ? deadline(sentAt) : null);
        return { do: 'again', after: 0, own: { ...own, putAt }, refused: DOUBT };
      }
      return { do: 'end', own, result: DOUBT };
    },

    // An expired lease is not kept alive: a heartbeat that revived it would hide that it was over.
    renewal: (own, ttl, _unique, clock) =>
      own.until === null || isOver(own.until, clock.monotonic) ? [] : [beatOf(own, ttl)],

    renewed(own, answer, _from, { sentAt, ttl }) {
      if (answer.outcome !== 'done') return { own, news: { kind: 'lost' } };
      const validUntil = later(sentAt, ttl);
      return { own: { ...withNewVersion(own), until: deadline(validUntil) }, news: { kind: 'renewed', validUntil } };
    },
  };
}

const LOST: LockResult = { ok: false, why: 'lost', definite: true };
const DOUBT: LockResult = { ok: false, why: 'timeout', definite: false };

function itemOf({ owner, rvn, number }: Own, lease: Ms): Attributes {
  return { owner, rvn, lease, released: false, number };
}

/** A GUID in the real one. No two writes may have the same, or a waiter would take a new lease for the old one. */
function withNewVersion(own: Own): Own {
  const { owner, drawn } = own;
  return { ...own, drawn: drawn + 1, rvn: drawn === 0 ? owner : `${owner}.${drawn}` };
}

function getOf({ key }: Own): Ask {
  return { to: TABLE, name: `GetItem ${key}`, body: { action: 'GetItem', key } };
}

function beatOf(own: Own, lease: Ms): Ask {
  const { key, owner, rvn } = own;
  const next = withNewVersion(own);
  const name = `UpdateItem ${key} rvn ${next.rvn} if ${rvn}`;
  return { to: TABLE, name, body: { action: 'UpdateItem', key, set: { rvn: next.rvn, lease }, if: { owner, rvn } } };
}

function howToRelease({ release, token }: BackendOptions) {
  return (own: Own): Ask => releaseOf(own, release, token);
}

function releaseOf({ key, owner, rvn }: Own, release: BackendOptions['release'], token: BackendOptions['token']): Ask {
  if (release === 'delete')
    return { to: TABLE, name: `DeleteItem ${key}`, body: { action: 'DeleteItem', key, if: null } };
  if (token !== 'counter') {
    const name = `DeleteItem ${key} if ${rvn}`;
    return { to: TABLE, name, body: { action: 'DeleteItem', key, if: { owner, rvn } } };
  }
  const name = `UpdateItem ${key} released if ${rvn}`;
  return { to: TABLE, name, body: { action: 'UpdateItem', key, set: { released: true }, if: { owner, rvn } } };
}

export const dynamodb: Backend = {
  id: 'dynamodb',
  title: 'DynamoDB lock client',
  knobs: ['release', 'token'],
  tokens: ({ token }) => (token === 'none' ? 'none' : token === 'counter' ? 'rising' : 'unordered'),
  expires: () => true,
  timedByClients: true,
  problems: ({ release, token }) =>
    release === 'delete' && token === 'counter'
      ? ['a counter in the item does not survive a release that deletes it']
      : [],
  servers: ({ token }) => ({
    [TABLE]: replicated<Table>(
      {
        empty: { items: {}, guids: 0 },
        serve: (table, from, body, clock) => serve(table, from, body as Json as Request, clock, token),
      },
      0,
    ) as Actor,
  }),
  client: (options) => conversation(recipe(options), options),
};
