// Who began after whom was answered, and what may be numbered in any order.
import { expect, test } from 'vitest';
import { quiet, saidOf } from '../examples.ts';
import { compile, start } from '../system.ts';
import type { LockEvent, Ms, NodeId } from '../types.ts';

const world = start(compile(quiet));
const says = (...events: readonly LockEvent[]) => saidOf('external-consistency', events, world);

const begins = (who: NodeId): LockEvent => ({ kind: 'asked', who, op: 'acquire' });
const locked = (who: NodeId): LockEvent => {
  return { kind: 'answered', who, op: 'acquire', result: { ok: true, fence: 0, validUntil: null } };
};
const commits = (who: NodeId, timestamp: Ms): LockEvent => {
  return { kind: 'committed', server: 'spanner', who, timestamp: { $at: timestamp } };
};
const answered = (who: NodeId): LockEvent => {
  return { kind: 'answered', who, op: 'release', result: { ok: true, fence: 0, validUntil: null } };
};
const whole = (who: NodeId, timestamp: Ms) => [begins(who), locked(who), commits(who, timestamp), answered(who)];

test('one after the other must be numbered upwards', () => {
  expect(says(...whole('A', 10), ...whole('B', 11))).toBe('holds');
  expect(says(...whole('A', 10), ...whole('B', 10))).toBe(
    'B’s transaction began after A’s was answered, and has the earlier timestamp: 10, not above 10.',
  );
});

test('who overlaps may be numbered in any order: neither could know of the other', () => {
  expect(says(begins('B'), ...whole('A', 10), locked('B'), commits('B', 5), answered('B'))).toBe('holds');
  expect(says(begins('A'), commits('A', 10), ...whole('B', 5), answered('A'))).toBe('holds');
});

test('the highest timestamp that was answered counts, not the last one', () => {
  const overlapping = [begins('A'), begins('B'), ...whole('A', 10).slice(1), ...whole('B', 5).slice(1)];
  expect(says(...overlapping)).toBe('holds');
  expect(says(...overlapping, ...whole('C', 7))).toMatch(/^C’s transaction began after A’s/);
});

test('a transaction that was not answered, or that failed, numbers nothing', () => {
  const failed: LockEvent = {
    kind: 'answered',
    who: 'A',
    op: 'release',
    result: { ok: false, why: 'lost', definite: true },
  };
  expect(says(begins('A'), locked('A'), failed, ...whole('B', 3))).toBe('holds');
  expect(says(begins('A'), commits('A', 10), { kind: 'crashed', who: 'A' }, ...whole('B', 3))).toBe('holds');
  expect(
    says(begins('A'), commits('A', 10), { kind: 'finished', who: 'A', outcome: 'timeout' }, ...whole('B', 3)),
  ).toBe('holds');
});

test('a lease row commits with each of its operations', () => {
  const taken: LockEvent = {
    kind: 'answered',
    who: 'A',
    op: 'acquire',
    result: { ok: true, fence: 1, validUntil: { $at: 30 } },
  };
  expect(says(begins('A'), commits('A', 10), taken, ...whole('B', 9))).not.toBe('holds');
});
