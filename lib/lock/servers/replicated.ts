// A replicated service (Raft, Paxos, Zab) as one actor: whatever is answered is on the disks of a majority, in one order.
// Left out is how the majority agrees. No claim of the course is about that: the locks here break while the service does all
// that it promises, and an actor that is down or cut off stands for a service whose majority is.
// Kept is what a lock sees of it: a leader that is lost is replaced after `election`, until then requests wait, nothing that
// was answered is forgotten, and whatever the old leader had in its memory alone is gone, its timers before all.
import type { Actor, Command, Json, LocalClock, Ms, NodeId, Reaction } from '../types.ts';

/** What the leader does. A reaction with a state of its own is agreed on before its commands are obeyed. */
export type Service<S extends Json> = {
  readonly empty: S;
  serve(state: S, from: NodeId, body: Json, clock: LocalClock): Reaction<S>;
  /** A timer of this leader. */
  timer?(state: S, key: string, clock: LocalClock): Reaction<S>;
  /** A new leader: its timers have to be set. `restarted` if all of them were down, and the logs are all that is left. */
  lead?(state: S, why: 'elected' | 'restarted', clock: LocalClock): Reaction<S>;
  /** The timers that a leader may have running. */
  timers?(state: S): readonly string[];
};

type Request = { readonly from: NodeId; readonly body: Json };
/** `waiting` is what was asked since the last leader was lost; null while there is one. */
type Memory<S> = { readonly state: S; readonly waiting: readonly Request[] | null };

const ELECTION = 'a leader is elected';

export function replicated<S extends Json>(service: Service<S>, election: Ms): Actor<Memory<S>> {
  const agreed = (before: S | null, { state, commands }: Reaction<S>): Reaction<Memory<S>> => ({
    state: { state, waiting: null },
    commands: state === before ? commands : [{ do: 'save', disk: state }, ...commands],
  });

  const lead = (memory: Memory<S>, why: 'elected' | 'restarted', clock: LocalClock): Reaction<Memory<S>> => {
    let done: Reaction<S> = service.lead?.(memory.state, why, clock) ?? { state: memory.state, commands: [] };
    for (const { from, body } of memory.waiting ?? []) {
      const next = service.serve(done.state, from, body, clock);
      done = { state: next.state, commands: [...done.commands, ...next.commands] };
    }
    return agreed(memory.state, done);
  };

  return {
    on(memory, input, clock) {
      if (input.kind === 'start') {
        const kept = (input.disk as S | null) ?? service.empty;
        return lead({ state: kept, waiting: null }, 'restarted', clock);
      }
      if (memory === null) throw new Error('a service was asked before it was started');
      const { state, waiting } = memory;
      switch (input.kind) {
        case 'failover': {
          const quiet = (service.timers?.(state) ?? []).map((key): Command => ({ do: 'cancelTimer', key }));
          const leaderless: Memory<S> = { state, waiting: waiting ?? [] };
          if (election > 0) {
            return {
              state: leaderless,
              commands: [...quiet, { do: 'setTimer', key: ELECTION, after: [election, election] }],
            };
          }
          const next = lead(leaderless, 'elected', clock);
          return { ...next, commands: [...quiet, ...next.commands] };
        }
        case 'timer':
          if (input.key === ELECTION) return lead(memory, 'elected', clock);
          return waiting === null && service.timer
            ? agreed(state, service.timer(state, input.key, clock))
            : { state: memory, commands: [] };
        case 'message': {
          const { from, body } = input;
          if (waiting) return { state: { state, waiting: [...waiting, { from, body }] }, commands: [] };
          return agreed(state, service.serve(state, from, body, clock));
        }
        default:
          return { state: memory, commands: [] };
      }
    },
  };
}
