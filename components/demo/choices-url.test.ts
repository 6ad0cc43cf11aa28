import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  backends,
  type Choices,
  cells,
  compile,
  experiment,
  FOREVER,
  faultKinds,
  properties,
  USUAL,
} from '#lib/lock/index.ts';
import { choicesFromQuery, choicesToQuery, experimentLink, MOST } from './choices-url.ts';
import { type DemoQuery, fromQuery } from './demo-url.ts';
import { firstTrace } from './trace-of.ts';

function queryOf(text: string): DemoQuery {
  return Object.fromEntries(new URLSearchParams(text));
}

const length = fc.integer({ min: 1, max: MOST.lengthMs });
const windowed = (most: number) =>
  fc.tuple(fc.nat({ max: most }), fc.nat({ max: most })).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const fault = fc.record(
  {
    kind: fc.constantFrom(...faultKinds),
    atMost: fc.nat({ max: MOST.faults }),
    target: fc.constantFrom('A', 'B', 'redis', 'r3', 'redis-1', 'store'),
    lasts: fc.integer({ min: -MOST.lengthMs, max: MOST.lengthMs }).filter((n) => !Object.is(n, -0)),
    oneWay: fc.constantFrom('in' as const, 'out' as const),
  },
  { requiredKeys: ['kind', 'atMost'], noNullPrototype: true },
);
const options = fc.record(
  {
    replicas: fc.integer({ min: 1, max: 9 }),
    durable: fc.boolean(),
    data: fc.constantFrom('inside' as const, 'outside' as const),
    retry: windowed(MOST.lengthMs),
    timeout: fc.oneof(length, fc.constant(FOREVER)),
    rowLock: fc.constantFrom('for-update' as const, 'advisory-session' as const),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const anyChoices: fc.Arbitrary<Choices> = fc.record(
  {
    lock: fc.constantFrom(...Object.keys(backends)),
    clients: fc.integer({ min: 1, max: MOST.clients }),
    ttl: length,
    hold: fc.nat({ max: MOST.lengthMs }),
    renew: fc.oneof(fc.constantFrom('none' as const, 'third' as const), length),
    release: fc.constantFrom('safe' as const, 'blind' as const),
    fence: fc.constantFrom('none' as const, 'writes' as const, 'reads-and-writes' as const, 'compare' as const),
    recheck: fc.boolean(),
    margin: fc.option(length),
    onLost: fc.constantFrom('stop' as const, 'ignore' as const),
    bound: fc.option(length),
    patience: fc.oneof(length, fc.constant(FOREVER)),
    network: windowed(MOST.networkMs),
    stagger: fc.nat({ max: MOST.lengthMs }),
    faults: fc.array(fault, { maxLength: 5 }),
    within: fc.option(length),
    options,
    timing: fc.constantFrom('earliest' as const, 'corners' as const, 'every-ms' as const),
    maxStates: fc.integer({ min: 1, max: MOST.states }),
  },
  { noNullPrototype: true },
);
const anyProperty = fc.constantFrom(...properties.map(({ id }) => id));

test('any choices come back from their address', () => {
  fc.assert(
    fc.property(anyChoices, anyProperty, (choices, property) => {
      const back = choicesFromQuery(queryOf(choicesToQuery(choices, property)));
      expect(back).toEqual({ kind: 'choices', choices, property });
    }),
    { numRuns: 500 },
  );
});

test('the experiment of every cell of the matrix comes back from its link', () => {
  for (const cell of cells()) {
    const choices = { ...USUAL, lock: cell.lock, fence: cell.fenced ? ('reads-and-writes' as const) : USUAL.fence };
    const link = experimentLink(choices, cell.property, null);
    expect(choicesFromQuery(queryOf(link.split('?')[1] ?? ''))).toEqual({
      kind: 'choices',
      choices,
      property: cell.property,
    });
  }
});

test('several targets, the rate of a clock and what the clients do come back, too', () => {
  const choices: Choices = {
    ...USUAL,
    task: 'book',
    faults: [
      { kind: 'pause', atMost: 1, target: ['A', 'B'] },
      { kind: 'clockRate', atMost: 1, target: 'redis', rate: [3, 2] },
    ],
  };
  const query = choicesToQuery(choices, 'no-double-effect');
  expect(query).toContain('faults=pause:1@A~B,clockRate:1@redis=3/2');
  expect(choicesFromQuery(queryOf(query))).toEqual({ kind: 'choices', choices, property: 'no-double-effect' });
});

test('what is as usual is left out', () => {
  expect(choicesToQuery(USUAL, 'one-believer')).toBe('lock=redis&property=one-believer');
  const paused: Choices = { ...USUAL, ttl: 20, faults: [{ kind: 'pause', atMost: 1, target: 'A', lasts: 60 }] };
  expect(choicesToQuery(paused, 'no-lost-update')).toBe(
    'lock=redis&ttl=20&faults=pause:1@A=60&property=no-lost-update',
  );
});

test('a link with a script opens at the end of that script', () => {
  const paused: Choices = { ...USUAL, faults: [{ kind: 'pause', atMost: 1 }] };
  const made = experiment(paused, 'no-lost-update');
  if (made.kind === 'refused') throw new Error(made.why);
  const system = compile(made.scenario);
  const script = ['B: acquire', 'A: acquire', 'pause A for 60 ms'];
  const query = queryOf(experimentLink(paused, 'no-lost-update', script).split('?')[1] ?? '');
  const place = fromQuery(system, query);
  expect(place).toMatchObject({ kind: 'place', cursor: 3 });
  if (place.kind === 'place') expect(place.trace.steps.at(-1)?.move.label).toBe('pause A for 60 ms');
  expect(firstTrace(system).steps[0]?.move.label).toBe('A: acquire');
});

test('an option that only every object has is refused by the engine, not met by it', () => {
  for (const name of ['constructor', 'toString', 'valueOf']) {
    const answer = choicesFromQuery({ options: `${name}:5` });
    if (answer.kind === 'bad') throw new Error(answer.why);
    expect(experiment(answer.choices, answer.property)).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining(`there is no option '${name}'`),
    });
  }
});

describe('a bad address is a sentence, not an error', () => {
  test.each([
    ['too many clients', { clients: '5' }, 'The link’s “clients” must be a whole number from 1 to 4.'],
    ['a lease of no length', { ttl: '0' }, 'The link’s “ttl” must be a whole number from 1 to 60,000.'],
    ['a number in another form', { ttl: '1e3' }, 'The link’s “ttl” must be a whole number from 1 to 60,000.'],
    ['a fault that is none', { faults: 'flood:1' }, 'The link’s “faults” must be a list such as pause:1@A,crash:1.'],
    ['a fault without number', { faults: 'pause' }, 'The link’s “faults” must be a list such as pause:1@A,crash:1.'],
    ['an odd release', { release: 'gently' }, 'The link’s “release” must be safe or blind.'],
    ['a window that ends first', { network: '3-2' }, 'The link’s “network” must be a range such as 1-2, up to 2000.'],
    ['a property of objects', { property: '__proto__' }, 'must be the name of a property that the engine knows.'],
    ['an option twice', { options: 'replicas:3,replicas:5' }, 'must be a list such as replicas:5,durable:false.'],
    ['a knob twice', { ttl: ['1', '2'] }, 'The link says “ttl” twice.'],
    ['a list without end', { faults: 'pause:1,'.repeat(500) }, 'What the link says for “faults” is too long.'],
    [
      'a lock that every object has',
      { lock: 'constructor' },
      'The link asks for a lock called “constructor”, and there is none.',
    ],
    ['markup', { lock: '<script>alert(1)</script>' }, 'The link asks for a lock that does not exist.'],
    ['no name', { lock: '' }, 'The link names no lock.'],
    ['a name without end', { lock: 'x'.repeat(500) }, 'The link asks for a lock that does not exist.'],
  ] as readonly (readonly [string, DemoQuery, string])[])('%s', (_what, query, why) => {
    const answer = choicesFromQuery(query);
    expect(answer.kind).toBe('bad');
    if (answer.kind === 'bad') expect(answer.why).toContain(why);
  });

  test('a lock that there is none of is one short sentence, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 600 }), (lock) => {
        const answer = choicesFromQuery({ lock });
        if (answer.kind === 'choices') return;
        expect(answer.why.length).toBeLessThan(90);
        expect(answer.why).not.toMatch(/[<>\n]/);
      }),
    );
  });

  test('whatever is typed is read or refused, and what is read can be asked of the engine', () => {
    const keys = [...Object.keys(USUAL), 'property'];
    const value = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[a-z0-9:@=,-]{0,30}$/),
      fc.constantFrom('1', 'none', 'redis'),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 4, noNullPrototype: true }), (query) => {
        const answer = choicesFromQuery(query);
        if (answer.kind === 'bad') expect(answer.why).toMatch(/^(The link|What the link).*\.$/);
        else expect(['scenario', 'refused']).toContain(experiment(answer.choices, answer.property).kind);
      }),
      { numRuns: 500 },
    );
  });
});
