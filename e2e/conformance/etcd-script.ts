// Scripts for etcd: what a client may do to its keys and leases, drawn at random, for the simulated and the real server alike.
// Keys and leases have names of their own in each script, so several scripts can run on one server. Left out: two writes of one
// key in a transaction, which etcd refuses, and ties between keys that were created in one transaction, which it orders as it likes.
import fc from 'fast-check';
import type { etcd } from '#lib/lock/index.ts';

export const SHORTEST_LEASE_S = 2;

export type Step =
  /** A short lease is asked for a second, and granted for two. */
  | { readonly act: 'grant'; readonly lease: string; readonly ttl: number }
  | { readonly act: 'keepAlive' | 'revoke'; readonly lease: string }
  | { readonly act: 'txn'; readonly compare: readonly etcd.Compare[]; readonly ops: readonly [Branch, Branch] }
  /** If the key is there, be told of its deletion. */
  | { readonly act: 'watch'; readonly key: string }
  /** Until every short lease is over but those that are kept alive meanwhile. */
  | { readonly act: 'outlast'; readonly keep: readonly string[] };
export type Branch = readonly etcd.Op[];

const QUEUE = 'queue/';
const queued = ['queue/a', 'queue/b', 'queue/c'] as const;
const DATA = 'data';
const leases = ['1', '2', '3'] as const;

const key = fc.constantFrom(...queued, DATA);
const lease = fc.constantFrom(...leases);

/** Revisions are written as the simulated server counts them: 1 before the first write of the script. */
type Revisions = fc.Arbitrary<number>;

function branches(revisions: Revisions, hasLastBefore: boolean): fc.Arbitrary<Branch> {
  const put = (among: readonly string[]) =>
    fc.record({
      op: fc.constant('put' as const),
      key: fc.constantFrom(...among),
      value: fc.constantFrom('x', 'y'),
      lease: fc.option(lease, { freq: 1 }),
    });
  const look: fc.Arbitrary<etcd.Op>[] = [
    fc.record({ op: fc.constant('get' as const), key }),
    fc.constant({ op: 'first', prefix: QUEUE } as const),
  ];
  if (hasLastBefore) {
    const revision = revisions.filter((one) => one > 1);
    look.push(fc.record({ op: fc.constant('lastBefore' as const), prefix: fc.constant(QUEUE), revision }));
  }
  const write: fc.Arbitrary<etcd.Op>[] = [
    put(queued),
    put([DATA]),
    fc.record({ op: fc.constant('delete' as const), key }),
  ];
  return fc
    .array(fc.oneof({ weight: 3, arbitrary: fc.oneof(...write) }, { weight: 2, arbitrary: fc.oneof(...look) }), {
      maxLength: 4,
    })
    .map((ops) => {
      const written = new Set<string>();
      let creates = 0;
      return ops.filter((op) => {
        if (op.op !== 'put' && op.op !== 'delete') return true;
        if (written.has(op.key)) return false;
        if (op.op === 'put' && op.key !== DATA) {
          creates += 1;
          if (creates > 1) return false;
        }
        written.add(op.key);
        return true;
      });
    });
}

function txns(revisions: Revisions, hasLastBefore: boolean): fc.Arbitrary<Step> {
  const compare = fc.record({
    key,
    target: fc.constantFrom('create' as const, 'mod' as const),
    is: fc.constantFrom('=' as const, '!=' as const, '<' as const, '>' as const),
    revision: revisions,
  });
  const branch = branches(revisions, hasLastBefore);
  return fc.record({
    act: fc.constant('txn' as const),
    compare: fc.oneof(fc.constant([]), fc.array(compare, { maxLength: 2 })),
    ops: fc.tuple(branch, branch),
  });
}

function steps(revisions: Revisions, ttls: readonly number[], hasLastBefore: boolean): fc.Arbitrary<Step> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ act: fc.constant('grant' as const), lease, ttl: fc.constantFrom(...ttls) }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('keepAlive' as const, 'revoke' as const), lease }) },
    { weight: 6, arbitrary: txns(revisions, hasLastBefore) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('watch' as const), key }) },
  );
}

/** No lease ends by itself, so every revision is known. */
export const timeless = fc.array(steps(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 })), [60, 600], true), {
  minLength: 1,
  maxLength: 30,
  size: 'max',
});

const hanging = fc.record({ key, lease: fc.constantFrom('1', '2') });

/** A time to make things, a time for leases to end while keys that hang on them are watched, and a time to see what is left. */
export const timed: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.array(steps(fc.constant(0), [1, 2, 600], false), { maxLength: 10, size: 'max' }),
    fc.array(hanging, { minLength: 1, maxLength: 3, size: 'max' }),
    fc.subarray([...leases], { maxLength: 2 }),
    fc.array(steps(fc.constant(0), [600], false), { maxLength: 6, size: 'max' }),
  )
  .map(([before, hung, keep, after]) => [
    { act: 'grant', lease: '1', ttl: 1 },
    { act: 'keepAlive', lease: '1' },
    ...before,
    ...hung.flatMap(({ key, lease }): readonly Step[] => [
      { act: 'txn', compare: [], ops: [[{ op: 'put', key, value: 'x', lease }], []] },
      { act: 'watch', key },
    ]),
    { act: 'outlast', keep },
    ...after,
  ]);
