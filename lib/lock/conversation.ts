// A lock client talks to its servers: it asks, waits for the answer, backs off, asks again, and keeps its lease alive beside
// that. This is the same in every backend and full of traps (an answer that comes too late, a timeout that proves nothing, a
// renewal in flight while the lock is given back), so it is written once. What is asked, and what an answer means, is the
// backend's `Recipe`: a handful of pure functions that read like the protocol.
// Left out: more than one operation at a time. A client has one lock and one thread of work.
import { deadline, FOREVER, isOver, later } from './time.ts';
import type {
  BackendOptions,
  Command,
  DataOp,
  DataResult,
  Deadline,
  Instant,
  Json,
  LocalClock,
  LockClient,
  LockOp,
  LockReaction,
  LockResult,
  Ms,
  News,
  NodeId,
  Window,
} from './types.ts';

/** One request. `body` travels with the tag that its answer must carry; `after` is for one that crosses no network. */
export type Ask = {
  readonly to: NodeId;
  readonly name: string;
  readonly body: { readonly [key: string]: Json };
  readonly after?: Window;
};

/** What a recipe is told about the operation that it serves. */
export type Turn<Op = LockOp | DataOp> = {
  readonly op: Op;
  readonly clock: LocalClock;
  /** The random value of this acquisition; the same for all operations on it. */
  readonly unique: string;
  /** When the requests that are being answered were sent, by the client's monotonic clock. */
  readonly sentAt: Instant;
  /** A request of this operation has gone unanswered, so it may have been carried out already. */
  readonly inDoubt: boolean;
};

/** What a client does next. `own` is the backend's own memory; it begins as null with each acquisition. */
export type Next<S> = {
  readonly own: S;
  /** Sent along with whatever comes next, without waiting for an answer. */
  readonly tell?: readonly Ask[];
  /** The lease or session runs from now on, although the operation is not over: begin to keep it alive. */
  readonly keepAlive?: true;
  /** Wakes the client after so long (`alarm` of the recipe), in place of any alarm that was set before; null: never. */
  readonly alarm?: Ms | null;
} & (
  | {
      readonly do: 'ask';
      readonly asks: readonly Ask[];
      /** Tells the steps of one operation apart, so that a late or doubled answer to one is not taken for the next one's. */
      readonly step?: string;
      /** The answer may take as long as the lock is held by others, so no timeout runs. */
      readonly queued?: true;
      /** The server may take so much longer to answer than it usually does. */
      readonly longer?: Ms;
    }
  /** Not all answers to what was asked are here. */
  | { readonly do: 'listen' }
  /** All are here; now a message must come that answers nothing, such as a watch event. It may take any time. */
  | { readonly do: 'wait' }
  /**
   * Somebody else holds the lock: back off (or for `after`) and begin again. Once the client's patience is over it ends instead,
   * and `farewell` is sent, such as the end of a session that nobody needs any more. `refused` says why, if not for that.
   */
  | {
      readonly do: 'again';
      readonly after?: Ms;
      readonly farewell?: readonly Ask[];
      readonly refused?: LockResult;
    }
  | { readonly do: 'end'; readonly result: LockResult }
  | { readonly do: 'answer'; readonly data: DataResult }
);

/** What a message or an alarm that belongs to no operation has changed. */
export type Aside<S> = { readonly own: S; readonly news?: News; readonly alarm?: Ms | null };

export type Recipe<S extends Json, B extends Json = Json> = {
  /** Begins an operation, or begins it again after a back-off. `own` is null at the first try of an acquisition. */
  begin(own: S | null, turn: Turn): Next<S>;
  /** An answer to what was asked last. */
  heard(own: S, answer: B, from: NodeId, turn: Turn): Next<S>;
  /** No answer in time. Left out: the operation ends in doubt. */
  unanswered?(own: S, turn: Turn): Next<S>;
  /** Patience ran out while the client stood in a queue. Left out: it stands there until it is served. */
  withdraw?(own: S, turn: Turn): Next<S>;
  /** A message that answers nothing, while an operation is under way (`turn`) or not (null). */
  told?(own: S, message: B, from: NodeId, turn: Turn | null): Next<S> | Aside<S>;
  /** The connection to a server is gone. */
  closed?(own: S, from: NodeId, turn: Turn | null): Next<S> | Aside<S>;
  /** The alarm that was set last goes off. It is silent once the lock is lost or given back. */
  alarm?(own: S, turn: Turn | null): Next<S> | Aside<S>;
  /** The requests of one renewal or keep-alive. Left out: this lock cannot be renewed. */
  renewal?(own: S, ttl: Ms, unique: string, clock: LocalClock): readonly Ask[];
  /** An answer to a renewal that was sent at `sentAt`, while an operation is under way (`turn`) or not (null). */
  renewed?(
    own: S,
    answer: B,
    from: NodeId,
    renewal: { readonly sentAt: Instant; readonly ttl: Ms; readonly clock: LocalClock },
    turn: Turn | null,
  ): Next<S> | Aside<S>;
};

/** A client that asks a dead server for ever must not count for ever. No answer is under way for as long as eight requests. */
const TAGS = 8;

const ANSWER = 'no answer';
const AGAIN = 'ask again';
const PATIENCE = 'patience is over';
const RENEW = 'renew';
const ALARM = 'alarm';

type Call = {
  readonly op: LockOp | DataOp;
  readonly tag: string;
  readonly sentAt: Instant;
  readonly patientUntil: Deadline;
  readonly inDoubt: boolean;
};
type Talk<S> = {
  readonly own: S | null;
  readonly unique: string;
  readonly call: Call | null;
  /**
   * Requests that were given up, or renewed over, without an answer. Only they can be answered too late, so only they need a new
   * tag; counting every request would make worlds differ by how often a client had to ask.
   */
  readonly late: number;
  readonly ttl: Ms;
  /** The period of renewals while they run, else null. */
  readonly renewing: Ms | null;
  /** A renewal, until all of `from` have answered it. A newer one takes its place, so an old answer counts for nothing. */
  readonly renewal: { readonly tag: string; readonly sentAt: Instant; readonly from: readonly NodeId[] } | null;
};

type Envelope = { readonly tag: string | null };

/** A lock client out of its recipe. */
export function conversation<S extends Json, B extends Json>(
  recipe: Recipe<S, B>,
  options: BackendOptions,
): LockClient {
  const timed = options.timeout < FOREVER;

  const turnOf = (talk: Talk<S>, call: Call, clock: LocalClock): Turn => {
    return { op: call.op, clock, unique: talk.unique, sentAt: call.sentAt, inDoubt: call.inDoubt };
  };

  const send = (ask: Ask, tag: string | null): Command => ({ ...ask, do: 'send', body: { ...ask.body, tag } });

  const proceed = (talk: Talk<S>, call: Call, next: Next<S>, clock: LocalClock, commands: Command[]): Reply => {
    for (const ask of next.tell ?? []) commands.push(send(ask, null));
    let state: Talk<S> = { ...talk, own: next.own };
    if (next.keepAlive) state = keepAlive(state, call.op, commands);
    if (next.alarm !== undefined) commands.push(alarmIn(next.alarm));
    switch (next.do) {
      case 'ask': {
        const tag = `${talk.unique} ${next.step ?? call.op.op}${talk.late === 0 ? '' : ` ${talk.late}`}`;
        // Whatever is granted may begin to run at once, so this is where its time is counted from. Counted from the answer, a
        // slow answer would make the client believe longer than the server does.
        const asked: Call = { ...call, tag, sentAt: clock.monotonic };
        commands.push(...next.asks.map((ask) => send(ask, tag)));
        if (timed && next.queued) commands.push({ do: 'cancelTimer', key: ANSWER });
        if (timed && !next.queued) commands.push(timer(ANSWER, options.timeout + (next.longer ?? 0)));
        return { state: { ...state, call: asked }, commands };
      }
      case 'listen':
        return { state: { ...state, call }, commands };
      case 'wait':
        if (timed) commands.push({ do: 'cancelTimer', key: ANSWER });
        return { state: { ...state, call }, commands };
      case 'again': {
        if (timed) commands.push({ do: 'cancelTimer', key: ANSWER });
        if (isOver(call.patientUntil, clock.monotonic)) {
          for (const ask of next.farewell ?? []) commands.push(send(ask, null));
          return end(state, next.refused ?? { ok: false, why: 'held', definite: true }, call.op, commands);
        }
        const after = next.after === undefined ? options.retry : ([next.after, next.after] as const);
        commands.push({ do: 'setTimer', key: AGAIN, after });
        return { state: { ...state, call }, commands };
      }
      case 'end':
        return end(state, next.result, call.op, commands);
      case 'answer':
        if (timed) commands.push({ do: 'cancelTimer', key: ANSWER });
        return { state: { ...state, call: null }, commands, data: next.data };
    }
  };

  const end = (talk: Talk<S>, result: LockResult, op: LockOp | DataOp, commands: Command[]): Reply => {
    if (timed) commands.push({ do: 'cancelTimer', key: ANSWER });
    if (op.op === 'acquire' && recipe.withdraw && op.patience < FOREVER) {
      // Patience may run out between two attempts.
      commands.push({ do: 'cancelTimer', key: PATIENCE }, { do: 'cancelTimer', key: AGAIN });
    }
    let state: Talk<S> = { ...talk, call: null };
    if (op.op === 'acquire' && result.ok) state = keepAlive(state, op, commands);
    if (op.op === 'acquire' && !result.ok) state = stopRenewing(state, commands);
    return { state, commands, result };
  };

  const keepAlive = (talk: Talk<S>, op: LockOp | DataOp, commands: Command[]): Talk<S> => {
    if (op.op !== 'acquire' || op.renew === undefined || talk.renewing !== null) return talk;
    commands.push(timer(RENEW, op.renew));
    return { ...talk, renewing: op.renew };
  };

  const stopRenewing = (talk: Talk<S>, commands: Command[]): Talk<S> => {
    if (recipe.alarm) commands.push({ do: 'cancelTimer', key: ALARM });
    if (talk.renewing === null) return talk;
    commands.push({ do: 'cancelTimer', key: RENEW });
    return { ...talk, renewing: null, renewal: null };
  };

  const renew = (talk: Talk<S>, clock: LocalClock): Reply => {
    if (talk.renewing === null || talk.own === null || !recipe.renewal) return { state: talk, commands: [] };
    const late = talk.renewal === null ? talk.late : (talk.late + 1) % TAGS;
    const tag = `${talk.unique}+${late === 0 ? '' : ` ${late}`}`;
    const asks = recipe.renewal(talk.own, talk.ttl, talk.unique, clock);
    const commands = [...asks.map((ask) => send(ask, tag)), timer(RENEW, talk.renewing)];
    const renewal = { tag, sentAt: clock.monotonic, from: asks.map(({ to }) => to) };
    return { state: { ...talk, late, renewal: asks.length === 0 ? null : renewal }, commands };
  };

  /** News ends renewals where the lock is lost. */
  const learn = (talk: Talk<S>, said: Aside<S>): Reply => {
    const commands: Command[] = [];
    if (said.alarm !== undefined) commands.push(alarmIn(said.alarm));
    const known: Talk<S> = { ...talk, own: said.own };
    const state = said.news?.kind === 'lost' ? stopRenewing(known, commands) : known;
    return said.news ? { state, commands, news: said.news } : { state, commands };
  };

  const asideOr = (talk: Talk<S>, clock: LocalClock, said: Next<S> | Aside<S>): Reply => {
    if (!('do' in said)) return learn(talk, said);
    if (talk.call === null) throw new Error('a recipe went on with an operation that nobody began');
    return proceed(talk, talk.call, said, clock, []);
  };

  return {
    call(state, op, clock, unique) {
      const before = state as Talk<S> | null;
      const now = clock.monotonic;
      const patientUntil = deadline(op.op === 'acquire' ? later(now, op.patience) : now);
      const call: Call = { op, tag: '', sentAt: now, patientUntil, inDoubt: false };
      const commands: Command[] = [];
      if (op.op === 'acquire') {
        const talk: Talk<S> = { own: null, unique, call, late: 0, ttl: op.ttl, renewing: null, renewal: null };
        if (recipe.withdraw && op.patience < FOREVER) commands.push(timer(PATIENCE, op.patience));
        return proceed(talk, call, recipe.begin(null, turnOf(talk, call, clock)), clock, commands);
      }
      // A client of an answer that needs no lock reads and writes without having acquired anything.
      const known: Talk<S> = before ?? { own: null, unique, call, late: 0, ttl: 0, renewing: null, renewal: null };
      // First the renewals end, then the lock is given back; a renewal in flight must not take it again.
      const talk = op.op === 'release' ? stopRenewing(known, commands) : known;
      const ready = op.op === 'extend' ? { ...talk, ttl: op.ttl } : talk;
      return proceed(ready, call, recipe.begin(talk.own, turnOf(ready, call, clock)), clock, commands);
    },

    on(state, input, clock) {
      const talk = state as Talk<S> | null;
      if (talk === null) return { state: talk, commands: [] };
      const { call, own } = talk;
      const turn = call && turnOf(talk, call, clock);
      const unchanged: Reply = { state: talk, commands: [] };
      switch (input.kind) {
        case 'message': {
          const { tag, ...body } = input.body as Envelope & { readonly [key: string]: Json };
          const message = body as Json as B;
          if (own === null) return unchanged;
          if (call && turn && tag === call.tag) {
            return proceed(talk, call, recipe.heard(own, message, input.from, turn), clock, []);
          }
          if (talk.renewal && tag === talk.renewal.tag && talk.renewal.from.includes(input.from) && recipe.renewed) {
            const from = talk.renewal.from.filter((id) => id !== input.from);
            const settled: Talk<S> = { ...talk, renewal: from.length === 0 ? null : { ...talk.renewal, from } };
            const renewal = { sentAt: talk.renewal.sentAt, ttl: talk.ttl, clock };
            return asideOr(settled, clock, recipe.renewed(own, message, input.from, renewal, turn));
          }
          if (tag === null && recipe.told) return asideOr(talk, clock, recipe.told(own, message, input.from, turn));
          return unchanged;
        }
        case 'closed':
          return own !== null && recipe.closed ? asideOr(talk, clock, recipe.closed(own, input.from, turn)) : unchanged;
        case 'timer':
          break;
        default:
          return unchanged;
      }
      if (input.key === RENEW) return renew(talk, clock);
      if (input.key === ALARM && recipe.alarm && own !== null) return asideOr(talk, clock, recipe.alarm(own, turn));
      if (!call || !turn) return unchanged;
      if (input.key === AGAIN) return proceed(talk, call, recipe.begin(own, turn), clock, []);
      if (input.key === PATIENCE && recipe.withdraw && own !== null) {
        return proceed(talk, call, recipe.withdraw(own, turn), clock, []);
      }
      if (input.key !== ANSWER || own === null) return unchanged;
      // Whether the server got the request is not known, and saying "not acquired" would be a guess.
      const doubtful: Call = { ...call, inDoubt: true };
      const late: Talk<S> = { ...talk, late: (talk.late + 1) % TAGS, call: doubtful };
      const next: Next<S> = recipe.unanswered?.(own, turnOf(late, doubtful, clock)) ?? inDoubt(own, call.op);
      return proceed(late, doubtful, next, clock, []);
    },
  };
}

type Reply = LockReaction<Json>;

function inDoubt<S>(own: S, op: LockOp | DataOp): Next<S> {
  if (op.op === 'read' || op.op === 'write' || op.op === 'compareAndWrite') {
    return { do: 'answer', own, data: { ok: false, why: 'timeout' } };
  }
  return { do: 'end', own, result: { ok: false, why: 'timeout', definite: false } };
}

function alarmIn(after: Ms | null): Command {
  return after === null ? { do: 'cancelTimer', key: ALARM } : timer(ALARM, after);
}

function timer(key: string, after: Ms): Command {
  return { do: 'setTimer', key, after: [after, after] };
}
