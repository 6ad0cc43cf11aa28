// What is particular to a lock in the database: that it ends with its transaction, and what that is worth for data inside the
// transaction and outside of it; its kinds of lock, its ways to wait, its tokens, and the ends of its connections.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { addOne, pausing, programOf, quiet, struckRun } from '../examples.ts';
import { type Choices, experiment, USUAL } from '../experiment.ts';
import { optionsOf } from '../options.ts';
import { problems } from '../problems.ts';
import { replay, run } from '../run.ts';
import { natural } from '../schedulers.ts';
import { POSTGRES } from '../servers/postgres-statements.ts';
import { compile } from '../system.ts';
import { FOREVER } from '../time.ts';
import type { BackendOptions, FaultKind, FaultRule, Line, Ms, NodeId, Program, Scenario, Trace } from '../types.ts';
import { sql } from './sql.ts';

vi.setConfig({ testTimeout: 60_000 });

const acquire = (patience: Ms = FOREVER): Line => ({ op: 'acquire', key: 'lock', ttl: 30, patience });
const release: Line = { op: 'release' };
/** The lock ends with the transaction and no clock tells when, so there is no looking at one. */
const adds = (patience?: Ms): Program =>
  programOf(acquire(patience), { op: 'read' }, { op: 'write' }, { op: 'release' });
const two = { A: adds(), B: adds() };

const inside: Scenario = {
  ...quiet,
  backend: 'sql',
  options: { retry: [6, 6] },
  clients: two,
  bounds: { timing: 'corners' },
};
const with_ = (options: Partial<BackendOptions>, faults: readonly FaultRule[] = [], base = inside): Scenario => {
  return { ...base, options: { ...base.options, ...options }, faults };
};
const outside = with_({ data: 'outside' });
const strikes = (kind: FaultKind, ...targets: readonly NodeId[]): FaultRule => ({ kind, targets, atMost: 1 });
const longPause = pausing(['A'], 1, 60);

const quietly = (scenario: Scenario) => run(compile(scenario), natural(), 400);
const play = (scenario: Scenario, ...script: readonly string[]): Trace => {
  const trace = replay(compile(scenario), script);
  expect(trace.stuck).toBeUndefined();
  return trace;
};
const names = (trace: Trace) => chronicle(trace).messages.map(({ from, to, name }) => `${from}→${to}: ${name}`);
const endings = (trace: Trace) =>
  Object.fromEntries(chronicle(trace).endings.map(({ who, outcome }) => [who, outcome]));
const written = (trace: Trace) =>
  chronicle(trace)
    .accesses.filter(({ what }) => what === 'write')
    .map(({ who, value, accepted }) => `${who} ${value} ${accepted ? 'accepted' : 'refused'}`);

const ASKS = 'BEGIN; SELECT n FROM t FOR UPDATE';
const A_ADDS = [
  'A: acquire',
  `deliver A→postgres: ${ASKS}`,
  'deliver postgres→A: n = 0',
  'A: read',
  'deliver A→postgres: SELECT n FROM t',
  'deliver postgres→A: n = 0',
  'A: write',
  'deliver A→postgres: UPDATE t SET n = 1',
  'deliver postgres→A: UPDATE 1',
];

describe('with the data in the transaction that locks', () => {
  test('lock, read, write and commit are one transaction', () => {
    const alone = quietly({ ...inside, clients: { A: adds() } });
    expect(names(alone)).toEqual([
      `A→postgres: ${ASKS}`,
      'postgres→A: n = 0',
      'A→postgres: SELECT n FROM t',
      'postgres→A: n = 0',
      'A→postgres: UPDATE t SET n = 1',
      'postgres→A: UPDATE 1',
      'A→postgres: COMMIT',
      'postgres→A: COMMIT',
    ]);
    expect(chronicle(alone).beliefs).toMatchObject([{ who: 'A', fence: 0, validUntil: null }]);
  });

  test('a pause of 60 ms loses no update, whether the transaction is kept or ended (F2, F13)', () => {
    for (const idleTimeout of [FOREVER, 20]) {
      const paused = with_({ idleTimeout }, [longPause]);
      expect(check(paused, 'no-lost-update')).toMatchObject({ kind: 'holds', faults: 1 });
      expect(check(paused, 'somebody-finishes').kind).toBe('holds');
    }
  });

  test('belief is another matter: with an idle timeout two clients have it after one pause', () => {
    expect(check(with_({}, [longPause]), 'one-believer').kind).toBe('holds');
    expect(check(with_({ idleTimeout: 20 }, [longPause]), 'one-believer')).toMatchObject({
      kind: 'violated',
      faults: 1,
    });
    expect(check(with_({ idleTimeout: 20 }, [longPause]), 'one-holder').kind).toBe('holds');
  });

  test('a statement that is late, or a connection that breaks, loses no update (F3, F10)', () => {
    const late: FaultRule = { kind: 'delay', targets: ['A'], atMost: 1, lasts: [40] };
    expect(check(with_({ idleTimeout: 20 }, [late]), 'no-lost-update').kind).toBe('holds');
    expect(check(with_({}, [strikes('disconnect', 'A')]), 'no-lost-update').kind).toBe('holds');
    expect(check(with_({}, [strikes('disconnect', 'A')]), 'one-holder').kind).toBe('holds');
  });

  test('a COMMIT that fails has done nothing, and its client learns so', () => {
    const scenario = with_({ idleTimeout: 20 }, [longPause], { ...inside, clients: { A: adds() } });
    const trace = play(
      scenario,
      ...A_ADDS,
      'pause A for 60 ms',
      'timer postgres: idle A1',
      'A: release',
      'deliver postgres→A: FATAL 25P03 idle timeout',
      'deliver A→postgres: COMMIT',
    );
    expect(written(trace)).toEqual([]);
    expect(endings(trace)).toEqual({ A: 'lost' });
    // The last answer was sent at 5.
    expect(chronicle(trace).leases).toMatchObject([{ who: 'A', from: 1, until: 25, ended: 'expired' }]);
  });

  test('a write that comes too late finds no transaction', () => {
    const scenario = with_({ idleTimeout: 20 }, [longPause], { ...inside, clients: { A: adds() } });
    const trace = play(
      scenario,
      ...A_ADDS.slice(0, 6),
      'pause A for 60 ms',
      'timer postgres: idle A1',
      'A: write',
      'deliver postgres→A: FATAL 25P03 idle timeout',
      'deliver A→postgres: UPDATE t SET n = 1',
    );
    expect(endings(trace)).toEqual({ A: 'lost' });
    expect(written(trace)).toEqual(['A 1 refused']);
  });

  test('a lost reply to COMMIT leaves a doubt that the client does not hide (F7)', () => {
    const scenario = with_({ timeout: 9 }, [strikes('loss', 'A')], { ...inside, clients: { A: adds() } });
    const trace = play(
      scenario,
      ...A_ADDS,
      'A: release',
      'deliver A→postgres: COMMIT',
      'lose postgres→A: COMMIT',
      'timer A: no answer',
    );
    expect(written(trace)).toEqual(['A 1 accepted']);
    expect(endings(trace)).toEqual({ A: 'timeout' });
  });

  test('without any lock the same statements lose updates, and a retry writes twice', () => {
    const plain = programOf({ op: 'read' }, { op: 'write' });
    expect(check({ ...inside, clients: { A: plain, B: plain } }, 'no-lost-update')).toMatchObject({
      kind: 'violated',
      faults: 0,
    });
    const retried = with_({ timeout: 9, onTimeout: 'ask-again' }, [strikes('loss', 'A')], {
      ...inside,
      clients: { A: programOf({ op: 'write' }) },
    });
    expect(check(retried, 'no-double-effect')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(with_({ onTimeout: 'give-up' }, retried.faults, retried), 'no-double-effect').kind).toBe('holds');
  });
});

describe('guarding something outside of the database', () => {
  test('is as safe as the lock while nothing goes wrong, and through a pause that nobody ends', () => {
    expect(check(outside, 'no-lost-update').kind).toBe('holds');
    expect(check(with_({}, [longPause], outside), 'no-lost-update').kind).toBe('holds');
  });

  test('is lost to a pause past the idle timeout (F2)', () => {
    const verdict = check(with_({ idleTimeout: 20 }, [longPause], outside), 'no-lost-update');
    expect(verdict).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('is lost with the connection, while the client works on or its write is under way (F3)', () => {
    const broken = with_({}, [strikes('disconnect', 'A')], outside);
    expect(check(broken, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
    const ignores: Program = { ...adds(), onLost: 'ignore' };
    const worksOn = { ...broken, clients: { A: ignores, B: adds() } };
    expect(check(worksOn, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('a crash of the database frees every lock, whoever is at work', () => {
    const crashes = [strikes('crash', POSTGRES), strikes('restart', POSTGRES)];
    const works = programOf(acquire(), { op: 'read' }, { op: 'work', takes: [20, 20] }, { op: 'write' }, release);
    const clients = { A: { ...works, onLost: 'ignore' }, B: adds() } as const;
    const scenario = with_({ timeout: 9, onTimeout: 'ask-again' }, crashes, { ...outside, clients });
    expect(check(scenario, 'no-lost-update').kind).toBe('violated');
  });
});

describe('a connection that is broken', () => {
  const B_ASKS = ['B: acquire', `deliver B→postgres: ${ASKS}`] as const;
  const TOLD = 'B: connection to postgres is gone';
  const ASKS_AGAIN = { timeout: 90, onTimeout: 'ask-again' } as const;

  test('brings nothing to the database, although its client has not been told yet and goes on sending', () => {
    const scenario = with_({}, [strikes('disconnect', 'B')], outside);
    const trace = play(scenario, 'A: acquire', 'break the connection of B', 'B: acquire');
    expect(trace.steps.at(-1)?.events).toContainEqual({ kind: 'lost', from: 'B', to: POSTGRES, name: ASKS });
    const later = play(scenario, 'A: acquire', 'break the connection of B', 'B: acquire', TOLD);
    expect(chronicle(later).leases.map(({ who }) => who)).toEqual([]);
  });

  test('is replaced by another, over which the client asks again and waits for its turn', () => {
    const broken = with_(ASKS_AGAIN, [strikes('disconnect', 'B')], outside);
    const trace = struckRun(broken, [[0, 'break the connection of B']]);
    const asked = chronicle(trace).messages.filter(({ from, name }) => from === 'B' && name === ASKS);
    expect(asked.map(({ lostAt }) => lostAt !== null)).toEqual([true, false]);
    expect(endings(trace)).toEqual({ A: 'done', B: 'done' });
    const [a, b] = chronicle(trace).beliefs;
    expect([a?.who, b?.who]).toEqual(['A', 'B']);
    expect(a?.until).toBeLessThan(b?.from ?? 0);
  });

  test('of a client that waits can cost no update; one with a write under way can (F3)', () => {
    const choices = {
      ...USUAL,
      lock: 'sql',
      options: { data: 'outside' },
      faults: [{ kind: 'disconnect', atMost: 1 }],
    };
    const verdictOf = (stagger: Ms) => {
      const made = experiment({ ...choices, stagger } as Choices, 'no-lost-update');
      return made.kind === 'scenario' ? check(made.scenario, 'no-lost-update') : made.why;
    };
    expect(verdictOf(0)).toMatchObject({ kind: 'holds', faults: 1 });
    expect(verdictOf(6)).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('is gone for its client too: an answer that comes over it afterwards is not believed', () => {
    const late: FaultRule = { kind: 'delay', targets: ['B'], from: [POSTGRES], oneWay: 'in', atMost: 1, lasts: [7] };
    const faults = [strikes('crash', POSTGRES), strikes('restart', POSTGRES), late];
    const scenario = with_(ASKS_AGAIN, faults, { ...outside, clients: { B: adds() } });
    const trace = play(
      scenario,
      ...[...B_ASKS, 'crash postgres', 'restart postgres', 'delay postgres→B: n = 0 by 7 ms', TOLD],
      ...['deliver B→postgres: cancel, close', 'timer B: ask again', 'deliver postgres→B: n = 0'],
    );
    expect(chronicle(trace).beliefs).toEqual([]);
  });
});

describe('a token', () => {
  const fenced = (options: Partial<BackendOptions>, ...faults: readonly FaultRule[]): Scenario => {
    return { ...with_({ idleTimeout: 20, ...options }, faults, outside), resource: 'reads-and-writes' };
  };

  test('from a sequence is taken in the message that locks', () => {
    const trace = quietly(fenced({ token: 'counter' }));
    expect(names(trace)[0]).toBe(`A→postgres: ${ASKS}; SELECT nextval('fence')`);
    expect(chronicle(trace).leases.map(({ who, fence }) => [who, fence])).toEqual([
      ['A', 1],
      ['B', 2],
    ]);
  });

  test('from a sequence rises through a rollback, so it fences the holder that was ended', () => {
    const paused = fenced({ token: 'counter' }, longPause);
    expect(check(paused, 'rising-tokens').kind).toBe('holds');
    expect(check(paused, 'no-lost-update').kind).toBe('holds');
  });

  test('from a column of the row is rolled back with the lock: the next holder gets the same one', () => {
    const paused = fenced({ token: 'record-version' }, longPause);
    expect(check(paused, 'rising-tokens')).toMatchObject({
      kind: 'violated',
      words: 'B’s grant came after A’s, but both have token 1.',
    });
    expect(check(paused, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('from a sequence comes back when the database crashes before the commit that would have made it durable (F14)', () => {
    const crashes = [strikes('crash', POSTGRES), strikes('restart', POSTGRES)];
    const patient = { timeout: 9, onTimeout: 'ask-again' } as const;
    expect(check(fenced({ token: 'counter', ...patient }, ...crashes), 'rising-tokens').kind).toBe('violated');
    // With a lock of the session, the statement that took the number is a transaction, and committed before it answers.
    const session = fenced({ token: 'counter', rowLock: 'advisory-session', ...patient }, ...crashes);
    expect(check(session, 'rising-tokens').kind).toBe('holds');
  });

  test('rises where it is committed before anybody works under it', () => {
    const tokens = (options: Partial<BackendOptions>) => sql.tokens(optionsOf(with_(options), sql));
    expect(tokens({})).toBe('none');
    expect(tokens({ token: 'counter' })).toBe('rising');
    expect(tokens({ token: 'record-version' })).toBe('unordered');
    expect(tokens({ token: 'record-version', rowLock: 'advisory-session' })).toBe('rising');
    const session = fenced({ token: 'record-version', rowLock: 'advisory-session' }, longPause);
    expect(check(session, 'no-lost-update').kind).toBe('holds');
  });
});

describe.each(['for-update', 'advisory-transaction', 'advisory-session'] as const)(
  'a lock of the kind %s',
  (rowLock) => {
    test('keeps one client out while the other is in, and loses no update of its database', () => {
      for (const scenario of [with_({ rowLock }), with_({ rowLock, idleTimeout: 20 }, [longPause])]) {
        expect(check(scenario, 'one-holder').kind).toBe('holds');
        expect(check(scenario, 'no-lost-update').kind).toBe('holds');
      }
      expect(check(with_({ rowLock }), 'one-believer').kind).toBe('holds');
    });

    test('guards nothing outside once the session has been ended', () => {
      const scenario = with_({ rowLock, idleTimeout: 20 }, [longPause], outside);
      expect(check(scenario, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
    });
  },
);

test('an advisory lock has its own statements', () => {
  const sent = (options: Partial<BackendOptions>) =>
    names(quietly({ ...with_(options), clients: { A: adds() } })).filter((name) => name.startsWith('A→'));
  expect(sent({ rowLock: 'advisory-session' })).toEqual([
    "A→postgres: SELECT pg_advisory_lock(hashtext('lock'))",
    'A→postgres: SELECT n FROM t',
    'A→postgres: UPDATE t SET n = 1',
    "A→postgres: SELECT pg_advisory_unlock(hashtext('lock'))",
  ]);
  expect(sent({ rowLock: 'advisory-transaction', whenLocked: 'nowait' })).toEqual([
    "A→postgres: BEGIN; SELECT pg_try_advisory_xact_lock(hashtext('lock'))",
    'A→postgres: SELECT n FROM t',
    'A→postgres: UPDATE t SET n = 1',
    'A→postgres: COMMIT',
  ]);
});

describe('a client that finds it locked', () => {
  const asking = (options: Partial<BackendOptions>, patience: Ms): Scenario => {
    return { ...with_(options), clients: { A: adds(), B: adds(patience) } };
  };
  const heard = (scenario: Scenario) => names(quietly(scenario)).filter((name) => /^B→|→B:/.test(name));

  test('with NOWAIT hears 55P03, rolls back and tries again', () => {
    expect(heard(asking({ whenLocked: 'nowait' }, 0)).slice(0, 4)).toEqual([
      `B→postgres: ${ASKS} NOWAIT`,
      'postgres→B: ERROR 55P03',
      'B→postgres: ROLLBACK',
      'postgres→B: ROLLBACK',
    ]);
    expect(endings(quietly(asking({ whenLocked: 'nowait' }, 0)))).toEqual({ A: 'done', B: 'held' });
    expect(endings(quietly(asking({ whenLocked: 'nowait' }, 60)))).toEqual({ A: 'done', B: 'done' });
  });

  test('with SKIP LOCKED gets no row, which is not the same as no work', () => {
    expect(heard(asking({ whenLocked: 'skip-locked' }, 0))).toContain('postgres→B: 0 rows');
    expect(endings(quietly(asking({ whenLocked: 'skip-locked' }, 0)))).toEqual({ A: 'done', B: 'held' });
    expect(endings(quietly(asking({ whenLocked: 'skip-locked' }, 60)))).toEqual({ A: 'done', B: 'done' });
  });

  test('and tries an advisory lock is told so', () => {
    for (const rowLock of ['advisory-session', 'advisory-transaction'] as const) {
      expect(heard(asking({ rowLock, whenLocked: 'nowait' }, 0))).toContain('postgres→B: f');
      expect(endings(quietly(asking({ rowLock, whenLocked: 'nowait' }, 60)))).toEqual({ A: 'done', B: 'done' });
    }
  });

  test('and waits is served when its turn comes, or leaves the queue when its patience is over', () => {
    expect(endings(quietly(asking({}, 60)))).toEqual({ A: 'done', B: 'done' });
    const impatient = quietly(asking({}, 4));
    expect(endings(impatient)).toEqual({ A: 'done', B: 'held' });
    expect(names(impatient)).toContain('B→postgres: cancel, close');
    expect(chronicle(impatient).leases.map(({ who }) => who)).toEqual(['A']);
  });

  test('holds nothing afterwards, in whatever order the messages come', () => {
    const late: FaultRule = { kind: 'delay', targets: ['B'], atMost: 1, lasts: [9] };
    for (const whenLocked of ['wait', 'nowait', 'skip-locked'] as const) {
      const clients = { A: adds(), B: programOf(acquire(4), release), C: adds() };
      const scenario: Scenario = { ...with_({ whenLocked }, [late]), clients, network: [1, 1], within: 60 };
      expect(check(scenario, 'nobody-stuck').kind).toBe('holds');
      expect(check(scenario, 'one-holder').kind).toBe('holds');
    }
  });
});

describe('the end of a holder', () => {
  const within = (ms: Ms, scenario: Scenario): Scenario => ({ ...scenario, within: ms });

  test('that crashes frees the lock at once, since its socket closes (F1)', () => {
    // An answer that is under way, the end of a connection that comes behind it, and a grant.
    const crashes = within(8, with_({}, [strikes('crash', 'A', 'B')]));
    expect(check(crashes, 'nobody-stuck')).toMatchObject({ kind: 'holds', faults: 1 });
  });

  test('that starts again makes a new connection, which the end of the old one does not touch', () => {
    const again = [strikes('crash', 'A'), strikes('restart', 'A')];
    expect(check(with_({}, again, outside), 'one-believer').kind).toBe('holds');
    expect(check(within(30, with_({}, again, outside)), 'nobody-stuck').kind).toBe('holds');
  });

  const cutOff: FaultRule = { kind: 'partition', targets: ['A'], atMost: 1, lasts: [30] };

  test('that is cut off blocks the others for ever, or until an idle timeout (F10)', () => {
    const blocks = within(80, with_({ timeout: 9, onTimeout: 'ask-again' }, [cutOff]));
    expect(check(blocks, 'nobody-stuck')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(with_({ idleTimeout: 20 }, blocks.faults, blocks), 'nobody-stuck').kind).toBe('holds');
  });

  test('that dies while it is cut off is not heard to die', () => {
    const dies: FaultRule[] = [{ kind: 'partition', targets: ['A'], atMost: 1 }, strikes('crash', 'A')];
    const scenario = with_({}, dies);
    const script = ['B: acquire', ...A_ADDS.slice(0, 3), 'cut off A', 'crash A', `deliver B→postgres: ${ASKS}`];
    const trace = play(scenario, ...script);
    expect(trace.steps.at(-1)?.world.pending).toEqual([]);
  });
});

describe('an answer that is lost', () => {
  test('to the lock costs a connection and not the lock: closing it gives back what was granted (F7)', () => {
    const lost: FaultRule = { ...strikes('loss', 'A', 'B'), oneWay: 'in' };
    for (const onTimeout of ['ask-again', 'ask-whose'] as const) {
      const scenario: Scenario = { ...with_({ timeout: 6, onTimeout }, [lost]), within: 60 };
      expect(check(scenario, 'nobody-stuck').kind).toBe('holds');
      expect(check(scenario, 'no-lost-update').kind).toBe('holds');
      expect(check(scenario, 'one-holder').kind).toBe('holds');
    }
  });

  test('is asked for again over another connection', () => {
    const scenario = with_({ timeout: 6, onTimeout: 'ask-again' }, [strikes('loss', 'A')], {
      ...inside,
      clients: { A: adds() },
    });
    const trace = play(
      scenario,
      'A: acquire',
      `deliver A→postgres: ${ASKS}`,
      'lose postgres→A: n = 0',
      'timer A: no answer',
      'deliver A→postgres: cancel, close',
      'timer A: ask again',
      `deliver A→postgres: ${ASKS}`,
      'deliver postgres→A: n = 0',
    );
    expect(chronicle(trace).leases).toHaveLength(2);
    expect(chronicle(trace).beliefs).toHaveLength(1);
  });
});

describe('a database that crashes', () => {
  const crashes = (then: 'restart' | 'wipe') =>
    with_({ timeout: 9, onTimeout: 'ask-again' }, [strikes('crash', POSTGRES), strikes(then, POSTGRES)]);

  test('has kept what was committed and nothing else', () => {
    expect(check(crashes('restart'), 'no-lost-update').kind).toBe('holds');
    expect(check(crashes('wipe'), 'no-lost-update').kind).toBe('violated');
    expect(check(with_({ durable: false }, crashes('restart').faults, crashes('restart')), 'no-lost-update').kind).toBe(
      'violated',
    );
  });

  test('ends the open transaction, and tells its client by the end of the connection', () => {
    const scenario = { ...crashes('restart'), clients: { A: adds() } };
    const trace = play(scenario, ...A_ADDS, 'A: release', 'crash postgres', 'A: connection to postgres is gone');
    expect(endings(trace)).toEqual({ A: 'lost' });
    expect(written(trace)).toEqual([]);
  });
});

test('extend asks the database whether the connection still lives, and keeps it from idling', () => {
  const work: Line = { op: 'work', takes: [15, 15] };
  const extend: Line = { op: 'extend', ttl: 30 };
  const lively = programOf(acquire(), work, extend, work, { op: 'write' }, release);
  const scenario = with_({ idleTimeout: 20 }, [], { ...inside, clients: { A: lively } });
  expect(names(quietly(scenario))).toContain('A→postgres: SELECT 1');
  expect(endings(quietly(scenario))).toEqual({ A: 'done' });
  const silent = programOf(acquire(), work, work, { op: 'write' }, release);
  expect(endings(quietly({ ...scenario, clients: { A: silent } }))).toEqual({ A: 'lost' });
  const late = programOf(acquire(), work, work, extend, release);
  const ignores: Program = { ...late, onLost: 'ignore' };
  expect(endings(quietly({ ...scenario, clients: { A: ignores } }))).toEqual({ A: 'lost' });
});

test('a lease and its renewal mean nothing to it', () => {
  const renewing = programOf({ ...acquire(), renew: 5 } as Line, { op: 'read' }, { op: 'write' }, release);
  expect(names(quietly({ ...inside, clients: { A: renewing } }))).toEqual(
    names(quietly({ ...inside, clients: { A: adds() } })),
  );
  expect(sql.expires(optionsOf(inside, sql))).toBe(false);
  expect(sql.expires(optionsOf(with_({ idleTimeout: 20 }), sql))).toBe(true);
});

test('options that make no sense are refused in one line', () => {
  const said = (options: Partial<BackendOptions>) => problems(with_(options)).join();
  expect(said({})).toBe('');
  expect(said({ idleTimeout: 0 })).toMatch(/idleTimeout must be above 0/);
  expect(said({ rowLock: 'advisory-session', whenLocked: 'skip-locked' })).toMatch(/SKIP LOCKED/);
  expect(said({ token: 'counter' })).toMatch(/nobody is left to look at a token/);
  expect(said({ data: 'outside', token: 'counter', whenLocked: 'skip-locked' })).toMatch(/which may find none/);
  expect(problems({ ...inside, resource: 'writes' }).join()).toMatch(/the data is inside 'sql'/);
});

test('the example of two clients passes as it is', () => {
  expect(endings(quietly({ ...inside, clients: { A: addOne(), B: addOne() } }))).toEqual({ A: 'done', B: 'done' });
});
