// What is particular to etcd's mutex: its steps, its queue, how its client counts a lease, and each of its known failures.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { pausing, programOf, quiet, struckRun } from '../examples.ts';
import { optionsOf } from '../options.ts';
import { problems } from '../problems.ts';
import { run } from '../run.ts';
import { natural, seeded } from '../schedulers.ts';
import { ETCD, type EtcdRequest } from '../servers/etcd.ts';
import { compile } from '../system.ts';
import { at, FOREVER } from '../time.ts';
import type { BackendOptions, FaultRule, Json, Line, LockEvent, Ms, Scenario, Trace } from '../types.ts';
import { etcd } from './etcd.ts';

vi.setConfig({ testTimeout: 60_000 });

const acquire = (ttl: Ms, more: { readonly renew?: Ms; readonly patience?: Ms } = {}): Line => {
  return { op: 'acquire', key: 'lock', ttl, patience: FOREVER, ...more };
};
const work = (ms: Ms): Line => ({ op: 'work', takes: [ms, ms] });
/** Reads, works, looks at its clock and writes; a lease of 30 ms and, if asked to, a keep-alive at a third. */
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
  backend: 'etcd',
  options: {},
  network: [1, 1],
  clients: { A: adds(5), B: adds(5) },
};
const leaderChange = (atMost: number): FaultRule => ({ kind: 'failover', targets: [ETCD], atMost });
const quietly = (scenario: Scenario) => run(compile(scenario), natural(), 400);
const names = (trace: Trace) => chronicle(trace).messages.map(({ from, to, name }) => `${from}→${to}: ${name}`);
const sentBy = (trace: Trace, who: string) =>
  chronicle(trace)
    .messages.filter(({ from }) => from === who)
    .map(({ name }) => name);
const endings = (trace: Trace) =>
  Object.fromEntries(chronicle(trace).endings.map(({ who, outcome }) => [who, outcome]));
const eventsOf = ({ steps }: Trace): LockEvent[] => steps.flatMap(({ events }) => [...events]);

describe('the recipe', () => {
  test('takes a free lock with a lease and one transaction, and unlocks by deleting the key', () => {
    const alone = quietly({ ...even, clients: { A: programOf(acquire(30), { op: 'release' }) } });
    expect(names(alone)).toEqual([
      'A→etcd: LeaseGrant A1 30',
      'etcd→A: lease A1, ttl 30',
      'A→etcd: Txn create(lock/A1)=0 ? put',
      'etcd→A: yes, lock/A1 at 2',
      'A→etcd: Delete lock/A1',
      'etcd→A: deleted 1',
      'A→etcd: LeaseRevoke A1',
    ]);
  });

  test('waits for the key before its own, and looks whether its own is still there', () => {
    const two = quietly({ ...even, clients: { A: adds(5, 10), B: adds(0, 10) } });
    const asked = sentBy(two, 'B').filter((name) => !name.startsWith('LeaseKeepAlive'));
    expect(asked.slice(2, 6)).toEqual([
      'Get lock/ last before 3',
      'Watch lock/A1',
      'Get lock/ last before 3',
      'Get lock/B1',
    ]);
    expect(endings(two)).toEqual({ A: 'done', B: 'done' });
  });

  test('wakes one client for each release, in the order in which the keys were created', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const three: Scenario = { ...even, network: [1, 3], clients: { A: adds(5, 10), B: adds(5, 10), C: adds(5, 10) } };
      const trace = run(compile(three), seeded(seed, 0), 2000);
      const told = chronicle(trace).messages.filter(({ name }) => name.startsWith('DELETE'));
      expect(told.length).toBeLessThanOrEqual(2);
      const fences = chronicle(trace).beliefs.map(({ fence }) => fence);
      expect(fences).toHaveLength(3);
      expect(fences).toEqual(fences.toSorted((a, b) => a - b));
    }
  });

  test('leaves the queue when its patience is over, and takes its key along', () => {
    const impatient = programOf(acquire(30, { patience: 12 }), { op: 'release' });
    const trace = quietly({ ...even, clients: { A: adds(40), B: impatient, C: adds(0) } });
    expect(endings(trace)).toMatchObject({ B: 'held', C: 'done' });
    expect(sentBy(trace, 'B').at(-1)).toBe('LeaseRevoke B1');
    // C stood behind B, is told that B is gone, and finds A before it.
    const asked = sentBy(trace, 'C').filter((name) => name.startsWith('Watch'));
    expect(asked).toEqual(['Watch lock/B1', 'Watch lock/A1']);
  });
});

describe('the lease', () => {
  test('is counted from the answer, so its holder believes for longer than it runs, by as long as the answer took', () => {
    const slow: Scenario = {
      ...even,
      network: [3, 3],
      clients: { A: programOf(acquire(30), work(40), { op: 'write' }) },
    };
    const { beliefs, leases } = chronicle(quietly(slow));
    expect(leases[0]).toMatchObject({ until: 33 });
    expect(beliefs[0]).toMatchObject({ validUntil: 36 });
  });

  test('F1: outlives its dead holder, and not for long', () => {
    const dies: Scenario = { ...even, faults: [{ kind: 'crash', targets: ['A'], atMost: 1 }] };
    const { leases, beliefs } = chronicle(struckRun(dies, [[8, 'crash A']]));
    expect(leases[0]).toMatchObject({ who: 'A', until: 31, ended: 'expired' });
    // Told, looked before itself, looked at itself, began its lease anew: seven messages of a millisecond.
    expect(beliefs.find(({ who }) => who === 'B')?.from).toBe(38);
  });

  test('of a second or less is granted for two, the shortest that there is', () => {
    const short = quietly({ ...even, clients: { A: programOf(acquire(1), { op: 'release' }) } });
    expect(names(short)).toContain('etcd→A: lease A1, ttl 2');
  });

  test('is by the monotonic clock of the server, so no jump of its wall clock ends it', () => {
    const jumpy: Scenario = { ...even, faults: [{ kind: 'clockJump', targets: [ETCD], atMost: 1, by: [60, -60] }] };
    expect(check(jumpy, 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
  });

  test('F6: ends early on a server whose clock runs fast', () => {
    const fast: Scenario = {
      ...even,
      clients: { A: adds(20), B: adds(0, 10) },
      faults: [{ kind: 'clockRate', targets: [ETCD], atMost: 1, rates: [[2, 1]] }],
    };
    expect(check(fast, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('ends in the middle of the work without a keep-alive, and not with one', () => {
    expect(endings(quietly({ ...even, clients: { A: adds(50) } }))).toEqual({ A: 'lost' });
    expect(endings(quietly({ ...even, clients: { A: adds(50, 10) } }))).toEqual({ A: 'done' });
  });
});

describe('F2: a pause that is longer than the lease', () => {
  const paused: Scenario = { ...even, faults: [pausing(['A'], 1, 60)] };

  test('makes two believers and loses an update', () => {
    expect(check(paused, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(paused, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('does no harm to a resource that looks at the create revision of reads and writes', () => {
    const fenced: Scenario = { ...paused, resource: 'reads-and-writes' };
    expect(check(fenced, 'no-lost-update')).toMatchObject({ kind: 'holds', faults: 1 });
    expect(check(fenced, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(fenced, 'rising-tokens')).toMatchObject({ kind: 'holds', faults: 1 });
  });

  test('does no harm to data in etcd that is written only while the key of the lock is there', () => {
    const inside: Scenario = { ...paused, options: { data: 'inside' } };
    expect(check(inside, 'no-lost-update')).toMatchObject({ kind: 'holds', faults: 1 });
    expect(check(inside, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('nor to data that is compared as well', () => {
    const compares = programOf(acquire(30), { op: 'read' }, work(5), { op: 'compareAndWrite' }, { op: 'release' });
    const inside: Scenario = { ...paused, options: { data: 'inside' }, clients: { A: compares, B: compares } };
    expect(endings(quietly(inside))).toEqual({ A: 'done', B: 'done' });
    expect(check(inside, 'no-lost-update')).toMatchObject({ kind: 'holds', faults: 1 });
  });

  test('and the late put is told that the key has gone', () => {
    const inside: Scenario = { ...paused, options: { data: 'inside' } };
    const trace = struckRun(inside, [[9, 'pause A for 60 ms']]);
    expect(endings(trace)).toEqual({ A: 'lost', B: 'done' });
    const unchecked = programOf(acquire(30), { op: 'read' }, work(5), { op: 'write' }, { op: 'release' });
    const late = struckRun({ ...inside, clients: { A: unchecked, B: unchecked } }, [[9, 'pause A for 60 ms']]);
    expect(endings(late)).toEqual({ A: 'refused', B: 'done' });
    expect(eventsOf(late)).toContainEqual(
      expect.objectContaining({ kind: 'accessed', who: 'A', what: 'write', accepted: false }),
    );
  });
});

describe('F7: a lost answer', () => {
  const lossy: Scenario = {
    ...even,
    faults: [{ kind: 'loss', targets: ['A'], from: [ETCD], atMost: 1 }],
    options: { timeout: 6, onTimeout: 'ask-again' },
    within: 120,
  };

  test('to the transaction is no harm: the key is named by the lease, so asking again finds it', () => {
    const trace = struckRun(lossy, [[3.5, 'lose etcd→A: yes, lock/A1 at 2']]);
    expect(
      names(trace)
        .filter((name) => name.startsWith('etcd→A'))
        .slice(0, 3),
    ).toEqual(['etcd→A: lease A1, ttl 30', 'etcd→A: yes, lock/A1 at 2', 'etcd→A: no, lock/A1 at 2, lock/A1 at 2']);
    expect(endings(trace)).toEqual({ A: 'done', B: 'done' });
  });

  test('of whatever kind leaves nobody stuck, and lets nobody in twice', () => {
    expect(check(lossy, 'nobody-stuck')).toMatchObject({ kind: 'holds', faults: 1 });
    expect(check(lossy, 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
    expect(check(lossy, 'no-lost-update')).toMatchObject({ kind: 'holds', faults: 1 });
  });

  test('leaves the lock to a client that has given up, until its lease ends', () => {
    const gaveUp: Scenario = { ...lossy, options: { timeout: 6, onTimeout: 'give-up' } };
    const trace = struckRun(gaveUp, [[3.5, 'lose etcd→A: yes, lock/A1 at 2']]);
    expect(endings(trace)).toEqual({ A: 'timeout', B: 'done' });
    expect(chronicle(trace).leases[0]).toMatchObject({ who: 'A', ended: 'expired' });
    expect(chronicle(trace).beliefs.map(({ who }) => who)).toEqual(['B']);
  });
});

describe('F8: an unlock that is sent again', () => {
  /** Requests to one server, one after the other; the answers without their tags. */
  const answersTo = (...requests: readonly DistributedOmit<EtcdRequest, 'tag'>[]) => {
    const server = etcd.servers(optionsOf(even, etcd))[ETCD]!;
    let state: Json = server.on(null, { kind: 'start', disk: null }, clock).state;
    return requests.map((request) => {
      const input = { kind: 'message', from: 'A', body: { tag: 'x', ...request } as Json } as const;
      const done = server.on(state, input, clock);
      state = done.state;
      const sent = done.commands.find((command) => command.do === 'send');
      return sent?.do === 'send' ? sent.name : null;
    });
  };
  const clock = { monotonic: at(0), wall: at(0) };
  const grant = { rpc: 'LeaseGrant', id: 'A1', ttl: 30 } as const;
  const key = 'lock/A1';
  const txn = { rpc: 'Txn', compare: [], failure: [], access: null } as const;
  const put = { ...txn, success: [{ op: 'put', key, value: '', lease: 'A1' }] } as const;
  const get = { ...txn, success: [{ op: 'get', key }] } as const;
  const unlock = { ...txn, success: [{ op: 'delete', key }] } as const;
  const unlockMine = (revision: number) =>
    ({ ...unlock, compare: [{ key, target: 'create', is: '=', revision }] }) as const;

  test('by the name of the key deletes the next lock of the same session', () => {
    expect(answersTo(grant, put, unlock, put, unlock, get)).toEqual([
      'lease A1, ttl 30',
      'none',
      'deleted 1',
      'none',
      'deleted 1',
      'none',
    ]);
  });

  test('by name and create revision does not', () => {
    expect(answersTo(grant, put, unlockMine(2), put, unlockMine(2), get)).toEqual([
      'lease A1, ttl 30',
      'none',
      'yes, deleted 1',
      'none',
      'no',
      'lock/A1 at 4',
    ]);
  });

  test('is what the client sends if asked to compare, and works as well', () => {
    const trace = quietly({ ...even, options: { release: 'compare-and-delete' } });
    expect(sentBy(trace, 'A')).toContain('Txn create(lock/A1)=2 ? delete');
    expect(endings(trace)).toEqual({ A: 'done', B: 'done' });
  });
});

describe('F10: a holder that is cut off from etcd and not from the resource', () => {
  const cutOff: Scenario = {
    ...even,
    clients: { A: adds(60, 10), B: adds(5, 10) },
    options: { timeout: 8, onTimeout: 'ask-again' },
    faults: [{ kind: 'partition', targets: ['A'], from: [ETCD], atMost: 1, lasts: [200] }],
  };

  test('is told by its own library when no keep-alive was answered for the length of the lease, and stops', () => {
    const trace = struckRun(cutOff, [[15, 'cut off A for 200 ms']]);
    expect(endings(trace)).toEqual({ A: 'lost', B: 'done' });
    const { beliefs, leases } = chronicle(trace);
    // The last keep-alive was sent at 12, renewed the lease at 13 and was answered at 14.
    expect(leases[0]).toMatchObject({ who: 'A', until: 43 });
    expect(beliefs[0]).toMatchObject({ who: 'A', until: 44 });
  });

  test('F11b: who is told and works on writes over the next holder', () => {
    const deaf = { ...adds(60, 10), onLost: 'ignore' as const };
    const unchecked = { ...deaf, lines: deaf.lines.filter(({ run }) => run.op !== 'stillMine') };
    const ignoring: Scenario = { ...cutOff, clients: { A: unchecked, B: adds(5, 10) } };
    expect(check(ignoring, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
  });
});

test.each([12, 60])('a waiter that is cut off for %i ms while its turn comes is not stuck', (lasts) => {
  const waiter: Scenario = {
    ...even,
    clients: { A: adds(5, 10), B: adds(5, 10) },
    options: { timeout: 8, onTimeout: 'ask-again' },
    faults: [{ kind: 'partition', targets: ['B'], from: [ETCD], atMost: 1, lasts: [lasts] }],
    within: 90,
  };
  expect(check(waiter, 'nobody-stuck')).toMatchObject({ kind: 'holds', faults: 1 });
});

describe('F11: renewal', () => {
  test('F11a: by a healthy library keeps the lock for a worker that hangs', () => {
    const hanging: Scenario = { ...even, clients: { A: adds(500, 10), B: adds(5, 10) }, within: 100 };
    expect(check(hanging, 'nobody-stuck')).toMatchObject({ kind: 'violated', faults: 0 });
  });

  test('F11c: that comes too late does not bring a lease back', () => {
    const late = programOf(acquire(30), work(50), { op: 'extend', ttl: 30 }, { op: 'release' });
    const trace = quietly({ ...even, clients: { A: late } });
    expect(names(trace)).toContain('etcd→A: ttl 0');
    expect(endings(trace)).toEqual({ A: 'lost' });
  });
});

test('F14: a cluster that begins again with nothing hands out tokens that it has handed out before', () => {
  const wiped: Scenario = {
    ...even,
    clients: { A: adds(5), B: programOf(work(60), acquire(30), { op: 'release' }) },
    options: { timeout: 8 },
    faults: [
      { kind: 'crash', targets: [ETCD], atMost: 1 },
      { kind: 'wipe', targets: [ETCD], atMost: 1 },
    ],
    expect: { 'rising-tokens': 'holds' },
  };
  const trace = struckRun(wiped, [
    [30, 'crash etcd'],
    [40, 'restart etcd with an empty disk'],
  ]);
  expect(chronicle(trace).beliefs.map(({ who, fence }) => [who, fence])).toEqual([
    ['A', 2],
    ['B', 2],
  ]);
  expect(trace.broken).toEqual(['rising-tokens']);
});

test('a cluster that comes back from its disk has forgotten nothing', () => {
  const restarted: Scenario = {
    ...even,
    options: { timeout: 8, onTimeout: 'ask-again' },
    faults: [
      { kind: 'crash', targets: [ETCD], atMost: 1 },
      { kind: 'restart', targets: [ETCD], atMost: 1 },
    ],
  };
  const trace = struckRun(restarted, [
    [9, 'crash etcd'],
    [12, 'restart etcd'],
  ]);
  expect(endings(trace)).toEqual({ A: 'done', B: 'done' });
  expect(trace.broken).toEqual([]);
});

describe('F18: a lease that ends while its client waits in the queue', () => {
  // A holds for long. B stands behind it and is paused, so its lease ends. C stands behind B.
  const queue: Scenario = {
    ...even,
    clients: { A: adds(45, 10), B: adds(30, 10), C: adds(40, 10) },
    faults: [pausing(['B'], 1, 60)],
  };
  const paused = (options: Partial<BackendOptions>) =>
    chronicle(struckRun({ ...queue, options }, [[12, 'pause B for 60 ms']]));

  test('makes two holders if the client does not look at its own key, as etcd 3.4.3', () => {
    const { beliefs } = paused({ recheckOwnKey: false });
    const [b, c] = ['B', 'C'].map((id) => beliefs.find(({ who }) => who === id));
    expect(c?.from).toBeLessThan(b?.from ?? 0);
    expect(b?.from).toBeLessThan(c?.until ?? 0);
  });

  test('is found by a client that looks at it, as since then', () => {
    const { beliefs, endings: ends } = paused({});
    expect(beliefs.map(({ who }) => who)).toEqual(['A', 'C']);
    expect(ends).toContainEqual(expect.objectContaining({ who: 'B', outcome: 'lost' }));
  });

  test('is not noticed before the key in front is gone (issue 19597)', () => {
    const { endings: ends, leases } = paused({});
    const free = leases.find(({ who }) => who === 'A')?.until ?? 0;
    expect(ends.find(({ who }) => who === 'B')?.at).toBeGreaterThan(free);
  });
});

describe('a change of the leader alone', () => {
  // A hold of 12 ms on a lease of 9, so that nobody could work without the keep-alive, and requests of all kinds in flight.
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

  test('lets each lease run its full length again, and an election longer', () => {
    const idle = programOf(acquire(30), work(60), { op: 'release' });
    const trace = struckRun({ ...of({ A: idle }, 1) }, [[20, 'etcd elects a new leader']]);
    expect(chronicle(trace).leases[0]?.until).toBe(20 + 30 + 1);
  });
});

describe('options that make no sense', () => {
  test('are refused in words', () => {
    const inside: Scenario = { ...even, options: { data: 'inside' }, resource: 'writes' };
    expect(problems(inside)).toEqual(["the data is inside 'etcd', so there is no other resource to fence"]);
    expect(problems({ ...even, faults: [{ kind: 'failover', targets: ['A'], atMost: 1 }] })).toEqual([
      "'A' of the backend 'etcd' cannot fail over",
    ]);
  });
});

type DistributedOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
