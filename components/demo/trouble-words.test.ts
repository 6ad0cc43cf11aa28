import { expect, test } from 'vitest';
import { scenarioById } from '#content/scenarios/index.ts';
import { type Choices, compile, experiment, type Scenario, type System, USUAL } from '#lib/lock/index.ts';
import { exactly, firstTrace } from './trace-of.ts';
import { troubleWords } from './trouble-words.ts';

function systemOf(choices: Partial<Choices>): System {
  const made = experiment({ ...USUAL, ...choices }, 'no-lost-update');
  if (made.kind === 'refused') throw new Error(made.why);
  return compile(made.scenario);
}

function said(system: System): string {
  return troubleWords(system.scenario, firstTrace(system));
}

test('the run that an experiment opens with is called quiet, and what may still strike is named with its length', () => {
  const system = systemOf({
    faults: [
      { kind: 'pause', atMost: 1, lasts: 45 },
      { kind: 'crash', atMost: 2 },
    ],
  });
  expect(said(system)).toMatch(
    /^The quiet run: no fault has struck\. Still to strike: pause \(45 ms\) once, crash up to twice\./,
  );
});

test('where no fault is allowed it says so', () => {
  expect(said(systemOf({}))).toMatch(/^The quiet run: no fault strikes, and none may\./);
});

test('a run that breaks by its order alone is not called quiet', () => {
  expect(said(systemOf({ lock: 'none' }))).toBe('No fault strikes in this run: the order of its moves is enough.');
});

test('faults that struck are named in their order', () => {
  const system = systemOf({ faults: [{ kind: 'pause', atMost: 2 }] });
  const trace = exactly(system, ['A: acquire', 'pause A for 60 ms', 'pause B for 60 ms']);
  if (!trace) throw new Error('these moves are on offer');
  expect(troubleWords(system.scenario, trace)).toBe(
    'What goes wrong in this run: pause A for 60 ms, then pause B for 60 ms.',
  );
  const scenario = scenarioById('pause-no-fence') as Scenario;
  expect(said(compile(scenario))).toMatch(/^What goes wrong in this run: pause A for \d+ ms\.$/);
});
