// What each fault does, and what it leaves alone. The faults of whole services are tested with the backends that have them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backends } from '../backends/index.ts';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { addOne, pausing, programOf, quiet } from '../examples.ts';
import { optionsOf } from '../options.ts';
import { replay, run, scriptOf } from '../run.ts';
import { seeded } from '../schedulers.ts';
import { moves } from '../step.ts';
import { compile, start } from '../system.ts';
import type { FaultRule, LockEvent, Scenario, Trace } from '../types.ts';
import { faultKinds } from './index.ts';

const eventsOf = ({ steps }: Trace): readonly LockEvent[] => steps.flatMap(({ events }) => [...events]);
const with_ = (faults: readonly FaultRule[], change: Partial<Scenario> = {}): Scenario => ({
  ...quiet,
  clients: { A: addOne() },
  options: { retry: [16, 16], timeout: 9 },
  ...change,
  faults,
});
/** B comes later: it begins with something else. */
const late = programOf(
  { op: 'work', takes: [0, 60] },
  { op: 'acquire', key: 'lock', ttl: 16, patience: 0 },
  { op: 'release' },
);

function play(scenario: Scenario, ...script: readonly string[]): Trace {
  const trace = replay(compile(scenario), script);
  expect(trace.stuck).toBeUndefined();
  return trace;
}
const lastLabels = (scenario: Scenario, trace: Trace) =>
  moves(compile(scenario), trace.steps.at(-1)?.world ?? trace.start).map(({ label }) => label);

const ASKED = 'deliver A→redis: SET lock A1 NX PX 16';
const GRANTED = 'deliver redis→A: OK token 1';

describe('a lost message', () => {
  const scenario = with_([{ kind: 'loss', targets: ['A'], atMost: 1, from: ['redis'] }]);

  test('never arrives, and its sender is told nothing: it can only run out of patience', () => {
    const trace = play(scenario, 'A: acquire', 'lose A→redis: SET lock A1 NX PX 16', 'timer A: no answer');
    expect(chronicle(trace).messages).toMatchObject([{ name: 'SET lock A1 NX PX 16', deliveredAt: null }]);
    expect(chronicle(trace).endings).toMatchObject([{ outcome: 'timeout' }]);
  });

  test('in one direction leaves the other alone', () => {
    const replies = with_([{ kind: 'loss', targets: ['A'], atMost: 1, from: ['redis'], oneWay: 'in' }]);
    expect(lastLabels(replies, play(replies, 'A: acquire'))).toEqual([ASKED]);
    expect(lastLabels(replies, play(replies, 'A: acquire', ASKED))).toContain('lose redis→A: OK token 1');
  });

  test('is of the links that the rule names, and of no others', () => {
    const trace = play(scenario, 'A: acquire', ASKED, GRANTED, 'A: read');
    expect(lastLabels(scenario, trace)).toEqual(['deliver A→store: read (token 1)']);
  });
});

test('a delayed message arrives later by just that long', () => {
  const scenario = with_([{ kind: 'delay', targets: ['A'], atMost: 1, lasts: [40] }], { options: {} });
  const trace = play(scenario, 'A: acquire', 'delay A→redis: SET lock A1 NX PX 16 by 40 ms', ASKED);
  expect(trace.steps.at(-1)?.at).toEqual({ $at: 41 });
});

test('a doubled message arrives twice, and a set of a key that is there changes nothing', () => {
  const scenario = with_([{ kind: 'duplicate', targets: ['A'], atMost: 1, from: ['redis'] }]);
  const trace = play(scenario, 'A: acquire', 'double A→redis: SET lock A1 NX PX 16', ASKED, ASKED, GRANTED);
  expect(eventsOf(trace).filter(({ kind }) => kind === 'granted')).toHaveLength(1);
  expect(chronicle(trace).beliefs).toHaveLength(1);
});

describe('a partition', () => {
  const cut = (change: Partial<FaultRule>): FaultRule => ({ kind: 'partition', targets: ['A'], atMost: 1, ...change });

  test('loses what is in flight over it and whatever is sent until it heals', () => {
    const scenario = with_([cut({ from: ['redis'] }), { kind: 'heal', targets: [], atMost: 1 }], {
      options: { retry: [3, 3], timeout: 9, onTimeout: 'ask-again' },
    });
    const trace = play(scenario, 'A: acquire', 'cut off A', 'timer A: no answer', 'timer A: ask again');
    expect(chronicle(trace).messages.map(({ deliveredAt }) => deliveredAt)).toEqual([null, null]);
    const healed = play(
      scenario,
      ...scriptOf(trace),
      'heal the network',
      'timer A: no answer',
      'timer A: ask again',
      ASKED,
    );
    expect(eventsOf(healed).filter(({ kind }) => kind === 'granted')).toHaveLength(1);
  });

  test('with a length heals by itself at that very millisecond', () => {
    const scenario = with_([cut({ from: ['redis'], lasts: [9] })], {
      options: { timeout: 9, onTimeout: 'ask-again' },
    });
    const trace = play(scenario, 'A: acquire', 'cut off A for 9 ms', 'timer A: no answer', 'timer A: ask again', ASKED);
    expect(trace.steps.at(-1)?.world.cuts).toEqual([]);
  });

  test('in one direction lets the other through', () => {
    const inbound = with_([cut({ from: ['redis'], oneWay: 'in' })]);
    const trace = play(inbound, 'A: acquire', 'cut off A (inbound)', ASKED);
    expect(eventsOf(trace).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['granted', 'lost']));
    const outbound = with_([cut({ from: ['redis'], oneWay: 'out' })]);
    const mute = play(outbound, 'A: acquire', ASKED, 'cut off A (outbound)', GRANTED);
    expect(chronicle(mute).beliefs).toHaveLength(1);
  });

  test('from the lock service alone leaves the way to the resource open', () => {
    const scenario = with_([cut({ from: ['redis'] })]);
    const trace = play(
      scenario,
      'A: acquire',
      ASKED,
      GRANTED,
      'cut off A',
      'A: read',
      'deliver A→store: read (token 1)',
    );
    expect(chronicle(trace).accesses).toHaveLength(1);
  });
});

describe('a clock', () => {
  const jump: FaultRule = { kind: 'clockJump', targets: ['redis', 'A'], atMost: 1, by: [100, -100] };
  const two = { clients: { A: addOne(), B: late } };

  test('of a server that jumps forward ends its leases too soon', () => {
    const scenario = with_([jump], two);
    const trace = play(
      scenario,
      'A: acquire',
      'B: work',
      ASKED,
      'set the clock of redis forward 100 ms',
      GRANTED,
      'A: read',
      'B: acquire',
      'deliver B→redis: SET lock B1 NX PX 16',
      'deliver redis→B: OK token 2',
    );
    expect(trace.broken).toContain('one-believer');
  });

  test('that jumps back keeps a dead holder’s lock for longer', () => {
    const held = with_([jump], { ...two, options: {} });
    const trace = play(
      held,
      'A: acquire',
      'B: work',
      ASKED,
      'set the clock of redis back 100 ms',
      'B: acquire',
      'deliver B→redis: SET lock B1 NX PX 16',
    );
    expect(lastLabels(held, trace)).toContain('deliver redis→B: nil');
  });

  test('of a client that jumps does not move its lease, which it measures with the other clock', () => {
    const scenario = with_([jump], two);
    const trace = play(
      scenario,
      'A: acquire',
      'B: work',
      ASKED,
      GRANTED,
      'set the clock of A forward 100 ms',
      'A: read',
      'deliver A→store: read (token 1)',
      'deliver store→A: value 0',
      'A: still mine?',
    );
    expect(lastLabels(scenario, trace)).toContain('A: write');
  });

  test('that ticks too fast on the server, or too slowly on the client, breaks the lock; the other two ways do not', () => {
    const rate = (target: string, fast: boolean): Scenario =>
      with_([{ kind: 'clockRate', targets: [target], atMost: 1, rates: [fast ? [4, 1] : [1, 4]] }], {
        clients: {
          A: programOf(
            { op: 'acquire', key: 'lock', ttl: 16, patience: 0 },
            { op: 'work', takes: [12, 12] },
            { op: 'stillMine', else: 4 },
            { op: 'read' },
            { op: 'release' },
          ),
          B: programOf({ op: 'acquire', key: 'lock', ttl: 16, patience: 40 }, { op: 'release' }),
        },
        network: [1, 1],
        options: { retry: [3, 3] },
        bounds: { timing: 'earliest' },
      });
    expect(check(rate('redis', true), 'one-believer').kind).toBe('violated');
    expect(check(rate('redis', false), 'one-believer').kind).toBe('holds');
    expect(check(rate('A', true), 'one-believer').kind).toBe('holds');
  });

  test('that drifts moves the timers that run by it', () => {
    const scenario = with_([{ kind: 'clockRate', targets: ['A'], atMost: 1, rates: [[3, 1]] }]);
    const trace = play(scenario, 'A: acquire', 'the clock of A ticks 3 in 1');
    const timer = moves(compile(scenario), trace.steps.at(-1)?.world ?? trace.start).find(
      ({ label }) => label === 'timer A: no answer',
    );
    expect(timer?.window[0]).toBeUndefined();
    const waiting = trace.steps.at(-1)?.world.pending.find(({ name }) => name === 'no answer');
    expect(waiting?.earliest).toEqual({ $at: 3 });
  });
});

describe('a server that starts again', () => {
  const script = ['A: acquire', 'B: work', ASKED, GRANTED, 'A: read', 'crash redis'];
  const rules = (kind: 'restart' | 'wipe'): readonly FaultRule[] => [
    { kind: 'crash', targets: ['redis'], atMost: 1 },
    { kind, targets: ['redis'], atMost: 1 },
  ];
  const asks = ['B: acquire', 'deliver B→redis: SET lock B1 NX PX 16'];
  const two = { clients: { A: addOne(), B: late } };

  test('has kept its locks if they were on disk', () => {
    const durable = with_(rules('restart'), { ...two, options: { timeout: 9, durable: true } });
    expect(lastLabels(durable, play(durable, ...script, 'restart redis', ...asks))).toContain('deliver redis→B: nil');
  });

  test('has forgotten them if they were not, or if the disk is gone (F12)', () => {
    const memory = with_(rules('restart'), { ...two, options: { timeout: 9, durable: false } });
    expect(lastLabels(memory, play(memory, ...script, 'restart redis', ...asks))).toContain(
      'deliver redis→B: OK token 1',
    );
    const wiped = with_(rules('wipe'), { ...two, options: { timeout: 9, durable: true } });
    const trace = play(wiped, ...script, 'restart redis with an empty disk', ...asks);
    expect(lastLabels(wiped, trace)).toContain('deliver redis→B: OK token 1');
  });
});

const everything: readonly FaultRule[] = [
  pausing(['A', 'redis'], 1, 15),
  { kind: 'crash', targets: ['A', 'redis'], atMost: 1 },
  { kind: 'restart', targets: ['A', 'redis'], atMost: 1 },
  { kind: 'wipe', targets: ['redis'], atMost: 1 },
  { kind: 'partition', targets: ['A', 'redis'], atMost: 1, lasts: [10] },
  { kind: 'heal', targets: [], atMost: 1 },
  { kind: 'loss', targets: ['A', 'B'], atMost: 1 },
  { kind: 'delay', targets: ['A', 'B'], atMost: 1, lasts: [7] },
  { kind: 'duplicate', targets: ['A', 'B'], atMost: 1 },
  { kind: 'clockJump', targets: ['redis'], atMost: 1, by: [9, -9] },
  { kind: 'clockRate', targets: ['redis', 'A'], atMost: 1, rates: [[3, 2]] },
];

describe('whatever goes wrong', () => {
  const storm: Scenario = {
    ...quiet,
    options: { retry: [4, 8], timeout: 15, onTimeout: 'ask-whose' },
    faults: everything,
  };

  test('no fault strikes more often than its budget, and every one of these strikes in some run', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const struck: { [kind: string]: number } = {};
        for (const { move } of run(compile(storm), seeded(seed, 0.3), 300).steps) {
          if (move.kind !== 'fault') continue;
          struck[move.fault.kind] = (struck[move.fault.kind] ?? 0) + 1;
          seen.add(move.fault.kind);
        }
        expect(Math.max(0, ...Object.values(struck))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300, seed: 4 },
    );
    expect([...seen].sort()).toEqual(everything.map(({ kind }) => kind).sort());
  });

  test('a run can be played again from its script, and its world is plain JSON', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const trace = run(compile(storm), seeded(seed, 0.2), 200);
        const again = replay(compile(storm), scriptOf(trace));
        expect(again.stuck).toBeUndefined();
        expect(again.steps.at(-1)?.world).toEqual(trace.steps.at(-1)?.world);
        const world = trace.steps.at(-1)?.world ?? trace.start;
        expect(JSON.parse(JSON.stringify(world))).toEqual(world);
      }),
      { numRuns: 100 },
    );
  });

  test('time never runs back, and nothing is delivered to a node that is down', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { start: first, steps } = run(compile(storm), seeded(seed, 0.3), 300);
        let before = first;
        for (const step of steps) {
          expect(step.at.$at).toBeGreaterThanOrEqual(before.now.$at);
          for (const { to } of step.world.pending) expect(step.world.nodes[to]?.up).toBe(true);
          before = step.world;
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the end of a connection', () => {
  const locks = Object.values(backends).filter(({ connections }) => connections);

  test.each(locks)('of $title is the end of what either side says over it, told of it or not', (backend) => {
    const accesses = programOf({ op: 'read' }, { op: 'work', takes: [0, 9] }, { op: 'write' });
    const program = backend.locks === false ? accesses : addOne();
    const servers = Object.keys(backend.servers(optionsOf(quiet, backend)));
    const faults: readonly FaultRule[] = [
      { kind: 'disconnect', targets: ['A', 'B'], atMost: 2 },
      { kind: 'crash', targets: ['A', ...servers], atMost: 2 },
      { kind: 'restart', targets: ['A', ...servers], atMost: 2 },
      { kind: 'pause', targets: ['B', ...servers], atMost: 1, lasts: [7] },
    ];
    const options = { retry: [3, 3], timeout: 9, onTimeout: 'ask-again' } as const;
    const scenario: Scenario = { ...quiet, backend: backend.id, clients: { A: program, B: program }, options, faults };
    let ends = 0;
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        for (const { world } of run(compile(scenario), seeded(seed, 0.3), 120).steps) {
          for (const end of world.pending) {
            if (end.input.kind !== 'closed') continue;
            ends += 1;
            const { input, to, id } = end;
            const after = world.pending.filter(
              (one) => one.id > id && one.input.kind === 'message' && one.input.from === to && one.to === input.from,
            );
            expect(after).toEqual([]);
          }
        }
      }),
      { numRuns: 100 },
    );
    expect(ends).toBeGreaterThan(0);
  });
});

test('the faults of the engine are these', () => {
  expect([...faultKinds].sort()).toEqual([...everything.map(({ kind }) => kind), 'failover', 'disconnect'].sort());
  expect(start(compile(quiet)).cuts).toEqual([]);
});
