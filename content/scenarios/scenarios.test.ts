// Every scenario keeps its word: what it expects is what a search finds, its script still shows it, and the number of worlds
// that it can reach is pinned, since a change of meaning anywhere in the engine changes that number first.
import { readdirSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import {
  type Choices,
  check,
  chronicle,
  compile,
  countStates,
  experiment,
  natural,
  problems,
  properties,
  replay,
  run,
  type Scenario,
  type Trace,
} from '#lib/lock/index.ts';
import { lockDelay } from './consul-lock-delay.ts';
import { checkClaim, scenarioById, scenarios, searchedScenario } from './index.ts';
import { longLease } from './long-ttl.ts';

vi.setConfig({ testTimeout: 120_000 });

const outcomes = (trace: Trace) => {
  const counts: { [outcome: string]: number } = {};
  for (const { outcome } of chronicle(trace).endings) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};
const verdictOf = (choices: Choices, property: string) => {
  const made = experiment(choices, property);
  if (made.kind === 'refused') throw new Error(made.why);
  return check(made.scenario, property).kind;
};
const naturally = (scenario: Scenario) => run(compile(scenario), natural(), 1000);
const scripted = (id: string) => {
  const scenario = scenarioById(id);
  if (!scenario?.script) throw new Error(`no script for '${id}'`);
  return replay(compile(scenario), scenario.script);
};
const claims = scenarios.flatMap(({ id, expect: expected }) =>
  Object.entries(expected).map(([property, is]) => [id, property, is] as const),
);

test('the registry and the folder are equal', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'index.ts')
    .map((name) => name.replace('.ts', ''));
  expect(scenarios.map(({ id }) => id).sort()).toEqual(files.sort());
});

test.each(claims)('%s: %s is %s', (id, property, is) => {
  const verdict = checkClaim(id, property);
  expect(verdict.kind).toBe(is);
  const searched = searchedScenario(id);
  if (verdict.kind !== 'violated' || !searched) return;
  const trace = replay(compile(searched), verdict.script);
  expect(trace.stuck).toBeUndefined();
  expect(trace.violations.find((violation) => violation.property === property)).toMatchObject({
    step: verdict.script.length - 1,
    words: verdict.words,
  });
});

// Their scripts end where two clients believe; their lessons tell what comes of it.
test.each(['etcd-expired-waiter', 'zookeeper-cut-off', 'redlock-restart'])('%s can lose an addition', (id) => {
  expect(checkClaim(id, 'no-lost-update').kind).toBe('violated');
});

test('a claim about a scenario that does not exist names those that do', () => {
  expect(() => checkClaim('pause-with-luck', 'one-believer')).toThrow(
    /no scenario 'pause-with-luck'; there are seat-14a,/,
  );
});

describe.each(scenarios)('$id', (scenario) => {
  test('has no problem, and its quiet run ends by itself', () => {
    expect(problems(scenario)).toEqual([]);
    const trace = naturally(scenario);
    expect(trace.steps.length).toBeLessThan(1000);
    expect(Object.values(outcomes(trace)).reduce((sum, count) => sum + count)).toBe(
      Object.keys(scenario.clients).length,
    );
  });

  test('claims nothing that the registry of properties does not know', () => {
    const known = properties.map(({ id }) => id);
    expect(known).toEqual(expect.arrayContaining(Object.keys(scenario.expect)));
  });

  test('is searched itself, or names a smaller scenario of the same kind', () => {
    expect(scenario.searchOn === undefined).toBe(scenario.states !== undefined);
    const searched = searchedScenario(scenario.id);
    expect(searched?.searchOn).toBeUndefined();
    expect(searched).toMatchObject({ backend: scenario.backend, resource: scenario.resource });
    for (const property of Object.keys(scenario.expect)) {
      expect(searched?.expect[property]).toBe(scenario.expect[property]);
    }
    expect(new Set(Object.values(searched?.clients ?? {}))).toEqual(new Set(Object.values(scenario.clients)));
  });
});

const searchable = scenarios.filter(({ searchOn }) => searchOn === undefined);

test.each(searchable)('the script of $id replays and breaks just what it should', (scenario) => {
  const trace = scripted(scenario.id);
  expect(trace.stuck).toBeUndefined();
  const broken = Object.entries(scenario.expect).flatMap(([id, is]) => (is === 'violated' ? [id] : []));
  expect([...trace.broken].sort()).toEqual(broken.sort());
});

test.each(searchable)('$id reaches $states worlds, as it always has', (scenario) => {
  expect(countStates(scenario)).toBe(scenario.states);
});

describe('seat 14A', () => {
  test('is sold 47 times without a lock', () => {
    expect(outcomes(naturally(scenarioById('seat-14a') as Scenario))).toEqual({ done: 47 });
  });

  test('is sold once with a lock, and 46 requests are told that it is held', () => {
    const trace = naturally(scenarioById('seat-14a-locked') as Scenario);
    expect(outcomes(trace)).toEqual({ done: 1, held: 46 });
    expect(chronicle(trace).accesses.filter(({ what, accepted }) => what === 'write' && accepted)).toHaveLength(1);
    expect(trace.broken).toEqual([]);
  });

  test('has 24 requests on one server and 23 on the other', () => {
    const groups = Object.values((scenarioById('seat-14a') as Scenario).groups ?? {});
    expect(groups.map((group) => group.length)).toEqual([24, 23]);
    expect(new Set(groups.flat()).size).toBe(47);
  });
});

describe('the scripts show what the lessons say they show', () => {
  test('a write that comes late is refused with a token lower than the highest seen', () => {
    for (const id of ['pause-fence-writes', 'pause-fence-seal']) {
      const refused = chronicle(scripted(id)).accesses.filter(({ accepted }) => !accepted);
      expect(refused).toMatchObject([{ who: 'A', what: 'write', fence: 1, seen: 2 }]);
    }
  });

  test('in the fencing gap both writes are accepted, and one increment is gone', () => {
    const writes = chronicle(scripted('two-pauses-fence-writes')).accesses.filter(({ what }) => what === 'write');
    expect(writes.map(({ who, fence, accepted, value }) => [who, fence, accepted, value])).toEqual([
      ['A', 1, true, 1],
      ['B', 2, true, 1],
    ]);
  });

  test('one pause of the right length opens the same gap, so two are not needed for it', () => {
    const scenario = scenarioById('two-pauses-fence-writes') as Scenario;
    const clear = replay(
      compile({ ...scenario, faults: [{ kind: 'pause', targets: ['A'], atMost: 1, lasts: [33] }] }),
      [
        ...(scenario.script ?? []).slice(0, 11),
        'pause A for 33 ms',
        ...(scenario.script ?? []).slice(12, 19),
        'A: write',
        'B: still mine?',
        'B: write',
        'deliver A→store: write 1 (token 1)',
        'deliver B→store: write 1 (token 2)',
      ],
    );
    expect(clear.stuck).toBeUndefined();
    expect(clear.broken).toContain('no-lost-update');
  });

  test('the paused holder sells the seat a second time, and the token stops it', () => {
    const tickets = (id: string) =>
      chronicle(scripted(id)).accesses.filter(({ what, accepted }) => what === 'write' && accepted);
    expect(tickets('seat-14a-paused').map(({ who }) => who)).toEqual(['B', 'A']);
    expect(tickets('seat-14a-fenced').map(({ who }) => who)).toEqual(['B']);
  });

  test('a shorter pause sells the seat twice although the token is checked on writes', () => {
    const scenario = scenarioById('seat-14a-fenced') as Scenario;
    const shorter: Scenario = {
      ...scenario,
      faults: [{ kind: 'pause', targets: ['A'], atMost: 1, lasts: [33] }],
    };
    expect(check(shorter, 'no-double-effect').kind).toBe('violated');
  });

  test('after a crash the next holder waits for the lease, and for nothing else', () => {
    const { leases, crashes, endings } = chronicle(scripted('crash-holder'));
    expect(crashes).toMatchObject([{ who: 'A' }]);
    expect(leases).toMatchObject([
      { who: 'A', ended: 'expired' },
      { who: 'B', ended: 'released' },
    ]);
    expect(endings).toMatchObject([{ who: 'B', outcome: 'done' }]);
  });

  test('a slow packet needs no fault at all', () => {
    const trace = scripted('slow-packet');
    expect(trace.steps.every(({ move }) => move.kind === 'take')).toBe(true);
    expect(trace.broken).toEqual(['no-stale-write', 'no-lost-update']);
  });

  test('a lock-delay makes up for a shorter pause', () => {
    const verdict = (lasts: number) => {
      const faults = [{ kind: 'pause' as const, atMost: 1, target: 'A', lasts }];
      return verdictOf({ ...lockDelay, faults }, 'no-lost-update');
    };
    expect([verdict(50), verdict(90)]).toEqual(['holds', 'violated']);
  });

  test('after a crash a short lease that is renewed keeps nobody waiting as long as a long one does', () => {
    const short: Choices = { ...longLease, ttl: 30, renew: 'third' };
    expect(verdictOf(longLease, 'nobody-stuck')).toBe('violated');
    expect(verdictOf(short, 'nobody-stuck')).toBe('holds');
  });

  test('the waiter whose lease has ended takes its turn beside the next one, and not if it looks at its own key', () => {
    const scenario = scenarioById('etcd-expired-waiter') as Scenario;
    const waiting = chronicle(scripted('etcd-expired-waiter'));
    const lease = waiting.leases.filter(({ who }) => who === 'B');
    expect(lease).toEqual([]);
    expect(waiting.beliefs.map(({ who }) => who)).toEqual(['A', 'C', 'B']);
    const careful = compile({ ...scenario, options: { ...scenario.options, recheckOwnKey: true } });
    expect(replay(careful, scenario.script ?? []).broken).toEqual([]);
  });

  test('the failover, the clock and the restart each let B in while A’s lease runs', () => {
    for (const id of ['failover-forgets', 'redlock-clock-jump', 'redlock-restart']) {
      expect(scripted(id).violations[0]?.words).toBe(
        'A and B both believe they hold the lock: B was let in although A’s lease has not ended.',
      );
    }
    expect(scripted('failover-forgets').violations.map(({ property }) => property)).toEqual([
      'one-believer',
      'no-lost-update',
    ]);
  });

  test('two charges under a lock never overlap', () => {
    const { beliefs, accesses } = chronicle(scripted('charge-under-a-lock'));
    expect(accesses.map(({ who, accepted }) => [who, accepted])).toEqual([
      ['A', true],
      ['B', true],
    ]);
    expect(beliefs.map(({ who }) => who)).toEqual(['A', 'B']);
    expect(beliefs[0]?.until).toBeLessThanOrEqual(beliefs[1]?.from as number);
  });

  test('with an idempotency key the card is charged once, and the worker is told so', () => {
    const { accesses, endings } = chronicle(scripted('charge-with-key'));
    expect(accesses.filter(({ what, accepted }) => what === 'write' && accepted)).toHaveLength(1);
    expect(endings).toMatchObject([{ who: 'A', outcome: 'done' }]);
  });

  test('the old leader is refused by its epoch, and the file by its version', () => {
    const refused = (id: string) => chronicle(scripted(id)).accesses.filter(({ accepted }) => !accepted);
    expect(refused('leader-epoch')).toMatchObject([{ who: 'A', fence: 1, seen: 2 }]);
    expect(refused('hazelcast-fence')).toMatchObject([{ who: 'A', fence: 1, seen: 2 }]);
    expect(refused('file-if-match')).toMatchObject([{ who: 'A', what: 'write' }]);
  });
});
