// Scripts for Redis: what the clients of a lock may say to it, drawn at random, for the simulated and the real server alike.
// One of the values is a number, so that INCR may meet a key that is a lock; leases are so short that they end within a script,
// or so long that they never do.
import fc from 'fast-check';
import type { redis } from '#lib/lock/index.ts';

export type Step =
  | { readonly act: 'say'; readonly client: Client; readonly request: Sayable }
  /** Time goes by on both, whatever ends meanwhile. */
  | { readonly act: 'pass'; readonly ms: number }
  /** Until the key is gone, if it has a short lease. */
  | { readonly act: 'outlast'; readonly key: string };
export type Client = (typeof clients)[number];
export type Sayable = redis.Request extends infer One ? (One extends unknown ? Omit<One, 'tag'> : never) : never;

export const clients = ['A', 'B', 'C'] as const;
const locks = ['seat', 'hall'] as const;
const counters = ['seat:fence', 'hall:fence'] as const;

const lock = fc.constantFrom(...locks);
/** Mostly the locks: scripts are to quarrel about something. */
const key = fc.oneof({ weight: 4, arbitrary: lock }, { weight: 1, arbitrary: fc.constantFrom(...counters) });
const value = fc.constantFrom('A1', 'A2', 'B1', 'C1', '7');
export const LONG_MS = 60_000;
const ttl = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 1, arbitrary: fc.constant(LONG_MS) },
);

const is = <Name extends string>(name: Name) => fc.constant(name);
const requests: readonly fc.WeightedArbitrary<Sayable>[] = [
  { weight: 3, arbitrary: fc.record({ command: is('set'), key: lock, value, ttl, counter: fc.constant(null) }) },
  {
    weight: 4,
    arbitrary: fc.tuple(lock, value, ttl).map(([name, mine, long]) => {
      return { command: 'set', key: name, value: mine, ttl: long, counter: `${name}:fence` } as const;
    }),
  },
  { weight: 3, arbitrary: fc.record({ command: is('extend'), key: lock, value, ttl }) },
  { weight: 3, arbitrary: fc.record({ command: is('delex'), key: lock, value }) },
  { weight: 5, arbitrary: fc.record({ command: fc.constantFrom('get', 'pttl'), key }) },
  { weight: 2, arbitrary: fc.record({ command: fc.constantFrom('incr', 'del'), key }) },
  { weight: 1, arbitrary: lock.map((name) => ({ command: 'mget', keys: [name, `${name}:fence`] }) as const) },
];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      act: is('say'),
      client: fc.constantFrom(...clients),
      request: fc.oneof(...(requests as readonly fc.WeightedArbitrary<never>[])) as fc.Arbitrary<Sayable>,
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: is('pass'), ms: fc.integer({ min: 1, max: 25 }) }) },
  { weight: 2, arbitrary: fc.record({ act: is('outlast'), key: lock }) },
);

export const scripts = fc.array(step, { minLength: 1, maxLength: 30, size: 'max' });
