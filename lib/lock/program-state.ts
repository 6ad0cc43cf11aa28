// Where a client's program stands: which line it runs next or waits in, and why it does not move. For those who show a run;
// nothing in the engine asks.
import type { Json, NodeId, World } from './types.ts';

export type ProgramState = {
  /** Index of the lit line; null when the program is over or the client is down. */
  readonly line: number | null;
  /** Why it does not run its next line now; null when it could. */
  readonly waits: string | null;
};

export function programState(world: World, id: NodeId): ProgramState {
  const node = world.nodes[id];
  if (!node) return { line: null, waits: null };
  if (!node.up) return { line: null, waits: 'crashed' };
  const memory = fields(node.memory);
  if (memory.over === true || typeof memory.line !== 'number') return { line: null, waits: 'ended' };
  const paused = node.resumesAt.$at > world.now.$at;
  if (paused) return { line: memory.line, waits: `paused until ${node.resumesAt.$at} ms` };
  const mine = world.pending.filter(({ to }) => to === id);
  const next = mine.find(({ input }) => input.kind === 'line');
  if (next) {
    const works = next.earliest.$at > world.now.$at;
    return { line: memory.line, waits: works ? `works until ${next.earliest.$at} ms` : null };
  }
  if (memory.jeopardy !== undefined) {
    return { line: memory.line, waits: 'runs nothing until it knows whether it still holds the lock' };
  }
  const timer = mine.find(({ input, name }) => input.kind === 'timer' && name === 'ask again');
  if (timer) return { line: memory.line, waits: `asks again at ${timer.earliest.$at} ms` };
  const whom = memory.waiting === 'store' ? 'the store' : 'the lock server';
  return { line: memory.line, waits: `waits for ${whom}` };
}

/** What a line that asks has answered: on to the next line is yes, anywhere else is no. */
export function answerOf(before: World, after: World, id: NodeId): 'yes' | 'no' {
  const [asked, goesOn] = [programState(before, id).line, programState(after, id).line];
  return asked !== null && goesOn === asked + 1 ? 'yes' : 'no';
}

function fields(memory: Json): { readonly [key: string]: Json } {
  return typeof memory === 'object' && memory !== null && !Array.isArray(memory)
    ? (memory as { [key: string]: Json })
    : {};
}
