// Every system to repair breaks as it opens and can be repaired, and what the best repair costs comes out of trying them all.
import { describe, expect, test, vi } from 'vitest';
import { propertyById } from '#lib/lock/index.ts';
import { breakLevels, repairLevels } from './index.ts';
import { allPicks, arePicks, choicesWith } from './repair.ts';
import { bestRepair, costOf, judge } from './repair-judgement.ts';

vi.setConfig({ testTimeout: 240_000 });

test('no repair shares its name with a level to break, since one table keeps both', () => {
  const ids = [...breakLevels, ...repairLevels].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id } of repairLevels) expect(id).toMatch(/^fix-[a-z-]+$/);
});

describe.each(repairLevels)('$id', (level) => {
  test('opens with settings that break a promise by a schedule, not by being refused', () => {
    expect(arePicks(level, level.broken)).toBe(true);
    const judged = judge(level, level.broken);
    expect(judged.kind).toBe('fails');
    if (judged.kind === 'fails') {
      expect(judged.verdict.kind).toBe('violated');
      expect(level.promises).toContain(judged.promise);
    }
    expect(costOf(level, level.broken)).not.toBeNull();
    for (const promise of level.promises) expect(propertyById(promise)?.kind).toBe('always');
  });

  test('can be repaired, and among all settings none that holds is cheaper than the best', () => {
    const best = bestRepair(level);
    if (!best) throw new Error('there is no repair');
    expect(judge(level, best.picks).kind).toBe('holds');
    expect(best.cost.total).toBe(best.cost.messages + best.cost.quietMs + best.cost.deadMs);
    for (const picks of allPicks(level)) {
      const cost = costOf(level, picks);
      if (cost && cost.total < best.cost.total) expect(judge(level, picks).kind, `${picks}`).not.toBe('holds');
    }
  });

  test('says within how long somebody must have the lock, if that is promised', () => {
    if (level.promises.includes('nobody-stuck')) expect(level.story).toContain(`within ${level.base.within} ms`);
  });

  test('has knobs of which some do not help: turning just anything is no repair', () => {
    const helps = allPicks(level).filter((picks) => costOf(level, picks) !== null);
    expect(helps.length).toBeGreaterThan(4);
    expect(allPicks(level).length).toBeLessThanOrEqual(64);
  });

  test('knows no settings beyond its own', () => {
    const none = level.knobs.map(() => 99);
    expect(arePicks(level, none)).toBe(false);
    expect(arePicks(level, [])).toBe(false);
    expect(arePicks(level, [...level.broken, 0])).toBe(false);
    expect(arePicks(level, [-1, ...level.broken.slice(1)])).toBe(false);
    expect(choicesWith(level, level.broken)).toMatchObject({ clients: level.base.clients });
  });
});

test('the lessons of the campaign come out of the search: a token at the door, sealed where two pauses can happen', () => {
  const settings = (id: string) => {
    const level = repairLevels.find((one) => one.id === id);
    const best = level && bestRepair(level);
    return level?.knobs.map(({ settings: all }, at) => all[best?.picks[at] ?? -1]?.label);
  };
  expect(settings('fix-paused-holder')).toContain('The token of each write');
  expect(settings('fix-hung-worker')).toContain('The token of each read and write');
  expect(settings('fix-dead-holder')).toContain('After each third of the lease');
  expect(settings('fix-double-job')).toContain('A unique row for the night');
});
