import { describe, expect, test } from 'vitest';
import { check, experiment, type Scenario, USUAL, type Verdict } from '#lib/lock/index.ts';
import { MOST } from './choices-url.ts';
import { askInstead, MOST_STATES } from './words.ts';

function asked(choices: Partial<typeof USUAL>): Scenario {
  const made = experiment({ ...USUAL, ...choices }, 'no-lost-update');
  if (made.kind === 'refused') throw new Error(made.why);
  return made.scenario;
}
const pauses = { faults: [{ kind: 'pause' as const, atMost: 2 }], fence: 'writes' as const };

describe('what to ask after a search that came to no end', () => {
  test('nothing after one that did', () => {
    const scenario = asked({ timing: 'corners', network: [1, 1] });
    expect(askInstead(scenario, check(scenario, 'no-lost-update'))).toBeNull();
  });

  test('after the limit on states: coarser moves and more states, and each is another search', () => {
    const scenario = asked({ ...pauses, maxStates: 3000 });
    const verdict = check(scenario, 'no-lost-update');
    expect(verdict).toMatchObject({ kind: 'unknown', stoppedBy: 'states' });
    const instead = askInstead(scenario, verdict);
    expect(instead?.searches.map(({ within }) => within)).toEqual([
      { timing: 'corners' },
      { timing: 'every-ms', states: 10 * verdict.states },
    ]);
    expect(instead?.smaller).toBe('A smaller question may have an answer: fewer faults or shorter work.');
  });

  test('coarser moves alone come to an answer where every millisecond did not', () => {
    const scenario = asked({
      faults: [{ kind: 'pause', atMost: 1 }],
      fence: 'reads-and-writes',
      maxStates: 600,
      network: [1, 1],
    });
    const verdict = check(scenario, 'no-lost-update');
    expect(verdict.kind).toBe('unknown');
    const [coarser] = askInstead(scenario, verdict)?.searches ?? [];
    const again = {
      ...scenario,
      bounds: { states: 600, depth: 3000, timing: 'every-ms' as const, ...coarser?.within },
    };
    expect(check(again, 'no-lost-update').kind).toBe('holds');
  });

  const stopped: Verdict = {
    kind: 'unknown',
    stoppedBy: 'memory',
    timing: 'corners',
    states: 900_000,
    depth: 40,
    queued: 10,
    faults: 2,
  };

  test('after the limit on memory more states are not offered, since there is no room for them', () => {
    const scenario = asked({ ...pauses, timing: 'corners', clients: 3, renew: 'third' });
    expect(askInstead(scenario, stopped)).toEqual({
      searches: [],
      smaller: 'A smaller question may have an answer: fewer clients, fewer faults, no heartbeat or shorter work.',
    });
  });

  test('nobody is asked to search further than a page can', () => {
    expect(MOST_STATES).toBe(MOST.states);
    const scenario = asked({ timing: 'corners', maxStates: 2_000_000 });
    expect(askInstead(scenario, { ...stopped, stoppedBy: 'states', states: 2_000_000 })?.searches).toEqual([]);
  });
});
