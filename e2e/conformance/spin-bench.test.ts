// The bench, which asks Spin and us in turn: its sums, its manners at a terminal, and that each row is what it says. How fast
// anything is, no test says; that depends on who else is using the machine.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Engine, Sample } from '../bench/engines/engine.ts';
import { engines } from '../bench/engines/index.ts';
import { questions } from '../bench/questions.ts';
import { disagreements, rowOf, spread } from '../bench/rows.ts';
import { tableOf } from '../bench/table.ts';
import { settingsOf, whySpinIsMissing } from './spin.ts';

const root = path.resolve(import.meta.dirname, '../..');

function bench(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const command = ['--import', 'ts-blank-space/register', 'e2e/bench/bench.ts', ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', env });
}

const engine = (id: string): Engine => ({ ...engines[0], id, title: id });
const question = questions[0]!;
const sample = (searchMs: number, kind: Sample['kind'] = 'holds'): Sample => ({
  kind,
  states: 1000,
  before: { start: 10 },
  searchMs,
  totalMs: searchMs + 10,
  cpuMs: searchMs,
  peakMb: 50,
});

describe('the sums', () => {
  test('the median is the middle one, or halfway between the two in the middle', () => {
    expect(spread([9, 1, 5])).toEqual({ median: 5, min: 1, max: 9 });
    expect(spread([10, 2, 4, 8])).toEqual({ median: 6, min: 2, max: 10 });
    expect(() => spread([])).toThrow('nothing was measured');
  });

  test('a ratio is to ours, and states a second are those of the search alone', () => {
    const ours = rowOf(question, engine('ours'), [sample(100), sample(300), sample(200)], null);
    const other = rowOf(question, engine('other'), [sample(50)], ours);
    expect(ours).toMatchObject({
      overOurs: null,
      runs: 3,
      statesPerSecond: { median: 5000 },
      totalMs: { median: 210 },
    });
    expect(other.overOurs).toEqual({ searchMs: 0.25, totalMs: 60 / 210, cpuMs: 0.25, statesPerSecond: 4, peakMb: 1 });
  });

  test('what was not measured has no ratio, and is not shown as nought', () => {
    const ours = rowOf(question, engine('ours'), [sample(100)], null);
    const warm = rowOf(question, engine('warm'), [{ ...sample(50), totalMs: null, cpuMs: null }], ours);
    expect(warm).toMatchObject({ totalMs: null, overOurs: { searchMs: 0.5, totalMs: null, cpuMs: null } });
    expect(tableOf(question, [engine('ours'), engine('warm')], [ours, warm]).split('\n')[3]).toMatch(/0\.50 +– +–$/);
  });

  test('two engines that disagree are named, and one that does not know disagrees with nobody', () => {
    const row = (id: string, kind: Sample['kind']) => rowOf(question, engine(id), [sample(1, kind)], null);
    const skipped = { question: question.id, engine: 'd', skipped: 'not installed' };
    expect(disagreements([row('a', 'holds'), row('b', 'holds'), row('c', 'unknown'), skipped])).toEqual([]);
    expect(disagreements([row('a', 'holds'), row('b', 'violated')])).toEqual([
      'no-fault: a says holds, b says violated',
    ]);
  });
});

describe('the registries', () => {
  test('ids are unique, and Spin can be asked every question', () => {
    for (const list of [engines, questions]) expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    for (const { scenario, property } of questions) expect(() => settingsOf(scenario, property)).not.toThrow();
  });
});

describe('at a terminal', () => {
  test('--help names every question and engine', () => {
    const { status, stdout } = bench(['--help']);
    expect(status).toBe(0);
    for (const { id } of [...questions, ...engines]) expect(stdout).toContain(`  ${id} `);
  });

  test.each([
    [['--fast'], /^bench: Unknown option '--fast'; see /],
    [['quickly'], /^bench: Unexpected argument 'quickly'/],
    [['--runs', '0'], /^bench: --runs must be a whole number from 1 to 1000; see /],
    [['--runs', 'x'], /^bench: --runs must be/],
    [['--engine', 'tlc'], /^bench: no engine 'tlc', but ours, /],
    [['--question', 'why'], /^bench: no question 'why', but no-fault, /],
  ])('%j is refused in one line', (args, why) => {
    const { status, stdout, stderr } = bench(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(why);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test.skipIf(whySpinIsMissing())('a row says what was found, how long it took and how that compares', () => {
    const { status, stdout } = bench([
      '--json',
      '--runs',
      '1',
      '--question',
      'no-fault',
      '--engine',
      'ours',
      '--engine',
      'spin-quick',
    ]);
    expect(status).toBe(0);
    const { rows } = JSON.parse(stdout);
    expect(rows).toMatchObject([
      { question: 'no-fault', engine: 'ours', verdict: 'holds', runs: 1, overOurs: null },
      { question: 'no-fault', engine: 'spin-quick', verdict: 'holds', runs: 1 },
    ]);
    for (const { states, searchMs, totalMs, before, peakMb } of rows) {
      expect(states).toBeGreaterThan(100);
      expect(peakMb.median).toBeGreaterThan(1);
      const parts = Object.values(before as { [part: string]: { median: number } }).map(({ median }) => median);
      expect(totalMs.median).toBeGreaterThanOrEqual(searchMs.median + parts.reduce((sum, ms) => sum + ms, 0) - 0.1);
    }
    expect(rows[1].overOurs.totalMs).toBeCloseTo(rows[1].totalMs.median / rows[0].totalMs.median, 3);
  });

  test('where Spin is missing, its row says so and ours is measured', () => {
    const { status, stdout } = bench(['--runs', '1', '--question', 'no-fault'], { ...process.env, PATH: '/nowhere' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/Spin, gcc -O0 +skipped: spin and gcc not installed; on Debian: apt-get install spin gcc/);
    expect(stdout).toMatch(/^ {2}ours +holds/m);
  });
});
