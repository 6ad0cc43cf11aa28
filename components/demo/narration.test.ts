import { expect, test } from 'vitest';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import {
  compile,
  moves,
  programState,
  propertyById,
  rowsOf,
  sentence,
  start,
  type Verdict,
  verdictWords,
} from '#lib/lock/index.ts';
import { firstTrace } from './trace-of.ts';
import { moveWords, shortName } from './words.ts';

function rows(id: string) {
  const scenario = scenarioById(id);
  if (!scenario) throw new Error(`no scenario ${id}`);
  return rowsOf(firstTrace(compile(scenario)), scenario);
}

test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  'each step of %s is said in words',
  (_id, scenario) => {
    const trace = firstTrace(compile(scenario));
    const said = rowsOf(trace, scenario);
    expect(said).toHaveLength(trace.steps.length + 1);
    for (const [index, row] of said.slice(1).entries()) {
      // A lost message is nobody's doing.
      if (trace.steps[index]?.move.kind === 'take') expect(row.who, row.what).not.toBeNull();
      expect(row.what).not.toMatch(/undefined|null|\[object/);
    }
  },
);

test('the table names the tokens, the refusal and the broken guarantee', () => {
  const fenced = rows('pause-fence-writes').map(({ what }) => what);
  expect(fenced.some((what) => what.includes('refuses the write: token 1 is lower than 2'))).toBe(true);
  const broken = rows('pause-no-fence').filter((row) => row.broken.length > 0);
  expect(broken.map(sentence).join(' ')).toContain('Broken: A and B both believe they hold the lock');
});

test('an arrow carries the command without its key and value, which stand elsewhere', () => {
  expect(shortName('SET lock A1 NX PX 30', ['lock'])).toBe('SET NX PX 30');
  expect(shortName('DELEX seat:14A IFEQ r12', ['seat:14A'])).toBe('DELEX');
  expect(shortName('write 1 (token 2)', [])).toBe('write 1');
  expect(shortName('OK token 1', ['lock'])).toBe('OK token 1');
});

test('every move that a scenario offers first can be said', () => {
  for (const scenario of scenarios) {
    const system = compile(scenario);
    for (const move of moves(system, start(system))) expect(moveWords(move)).toMatch(/^[A-Z]/);
  }
});

test('a program stands at its first line and waits for what it has asked', () => {
  const trace = firstTrace(compile(scenarioById('pause-no-fence') ?? (scenarios[0] as never)));
  expect(programState(trace.start, 'A')).toEqual({ line: 0, waits: null });
  expect(programState(trace.steps[0]?.world ?? trace.start, 'A')).toEqual({
    line: 0,
    waits: 'waits for the lock server',
  });
  expect(programState(trace.steps.at(-1)?.world ?? trace.start, 'A').waits).toBe('ended');
});

test('a verdict says no more than was looked at', () => {
  const progress = { states: 86_545, depth: 31, queued: 0, faults: 2, timing: 'every-ms' } as const;
  const say = (verdict: Verdict) => verdictWords(verdict, propertyById('one-believer')?.kind ?? 'always');
  expect(say({ kind: 'holds', ...progress })).toBe(
    'No schedule with up to two faults breaks it (86,545 states, every millisecond).',
  );
  expect(say({ kind: 'violated', ...progress, faults: 1, script: Array(14).fill('x'), words: '' })).toBe(
    'Broken with one fault in 14 moves.',
  );
  expect(say({ kind: 'unknown', ...progress, stoppedBy: 'cancel' })).toBe('Stopped after 86,545 states: unknown.');
});
