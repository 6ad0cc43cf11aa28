// What the standard experiment means for each lock, and what it refuses to pretend to have asked.
import { describe, expect, test, vi } from 'vitest';
import { backends } from './backends/index.ts';
import { check } from './check.ts';
import { type Choices, experiment, USUAL } from './experiment.ts';
import { answer, type Cell, cells, matrixRows } from './matrix.ts';
import { FOREVER } from './time.ts';
import type { PropertyId } from './types.ts';

vi.setConfig({ testTimeout: 120_000 });

const small: Choices = { ...USUAL, network: [1, 1], timing: 'corners', maxStates: 100_000 };
const asked = (change: Partial<Choices>, property: PropertyId) => experiment({ ...small, ...change }, property);
const verdictOn = (change: Partial<Choices>, property: PropertyId): string => {
  const made = asked(change, property);
  return made.kind === 'refused' ? made.why : check(made.scenario, property).kind;
};
const pause = [{ kind: 'pause', atMost: 1 }] as const;

describe('a database that guards something outside', () => {
  test('lets its session end after the lease, so one pause loses an update', () => {
    const outside: Partial<Choices> = { lock: 'sql', options: { data: 'outside' }, faults: pause };
    expect(verdictOn({ ...outside, options: {} }, 'no-lost-update')).toBe('holds');
    expect(verdictOn(outside, 'no-lost-update')).toBe('violated');
    expect(verdictOn({ ...outside, options: { data: 'outside', idleTimeout: FOREVER } }, 'no-lost-update')).toBe(
      'holds',
    );
  });
});

describe('no-double-effect is asked of a booking', () => {
  test.each(Object.keys(backends).filter((lock) => lock !== 'none' && lock !== 'idempotency-key'))(
    '%s sells the seat once when nothing goes wrong',
    (lock) => expect(verdictOn({ lock }, 'no-double-effect')).toBe('holds'),
  );

  test('it is sold twice without a lock, and by a holder that was paused, unless it is fenced', () => {
    expect(verdictOn({ lock: 'none' }, 'no-double-effect')).toBe('violated');
    expect(verdictOn({ faults: pause }, 'no-double-effect')).toBe('violated');
    expect(verdictOn({ faults: pause, fence: 'reads-and-writes' }, 'no-double-effect')).toBe('holds');
  });

  test('an idempotency key keeps one request from taking effect twice, and orders no rivals', () => {
    const retried: Partial<Choices> = {
      lock: 'idempotency-key',
      clients: 1,
      faults: [{ kind: 'loss', atMost: 1, oneWay: 'in' }],
      options: { onTimeout: 'ask-again' },
    };
    expect(verdictOn(retried, 'no-double-effect')).toBe('holds');
    expect(verdictOn({ lock: 'idempotency-key' }, 'no-double-effect')).toBe('violated');
  });

  test('a job that looks at nothing runs twice under the best lock', () => {
    expect(verdictOn({ lock: 'etcd', task: 'add', hold: 1 }, 'no-double-effect')).toBe('violated');
  });
});

describe('refuses in one line', () => {
  test.each<[string, Partial<Choices>, RegExp]>([
    ['a restart of what never crashes', { faults: [{ kind: 'restart', atMost: 1 }] }, /as in crash:1$/],
    ['a wipe of what never crashes', { faults: [{ kind: 'wipe', atMost: 1 }] }, /as in crash:1@redis/],
    ['a heal of what is whole', { faults: [{ kind: 'heal', atMost: 1 }] }, /as in partition:1/],
    [
      'a loss on the way to the store',
      { faults: [{ kind: 'loss', atMost: 1, target: 'store' }] },
      /the way to the store/,
    ],
    [
      'a message doubled there',
      { faults: [{ kind: 'duplicate', atMost: 1, target: 'store' }] },
      /the way to the store/,
    ],
    ['a lost message where there is no server', { lock: 'none', faults: [{ kind: 'loss', atMost: 1 }] }, /no server/],
    ['a fault that may strike 0 times', { faults: [{ kind: 'crash', atMost: 0 }] }, /0 times/],
    ['a one-way pause', { faults: [{ kind: 'pause', atMost: 1, oneWay: 'in' }] }, /no direction/],
    ['a long crash', { faults: [{ kind: 'crash', atMost: 1, lasts: 5 }] }, /a crash has no length/],
    ['a long loss', { faults: [{ kind: 'loss', atMost: 1, lasts: 5 }] }, /a loss has no length/],
    ['a clock rate of 2 ms', { faults: [{ kind: 'clockRate', atMost: 1, lasts: 2 }] }, /a rate such as 3\/2/],
    ['a heal of one node', { faults: [{ kind: 'heal', atMost: 1, target: 'A' }] }, /the whole network/],
    ['two rules', { faults: [...pause, { kind: 'pause', atMost: 1, target: 'B' }] }, /as in pause:1@A,B/],
    ['a write bounded by nothing', { bound: 0 }, /^bound must be/],
    ['a network in the options', { options: { network: [5, 5] } }, /a choice of its own/],
  ])('%s', (_name, change, why) => {
    const made = asked(change, 'no-lost-update');
    expect(made.kind === 'refused' ? made.why : 'accepted').toMatch(why);
    expect(made.kind === 'refused' ? made.why : '\n').not.toContain('\n');
  });

  test('but not a restart of what a crash brings down, wherever that is', () => {
    for (const target of ['A', 'redis'] as const) {
      const faults = [{ kind: 'crash', atMost: 1, target } as const, { kind: 'restart', atMost: 1 } as const];
      const made = asked({ faults }, 'no-lost-update');
      if (made.kind === 'refused') throw new Error(made.why);
      expect(made.scenario.faults[1]?.targets).toEqual([target]);
    }
  });

  test('and not a loss at a server, which is one between it and the clients', () => {
    const made = asked({ lock: 'redlock', faults: [{ kind: 'loss', atMost: 1, target: 'redis2' }] }, 'one-believer');
    if (made.kind === 'refused') throw new Error(made.why);
    expect(made.scenario.faults[0]).toMatchObject({ targets: ['redis2'], from: ['A', 'B'] });
  });
});

test('a clock rate can be chosen, and any of several nodes struck', () => {
  const faults = [
    { kind: 'clockRate', atMost: 1, target: 'redis', rate: [3, 2] },
    { kind: 'pause', atMost: 1, target: ['A', 'B'] },
  ] as const;
  const made = asked({ faults }, 'one-believer');
  if (made.kind === 'refused') throw new Error(made.why);
  expect(made.scenario.faults).toMatchObject([{ rates: [[3, 2]] }, { targets: ['A', 'B'] }]);
});

describe('the matrix', () => {
  const found = (row: string, change: Partial<Cell>) => {
    const cell = cells().find(
      (one) => one.row === row && Object.entries(change).every(([name, is]) => one[name as keyof Cell] === is),
    );
    const one = cell && answer(cell);
    return one?.kind === 'searched' ? one.verdict.kind : one?.why;
  };
  const cut = { trouble: 'partition', property: 'no-lost-update' } as const;

  test.each(['redis', 'zookeeper', 'etcd', 'kubernetes-lease', 'dynamodb', 'sql-outside'])(
    'a client of %s that is cut off and goes on loses an update, unless it is fenced',
    (row) => {
      expect(found(row, { ...cut, fenced: false })).toBe('violated');
      expect(found(row, { ...cut, fenced: true })).toMatch(/^holds$|gives none$/);
      expect(found(row, { ...cut, property: 'one-believer', fenced: false })).toBe('violated');
    },
  );

  test('has a row for each lock, and one for each database whose data is elsewhere, which can be fenced', () => {
    const rows = matrixRows().map(({ row }) => row);
    expect(rows.filter((row) => backends[row] === undefined)).toEqual(['sql-outside', 'spanner-outside']);
    const paused = { trouble: 'client pause', property: 'no-lost-update' } as const;
    expect(found('sql', { ...paused, fenced: false })).toBe('holds');
    expect(found('sql-outside', { ...paused, fenced: false })).toBe('violated');
    expect(found('sql-outside', { ...paused, fenced: true })).toBe('holds');
  });

  test('sets every clock that a lease is counted by', () => {
    for (const [lock, targets] of [
      ['redis', ['redis']],
      ['dynamodb', ['dynamodb', 'A', 'B']],
    ] as const) {
      const made = asked({ lock, faults: [{ kind: 'clockJump', atMost: 1 }] }, 'one-believer');
      expect(made.kind === 'scenario' && made.scenario.faults[0]?.targets).toEqual(targets);
    }
  });
});
