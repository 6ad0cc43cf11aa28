// What a mutex does inside one process, what the death of a thread or of the process does to it, and what it cannot do.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { addOne, pausing, programOf, quiet } from '../examples.ts';
import { problems } from '../problems.ts';
import { replay, run } from '../run.ts';
import { natural } from '../schedulers.ts';
import { mirrorsOf } from '../search/symmetry.ts';
import { moves } from '../step.ts';
import { compile } from '../system.ts';
import { FOREVER } from '../time.ts';
import type { FaultRule, LockEvent, NodeId, Scenario, Trace } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const waits = addOne(16, FOREVER);
const two: Scenario = { ...quiet, backend: 'mutex', options: {}, clients: { A: waits, B: waits } };
const crashing = (...targets: readonly NodeId[]): FaultRule => ({ kind: 'crash', targets, atMost: 1 });

function play(scenario: Scenario, ...script: readonly string[]): Trace {
  const trace = replay(compile(scenario), script);
  expect(trace.stuck).toBeUndefined();
  return trace;
}
const eventsOf = ({ steps }: Trace): readonly LockEvent[] => steps.flatMap(({ events }) => [...events]);
const granted = (trace: Trace) => eventsOf(trace).flatMap((event) => (event.kind === 'granted' ? [event.who] : []));
const labels = (scenario: Scenario, trace: Trace) =>
  moves(compile(scenario), trace.steps.at(-1)?.world ?? trace.start).map(({ label }) => label);

describe('lock()', () => {
  test('takes no time, and serves those who wait in the order in which they came', () => {
    const three = { ...two, clients: { A: waits, B: waits, C: waits } };
    const trace = run(compile(three), natural(), 200);
    expect(granted(trace)).toEqual(['A', 'B', 'C']);
    expect(chronicle(trace).beliefs[0]).toMatchObject({ who: 'A', from: 0, validUntil: null });
    expect(check(three, 'one-believer').kind).toBe('holds');
  });

  test('with a limit gives up waiting, and is taken off the line', () => {
    const work = { op: 'work', takes: [20, 20] } as const;
    const slow = programOf({ op: 'acquire', key: 'lock', ttl: 9, patience: 0 }, work, { op: 'release' });
    const trace = run(compile({ ...two, clients: { A: slow, B: addOne(16, 5), C: waits } }), natural(), 200);
    expect(chronicle(trace).endings.map(({ who, outcome }) => `${who} ${outcome}`)).toEqual([
      'B held',
      'A done',
      'C done',
    ]);
    expect(granted(trace)).toEqual(['A', 'C']);
  });

  test('that gives up at the very instant at which it would become the owner is one or the other', () => {
    const scenario = { ...two, clients: { A: addOne(16, 0), B: addOne(16, 2), C: waits } };
    for (const property of ['one-believer', 'one-holder', 'only-owner-releases']) {
      expect(check(scenario, property).kind).toBe('holds');
    }
    expect(check({ ...scenario, within: 20 }, 'nobody-stuck').kind).toBe('holds');
  });

  test('is not undone by somebody else: unlock asks whose it is', () => {
    const process = compile(two).actors.process;
    const clock = { monotonic: { $at: 0 }, wall: { $at: 0 } };
    const ask = (state: unknown, from: NodeId, unique: string, call: string) =>
      process?.on(
        state as never,
        { kind: 'message', from, body: { tag: null, key: 'lock', unique, call, patience: 0 } },
        clock,
      );
    const held = ask({}, 'A', 'A1', 'lock');
    const stolen = ask(held?.state, 'B', 'B1', 'unlock');
    expect(stolen?.commands).toMatchObject([{ do: 'send', to: 'B', name: 'not the owner' }]);
    expect(stolen?.state).toEqual(held?.state);
  });
});

describe('a thread that dies', () => {
  const dying: Scenario = { ...two, faults: [crashing('A')], within: 40 };

  test('as the owner leaves the lock locked for ever (F1 without an end)', () => {
    expect(check({ ...dying, faults: [] }, 'nobody-stuck').kind).toBe('holds');
    expect(check(dying, 'nobody-stuck')).toMatchObject({
      kind: 'violated',
      faults: 1,
    });
    const trace = play(
      { ...dying, expect: { 'nobody-stuck': 'violated' } },
      ...['A: acquire', 'deliver A→process: lock lock', 'B: acquire', 'deliver B→process: lock lock'],
      ...['deliver process→A: locked', 'crash A'],
    );
    expect(trace.violations.map(({ words }) => words)).toEqual([
      'B will wait for the lock for ever: A crashed with it.',
    ]);
    expect(check(dying, 'one-believer').kind).toBe('holds');
  });

  test('while it waits is taken off the line', () => {
    const three = { ...dying, clients: { A: waits, B: waits, C: waits }, faults: [crashing('B')] };
    const trace = play(
      three,
      ...['A: acquire', 'deliver A→process: lock lock', 'B: acquire', 'deliver B→process: lock lock', 'C: acquire'],
      ...['deliver C→process: lock lock', 'crash B'],
    );
    expect(trace.steps.at(-1)?.world.nodes.process?.memory).toMatchObject({ lock: [{ who: 'A' }, { who: 'C' }] });
  });

  test('and is started again waits for its own lock, which its earlier life has', () => {
    const again: Scenario = {
      ...dying,
      clients: { A: waits },
      faults: [crashing('A'), { kind: 'restart', targets: ['A'], atMost: 1 }],
    };
    expect(check(again, 'nobody-stuck')).toMatchObject({ kind: 'violated', faults: 2 });
  });
});

describe('the process', () => {
  const dying: Scenario = {
    ...two,
    faults: [crashing('process'), { kind: 'restart', targets: ['process'], atMost: 1 }],
    within: 40,
  };

  test('takes its threads along when it dies, so nobody acts without the lock, and nobody is left to wait', () => {
    const trace = play(dying, 'A: acquire', 'deliver A→process: lock lock', 'B: acquire', 'crash process');
    expect(eventsOf(trace).filter(({ kind }) => kind === 'crashed')).toEqual(
      ['process', 'A', 'B'].map((who) => ({ kind: 'crashed', who })),
    );
    expect(trace.steps.at(-1)?.world.pending).toEqual([]);
    for (const property of ['one-believer', 'one-holder', 'nobody-stuck']) {
      expect(check(dying, property).kind).toBe('holds');
    }
  });

  test('starts them again with a mutex that is unlocked', () => {
    const trace = play(
      dying,
      'A: acquire',
      'deliver A→process: lock lock',
      'crash process',
      'restart process',
      'B: acquire',
    );
    expect(labels(dying, trace)).toContain('deliver B→process: lock lock');
    expect(check(dying, 'somebody-finishes')).toMatchObject({ kind: 'holds', faults: 2 });
  });

  test('cannot take back what a thread has sent: a write under way arrives, and the next life has not read it', () => {
    expect(check(dying, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 2 });
  });

  test('sleeps with all its threads', () => {
    const paused = { ...two, faults: [pausing(['process'], 1, 30)] };
    const trace = play(paused, 'A: acquire', 'pause process for 30 ms', 'deliver A→process: lock lock @ 30');
    expect(chronicle(trace).pauses.map(({ who, until }) => `${who} ${until}`)).toEqual(['process 30', 'A 30', 'B 30']);
  });

  test('needs no network: nothing between a thread and its process is lost or late', () => {
    const lossy = (rule: Partial<FaultRule>): Scenario => {
      return { ...two, faults: [{ kind: 'delay', targets: ['A'], atMost: 1, lasts: [30], ...rule }] };
    };
    expect(problems(lossy({ from: ['process'] }))).toEqual([
      'what a thread asks of its process is a call, so no delay can befall it',
    ]);
    expect(problems(lossy({ kind: 'loss', targets: ['process'] }))).toHaveLength(1);
    expect(problems(lossy({}))).toEqual([]);
    expect(labels(lossy({}), play(lossy({}), 'A: acquire'))).not.toContain('delay A→process: lock lock by 30 ms');
    // The owner waits for the answer to its write before it unlocks, so even a late one finds the lock held. (F3 needs a lease.)
    expect(check(lossy({}), 'no-lost-update').kind).toBe('holds');
  });
});

describe('two processes', () => {
  const apart: Scenario = { ...two, options: { replicas: 2 } };

  test('have two mutexes, so both go ahead, and nothing has to go wrong for it', () => {
    for (const property of ['one-believer', 'no-lost-update']) {
      expect(check(apart, property)).toMatchObject({ kind: 'violated', faults: 0 });
    }
    expect(check(apart, 'one-holder')).toMatchObject({
      kind: 'violated',
      words: 'process1 names A as the holder, and process2 names B.',
    });
  });

  test('take their threads in turn, by name', () => {
    const names = Object.fromEntries(['A', 'B', 'C', 'r1', 'r2', 'r11'].map((id) => [id, waits]));
    const trace = run(compile({ ...apart, clients: names }), natural(), 12);
    const homes = chronicle(trace).messages.filter(({ name }) => name === 'lock lock');
    expect(homes.map(({ from, to }) => `${from} ${to}`)).toEqual([
      ...['A process1', 'B process2', 'C process1', 'r1 process1', 'r2 process2', 'r11 process1'],
    ]);
  });

  test('have threads that are no mirror images of each other, as those of one process are', () => {
    const exchanges = (scenario: Scenario) => {
      const system = compile(scenario);
      return mirrorsOf(system, Object.keys(system.actors)).length;
    };
    expect(exchanges(two)).toBe(1);
    expect(exchanges(apart)).toBe(0);
    expect(exchanges({ ...apart, clients: { A: waits, B: waits, C: waits } })).toBe(1);
  });
});
