// What a Spanner transaction is as a lock, what a leader keeps, what TrueTime is for and what it does not do.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { addOne, pausing, programOf, quiet } from '../examples.ts';
import { experiment, USUAL } from '../experiment.ts';
import { problems } from '../problems.ts';
import { replay, run } from '../run.ts';
import { natural } from '../schedulers.ts';
import { moves } from '../step.ts';
import { compile } from '../system.ts';
import { FOREVER } from '../time.ts';
import type { BackendOptions, FaultRule, LockEvent, Program, Scenario, Trace } from '../types.ts';

vi.setConfig({ testTimeout: 120_000 });

const two: Scenario = {
  ...quiet,
  backend: 'spanner',
  options: { retry: [6, 6] },
  clients: { A: addOne(16, FOREVER), B: addOne(16, FOREVER) },
  bounds: { timing: 'corners', states: 2_000_000 },
};
const with_ = (options: Partial<BackendOptions>, change: Partial<Scenario> = {}): Scenario => {
  return { ...two, options: { ...two.options, ...options }, ...change };
};
const failing: FaultRule = { kind: 'failover', targets: ['spanner'], atMost: 1 };
const verdict = (scenario: Scenario, property: string) => check(scenario, property).kind;

function play(scenario: Scenario, ...script: readonly string[]): Trace {
  const trace = replay(compile(scenario), script);
  expect(trace.stuck).toBeUndefined();
  return trace;
}
const eventsOf = ({ steps }: Trace): readonly LockEvent[] => steps.flatMap(({ events }) => [...events]);
const names = (trace: Trace) => chronicle(trace).messages.map(({ name }) => name);
const endings = (trace: Trace) => chronicle(trace).endings.map(({ who, outcome }) => `${who} ${outcome}`);
const labels = (scenario: Scenario, trace: Trace) =>
  moves(compile(scenario), trace.steps.at(-1)?.world ?? trace.start).map(({ label }) => label);

describe('a read-write transaction', () => {
  test('locks at the leader, keeps its writes to itself, and gives the lock back by committing', () => {
    const trace = run(compile({ ...two, clients: { A: addOne(16, 0) } }), natural(), 100);
    expect(names(trace)).toEqual([
      'begin; SELECT n FROM t FOR UPDATE',
      'n = 0',
      'SELECT n FROM t',
      'n = 0',
      'Commit n = 1',
      'committed',
    ]);
    expect(endings(trace)).toEqual(['A done']);
  });

  test('whose client is paused past the idle timeout is aborted, and can change nothing any more (F2)', () => {
    const paused = with_({}, { faults: [pausing(['A'], 1, 60)] });
    expect(check(paused, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(verdict(paused, 'no-lost-update')).toBe('holds');
    expect(verdict(paused, 'one-holder')).toBe('holds');
  });

  test('learns that only at its next request', () => {
    const slow = programOf(
      { op: 'acquire', key: 'lock', ttl: 16, patience: 0 },
      { op: 'read' },
      { op: 'work', takes: [40, 40] },
      { op: 'write' },
      { op: 'release' },
    );
    const trace = run(compile({ ...two, clients: { A: slow } }), natural(), 100);
    expect(names(trace).slice(-2)).toEqual(['Commit n = 1', 'ABORTED']);
    expect(endings(trace)).toEqual(['A lost']);
    expect(eventsOf(trace)).toContainEqual(
      expect.objectContaining({ kind: 'accessed', what: 'write', accepted: false }),
    );
  });

  test('is kept from being idle by a SELECT 1 now and then', () => {
    const kept = programOf(
      { op: 'acquire', key: 'lock', ttl: 16, patience: 0, renew: 10 },
      { op: 'read' },
      { op: 'work', takes: [80, 80] },
      { op: 'write' },
      { op: 'release' },
    );
    const trace = run(compile({ ...two, clients: { A: kept } }), natural(), 200);
    expect(names(trace)).toContain('SELECT 1');
    expect(endings(trace)).toEqual(['A done']);
  });

  test('whose client dies keeps the lock until the idle timeout, and no longer (F1)', () => {
    const dying = with_({}, { faults: [{ kind: 'crash', targets: ['A'], atMost: 1 }] });
    // A's request is under way for 2, its lock is idle for 30, B's answer takes 2.
    expect(verdict({ ...dying, within: 34 }, 'nobody-stuck')).toBe('holds');
    expect(verdict({ ...dying, within: 33 }, 'nobody-stuck')).toBe('violated');
    const never = with_({ idleTimeout: FOREVER }, { faults: dying.faults, within: 500 });
    expect(check(never, 'nobody-stuck')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('that will not wait sets a deadline of a round trip, and leaves nothing behind', () => {
    const trace = run(compile({ ...two, clients: { A: addOne(16, FOREVER), B: addOne(16, 0) } }), natural(), 200);
    expect(endings(trace)).toEqual(['B held', 'A done']);
    expect(trace.steps.at(-1)?.world.nodes.spanner?.memory).toMatchObject({ state: { transactions: [] } });
  });

  test('that is asked for again keeps its place, and one whose answer was lost is not shut out by itself (F7)', () => {
    const lossy = with_(
      { timeout: 6, onTimeout: 'ask-again' },
      { faults: [{ kind: 'loss', targets: ['A'], atMost: 1 }], within: 60 },
    );
    expect(verdict(lossy, 'nobody-stuck')).toBe('holds');
    expect(verdict(lossy, 'no-lost-update')).toBe('holds');
    expect(verdict(lossy, 'somebody-finishes')).toBe('holds');
  });
});

describe('wound-wait', () => {
  const eager = with_({ beginsFirst: true });
  const script = [
    ...['A: acquire', 'B: acquire', 'deliver A→spanner: BeginTransaction', 'deliver B→spanner: BeginTransaction'],
    ...['deliver spanner→B: begun', 'deliver B→spanner: SELECT n FROM t FOR UPDATE', 'deliver spanner→A: begun @ 3'],
    ...['deliver A→spanner: SELECT n FROM t FOR UPDATE'],
  ];

  test('takes the lock from a younger holder, who is not told', () => {
    const trace = play(eager, ...script);
    expect(eventsOf(trace).filter(({ kind }) => kind === 'granted' || kind === 'freed')).toMatchObject([
      { kind: 'granted', who: 'B' },
      { kind: 'freed', whose: 'B', by: null },
      { kind: 'granted', who: 'A' },
    ]);
    expect(labels(eager, trace)).not.toContain('deliver spanner→B: ABORTED');
  });

  test('lets a younger one wait for an older holder', () => {
    const waiting = play(
      eager,
      ...['A: acquire', 'B: acquire', 'deliver A→spanner: BeginTransaction', 'deliver B→spanner: BeginTransaction'],
      ...['deliver spanner→A: begun', 'deliver A→spanner: SELECT n FROM t FOR UPDATE', 'deliver spanner→B: begun @ 3'],
      ...['deliver B→spanner: SELECT n FROM t FOR UPDATE'],
    );
    expect(eventsOf(waiting).filter(({ kind }) => kind === 'granted')).toMatchObject([{ who: 'A' }]);
  });

  test('makes two believers without any fault, so as a lock for something outside it is none; inside, the commit fails', () => {
    expect(check(eager, 'one-believer')).toMatchObject({ kind: 'violated', faults: 0 });
    expect(verdict(eager, 'one-holder')).toBe('holds');
    expect(verdict(eager, 'no-lost-update')).toBe('holds');
    expect(verdict({ ...eager, within: 40 }, 'nobody-stuck')).toBe('holds');
  });

  test('does not wound a commit, which nothing can take back any more', () => {
    const short = programOf(
      { op: 'acquire', key: 'lock', ttl: 16, patience: FOREVER },
      { op: 'write' },
      { op: 'release' },
    );
    const scenario = { ...eager, clients: { A: addOne(16, FOREVER), B: short } };
    const trace = play(
      scenario,
      ...['A: acquire', 'B: acquire', 'deliver A→spanner: BeginTransaction', 'deliver B→spanner: BeginTransaction'],
      ...['deliver spanner→B: begun', 'deliver B→spanner: SELECT n FROM t FOR UPDATE', 'deliver spanner→A: begun @ 3'],
      ...['deliver spanner→B: n = 0', 'B: write', 'B: release', 'deliver B→spanner: Commit n = 1'],
      ...['deliver A→spanner: SELECT n FROM t FOR UPDATE', 'timer spanner: commit wait B1'],
    );
    expect(labels(scenario, trace)).toEqual(['deliver spanner→B: committed', 'deliver spanner→A: n = 1']);
  });
});

describe('a new leader', () => {
  const changing = with_({}, { faults: [failing] });

  test('has no locks, so what is uncommitted is aborted, and what was committed stays', () => {
    expect(verdict(changing, 'no-lost-update')).toBe('holds');
    expect(check(changing, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(verdict({ ...changing, within: 30 }, 'nobody-stuck')).toBe('holds');
    expect(verdict(changing, 'somebody-finishes')).toBe('holds');
  });

  test('finishes a commit that was waiting for its timestamp', () => {
    const scenario = { ...changing, clients: { A: addOne(16, FOREVER) } };
    const upToCommit = [
      ...['A: acquire', 'deliver A→spanner: begin; SELECT n FROM t FOR UPDATE', 'deliver spanner→A: n = 0', 'A: read'],
      ...['deliver A→spanner: SELECT n FROM t', 'deliver spanner→A: n = 0', 'A: still mine?', 'A: write', 'A: release'],
      ...['deliver A→spanner: Commit n = 1', 'spanner elects a new leader'],
    ];
    const trace = play(scenario, ...upToCommit, 'timer spanner: commit wait A1', 'deliver spanner→A: committed');
    expect(endings(trace)).toEqual(['A done']);
    expect(eventsOf(trace)).toContainEqual(
      expect.objectContaining({ kind: 'accessed', what: 'write', accepted: true }),
    );
  });

  test('after a time without one, during which requests wait', () => {
    const slow = with_({ election: 10 }, { faults: [failing] });
    expect(verdict(slow, 'no-lost-update')).toBe('holds');
    expect(verdict(slow, 'somebody-finishes')).toBe('holds');
  });
});

describe('a lease row for something outside', () => {
  const outside = with_({ data: 'outside' }, { clients: { A: addOne(16, 60), B: addOne(16, 60) } });
  const paused = { ...outside, faults: [pausing(['A'], 1, 60)] };

  test('holds without faults', () => {
    for (const property of ['one-believer', 'one-holder', 'no-lost-update', 'rising-tokens']) {
      expect(verdict(outside, property)).toBe('holds');
    }
  });

  test('is as unsafe as any lease after one pause, and its fence column helps as any token does (F2)', () => {
    expect(check(paused, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(verdict({ ...paused, resource: 'reads-and-writes' }, 'no-lost-update')).toBe('holds');
    expect(verdict(paused, 'rising-tokens')).toBe('holds');
  });

  test('is committed, so a new leader knows it, and its fence goes on', () => {
    const changing = { ...outside, faults: [failing] };
    for (const property of ['one-believer', 'no-lost-update', 'rising-tokens']) {
      expect(verdict(changing, property)).toBe('holds');
    }
  });

  test('whose answer is lost is recognised by its owner, who asks whose it is (F7)', () => {
    const lossy = (onTimeout: BackendOptions['onTimeout']) =>
      with_(
        { data: 'outside', timeout: 12, onTimeout },
        {
          clients: { A: addOne(60, FOREVER) },
          faults: [{ kind: 'loss', targets: ['A'], atMost: 1, from: ['spanner'] }],
        },
      );
    expect(verdict({ ...lossy('ask-whose'), within: 40 }, 'nobody-stuck')).toBe('holds');
    expect(verdict({ ...lossy('ask-again'), within: 40 }, 'nobody-stuck')).toBe('violated');
  });

  test('that has lapsed is not taken back in silence', () => {
    const late = programOf(
      { op: 'acquire', key: 'lock', ttl: 16, patience: 0 },
      { op: 'work', takes: [30, 30] },
      { op: 'extend', ttl: 16 },
      { op: 'release' },
    );
    expect(endings(run(compile({ ...outside, clients: { A: late } }), natural(), 100))).toEqual(['A lost']);
  });

  test('can be renewed in time', () => {
    const renewing = programOf(
      { op: 'acquire', key: 'lock', ttl: 30, patience: 0, renew: 10 },
      { op: 'work', takes: [90, 90] },
      { op: 'stillMine', else: 4 },
      { op: 'write' },
      { op: 'release' },
    );
    const trace = run(compile({ ...outside, clients: { A: renewing } }), natural(), 300);
    expect(endings(trace)).toEqual(['A done']);
    expect(chronicle(trace).leases).toHaveLength(1);
  });
});

describe('TrueTime', () => {
  const once = (key: string, latest: number): Program =>
    programOf(
      { op: 'work', takes: [0, latest] },
      { op: 'acquire', key, ttl: 16, patience: FOREVER },
      { op: 'write' },
      { op: 'release' },
    );
  /** B begins while A is under way, or after A was answered. */
  const groups = (options: Partial<BackendOptions>, by: readonly number[]): Scenario =>
    with_(
      { replicas: 2, clockUncertainty: 4, ...options },
      {
        clients: { A: once('a', 0), B: once('b', 20) },
        faults: [{ kind: 'clockJump', targets: ['spanner1', 'spanner2'], atMost: 2, by }],
        bounds: { timing: 'every-ms', states: 3_000_000 },
      },
    );

  test('with a bound that is honest and commit wait, timestamps tell the order between groups', () => {
    expect(verdict(groups({}, [-4, 4]), 'external-consistency')).toBe('holds');
  });

  test('without commit wait they do not, although every clock is within its bound', () => {
    expect(check(groups({ commitWait: false }, [-4, 4]), 'external-consistency')).toMatchObject({
      kind: 'violated',
      words: expect.stringMatching(/’s transaction began after .’s was answered, and has the earlier timestamp: /),
    });
  });

  test('with a bound that is a lie they do not, although everybody waits', () => {
    expect(check(groups({}, [-30]), 'external-consistency')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  describe('in the standard experiment, with a client at each of two groups', () => {
    const asked = (options: Partial<BackendOptions>, setBack: number) => {
      const faults =
        setBack === 0 ? [] : [{ kind: 'clockJump', target: 'spanner2', atMost: 1, lasts: -setBack } as const];
      const choices = { ...USUAL, lock: 'spanner', stagger: 20, faults, options: { replicas: 2, ...options } };
      const made = experiment(choices, 'external-consistency');
      return made.kind === 'scenario' ? verdict(made.scenario, 'external-consistency') : made.why;
    };

    test('the promise is broken by a clock that is further off than its bound, and not by one within it', () => {
      expect(asked({ clockUncertainty: 2 }, 0)).toBe('holds');
      expect(asked({ clockUncertainty: 2 }, 2)).toBe('holds');
      expect(asked({ clockUncertainty: 2 }, 30)).toBe('violated');
    });

    test('the promise is broken without commit wait although every clock is within its bound', () => {
      expect(asked({ clockUncertainty: 16 }, 16)).toBe('holds');
      expect(asked({ clockUncertainty: 16, commitWait: false }, 16)).toBe('violated');
    });

    test('one group numbers its own commits upwards, and everything else is asked of one lock', () => {
      expect(asked({ replicas: 1 }, 0)).toBe('holds');
      const made = experiment({ ...USUAL, lock: 'spanner', options: { replicas: 2 } }, 'no-lost-update');
      expect(made.kind === 'scenario' && verdict(made.scenario, 'no-lost-update')).toBe('holds');
    });
  });

  test('numbers the commits of one group upwards whatever its clock does', () => {
    const one = with_({}, { faults: [{ kind: 'clockJump', targets: ['spanner'], atMost: 1, by: [-30, 30] }] });
    expect(verdict(one, 'external-consistency')).toBe('holds');
    expect(verdict(one, 'no-lost-update')).toBe('holds');
  });

  test('is waited for by the clock, which may be set back meanwhile', () => {
    const scenario = with_(
      { clockUncertainty: 2 },
      {
        clients: { A: addOne(16, FOREVER) },
        faults: [{ kind: 'clockJump', targets: ['spanner'], atMost: 1, by: [-10] }],
      },
    );
    const upToCommit = [
      ...['A: acquire', 'deliver A→spanner: begin; SELECT n FROM t FOR UPDATE', 'deliver spanner→A: n = 0', 'A: read'],
      ...['deliver A→spanner: SELECT n FROM t', 'deliver spanner→A: n = 0', 'A: still mine?', 'A: write', 'A: release'],
      ...['deliver A→spanner: Commit n = 1', 'set the clock of spanner back 10 ms', 'timer spanner: commit wait A1'],
    ];
    const trace = play(scenario, ...upToCommit, 'timer spanner: commit wait A1');
    const committed = eventsOf(trace).find(({ kind }) => kind === 'committed');
    // Asked at 5: the timestamp is 7, and surely past when the clock says 10, which is 20 in truth.
    expect(committed).toMatchObject({ timestamp: { $at: 7 } });
    expect(trace.steps.at(-1)?.at).toEqual({ $at: 20 });
  });
});

test('without a transaction, a read and a write are one each, and a condition is checked under the lock', () => {
  const bare = programOf({ op: 'read' }, { op: 'write' });
  const careful = programOf({ op: 'read' }, { op: 'compareAndWrite' });
  expect(verdict({ ...two, clients: { A: bare, B: bare } }, 'no-lost-update')).toBe('violated');
  expect(verdict({ ...two, clients: { A: careful, B: careful } }, 'no-lost-update')).toBe('holds');
});

test('options that make no sense are refused', () => {
  expect(problems(with_({ replicas: 3 }))).toHaveLength(1);
  expect(problems(with_({ idleTimeout: 0 }))).toEqual(['idleTimeout must be above 0, or no transaction gets anywhere']);
  expect(problems(with_({}, { resource: 'writes' }))).toHaveLength(1);
  expect(problems(with_({}, { faults: [failing] }))).toEqual([]);
});
