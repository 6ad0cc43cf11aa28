// What the knobs have made of a run, in a line: it must say the same as the run itself.
import { expect, test } from 'vitest';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import { compile, type Scenario } from '#lib/lock/index.ts';
import { resultOf } from './knobs-result.tsx';
import { firstTrace } from './trace-of.ts';

const of = (scenario: Scenario) => {
  const system = compile(scenario);
  const trace = firstTrace(system);
  return { trace, ...resultOf(system, trace) };
};

test('a broken run says when and what', () => {
  const { headline, broken, rest } = of(scenarioById('pause-no-fence')!);
  expect(broken).toBe(true);
  expect(headline).toMatch(/^Broken at 38 ms: A and B both believe they hold the lock/);
  expect(rest).toBe('3 promises broken, ends at 78 ms, 18 messages.');
});

test('47 requests without a lock are told in one line, and so is the one that got the seat behind a lock', () => {
  expect(of(scenarioById('seat-14a')!).headline).toMatch(/^Broken at \d+ ms: /);
  expect(of(scenarioById('seat-14a-locked')!).headline).toBe(
    'Nothing is broken in this run, and 1 of 47 clients done.',
  );
});

test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  '%s is said to be broken exactly if it is',
  (_, scenario) => {
    const { trace, broken, headline } = of(scenario);
    expect(broken).toBe(trace.violations.length > 0);
    expect(headline.startsWith(broken ? 'Broken at' : 'Nothing is broken in this run')).toBe(true);
  },
);
