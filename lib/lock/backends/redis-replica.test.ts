// What is particular to a Redis with a replica: what a failover forgets (F4, F14 of locks.md 0.5), what WAIT can do about it and
// what it cannot, and how clients find the new primary. Every message takes one millisecond here, also from server to server.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { programOf, quiet } from '../examples.ts';
import { problems } from '../problems.ts';
import { run } from '../run.ts';
import { natural, scripted } from '../schedulers.ts';
import { compile } from '../system.ts';
import { FOREVER } from '../time.ts';
import type { BackendOptions, FaultRule, Line, Ms, Program, Scenario, Trace } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const acquire = { op: 'acquire', key: 'lock', ttl: 20, patience: 16 } as const;
function holding(work: Ms, how: { readonly ttl?: Ms; readonly patience?: Ms; readonly renew?: Ms } = {}): Program {
  return programOf(
    { ...acquire, ...how },
    { op: 'work', takes: [work, work] },
    { op: 'read' },
    { op: 'write' },
    { op: 'release' },
  );
}

const two: Scenario = {
  ...quiet,
  backend: 'redis-replica',
  network: [1, 1],
  options: { retry: [8, 8], replication: [1, 1], timeout: 12, waitTimeout: 4 },
  clients: { A: holding(4), B: holding(4) },
};
const having = (options: Partial<BackendOptions>, scenario = two): Scenario => ({
  ...scenario,
  options: { ...scenario.options, ...options },
});
const under = (scenario: Scenario, ...faults: readonly FaultRule[]): Scenario => ({ ...scenario, faults });
const alone = (...lines: readonly Line[]): Scenario => ({ ...two, clients: { A: programOf(...lines) } });
const waiting = having({ waitFor: 1 });
/** For searches with three faults. */
const short: Scenario = { ...waiting, clients: { A: holding(4, { patience: 10 }), B: holding(4, { patience: 10 }) } };

const failover: FaultRule = { kind: 'failover', targets: ['redis1'], atMost: 1 };
const crash: FaultRule = { kind: 'crash', targets: ['redis1', 'redis2'], atMost: 1 };
const restart: FaultRule = { ...crash, kind: 'restart', atMost: 2 };
/** The old primary, which becomes the replica of the new one. */
const back: FaultRule = { kind: 'restart', targets: ['redis1'], atMost: 1 };
/** The link between the two servers; their clients still reach both. */
const cut = (lasts?: Ms): FaultRule => {
  const rule: FaultRule = { kind: 'partition', targets: ['redis2'], from: ['redis1'], atMost: 1 };
  return lasts === undefined ? rule : { ...rule, lasts: [lasts] };
};

/** Labels to follow; a number lets things take their course up to that millisecond, and so it goes on after the last. */
function following(scenario: Scenario, ...plan: readonly (string | Ms)[]): Trace {
  const ahead = [...plan];
  return run(
    compile(scenario),
    {
      pick(moves, world) {
        for (;;) {
          const [next] = ahead;
          if (next === undefined) return natural().pick(moves, world);
          if (typeof next === 'string') {
            ahead.shift();
            const choice = scripted([next]).pick(moves, world);
            if (!choice) throw new Error(`'${next}' is not offered, but ${moves.map(({ label }) => label).join(', ')}`);
            return choice;
          }
          const choice = natural().pick(moves, world);
          if (choice && choice.at.$at <= next) return choice;
          ahead.shift();
        }
      },
    },
    400,
  );
}
const outcomes = (trace: Trace) =>
  Object.fromEntries(chronicle(trace).endings.map(({ who, outcome }) => [who, outcome]));
const names = (trace: Trace, ...ends: readonly string[]) =>
  chronicle(trace)
    .messages.filter(({ from, to }) => ends.includes(from) && ends.includes(to))
    .map(({ name }) => name);

describe('the primary', () => {
  test('answers first and copies afterwards', () => {
    const trace = following(two, 'A: acquire', 'B: acquire', 1);
    const sent = chronicle(trace).messages.filter(({ from }) => from === 'redis1');
    expect(sent.slice(0, 2)).toMatchObject([
      { to: 'A', name: 'OK token 1', sentAt: 1 },
      { to: 'redis2', name: 'copy', sentAt: 1, deliveredAt: 2 },
    ]);
  });

  test('grants one at a time while nothing fails, with and without waiting for copies', () => {
    expect(check(two, 'one-believer').kind).toBe('holds');
    expect(check(waiting, 'one-believer').kind).toBe('holds');
  });

  test('may lose its clients’ connections; they ask again and nobody else gets in', () => {
    const stopping = { A: { ...holding(4), stopBefore: 0 }, B: { ...holding(4), stopBefore: 0 } };
    const disconnecting = under({ ...two, clients: stopping }, { kind: 'disconnect', targets: ['A', 'B'], atMost: 1 });
    expect(check(disconnecting, 'one-believer').kind).toBe('holds');
    expect(check(disconnecting, 'somebody-finishes').kind).toBe('holds');
  });
});

describe('a failover', () => {
  const failing = under(two, failover);

  test('F4: forgets a lock that was not copied: two believers, nobody slow, no clock wrong', () => {
    const verdict = check(failing, 'one-believer');
    expect(verdict).toMatchObject({ kind: 'violated', faults: 1 });
    expect(verdict.kind === 'violated' && verdict.words).toContain('let in although A’s lease has not ended');
    expect(check(failing, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
    // Asked at any moment, the service names one holder. It does not remember having named another.
    expect(check(failing, 'one-holder').kind).toBe('holds');
  });

  test('F14: gives the same token twice, so that even a resource that checks and installs tokens lets both in', () => {
    expect(check(failing, 'rising-tokens')).toMatchObject({ kind: 'violated', faults: 1 });
    const fenced: Scenario = { ...failing, resource: 'reads-and-writes' };
    expect(check(fenced, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('F14: gives a lower token than before, so that the resource turns the rightful holder away', () => {
    const late = programOf({ op: 'work', takes: [60, 60] }, ...holding(4).lines.map(({ run: line }) => line));
    const three = under(
      { ...two, resource: 'writes', clients: { A: holding(4), B: holding(4), C: late } },
      failover,
      cut(),
    );
    const trace = following(three, 'cut off redis2', 50, 'redis1 fails over to redis2');
    expect(outcomes(trace)).toEqual({ A: 'done', B: 'done', C: 'refused' });
    expect(names(trace, 'C', 'store')).toContain('refused: token 1 < 2');
  });

  test('is survived by a lock that was copied: its holder gives it back at the new primary', () => {
    const trace = following(failing, 3, 'redis1 fails over to redis2');
    expect(trace.broken).toEqual([]);
    expect(names(trace, 'A', 'redis2')).toEqual(['DELEX lock IFEQ A1', 'deleted 1']);
    expect(outcomes(trace)).toEqual({ A: 'done', B: 'done' });
  });

  test('kills the copies that are on their way: a promoted server has cut the link', () => {
    const trace = following(failing, 1, 'redis1 fails over to redis2');
    expect(chronicle(trace).leases.filter(({ server }) => server === 'redis2')[0]).toMatchObject({
      who: 'B',
      fence: 1,
    });
  });

  test('leaves a client in doubt whose answer was lost with the primary: it asks whose the lock is (F7)', () => {
    const trace = following(under(waiting, failover), 4, 'redis1 fails over to redis2', 9);
    // The copy was there, the confirmation was not.
    expect(names(trace, 'A', 'redis2').slice(0, 4)).toEqual([
      'SET lock A1 NX PX 20',
      'nil',
      'MGET lock lock:fence',
      'A1 1',
    ]);
    const blunt = following(
      having({ onTimeout: 'ask-again' }, under(waiting, failover)),
      4,
      'redis1 fails over to redis2',
      9,
    );
    expect(names(blunt, 'A', 'redis2')).not.toContain('MGET lock lock:fence');
  });

  test('is found out by a client that had no connection: it waits in vain once, then asks the other server', () => {
    const late = programOf({ op: 'work', takes: [30, 30] }, ...holding(4).lines.map(({ run: line }) => line));
    const trace = following(under({ ...two, clients: { A: late } }, failover), 'redis1 fails over to redis2');
    expect(outcomes(trace)).toEqual({ A: 'done' });
    expect(chronicle(trace).beliefs[0]).toMatchObject({ from: 30 + 12 + 2 });
  });

  test('is not what happens when a primary just dies: the replica answers nobody', () => {
    const dying = under({ ...two, clients: { A: holding(4, { patience: 40 }) } }, crash);
    const trace = following(dying, 'crash redis1');
    expect(names(trace, 'A', 'redis2')).toContain('READONLY');
    expect(outcomes(trace)).toEqual({ A: 'timeout' });
  });
});

describe('WAIT', () => {
  test('lets a client believe only what the replica has confirmed', () => {
    const trace = following(having({ waitFor: 1 }, alone(acquire, { op: 'release' })));
    expect(names(trace, 'A', 'redis1').slice(0, 4)).toEqual([
      'SET lock A1 NX PX 20',
      'OK token 1',
      'WAIT 1 4',
      '1 copy',
    ]);
    expect(names(trace, 'redis1', 'redis2').slice(0, 3)).toEqual(['copy', 'REPLCONF GETACK', 'REPLCONF ACK']);
    // Four messages with the servers between them, but the lease counts from the first.
    expect(chronicle(trace).beliefs[0]).toMatchObject({ from: 6, validUntil: 20 });
  });

  test('times out where there is no copy: the lock is given back, and a client without patience is refused', () => {
    const trace = following(
      under(having({ waitFor: 1 }, alone({ ...acquire, patience: 0 }, { op: 'release' })), cut()),
      'cut off redis2',
    );
    expect(names(trace, 'A', 'redis1')).toEqual([
      'SET lock A1 NX PX 20',
      'OK token 1',
      'WAIT 1 4',
      '0 copies',
      'DELEX lock IFEQ A1',
      'deleted 1',
    ]);
    expect(outcomes(trace)).toEqual({ A: 'timeout' });
    expect(chronicle(trace).beliefs).toEqual([]);
  });

  test('may last longer than a client waits for any other answer', () => {
    const hasty = having(
      { waitFor: 1, timeout: 3, waitTimeout: 8 },
      alone({ ...acquire, patience: 0 }, { op: 'read' }),
    );
    expect(names(following(under(hasty, cut()), 'cut off redis2'), 'A', 'redis1')).toContain('0 copies');
  });

  test('that took longer than the lease confirms a lock that is over: it is given back', () => {
    const long = having({ waitFor: 1, waitTimeout: 8 }, alone({ ...acquire, ttl: 5, patience: 0 }, { op: 'read' }));
    expect(outcomes(following(long))).toEqual({ A: 'timeout' });
    expect(outcomes(following(having({ elapsedCheck: false }, long)))).toEqual({ A: 'done' });
  });

  test('is tried again, with a new value, and succeeds when the link is there again', () => {
    const trace = following(
      under(having({ waitFor: 1 }, alone(acquire, { op: 'release' })), cut(10)),
      'cut off redis2 for 10 ms',
    );
    expect(names(trace, 'A', 'redis1')).toContain('SET lock A1.1 NX PX 20');
    expect(outcomes(trace)).toEqual({ A: 'done' });
  });

  test('without a timeout waits until the client gives up on the server', () => {
    const forever = having({ waitFor: 1, waitTimeout: FOREVER }, alone({ ...acquire, patience: 0 }, { op: 'release' }));
    const trace = following(under(forever, cut()), 'cut off redis2');
    expect(names(trace, 'A', 'redis1')).toContain('WAIT 1 0');
    expect(outcomes(trace)).toEqual({ A: 'timeout' });
    expect(chronicle(trace).endings[0]?.at).toBe(2 + 12);
  });

  test('keeps one believer through one failover, also when the link breaks and the old primary comes back as a replica', () => {
    expect(check(under(waiting, failover), 'one-believer').kind).toBe('holds');
    const worse = under(short, failover, cut(12), back);
    expect(check(worse, 'one-believer').kind).toBe('holds');
    // Not for want of anybody who gets the lock again.
    expect(check(worse, 'somebody-finishes').kind).toBe('holds');
  });

  test('has nobody to confirm anything after that failover, until there is a replica again', () => {
    const trace = following(under(waiting, failover), 'redis1 fails over to redis2');
    expect(Object.values(outcomes(trace))).not.toContain('done');
    const patient = { ...waiting, clients: { A: holding(4), B: holding(4, { patience: 60 }) } };
    const again = following(under(patient, failover, back), 'redis1 fails over to redis2', 'restart redis1');
    expect(outcomes(again)).toEqual({ A: 'done', B: 'done' });
    expect(names(again, 'redis1', 'redis2')).toContain('FULLRESYNC');
  });

  test('does not keep tokens rising, since what is not confirmed has a token too; but nobody has ever used it', () => {
    expect(check(under(waiting, failover), 'rising-tokens')).toMatchObject({ kind: 'violated', faults: 1 });
    const fenced: Scenario = { ...under(short, failover, cut(12), back), resource: 'reads-and-writes' };
    expect(check(fenced, 'no-lost-update').kind).toBe('holds');
  });

  test('confirms no renewal: a failover cuts the lease short to what the copy says, and a second one believes', () => {
    const renewing: Scenario = {
      ...having({ retry: [2, 2] }, waiting),
      clients: { A: holding(20, { ttl: 16, renew: 8 }), B: holding(4, { patience: 30 }) },
    };
    const renewed = under(renewing, failover, back);
    // The renewal has arrived at 15 and is answered. Its copy dies with the primary.
    const trace = following(renewed, 15, 'redis1 fails over to redis2 @ 15', 'restart redis1 @ 15');
    expect(names(trace, 'A', 'redis1')).toContain('SET lock A1 IFEQ A1 PX 16');
    const [a, b] = chronicle(trace).beliefs;
    // A learns it from the next renewal, 8 ms after the one that was lost.
    expect([a, b]).toMatchObject([
      { who: 'A', until: 24, validUntil: 30 },
      { who: 'B', from: 22 },
    ]);
    expect(outcomes(trace)).toEqual({ A: 'lost', B: 'done' });
    expect(check(renewed, 'one-believer')).toMatchObject({ kind: 'violated', faults: 2 });
  });

  test('is worth nothing if the replica forgets what it has confirmed, as it does in a restart without a disk', () => {
    const steps = [6, 'crash redis2', 'restart redis2', 'redis1 fails over to redis2', 'restart redis1'] as const;
    const forgetting = under({ ...waiting, clients: { A: holding(14), B: holding(4) } }, failover, crash, restart);
    expect(following(forgetting, ...steps).broken).toContain('one-believer');
    expect(following(having({ durable: true }, forgetting), ...steps).broken).toEqual([]);
  });
});

describe('a primary that restarts before anybody is promoted', () => {
  const restarting = under(
    { ...two, clients: { A: holding(12), B: holding(4) } },
    { ...crash, targets: ['redis1'] },
    back,
  );

  test('comes back empty, and its replica copies the emptiness', () => {
    const trace = following(restarting, 3, 'crash redis1', 'restart redis1');
    expect(names(trace, 'redis1', 'redis2')).toEqual(expect.arrayContaining(['PSYNC', 'NOMASTERLINK', 'FULLRESYNC']));
    expect(check(restarting, 'one-believer')).toMatchObject({ kind: 'violated', faults: 2 });
  });

  test('has forgotten nothing if each write was on disk before it was answered', () => {
    expect(check(having({ durable: true }, restarting), 'one-believer').kind).toBe('holds');
  });
});

describe('what makes no sense is refused', () => {
  test.each([
    ['waiting for more copies than there are replicas', having({ waitFor: 2 }), 'has one replica'],
    ['a client that never gives up on a server', having({ timeout: FOREVER }), 'needs a client timeout'],
    ['a failover of the replica', under(two, { ...failover, targets: ['redis2'] }), 'cannot fail over'],
  ])('%s', (_what, scenario, words) => {
    expect(problems(scenario).join()).toContain(words);
  });
});
