// The client side of the answers that need no lock: each access is one message and one transaction, and the database itself
// refuses what must not be. What is asked, and what an answer means, is the `Plan` of each; what they share is what to do when no
// answer comes. Then the access may have happened. Whether to ask again is `onTimeout`, and only the plan can make that safe.
// Nobody holds anything between two messages, so it does not matter over which connection of a pool each of them goes.
import { conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import type { BackendOptions, DataOp, DataResult, Json, LockClient } from '../types.ts';
import { type Answer, query, type Statement } from './postgres-statements.ts';

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

type Own<S> = { readonly plan: S; readonly inDoubt: boolean };

export function autocommit<S extends Json>(id: string, plan: Plan<S>, options: BackendOptions): LockClient {
  const accessOf = ({ op, unique }: Turn, inDoubt: boolean): Access => {
    if (op.op !== 'read' && op.op !== 'write' && op.op !== 'compareAndWrite') {
      throw new Error(`${id} needs no lock, so there is none to ${op.op}`);
    }
    return { op, unique, inDoubt };
  };
  const ask = (own: Own<S>, turn: Turn): Next<Own<S>> => {
    const statements = plan.statements(own.plan, accessOf(turn, own.inDoubt));
    return { do: 'ask', own, asks: [query(turn.unique, statements, true)] };
  };
  const unheard = (own: Own<S>, turn: Turn, why: 'timeout' | 'lost'): Next<Own<S>> => {
    if (options.onTimeout === 'give-up') return { do: 'answer', own, data: { ok: false, why } };
    return ask({ ...own, inDoubt: true }, turn);
  };

  const recipe: Recipe<Own<S>, Answer> = {
    begin(own, turn) {
      const known = plan.begin(own?.plan ?? plan.nothing, accessOf(turn, false));
      return ask({ plan: known, inDoubt: false }, turn);
    },
    heard(own, answer, _from, turn) {
      const said = plan.heard(own.plan, answer, accessOf(turn, own.inDoubt));
      const next = { ...own, plan: said.own };
      if ('data' in said) return { do: 'answer', own: next, data: said.data };
      return { do: 'ask', own: next, step: 'question', asks: [query(turn.unique, said.ask, true)] };
    },
    unanswered: (own, turn) => unheard(own, turn, 'timeout'),
    closed: (own, _from, turn) => (turn === null ? { own } : unheard(own, turn, 'lost')),
  };
  return conversation(recipe, options);
}
