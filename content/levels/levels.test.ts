// Every level can be won in the way that its page offers, and nothing about how is written by hand.
import { describe, expect, test } from 'vitest';
import { compile, moves, natural, propertyById, replay, run } from '#lib/lock/index.ts';
import { breakLevels } from './index.ts';
import { movesToBreak, parOf, verdictOn } from './judgement.ts';

test('every level has a name of its own, fit for an address', () => {
  const ids = breakLevels.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

describe.each(breakLevels)('$id', (level) => {
  const { scenario, breaks } = level;

  test('opens with a quiet run that ends by itself and breaks nothing', () => {
    const quiet = run(compile(scenario), natural(), 400);
    expect(quiet.steps.length).toBeGreaterThan(0);
    expect(quiet.steps.length).toBeLessThan(400);
    expect(quiet.broken).toEqual([]);
    expect(propertyById(breaks)?.kind).toBe('always');
  });

  test('is decided by a search to its end', () => {
    expect(verdictOn(level).kind).not.toBe('unknown');
  });

  test('can be won at par with the moves that the page offers: each at its earliest or its latest', () => {
    const verdict = verdictOn(level);
    if (verdict.kind !== 'violated') {
      expect(parOf(level)).toBeNull();
      return;
    }
    expect(movesToBreak(level, verdict.script)).toBe(parOf(level));
    const system = compile(scenario);
    const trace = replay(system, verdict.script);
    let world = trace.start;
    for (const step of trace.steps) {
      const offered = moves(system, world).find(({ label }) => label === step.move.label);
      expect(offered?.window.map(({ $at }) => $at)).toContain(step.at.$at);
      world = step.world;
    }
    // With faults to spare a longer-planned run could be shorter than par.
    expect(verdict.faults).toBe(scenario.faults.reduce((sum, { atMost }) => sum + atMost, 0));
  });

  test('is not won by nothing, by half of it, or by moves that are not on offer', () => {
    const verdict = verdictOn(level);
    const script = verdict.kind === 'violated' ? verdict.script : [];
    expect(movesToBreak(level, [])).toBeNull();
    expect(movesToBreak(level, script.slice(0, -1))).toBeNull();
    expect(movesToBreak(level, ['sell the seat twice'])).toBeNull();
    expect(
      movesToBreak(
        level,
        Array.from({ length: 5000 }, () => 'A: read'),
      ),
    ).toBeNull();
  });
});
