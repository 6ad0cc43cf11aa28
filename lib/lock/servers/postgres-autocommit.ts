// The client side of the answers that need no lock: each access is one message and one transaction, and the database itself
// refuses what must not be. What is asked, and what an answer means, is the `Plan` of each; what they share is what to do when no
// answer comes. Then the access may have happened. Whether to ask again is `onTimeout`, and only the plan can make that safe.
import { conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import type { BackendOptions, DataOp, DataResult, Json, LockClient } from '../types.ts';
import { type Answer, close, query, type Statement } from './postgres-statements.ts';

export type Access = {
  readonly op: DataOp;
  readonly unique: string;
  /** An earlier request of this access has gone unanswered. */
  readonly inDoubt: boolean;
};

export type Plan<S extends Json> = {
  readonly nothing: S;
  /** A new access begins. */
  begin(own: S, access: Access): S;
  statements(own: S, access: Access): readonly Statement[];
  /** Either it is over, or one more question. */
  heard(own: S, answer: Answer, access: Access): { own: S; data: DataResult } | { own: S; ask: readonly Statement[] };
};

type Own<S> = {
  readonly plan: S;
  readonly inDoubt: boolean;
  /** Connections that were given up. One on which a statement may still run is not used again. */
  readonly left: number;
};

export function autocommit<S extends Json>(id: string, plan: Plan<S>, options: BackendOptions): LockClient {
  const accessOf = ({ op, unique }: Turn, inDoubt: boolean): Access => {
    if (op.op !== 'read' && op.op !== 'write' && op.op !== 'compareAndWrite') {
      throw new Error(`${id} needs no lock, so there is none to ${op.op}`);
    }
    return { op, unique, inDoubt };
  };
  const connectionOf = ({ left }: Own<S>, unique: string) => (left === 0 ? unique : `${unique}.${left}`);
  const ask = (own: Own<S>, unique: string, statements: readonly Statement[], step?: string): Next<Own<S>> => {
    const asks = [query(connectionOf(own, unique), statements, true)];
    return step === undefined ? { do: 'ask', own, asks } : { do: 'ask', own, asks, step };
  };
  const askAgain = (own: Own<S>, turn: Turn, why: 'timeout' | 'lost'): Next<Own<S>> => {
    const tell = [close(connectionOf(own, turn.unique), false)];
    const next = { ...own, inDoubt: true, left: own.left + 1 };
    if (options.onTimeout === 'give-up') return { do: 'answer', own: next, tell, data: { ok: false, why } };
    return { ...ask(next, turn.unique, plan.statements(next.plan, accessOf(turn, true))), tell };
  };

  const recipe: Recipe<Own<S>, Answer> = {
    begin(before, turn) {
      const access = accessOf(turn, false);
      const own = before ?? { plan: plan.nothing, inDoubt: false, left: 0 };
      const begun = { ...own, plan: plan.begin(own.plan, access), inDoubt: false };
      return ask(begun, turn.unique, plan.statements(begun.plan, access));
    },
    heard(own, answer, _from, turn) {
      const said = plan.heard(own.plan, answer, accessOf(turn, own.inDoubt));
      const next = { ...own, plan: said.own };
      if ('data' in said) return { do: 'answer', own: next, data: said.data };
      return ask(next, turn.unique, said.ask, 'question');
    },
    unanswered: (own, turn) => askAgain(own, turn, 'timeout'),
    closed: (own, _from, turn) => (turn === null ? { own } : askAgain(own, turn, 'lost')),
  };
  return conversation(recipe, options);
}
