import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import {
  backends,
  boundsOf,
  compile,
  explore,
  faultKinds,
  type Knobs,
  knobsOf,
  lockIds,
  moves,
  type Scenario,
  type System,
  sameKnobs,
  scriptOf,
  settled,
  start,
  traceHash,
  tuned,
  USUAL,
} from '#lib/lock/index.ts';
import { type DemoQuery, fromQuery, toQuery } from './demo-url.ts';
import {
  baseOf,
  carriedOver,
  knobsOfSetting,
  modelOf,
  pairsOf,
  type Setting,
  scenarioOf,
  settingFromQuery,
  systemOf,
  turn,
} from './knobs-setting.ts';
import { comparedFromQuery, knobsFromQuery, knobsToPairs } from './knobs-url.ts';
import { FAULTS, LOCK_TITLES, networks, networkText, stops } from './knobs-words.ts';
import { exactly, firstTrace } from './trace-of.ts';

const plain = (base: Scenario): Setting => ({ kind: 'scenario', base, model: null, knobs: null });
const queryOf = (pairs: readonly string[]): DemoQuery => Object.fromEntries(new URLSearchParams(pairs.join('&')));
const small = scenarios.filter(({ clients }) => Object.keys(clients).length < 5);
const paused = scenarioById('pause-no-fence') as Scenario;

function made(setting: Setting): System {
  const result = systemOf(setting);
  if (result.kind === 'refused') throw new Error(result.why);
  return result.system;
}

/** What a person might turn: one or two knobs, to values that the panel offers. */
const change: fc.Arbitrary<Partial<Knobs>> = fc.oneof(
  fc.constantFrom(...lockIds).map((lock) => ({ lock })),
  fc.integer({ min: 1, max: 4 }).map((clients) => ({ clients })),
  fc.constantFrom(5, 20, 45, 100).map((ttl) => ({ ttl })),
  fc.constantFrom(null, 5, 10).map((renew) => ({ renew })),
  fc.constantFrom(0, 3, 30).map((work) => ({ work })),
  fc.constantFrom('none' as const, 'reads-and-writes' as const).map((fence) => ({ fence })),
  fc.constantFrom([1, 1] as const, [1, 20] as const).map((network) => ({ network })),
  fc.uniqueArray(fc.constantFrom(...faultKinds), { maxLength: 3 }).map((kinds) => ({
    faults: Object.fromEntries(kinds.map((kind, at) => [kind, at + 1])),
  })),
);

describe('every state of every demo is an address', () => {
  test.each(scenarios.map(({ id }) => id))('%s opens at the same events and the same moment', (id) => {
    const system = compile(scenarioById(id) as Scenario);
    const trace = firstTrace(system);
    // The run it opens with at its start, middle and end; and one that leaves it for another move.
    const half = Math.floor(trace.steps.length / 2);
    const here = trace.steps[half - 1]?.world ?? start(system);
    const other = moves(system, here).at(-1);
    const fork = other && exactly(system, [...scriptOf(trace).slice(0, half), other.label]);
    for (const [run, at] of [
      [trace, 0],
      [trace, half],
      [trace, trace.steps.length],
      ...(fork ? [[fork, fork.steps.length] as const] : []),
    ] as const) {
      const back = fromQuery(system, queryOf([toQuery(system, run, at).slice(1)]));
      expect(back).toMatchObject({ kind: 'place', cursor: at });
      if (back.kind === 'place') expect(traceHash(back.trace)).toBe(traceHash(run));
    }
  });

  test('turned knobs come back, with the run and the moment', () => {
    fc.assert(
      fc.property(fc.constantFrom(...small), fc.array(change, { minLength: 1, maxLength: 3 }), (base, changes) => {
        const turned = turn(plain(base), { ...knobsOf(base), ...Object.assign({}, ...changes) });
        if (turned.kind === 'refused') return;
        const back = settingFromQuery(plain(base), queryOf(pairsOf(turned.setting)));
        expect(back).toEqual({ kind: 'setting', setting: turned.setting });
        if (back.kind === 'bad') return;
        const trace = firstTrace(turned.system);
        const again = fromQuery(
          made(back.setting),
          queryOf([toQuery(turned.system, trace, trace.steps.length).slice(1)]),
        );
        expect(again.kind).toBe('place');
        if (again.kind === 'place') expect(traceHash(again.trace)).toBe(traceHash(trace));
      }),
      { numRuns: 150 },
    );
  });

  test('a wait without an end has none either by a clock that runs fast, so its run has an address, too', () => {
    const base = scenarioById('fast-server-clock') as Scenario;
    const turned = turn(plain(base), { ...knobsOf(base), lock: 'hazelcast' });
    if (turned.kind === 'refused') throw new Error(turned.why);
    const trace = firstTrace(turned.system);
    const back = fromQuery(turned.system, queryOf([toQuery(turned.system, trace, trace.steps.length).slice(1)]));
    expect(back.kind === 'place' && traceHash(back.trace)).toBe(traceHash(trace));
  });

  test('an experiment comes back from its address, and its knobs from its choices', () => {
    const first: Setting = { kind: 'experiment', choices: USUAL, property: 'no-lost-update' };
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const asked = { ...knobsOfSetting(first), ...Object.assign({}, ...changes) };
        const turned = turn(first, asked);
        if (turned.kind === 'refused') throw new Error(turned.why);
        expect(settingFromQuery(null, queryOf(pairsOf(turned.setting)))).toEqual({
          kind: 'setting',
          setting: turned.setting,
        });
        const scenario = scenarioOf(turned.setting);
        if (scenario.kind === 'refused') throw new Error(scenario.why);
        const there = knobsOf(scenario.scenario);
        expect({ ...there, faults: {} }).toEqual({ ...knobsOfSetting(turned.setting), faults: {} });
      }),
      { numRuns: 150 },
    );
  });

  test('a demo as it was written has no knob in its address', () => {
    for (const base of scenarios) {
      expect(pairsOf(plain(base))).toEqual([]);
      expect(knobsToPairs(knobsOf(base), knobsOf(base))).toEqual([]);
      expect(settingFromQuery(plain(base), {})).toEqual({ kind: 'setting', setting: plain(base) });
    }
    expect(knobsToPairs(knobsOf(paused), { ...knobsOf(paused), ttl: 45, faults: { pause: 2, crash: 1 } })).toEqual([
      'ttl=45',
      'faults=pause:2,crash:1',
    ]);
  });

  test.each([
    ['a lock that there is not', { lock: 'paxos' }],
    ['a lock that every object has', { lock: 'constructor' }],
    ['too many clients', { clients: '47' }],
    ['a lease without end', { ttl: '999999999' }],
    ['a number in another form', { ttl: '0x10' }],
    ['a fault twice', { faults: 'pause:1,pause:2' }],
    ['a fault too often', { faults: 'pause:99' }],
    ['a knob twice', { ttl: ['1', '2'] }],
    ['markup', { fence: '<img src=x>' }],
    ['what does not go together', { lock: 'redlock', fence: 'writes' }],
    ['a heartbeat after the end', { renew: '30' }],
  ] as readonly (readonly [string, DemoQuery])[])('%s is a sentence', (_what, query) => {
    const answer = settingFromQuery(plain(paused), query);
    expect(answer.kind).toBe('bad');
    if (answer.kind === 'bad') expect(answer.why).toMatch(/^The link.*\.$/);
  });

  test('whatever is typed for a knob is read or refused', () => {
    const value = fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9:,-]{0,20}$/));
    const keys = ['lock', 'clients', 'ttl', 'renew', 'work', 'fence', 'release', 'network', 'faults', 'compare'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value, { noNullPrototype: true }), (query) => {
        expect(['setting', 'bad']).toContain(settingFromQuery(plain(paused), query).kind);
        expect(knobsFromQuery(knobsOf(paused), query).kind).toMatch(/knobs|bad/);
        const compared = comparedFromQuery(query);
        if (compared !== null) for (const lock of compared) expect(lockIds).toContain(lock);
      }),
      { numRuns: 400 },
    );
  });

  test('the locks to compare with are few, known and not repeated', () => {
    expect(comparedFromQuery({})).toEqual([]);
    expect(comparedFromQuery({ compare: 'redlock,etcd,sql' })).toEqual(['redlock', 'etcd', 'sql']);
    for (const compare of ['a', 'etcd,etcd', 'redlock,etcd,sql,none', ['etcd'], ',', 'constructor']) {
      expect(comparedFromQuery({ compare })).toBeNull();
    }
  });
});

describe('turning a knob', () => {
  test('opens with the same trouble, and changes what came of it', () => {
    const asWritten = firstTrace(compile(paused));
    expect(asWritten.broken).toContain('no-lost-update');
    const pause = (system: System) => firstTrace(system).steps.filter(({ move }) => move.label === 'pause A for 60 ms');
    for (const [turning, broken] of [
      [{ ttl: 20 }, true],
      [{ ttl: 100 }, false],
      [{ fence: 'reads-and-writes' as const }, false],
      [{ lock: 'etcd' }, true],
    ] as const) {
      const turned = turn(plain(paused), { ...knobsOf(paused), ...turning });
      if (turned.kind === 'refused') throw new Error(turned.why);
      expect(pause(turned.system), JSON.stringify(turning)).toHaveLength(1);
      expect(firstTrace(turned.system).broken.includes('no-lost-update'), JSON.stringify(turning)).toBe(broken);
    }
  });

  test('keeps the moves that a learner has made', () => {
    const system = compile(paused);
    const cut = scriptOf(firstTrace(system)).slice(0, 9);
    const own = exactly(system, [...cut, 'pause A for 60 ms']);
    if (!own) throw new Error('the pause is on offer');
    const turned = turn(plain(paused), { ...knobsOf(paused), work: 3 });
    if (turned.kind === 'refused') throw new Error(turned.why);
    const place = carriedOver(system, { trace: own, cursor: own.steps.length }, turned.system);
    const labels = place.trace.steps.map(({ move }) => move.label);
    expect(labels.indexOf('pause A for 60 ms')).toBeGreaterThan(0);
    expect(labels.indexOf('pause A for 60 ms')).toBeLessThan(labels.indexOf('A: still mine?'));
  });

  test('shows where an experiment breaks that was still at the start of its quiet run, and stays there if it does not', () => {
    const first: Setting = { kind: 'experiment', choices: USUAL, property: 'no-lost-update' };
    const atStart = { trace: firstTrace(made(first)), cursor: 0 };
    const unlocked = turn(first, { ...knobsOfSetting(first), lock: 'none' });
    const longer = turn(first, { ...knobsOfSetting(first), ttl: 100 });
    if (unlocked.kind === 'refused' || longer.kind === 'refused') throw new Error('both can be turned');
    const { trace, cursor } = carriedOver(made(first), atStart, unlocked.system);
    expect(cursor).toBe((trace.violations[0]?.step ?? Number.NaN) + 1);
    expect(carriedOver(made(first), atStart, longer.system).cursor).toBe(0);
  });

  test('says what had to move along', () => {
    const fenced = scenarioById('pause-fence-writes') as Scenario;
    const turned = turn(plain(fenced), { ...knobsOf(fenced), lock: 'redlock' });
    if (turned.kind === 'refused') throw new Error(turned.why);
    expect(turned.notes).toEqual(['No token here could be compared by a store, so nothing is checked.']);
    expect(knobsOfSetting(turned.setting).fence).toBe('none');
  });

  test('back at the start, it is the demo as it was written', () => {
    const turned = turn(plain(paused), { ...knobsOf(paused), ttl: 45 });
    if (turned.kind === 'refused') throw new Error(turned.why);
    const back = turn(turned.setting, baseOf(turned.setting));
    expect(back).toMatchObject({ kind: 'setting', setting: plain(paused) });
  });

  test('a turned crowd is searched on two of its kind', () => {
    const crowd = scenarios.find(({ clients }) => Object.keys(clients).length > 10) as Scenario;
    const turned = turn(plain(crowd), { ...knobsOf(crowd), network: [1, 1] });
    if (turned.kind === 'refused') throw new Error(turned.why);
    const model = modelOf(turned.setting);
    expect(model && Object.keys(made(model).scenario.clients)).toHaveLength(2);
    expect(modelOf(plain(paused))).toBeNull();
  });

  test('every lock can be chosen for every demo', () => {
    for (const base of small) {
      for (const lock of lockIds) {
        const turned = turn(plain(base), { ...knobsOf(base), lock });
        if (turned.kind === 'refused') throw new Error(`${base.id} on ${lock}: ${turned.why}`);
        const { knobs } = settled(base, { ...knobsOf(base), lock });
        const result = tuned(base, knobs);
        expect(result.kind === 'scenario' && sameKnobs(knobsOf(result.scenario), knobs), `${base.id} on ${lock}`).toBe(
          true,
        );
      }
    }
  });
});

describe('words', () => {
  test('locks are called as they call themselves', () => {
    expect(LOCK_TITLES).toEqual(Object.fromEntries(Object.values(backends).map(({ id, title }) => [id, title])));
  });

  test('a slider always has its own value, in order', () => {
    expect(stops(37, 1, 60)).toContain(37);
    expect(stops(0, 0, 10)).toEqual([0, 1, 2, 3, 5, 8, 10]);
    const list = stops(30_000, 1, 60_000);
    expect([...list].sort((a, b) => a - b)).toEqual(list);
    expect(networks([7, 9]).map(networkText)).toContain('7 to 9 ms, middling');
    expect(new Set(networks([7, 9]).map(networkText)).size).toBe(networks([7, 9]).length);
    expect(Object.values(FAULTS).every(([name, what]) => name.length > 0 && what.length > 0)).toBe(true);
  });
});

test('a search of a turned demo is a search of what is on the screen', () => {
  const turned = turn(plain(paused), { ...knobsOf(paused), fence: 'reads-and-writes', network: [1, 1] });
  if (turned.kind === 'refused') throw new Error(turned.why);
  const search = explore(turned.system, 'no-lost-update', boundsOf(turned.system.scenario));
  for (;;) {
    const next = search.next();
    if (!next.done) continue;
    expect(next.value.kind).toBe('holds');
    break;
  }
});
