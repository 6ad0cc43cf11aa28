// What each client of the standard experiment does under its lock. To add one to a number shows every update that is lost. Where
// something may happen once it is a booking instead: look whether the seat is free, and only then take it; two who each add
// one, one after the other, have done nothing wrong.
import type { Choices } from './choices.ts';
import type { Backend, Line, Ms, NodeId, Program, PropertyId, Scenario } from './types.ts';

/**
 * Clients that begin together and want the same lock share one program, so that a search can see that they are alike. They want
 * one lock, unless `keys` names others to go round.
 */
export function programsOf(
  choices: Choices,
  backend: Backend,
  names: readonly NodeId[],
  property: PropertyId,
  keys: readonly string[] = [],
): Scenario['clients'] {
  const task = choices.task ?? (property === 'no-double-effect' ? 'book' : 'add');
  const known = new Map<string, Program>();
  return Object.fromEntries(
    names.map((id, index) => {
      const begins = index * choices.stagger;
      const key = keys[index % keys.length] ?? null;
      const what = `${key} at ${begins}`;
      const program = known.get(what) ?? programOf(choices, backend, begins, task, key);
      known.set(what, program);
      return [id, program];
    }),
  );
}

type Task = NonNullable<Choices['task']>;

const SAID: {
  readonly [task in Task]: { readonly name: string } & { readonly [line in 'read' | 'work' | 'write']: string };
} = {
  add: {
    name: 'add one',
    read: 'const n = await store.read(lease.token);',
    work: 'const next = n + 1;',
    write: 'await store.write(next, lease.token);',
  },
  book: {
    name: 'book a seat',
    read: 'const seat = await store.read(lease.token);',
    work: 'await fillIn(form);',
    write: 'await store.write(taken, lease.token); // ticket',
  },
};

function programOf(choices: Choices, backend: Backend, begins: Ms, task: Task, key: string | null): Program {
  const { ttl, hold, patience, recheck, margin, bound } = choices;
  const renew = choices.renew === 'third' ? Math.max(1, Math.floor(ttl / 3)) : choices.renew;
  const locks = backend.locks !== false;
  const { name, ...says } = SAID[task];
  const lines: { text: string; run: Line }[] = [];
  if (begins > 0) {
    lines.push({ text: `await sleep(${begins});`, run: { op: 'work', takes: [begins, begins] } });
  }
  if (locks) {
    const kept = renew === 'none' ? {} : { renew };
    const which = key === null ? '' : `'${key}', `;
    const shown = `${which}{ ttl: ${ttl}${renew === 'none' ? '' : `, renewEvery: ${renew}`} }`;
    lines.push({
      text: `const lease = await lock.acquire(${shown});`,
      run: { op: 'acquire', key: key ?? 'lock', ttl, patience, ...kept },
    });
  }
  lines.push({ text: says.read, run: { op: 'read' } });
  const looks = locks && recheck;
  if (task === 'book') {
    const write = lines.length + 1 + (hold > 0 ? 1 : 0) + (looks ? 1 : 0);
    lines.push({ text: 'if (seat.available)', run: { op: 'ifFree', else: write + 1 } });
  }
  if (hold > 0) lines.push({ text: says.work, run: { op: 'work', takes: [hold, hold] } });
  if (looks) {
    lines.push({ text: 'if (lease.stillMine())', run: { op: 'stillMine', else: lines.length + 2 } });
  }
  lines.push({ text: says.write, run: writing(task, locks, bound) });
  if (locks) lines.push({ text: 'await lock.release(lease);', run: { op: 'release' } });
  const stops = margin === null ? {} : { stopBefore: margin };
  const hears = choices.onLost === 'stop' ? {} : { onLost: choices.onLost };
  return { name, lines, ...stops, ...hears };
}

/** Without a lock it is the write that has to say "if it is still free", wherever it can be said. */
function writing(task: Task, locks: boolean, bound: Ms | null): Line {
  if (task === 'book' && !locks) return { op: 'compareAndWrite' };
  return bound === null ? { op: 'write' } : { op: 'write', within: bound };
}
