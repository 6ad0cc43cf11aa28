// A lock client talks to its servers: it asks, waits for the answer, backs off, asks again, and keeps its lease alive beside
// that. This is the same in every backend and full of traps (an answer that comes too late, a timeout that proves nothing, a
// renewal in flight while the lock is given back), so it is written once. What is asked, and what an answer means, is the
// backend's `Recipe` (recipe.ts).
// Left out: more than one operation at a time. A client has one lock and one thread of work.
import type { Aside, Ask, Next, Recipe, Turn } from './recipe.ts';
import { deadline, FOREVER, isOver, later } from './time.ts';
import type {
  BackendOptions,
  Command,
  DataOp,
  Deadline,
  Instant,
  Json,
  LocalClock,
  LockClient,
  LockOp,
  LockReaction,
  LockResult,
  Ms,
  NodeId,
} from './types.ts';

export type * from './recipe.ts';

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
   * Requests that were given up, lost with their connection, or renewed over, without an answer. Only they can be answered too late, so only they need a new
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
        case 'closed': {
          if (own === null || !recipe.closed) return unchanged;
          const next = recipe.closed(own, input.from, turn);
          const asksAgain = 'do' in next && (next.do === 'ask' || next.do === 'again');
          return asideOr(asksAgain ? { ...talk, late: (talk.late + 1) % TAGS } : talk, clock, next);
        }
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
