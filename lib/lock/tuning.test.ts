import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backends } from './backends/index.ts';
import { check } from './check.ts';
import { programOf, quiet } from './examples.ts';
import { experiment, USUAL } from './experiment.ts';
import { faultKinds } from './faults/index.ts';
import { problems } from './problems.ts';
import { run } from './run.ts';
import { natural } from './schedulers.ts';
import { compile } from './system.ts';
import { type Knobs, knobsOf, LIMITS, sameKnobs, settled, tuned } from './tuning.ts';
import type { FencePolicy, Scenario } from './types.ts';

/** The standard experiment on every lock, without a fault and with one, and some programs of another shape. */
const bases: readonly Scenario[] = [
  ...Object.keys(backends).flatMap((lock) =>
    [[], [{ kind: 'pause', atMost: 1 } as const], [{ kind: 'crash', atMost: 2, target: 'A' } as const]].flatMap(
      (faults) => {
        const made = experiment({ ...USUAL, lock, faults }, 'no-lost-update');
        return made.kind === 'scenario' ? [made.scenario] : [];
      },
    ),
  ),
  quiet,
  { ...quiet, options: { ...quiet.options, release: 'delete' } },
  {
    ...quiet,
    backend: 'none',
    options: {},
    clients: {
      r1: programOf({ op: 'read' }, { op: 'ifFree', else: 3 }, { op: 'write' }),
      r2: programOf({ op: 'read' }, { op: 'write' }),
    },
    groups: { left: ['r1'], right: ['r2'] },
    expect: { 'no-double-effect': 'violated' },
  },
  {
    ...quiet,
    backend: 'none',
    options: {},
    resource: 'compare',
    clients: { A: programOf({ op: 'read' }, { op: 'compareAndWrite', else: 0 }) },
    expect: { 'no-lost-update': 'holds' },
  },
];

const length = fc.oneof(fc.nat({ max: 80 }), fc.constantFrom(-1, 1.5, 1e9, Number.NaN));
const anyKnobs: fc.Arbitrary<Knobs> = fc.record(
  {
    lock: fc.oneof(fc.constantFrom(...Object.keys(backends)), fc.constantFrom('redis', 'constructor', '')),
    clients: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(0, 5, -1, 2.5)),
    ttl: fc.option(length),
    renew: fc.option(length, { freq: 1 }),
    work: length,
    fence: fc.constantFrom<FencePolicy>('none', 'writes', 'reads-and-writes', 'compare'),
    release: fc.constantFrom('safe' as const, 'blind' as const),
    network: fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 })),
    faults: fc.dictionary(fc.constantFrom(...faultKinds), fc.nat({ max: 3 }), { maxKeys: 2, noNullPrototype: true }),
  },
  { noNullPrototype: true },
);
/** One or two knobs turned, as a person does it. */
const turned = fc
  .tuple(
    fc.constantFrom(...bases),
    anyKnobs,
    fc.subarray(Object.keys(knobsOf(quiet)) as (keyof Knobs)[], { maxLength: 3 }),
  )
  .map(([base, knobs, names]) => {
    const picked = Object.fromEntries(names.map((name) => [name, knobs[name]])) as Partial<Knobs>;
    return { base, knobs: { ...knobsOf(base), ...picked } };
  });

describe('turning the knobs of any scenario', () => {
  test('turned as they are, it is the very same scenario', () => {
    for (const base of bases) expect(tuned(base, knobsOf(base))).toEqual({ kind: 'scenario', scenario: base });
    const result = tuned(quiet, knobsOf(quiet));
    expect(result.kind === 'scenario' && result.scenario).toBe(quiet);
  });

  test('gives a scenario with exactly these knobs and no problem, or one line that says why not', () => {
    const kinds = { scenario: 0, refused: 0 };
    fc.assert(
      fc.property(turned, ({ base, knobs }) => {
        const result = tuned(base, knobs);
        kinds[result.kind] += 1;
        if (result.kind === 'refused') {
          expect(result.why).toMatch(/^[^\n]{10,400}$/);
          return;
        }
        expect(problems(result.scenario)).toEqual([]);
        expect(sameKnobs(knobsOf(result.scenario), knobs)).toBe(true);
        expect(run(compile(result.scenario), natural(), 20).steps.length).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
    expect(Math.min(kinds.scenario, kinds.refused)).toBeGreaterThan(100);
  });

  test('does not mind what it is given', () => {
    fc.assert(
      fc.property(fc.constantFrom(...bases), anyKnobs, (base, knobs) => {
        const result = tuned(base, knobs);
        expect(['scenario', 'refused']).toContain(result.kind);
      }),
      { numRuns: 500 },
    );
  });

  test('settled once, knobs stay as they are, and every lock can be had from every scenario', () => {
    for (const base of bases) {
      for (const lock of Object.keys(backends)) {
        const { knobs } = settled(base, { ...knobsOf(base), lock });
        const result = tuned(base, knobs);
        if (result.kind === 'refused') throw new Error(`${base.id} on ${lock}: ${result.why}`);
        expect(settled(base, knobs)).toEqual({ knobs, notes: [] });
      }
    }
  });

  test('settling says what it moved along, and why', () => {
    const fenced: Scenario = { ...quiet, resource: 'writes', faults: [] };
    const noted = (change: Partial<Knobs>) => settled(fenced, { ...knobsOf(fenced), ...change }).notes.join(' ');
    expect(noted({ lock: 'redlock' })).toBe('No token here could be compared by a store, so nothing is checked.');
    expect(noted({ lock: 'sql' })).toContain('The data is inside, where nobody looks at tokens');
    expect(noted({ lock: 'conditional-update' })).toContain('No lock is taken here, so there is no lease.');
    expect(noted({ renew: 20, ttl: 15 })).toMatch(/^The heartbeat must come before the lease ends/);
    expect(noted({ lock: 'etcd', release: 'blind' })).toMatch(/none is blind/);
    expect(noted({ faults: { failover: 1 } })).toMatch(/“failover” cannot happen here/);
    expect(noted({ ttl: 40 })).toBe('');
  });

  test('settling never throws, and leaves alone what goes together', () => {
    fc.assert(
      fc.property(turned, ({ base, knobs }) => {
        const { knobs: after, notes } = settled(base, knobs);
        if (tuned(base, knobs).kind === 'scenario') expect({ after, notes }).toEqual({ after: knobs, notes: [] });
      }),
      { numRuns: 600 },
    );
  });
});

describe('what a knob does', () => {
  const turn = (base: Scenario, change: Partial<Knobs>): Scenario => {
    const result = tuned(base, { ...knobsOf(base), ...change });
    if (result.kind === 'refused') throw new Error(result.why);
    return result.scenario;
  };
  const codeOf = (scenario: Scenario) => Object.values(scenario.clients)[0]?.lines.map(({ text }) => text);
  const opsOf = (scenario: Scenario) => Object.values(scenario.clients)[0]?.lines.map(({ run: line }) => line.op);
  const standard = (choices: Partial<typeof USUAL>): Scenario => {
    const made = experiment({ ...USUAL, ...choices }, 'no-lost-update');
    if (made.kind === 'refused') throw new Error(made.why);
    return made.scenario;
  };

  test('a longer lease is asked for, and shown in the code', () => {
    expect(codeOf(turn(standard({}), { ttl: 45, renew: 15 }))?.[0]).toBe(
      'const lease = await lock.acquire({ ttl: 45, renewEvery: 15 });',
    );
  });

  test('a lock over a program that has none begins before it and ends after it, also when it leaves early', () => {
    const seats: Scenario = {
      ...quiet,
      backend: 'none',
      options: {},
      clients: {
        A: programOf({ op: 'read' }, { op: 'ifFree', else: 3 }, { op: 'write' }),
        B: programOf({ op: 'read' }, { op: 'ifFree', else: 3 }, { op: 'write' }),
      },
      expect: { 'no-double-effect': 'violated' },
    };
    expect(check(seats, 'no-double-effect').kind).toBe('violated');
    const locked = turn(seats, { lock: 'redis', ttl: 30 });
    expect(opsOf(locked)).toEqual(['acquire', 'read', 'ifFree', 'write', 'release']);
    expect(locked.clients.A?.lines[2]?.run).toEqual({ op: 'ifFree', else: 4 });
    expect(check(locked, 'no-double-effect').kind).toBe('holds');
  });

  test('a way that needs no lock takes it out of the program, and is judged by what can be said of it', () => {
    const base: Scenario = { ...standard({}), expect: { 'one-believer': 'holds', 'no-lost-update': 'holds' } };
    const without = turn(base, { lock: 'conditional-update', ttl: null });
    expect(opsOf(without)).toEqual(['read', 'work', 'write']);
    expect(Object.keys(without.expect)).toEqual(['no-lost-update']);
  });

  test('more clients run the program of the first, and faults that could strike everybody still can', () => {
    const four = turn(standard({ faults: [{ kind: 'pause', atMost: 1 }] }), { clients: 4 });
    expect(Object.keys(four.clients)).toEqual(['A', 'B', 'C', 'D']);
    expect(four.clients.D).toBe(four.clients.A);
    expect(four.faults[0]?.targets).toEqual(['A', 'B', 'C', 'D']);
    const alone = turn(standard({ faults: [{ kind: 'pause', atMost: 1 }] }), { clients: 1 });
    expect(alone.faults[0]?.targets).toEqual(['A']);
  });

  test('a fault that is new strikes as it usually does, and a client no longer waits for ever', () => {
    const lossy = turn(standard({}), { faults: { loss: 1 } });
    expect(lossy.faults).toMatchObject([{ kind: 'loss', atMost: 1, targets: ['A', 'B'], from: ['redis'] }]);
    expect(lossy.options?.timeout).toBeGreaterThan(0);
  });

  test('fencing turned on stops the late write that a pause lets through', () => {
    const paused = standard({ faults: [{ kind: 'pause', atMost: 1 }], timing: 'corners' });
    expect(check(paused, 'no-lost-update').kind).toBe('violated');
    expect(check(turn(paused, { fence: 'reads-and-writes' }), 'no-lost-update').kind).toBe('holds');
  });

  test('a scenario on another lock finds what the experiment on that lock finds', () => {
    const faults = [{ kind: 'pause', atMost: 1 } as const];
    const cheap = { faults, timing: 'corners', network: [1, 1] } as const;
    const base = standard(cheap);
    for (const lock of ['redlock', 'etcd', 'conditional-update']) {
      const there = settled(base, { ...knobsOf(base), lock }).knobs;
      expect([lock, check(turn(base, there), 'no-lost-update').kind]).toEqual([
        lock,
        check(standard({ ...cheap, lock }), 'no-lost-update').kind,
      ]);
    }
  });

  test.each([
    ['a lock that there is not', { lock: 'paxos' }, /there is no lock 'paxos'/],
    ['a crowd', { clients: 5 }, /clients must be 1 to 4/],
    ['a heartbeat after the end', { ttl: 30, renew: 30 }, /fewer than the ttl/],
    ['an endless lease', { ttl: LIMITS.lengthMs + 1 }, /whole milliseconds/],
    ['fencing without tokens', { lock: 'redlock', fence: 'writes' }, /'redlock' gives none/],
    ['a blind release by name of a session', { lock: 'zookeeper', release: 'blind' }, /no release of it is blind/],
    ['a failover of one server', { faults: { failover: 1 } }, /nothing that a failover could strike/],
    ['a fault without end', { faults: { pause: 10 } }, /0 to 9 times/],
    ['a lease where no lock is taken', { lock: 'conditional-update' }, /takes no lock here/],
  ] as readonly (readonly [string, Partial<Knobs>, RegExp])[])('%s is refused', (_what, change, why) => {
    const result = tuned(quiet, { ...knobsOf(quiet), ...change });
    expect(result.kind).toBe('refused');
    if (result.kind === 'refused') expect(result.why).toMatch(why);
  });
});
