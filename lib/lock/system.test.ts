import { describe, expect, test } from 'vitest';
import { pausing, programOf, quiet } from './examples.ts';
import { problems } from './problems.ts';
import { compile, start } from './system.ts';
import type { Scenario } from './types.ts';

const with_ = (change: Partial<Scenario>): readonly string[] => problems({ ...quiet, ...change });

describe('compile', () => {
  test('has nothing to say about a good scenario, and its world survives JSON', () => {
    expect(problems(quiet)).toEqual([]);
    const world = start(compile(quiet));
    expect(JSON.parse(JSON.stringify(world))).toEqual(world);
  });

  test('throws one line with the name of the scenario', () => {
    const broken: Scenario = { ...quiet, id: 'mine', clients: {} };
    expect(() => compile(broken)).toThrow("scenario 'mine': it has no client");
  });

  test('refuses a fault that the backend cannot have', () => {
    expect(with_({ faults: [{ kind: 'failover', targets: ['redis'], atMost: 1 }] })).toEqual([
      "'redis' of the backend 'redis' cannot fail over",
    ]);
    expect(with_({ faults: [{ kind: 'disconnect', targets: ['A'], atMost: 1 }] })).toEqual([
      "the backend 'redis' has no connections whose loss it notices",
    ]);
    expect(with_({ faults: [{ kind: 'clockJump', targets: ['redis'], atMost: 1 }] })[0]).toMatch(/needs by/);
  });

  test.each([
    ['an unknown backend', { backend: 'paper' as never }, /there is no backend 'paper'; there are none, /],
    ['an unknown property', { expect: { 'no-bugs': 'holds' } }, /there is no property 'no-bugs'/],
    ['a client with a server’s name', { clients: { redis: programOf({ op: 'read' }) } }, /'redis' is taken/],
    ['an empty program', { clients: { A: programOf() } }, /client 'A' has no line/],
    ['a jump out of the program', { clients: { A: programOf({ op: 'goto', line: 7 }) } }, /jumps from line 0 to 7/],
    ['a release before an acquire', { clients: { A: programOf({ op: 'release' }) } }, /'release' before any 'acquire'/],
    ['work at the end', { clients: { A: programOf({ op: 'work', takes: [1, 1] }) } }, /ends in work/],
    [
      'an option that the lock does not know',
      { options: { lockDelay: 9 } },
      /'redis' does not know the option 'lockDelay'; it has only release, elapsedCheck, durable/,
    ],
    [
      'a lock that is none',
      { backend: 'queue', clients: { A: programOf({ op: 'acquire', key: 'lock', ttl: 9, patience: 0 }) } },
      /client 'A' has 'acquire', but 'queue' needs no lock/,
    ],
    [
      'a statement that arrives twice over one connection',
      {
        backend: 'sql',
        clients: { A: programOf({ op: 'acquire', key: 'lock', ttl: 9, patience: 0 }) },
        faults: [{ kind: 'duplicate', targets: ['A'], from: ['postgres'], atMost: 1 }],
      },
      /a connection delivers each message once/,
    ],
    ['tokens that nobody gives', { backend: 'none', resource: 'writes' }, /the backend 'none' gives none/],
    ['a window that is the wrong way round', { network: [5, 1] }, /network must be whole milliseconds/],
    ['half a millisecond', { linePace: [0, 0.5] }, /linePace must be whole milliseconds/],
    ['a fault that strikes nobody', { faults: [pausing(['Z'], 1, 5)] }, /strikes 'Z', which is not there/],
    ['a pause of no length', { faults: [{ kind: 'pause', targets: ['A'], atMost: 1 }] }, /a pause needs lasts/],
    ['two rules for one fault', { faults: [pausing(['A'], 1, 5), pausing(['B'], 1, 5)] }, /has two rules/],
    [
      'a crash of the store',
      { faults: [{ kind: 'crash', targets: ['store'], atMost: 1 }] },
      /the resource cannot crash/,
    ],
    [
      'a crash of the server without timeouts',
      { faults: [{ kind: 'crash', targets: ['redis'], atMost: 1 }] },
      /needs a client timeout/,
    ],
  ] as const)('names %s', (_name, change, message) => {
    expect(with_(change as Partial<Scenario>).join('\n')).toMatch(message);
    expect(with_(change as Partial<Scenario>).every((problem) => !problem.includes('\n'))).toBe(true);
  });
});
