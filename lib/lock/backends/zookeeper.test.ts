// What is particular to ZooKeeper's lock: its recipe, its queue, sessions as both sides see them, and its known failures.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { pausing, programOf, quiet, struckRun } from '../examples.ts';
import { problems } from '../problems.ts';
import { replay, run } from '../run.ts';
import { natural, seeded } from '../schedulers.ts';
import { ZOOKEEPER } from '../servers/zookeeper.ts';
import { compile } from '../system.ts';
import { FOREVER } from '../time.ts';
import type { FaultRule, Line, Ms, Scenario, Trace } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const acquire = (ttl: Ms, more: { readonly renew?: Ms; readonly patience?: Ms } = {}): Line => {
  return { op: 'acquire', key: 'lock', ttl, patience: FOREVER, ...more };
};
const work = (ms: Ms): Line => ({ op: 'work', takes: [ms, ms] });
/** Reads, works, looks at its clock and writes; a session of 30 ms and, if asked to, a ping at a third. */
const adds = (takes: Ms, renew?: Ms) =>
  programOf(
    acquire(30, renew === undefined ? {} : { renew }),
    { op: 'read' },
    work(takes),
    { op: 'stillMine', else: 6 },
    { op: 'write' },
    { op: 'release' },
  );

const even: Scenario = {
  ...quiet,
  backend: 'zookeeper',
  options: {},
  network: [1, 1],
  clients: { A: adds(5), B: adds(5) },
};
const leaderChange = (atMost: number): FaultRule => ({ kind: 'failover', targets: [ZOOKEEPER], atMost });
const quietly = (scenario: Scenario) => run(compile(scenario), natural(), 400);
const names = (trace: Trace) => chronicle(trace).messages.map(({ from, to, name }) => `${from}→${to}: ${name}`);
const sentBy = (trace: Trace, who: string) =>
  chronicle(trace)
    .messages.filter(({ from }) => from === who)
    .map(({ name }) => name);
const endings = (trace: Trace) =>
  Object.fromEntries(chronicle(trace).endings.map(({ who, outcome }) => [who, outcome]));

describe('the recipe', () => {
  test('takes a free lock with a session, a node and a look, and gives it back by deleting the node', () => {
    const alone = quietly({ ...even, clients: { A: programOf(acquire(30), { op: 'release' }) } });
    expect(names(alone)).toEqual([
      'A→zookeeper: connect A1 30',
      'zookeeper→A: session A1',
      'A→zookeeper: create /lock/A1- -e -s',
      'zookeeper→A: /lock/A1-0000000000 czxid 1',
      'A→zookeeper: getChildren /lock',
      'zookeeper→A: 1 child',
      'A→zookeeper: delete /lock/A1-0000000000',
      'zookeeper→A: deleted',
      'A→zookeeper: closeSession A1',
    ]);
  });

  test('watches the node before its own, and lists again on its event', () => {
    const trace = quietly({ ...even, clients: { A: adds(5, 10), B: adds(0, 10) } });
    const asked = sentBy(trace, 'B').filter((name) => !name.startsWith('ping'));
    expect(asked.slice(2, 5)).toEqual(['getChildren /lock', 'exists /lock/A1-0000000000, watch', 'getChildren /lock']);
    expect(names(trace)).toContain('zookeeper→B: NodeDeleted /lock/A1-0000000000');
    expect(endings(trace)).toEqual({ A: 'done', B: 'done' });
  });

  test('wakes one client for each release, in the order of the nodes, with rising tokens', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const three: Scenario = { ...even, network: [1, 3], clients: { A: adds(5, 10), B: adds(5, 10), C: adds(5, 10) } };
      const trace = run(compile(three), seeded(seed, 0), 2000);
      const told = chronicle(trace).messages.filter(({ name }) => name.startsWith('NodeDeleted'));
      expect(told.length).toBeLessThanOrEqual(2);
      const fences = chronicle(trace).beliefs.map(({ fence }) => fence);
      expect(fences).toHaveLength(3);
      expect(fences).toEqual(fences.toSorted((a, b) => a - b));
    }
  });

  test('is not misled by an event that overtakes the answer of the watch', () => {
    const overtaking: Scenario = {
      ...even,
      network: [1, 3],
      clients: { A: programOf(acquire(30), { op: 'release' }), B: programOf(acquire(30), { op: 'release' }) },
    };
    const trace = replay(compile(overtaking), [
      'A: acquire',
      'B: acquire',
      'deliver A→zookeeper: connect A1 30',
      'deliver B→zookeeper: connect B1 30',
      'deliver zookeeper→A: session A1',
      'deliver zookeeper→B: session B1',
      'deliver A→zookeeper: create /lock/A1- -e -s',
      'deliver B→zookeeper: create /lock/B1- -e -s',
      'deliver zookeeper→A: /lock/A1-0000000000 czxid 1',
      'deliver zookeeper→B: /lock/B1-0000000001 czxid 2',
      'deliver A→zookeeper: getChildren /lock',
      'deliver B→zookeeper: getChildren /lock',
      'deliver zookeeper→A: 2 children',
      'deliver zookeeper→B: 2 children',
      'A: release',
      'deliver B→zookeeper: exists /lock/A1-0000000000, watch',
      'deliver A→zookeeper: delete /lock/A1-0000000000',
      'deliver zookeeper→B: NodeDeleted /lock/A1-0000000000',
      'deliver B→zookeeper: getChildren /lock',
      'deliver zookeeper→B: czxid 1',
      'deliver zookeeper→B: 1 child',
    ]);
    expect(trace.stuck).toBeUndefined();
    expect(chronicle(trace).beliefs.at(-1)).toMatchObject({ who: 'B', fence: 2 });
  });

  test('leaves the queue when its patience is over, and the one behind it moves up', () => {
    const impatient = programOf(acquire(30, { patience: 12 }), { op: 'release' });
    const trace = quietly({ ...even, clients: { A: adds(40, 10), B: impatient, C: adds(0, 10) } });
    expect(endings(trace)).toMatchObject({ A: 'done', B: 'held', C: 'done' });
    expect(sentBy(trace, 'B').at(-1)).toBe('closeSession B1');
    const watched = sentBy(trace, 'C').filter((name) => name.endsWith('watch'));
    expect(watched).toEqual(['exists /lock/B1-0000000001, watch', 'exists /lock/A1-0000000000, watch']);
  });
});

describe('the session', () => {
  test('F1: outlives its client by its whole length, and takes the node along', () => {
    const dies: Scenario = { ...even, faults: [{ kind: 'crash', targets: ['A'], atMost: 1 }] };
    const { leases, beliefs } = chronicle(struckRun(dies, [[8, 'crash A']]));
    // Heard of last when it listed the nodes, at 5.
    expect(leases[0]).toMatchObject({ who: 'A', until: 35, ended: 'expired' });
    expect(beliefs.find(({ who }) => who === 'B')?.from).toBe(38);
  });

  test('is over up to one sweep later than it could be', () => {
    const swept: Scenario = {
      ...even,
      clients: { A: programOf(acquire(30), { op: 'read' }) },
      options: { sweep: 4 },
    };
    const upTo = ['A: acquire', 'deliver A→zookeeper: connect A1 30', 'deliver zookeeper→A: session A1'];
    const rest = [
      'deliver A→zookeeper: create /lock/A1- -e -s',
      'deliver zookeeper→A: /lock/A1-0000000000 czxid 1',
      'deliver A→zookeeper: getChildren /lock',
      'deliver zookeeper→A: 1 child',
      'A: read',
      'deliver A→store: read (token 1)',
      'deliver store→A: value 0',
    ];
    for (const [when, fits] of [
      [34, false],
      [35, true],
      [39, true],
      [40, false],
    ] as const) {
      const trace = replay(compile(swept), [...upTo, ...rest, `timer zookeeper: session A1 ends @ ${when}`]);
      expect(trace.stuck === undefined, `${when}`).toBe(fits);
    }
  });

  test('is kept by any request, so one that waits in the queue does not lose its place, even without pings', () => {
    const trace = quietly({ ...even, clients: { A: adds(100, 10), B: adds(0) } });
    expect(endings(trace)).toEqual({ A: 'done', B: 'done' });
  });

  test('ends in the middle of the work without pings, and not with them', () => {
    expect(endings(quietly({ ...even, clients: { A: adds(50) } }))).toEqual({ A: 'lost' });
    expect(endings(quietly({ ...even, clients: { A: adds(50, 10) } }))).toEqual({ A: 'done' });
  });

  test('is by the monotonic clock of the server, so no jump of its wall clock ends it', () => {
    const jumpy: Scenario = {
      ...even,
      faults: [{ kind: 'clockJump', targets: [ZOOKEEPER], atMost: 1, by: [60, -60] }],
    };
    expect(check(jumpy, 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
  });

  test('F6: ends early on a server whose clock runs fast', () => {
    const fast: Scenario = {
      ...even,
      clients: { A: adds(25), B: adds(0, 10) },
      faults: [{ kind: 'clockRate', targets: [ZOOKEEPER], atMost: 1, rates: [[2, 1]] }],
    };
    expect(check(fast, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('that the service has ended is told so at the next contact', () => {
    const late = programOf(acquire(30), work(50), { op: 'extend', ttl: 30 }, { op: 'release' });
    const trace = quietly({ ...even, clients: { A: late } });
    expect(names(trace).slice(-2)).toEqual(['A→zookeeper: ping A1', 'zookeeper→A: session expired']);
    expect(endings(trace)).toEqual({ A: 'lost' });
  });
});

describe('F10: a holder that is cut off from ZooKeeper and not from the resource', () => {
  const cutOff: Scenario = {
    ...even,
    clients: { A: adds(60, 10), B: adds(5, 10) },
    options: { timeout: 8 },
    faults: [{ kind: 'partition', targets: ['A'], from: [ZOOKEEPER], atMost: 1, lasts: [200] }],
  };

  test('is disconnected before it is expired, and stops in time', () => {
    const trace = struckRun(cutOff, [[15, 'cut off A for 200 ms']]);
    const { beliefs, leases } = chronicle(trace);
    // Its last ping was sent at 12, heard at 13 and answered at 14. Two thirds of 30 ms later it stops; the server waits 30.
    expect(beliefs[0]).toMatchObject({ who: 'A', until: 34 });
    expect(leases[0]).toMatchObject({ who: 'A', until: 43, ended: 'expired' });
    expect(endings(trace)).toEqual({ A: 'lost', B: 'done' });
  });

  test('and for that has no rival at any time, wherever the cut falls', () => {
    expect(check(cutOff, 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
    expect(check(cutOff, 'no-lost-update')).toMatchObject({ kind: 'holds', faults: 1 });
  });

  test('F11b: does the harm if it takes "disconnected" for "still mine"', () => {
    const deaf = { ...adds(60, 10), onLost: 'ignore' as const };
    const unchecked = { ...deaf, lines: deaf.lines.filter(({ run }) => run.op !== 'stillMine') };
    const ignoring: Scenario = { ...cutOff, clients: { A: unchecked, B: adds(5, 10) } };
    expect(check(ignoring, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(ignoring, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('and one in the queue that is cut off for longer than its session is told so when it is back', () => {
    const waiter: Scenario = {
      ...cutOff,
      clients: { A: adds(100, 10), B: adds(5, 10) },
      faults: [{ kind: 'partition', targets: ['B'], from: [ZOOKEEPER], atMost: 1, lasts: [60] }],
    };
    const trace = struckRun(waiter, [[15, 'cut off B for 60 ms']]);
    expect(names(trace)).toContain('zookeeper→B: session expired');
    expect(endings(trace)).toEqual({ A: 'done', B: 'lost' });
  });

  test('and one whose event was lost in the cut finds out when it is back', () => {
    const waiter: Scenario = {
      ...cutOff,
      clients: { A: adds(5, 10), B: adds(5, 10) },
      faults: [{ kind: 'partition', targets: ['B'], from: [ZOOKEEPER], atMost: 1, lasts: [12] }],
      within: 60,
    };
    expect(check(waiter, 'nobody-stuck')).toMatchObject({ kind: 'holds', faults: 1 });
  });
});

test('an answer that comes after the library has hung up is not taken: the client asks again, and is told', () => {
  const late: Scenario = {
    ...even,
    clients: { A: adds(0), B: adds(5, 10) },
    faults: [{ kind: 'delay', targets: ['A'], from: [ZOOKEEPER], atMost: 1, lasts: [60] }],
  };
  const trace = struckRun(late, [[5.5, 'delay zookeeper→A: 2 children by 60 ms']]);
  expect(sentBy(trace, 'A').filter((name) => name.startsWith('getChildren'))).toHaveLength(2);
  expect(endings(trace)).toEqual({ A: 'lost', B: 'done' });
  expect(check(late, 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
});

describe('F2: a pause that is longer than the session', () => {
  const paused: Scenario = { ...even, faults: [pausing(['A'], 1, 60)] };

  test('makes two believers and loses an update, with pings or without', () => {
    for (const renew of [undefined, 10]) {
      const scenario: Scenario = { ...paused, clients: { A: adds(5, renew), B: adds(5, renew) } };
      expect(check(scenario, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
      expect(check(scenario, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
    }
  });

  test('does no harm to a resource that looks at the zxid of reads and writes', () => {
    const fenced: Scenario = { ...paused, resource: 'reads-and-writes' };
    expect(check(fenced, 'no-lost-update')).toMatchObject({ kind: 'holds', faults: 1 });
    expect(check(fenced, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(fenced, 'rising-tokens')).toMatchObject({ kind: 'holds', faults: 1 });
  });

  test('F13: does harm to one that looks at writes only, if there are two of them', () => {
    const fenced: Scenario = { ...even, resource: 'writes', faults: [pausing(['A', 'B'], 2, 60)] };
    expect(check(fenced, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 2 });
  });
});

describe('F7: a lost answer', () => {
  const lossy: Scenario = {
    ...even,
    clients: { A: adds(5, 10), B: adds(5, 10) },
    faults: [{ kind: 'loss', targets: ['A'], from: [ZOOKEEPER], atMost: 1 }],
    options: { timeout: 6 },
    within: 120,
  };
  const lost = [[3.5, 'lose zookeeper→A: /lock/A1-0000000000 czxid 1']] as const;

  test('to the creation is no harm: the client looks for the node that has its own value in its name', () => {
    const trace = struckRun(lossy, lost);
    expect(sentBy(trace, 'A').slice(1, 4)).toEqual([
      'create /lock/A1- -e -s',
      'getChildren /lock',
      'exists /lock/A1-0000000000',
    ]);
    expect(chronicle(trace).beliefs[0]).toMatchObject({ who: 'A', fence: 1 });
    expect(endings(trace)).toEqual({ A: 'done', B: 'done' });
  });

  test('is bad for a client that creates another one: it waits behind itself, for ever if it pings', () => {
    const naive: Scenario = { ...lossy, options: { timeout: 6, onTimeout: 'ask-again' } };
    const trace = struckRun(naive, lost, 200);
    expect(chronicle(trace).beliefs).toEqual([]);
    expect(sentBy(trace, 'A')).toContain('exists /lock/B1-0000000001, watch');
    expect(check(naive, 'nobody-stuck')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('of whatever kind leaves nobody stuck, and lets nobody in twice', () => {
    expect(check(lossy, 'nobody-stuck')).toMatchObject({ kind: 'holds', faults: 1 });
    expect(check(lossy, 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
    expect(check(lossy, 'no-lost-update')).toMatchObject({ kind: 'holds', faults: 1 });
  });

  test('leaves the node to a client that has given up, until its session ends', () => {
    const gaveUp: Scenario = { ...lossy, options: { timeout: 6, onTimeout: 'give-up' } };
    const trace = struckRun(gaveUp, lost);
    expect(endings(trace)).toEqual({ A: 'timeout', B: 'done' });
    expect(chronicle(trace).leases[0]).toMatchObject({ who: 'A', ended: 'expired' });
  });

  test('F8: to the deletion is no harm, as no other node will ever have that name', () => {
    const trace = struckRun(lossy, [[16.5, 'lose zookeeper→A: deleted']]);
    expect(sentBy(trace, 'A').filter((name) => name.startsWith('delete'))).toHaveLength(2);
    expect(names(trace)).toContain('zookeeper→A: no node');
    expect(endings(trace)).toEqual({ A: 'done', B: 'done' });
    expect(check(lossy, 'only-owner-releases')).toMatchObject({ kind: 'holds', faults: 1 });
  });
});

describe('F11a: a healthy library', () => {
  test('keeps the lock for a worker that hangs', () => {
    const hanging: Scenario = { ...even, clients: { A: adds(500, 10), B: adds(5, 10) }, within: 100 };
    expect(check(hanging, 'nobody-stuck')).toMatchObject({ kind: 'violated', faults: 0 });
  });
});

test('F14: an ensemble that begins again with nothing hands out tokens that it has handed out before', () => {
  const wiped: Scenario = {
    ...even,
    clients: { A: adds(5), B: programOf(work(60), acquire(30), { op: 'release' }) },
    options: { timeout: 8 },
    faults: [
      { kind: 'crash', targets: [ZOOKEEPER], atMost: 1 },
      { kind: 'wipe', targets: [ZOOKEEPER], atMost: 1 },
    ],
    expect: { 'rising-tokens': 'holds' },
  };
  const trace = struckRun(wiped, [
    [30, 'crash zookeeper'],
    [40, 'restart zookeeper with an empty disk'],
  ]);
  expect(chronicle(trace).beliefs.map(({ fence }) => fence)).toEqual([1, 1]);
  expect(trace.broken).toEqual(['rising-tokens']);
});

test('an ensemble that comes back from its disk has forgotten no session and no node', () => {
  const restarted: Scenario = {
    ...even,
    options: { timeout: 8 },
    faults: [
      { kind: 'crash', targets: [ZOOKEEPER], atMost: 1 },
      { kind: 'restart', targets: [ZOOKEEPER], atMost: 1 },
    ],
  };
  const trace = struckRun(restarted, [
    [9, 'crash zookeeper'],
    [12, 'restart zookeeper'],
  ]);
  expect(endings(trace)).toEqual({ A: 'done', B: 'done' });
  expect(trace.broken).toEqual([]);
});

describe('a change of the leader alone', () => {
  // A hold of 12 ms on a session of 9, so that nobody could work without pings, and requests of all kinds in flight.
  const long = programOf(
    acquire(9, { renew: 3 }),
    { op: 'read' },
    work(12),
    { op: 'stillMine', else: 6 },
    { op: 'write' },
    { op: 'release' },
  );
  const of = (clients: Scenario['clients'], atMost: number): Scenario => {
    return { ...even, clients, faults: [leaderChange(atMost)], bounds: { timing: 'every-ms', depth: 1000 } };
  };

  test.each(['one-believer', 'one-holder', 'no-lost-update', 'rising-tokens'])(
    'keeps %s, even two of them',
    (property) => {
      const verdict = check(of({ A: long, B: long }, 2), property);
      expect(verdict).toMatchObject({ kind: 'holds', faults: 2, timing: 'every-ms' });
    },
  );

  test.each(['one-believer', 'no-lost-update'])('keeps %s with three in the queue', (property) => {
    const verdict = check(of({ A: long, B: long, C: long }, 2), property);
    expect(verdict).toMatchObject({ kind: 'holds', faults: 2, timing: 'every-ms' });
  });

  test('makes no two believers on a network of two speeds', () => {
    const brief = programOf(acquire(30, { renew: 10 }), { op: 'release' });
    const verdict = check({ ...of({ A: brief, B: brief }, 1), network: [1, 2] }, 'one-believer');
    expect(verdict).toMatchObject({ kind: 'holds', faults: 1, timing: 'every-ms' });
  });

  test('lets each session run its full length again', () => {
    const idle = programOf(acquire(30), work(60), { op: 'release' });
    const trace = struckRun(of({ A: idle }, 1), [[20, 'zookeeper elects a new leader']]);
    expect(chronicle(trace).leases[0]?.until).toBe(20 + 30);
  });
});

test('options that make no sense are refused in words', () => {
  expect(problems({ ...even, options: { release: 'delete' } })).toEqual([
    'a ZooKeeper node belongs to one acquisition, so no release of it is blind',
  ]);
  expect(problems({ ...even, options: { data: 'inside' } })).toEqual([
    'this ZooKeeper keeps locks and no data; etcd keeps both',
  ]);
});
