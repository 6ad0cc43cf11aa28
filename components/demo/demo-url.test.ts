import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import { compile, moves, type System, scriptOf, start, type Trace, traceHash } from '#lib/lock/index.ts';
import { type DemoQuery, fromQuery, toQuery } from './demo-url.ts';
import { exactly, firstTrace } from './trace-of.ts';

const small = scenarios.filter(({ clients }) => Object.keys(clients).length < 5).map((scenario) => compile(scenario));
const paused = compile(scenarioById('pause-no-fence') ?? (scenarios[0] as never));

function queryOf(text: string): DemoQuery {
  return Object.fromEntries(new URLSearchParams(text));
}

/** A run as a learner might click it together: any move on offer, early or late. */
function clicked(system: System, choices: readonly number[]): Trace {
  const script: string[] = [];
  let trace = exactly(system, script) as Trace;
  for (const choice of choices) {
    const list = moves(system, trace.steps.at(-1)?.world ?? start(system));
    const move = list[choice % Math.max(1, list.length)];
    if (!move) break;
    const [early, late] = move.window;
    script.push(choice % 2 === 0 || early.$at === late.$at ? move.label : `${move.label} @ ${late.$at}`);
    trace = exactly(system, script) as Trace;
  }
  return trace;
}

test('any run and any moment comes back from its address', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...small),
      fc.array(fc.nat({ max: 50 }), { maxLength: 30 }),
      fc.nat({ max: 100 }),
      (system, choices, moment) => {
        const trace = clicked(system, choices);
        const cursor = moment % (trace.steps.length + 1);
        const text = toQuery(system, trace, cursor);
        const back = fromQuery(system, queryOf(text));
        expect(back).toMatchObject({ kind: 'place', cursor });
        if (back.kind === 'place') expect(traceHash(back.trace)).toBe(traceHash(trace));
      },
    ),
    { numRuns: 80 },
  );
});

test('the run that a demo opens with needs no moves in its address, and has a short one', () => {
  for (const scenario of scenarios) {
    const system = compile(scenario);
    const trace = firstTrace(system);
    expect(toQuery(system, trace, 3)).toBe('?at=3');
  }
  const fork = exactly(paused, scriptOf(firstTrace(paused)).slice(0, 9)) as Trace;
  expect(toQuery(paused, fork, 9)).toMatch(/^\?moves=9n&sum=[0-9a-z]{8}&at=9$/);
});

test('an address without a question asks for nothing', () => {
  expect(fromQuery(paused, {})).toEqual({ kind: 'nothing' });
  expect(fromQuery(paused, { utm_source: 'x' })).toEqual({ kind: 'nothing' });
});

describe('a bad address is a sentence, not an error', () => {
  const bad: readonly [string, DemoQuery][] = [
    ['a moment past the end', { at: '9999' }],
    ['a negative moment', { at: '-1' }],
    ['a moment that is no number', { at: '1e3' }],
    ['moves without their sum', { moves: '3n' }],
    ['a wrong sum', { moves: '3n', sum: '00000000' }],
    ['more natural moves than there are', { moves: '2999n', sum: 'x' }],
    ['a move that is not on offer', { moves: '77', sum: 'x' }],
    ['a time outside the window', { moves: '0~999999', sum: 'x' }],
    ['markup', { moves: '<script>', sum: 'x' }],
    ['the same key twice', { moves: ['1', '2'], sum: 'x' }],
    ['a very long list', { moves: '1n.'.repeat(5000), sum: 'x' }],
  ];
  test.each(bad)('%s', (_what, query) => {
    const answer = fromQuery(paused, query);
    expect(answer.kind).toBe('bad');
    if (answer.kind === 'bad') expect(answer.why).toMatch(/^The .*\.$/);
  });

  test('whatever is typed', () => {
    const part = fc.oneof(fc.string(), fc.stringMatching(/^[0-9n.~]{0,40}$/));
    fc.assert(
      fc.property(fc.option(part), fc.option(fc.string()), fc.option(part), (list, sum, at) => {
        const query = { moves: list ?? undefined, sum: sum ?? undefined, at: at ?? undefined };
        expect(['nothing', 'place', 'bad']).toContain(fromQuery(paused, query).kind);
      }),
      { numRuns: 300 },
    );
  });
});
