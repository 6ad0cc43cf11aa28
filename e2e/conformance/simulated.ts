// A server of the engine by itself: no network and no client programs, only its actor, its timers and a clock that moves when a
// test says so. What it sends is kept apart: the answer to a request, and what it tells somebody of its own accord.
import { type Actor, type BackendOptions, backends, type Input, type Json } from '#lib/lock/index.ts';

/** `tag` is how an actor of the engine tells which answer belongs to which request. */
type Message = { readonly tag: string | null } & { readonly [key: string]: Json };
const NOW = 'now';

export function simulatedServer<Request, Answer>(backend: string) {
  const servers = backends[backend]!.servers({ durable: true, sweep: 0 } as BackendOptions);
  const actor = Object.values(servers)[0] as Actor;
  let now = 0;
  let memory: Json = null;
  const due = new Map<string, number>();
  const told: { readonly to: string; readonly body: Json }[] = [];

  const deliver = (input: Input): Json => {
    const clock = { monotonic: { $at: now }, wall: { $at: now } };
    const { state, commands } = actor.on(memory, input, clock);
    memory = state;
    let answer: Json = null;
    for (const command of commands) {
      if (command.do === 'setTimer') due.set(command.key, now + command.after[0]);
      if (command.do === 'cancelTimer') due.delete(command.key);
      if (command.do !== 'send') continue;
      const { tag, ...body } = command.body as Message;
      if (tag === NOW) answer = body;
      else told.push({ to: command.to, body });
    }
    return answer;
  };
  deliver({ kind: 'start', disk: null });

  return {
    ask(from: string, request: Request): Answer {
      return deliver({ kind: 'message', from, body: { ...request, tag: NOW } as Json }) as Answer;
    },
    /** Whatever is due in so many milliseconds happens, in its order. */
    pass(ms: number): void {
      const end = now + ms;
      for (;;) {
        const next = [...due].filter(([, at]) => at <= end).sort(([, a], [, b]) => a - b)[0];
        if (!next) break;
        now = next[1];
        due.delete(next[0]);
        deliver({ kind: 'timer', key: next[0] });
      }
      now = end;
    },
    toldTo: (to: string): readonly Json[] => told.filter((message) => message.to === to).map(({ body }) => body),
  };
}

/** Numbers that only their order means anything of, each as its place in that order. */
export function placesOf(numbers: readonly number[]): (number: number) => number {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  return (number) => sorted.indexOf(number);
}
