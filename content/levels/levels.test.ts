// Every level can be won in the way that its page offers, and nothing about how is written by hand.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { compile, moves, natural, propertyById, replay, run } from '#lib/lock/index.ts';
import { breakLevels, repairLevels } from './index.ts';
import { movesToBreak, parOf, verdictOn } from './judgement.ts';
import { levelsOfLesson } from './of-lesson.ts';

vi.setConfig({ testTimeout: 240_000 });

test('every level has a name of its own, fit for an address', () => {
  const ids = breakLevels.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test('every level belongs to a lesson that there is, and is listed at its end', () => {
  const slugs = readdirSync(path.join(import.meta.dirname, '..', 'lessons')).map((file) => file.slice(4, -4));
  const listed = slugs.flatMap((slug) => levelsOfLesson(slug).map(({ id }) => id));
  expect([...listed].sort()).toEqual([...breakLevels, ...repairLevels].map(({ id }) => id).sort());
  expect(levelsOfLesson('no-such-lesson')).toEqual([]);
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

  test('says within how long somebody must have the lock, if that is what is to be broken', () => {
    if (breaks === 'nobody-stuck') expect(level.story).toContain(`within ${scenario.within} ms`);
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

/** The second hint as moves: run quietly until the first label has happened, then make the second instead of what comes next. */
const recipes: { readonly [level: string]: readonly (readonly [after: string, take: string])[] } = {
  'open-seat': [['deliver A→store: read', 'B: read']],
  'paused-holder': [['deliver store→A: value 0', 'pause A for 60 ms']],
  'careful-holder': [['A: still mine?', 'pause A for 60 ms']],
  'late-packet': [['A: write', 'delay A→store: write 1 (token 1) by 60 ms']],
  'two-ms-left': [
    ['deliver A→store: read (token 1)', 'timer B: ask again'],
    ['timer B: ask again', 'deliver store→A: value 0 @ 23'],
    ['deliver store→A: value 0', 'A: work'],
    ['A: work', 'A: still mine?'],
    ['A: still mine?', 'A: write'],
    ['A: write', 'deliver B→redis: SET lock B1 NX PX 30 @ 37'],
    ['deliver B→redis: SET lock B1 NX PX 30', 'deliver redis→B: OK token 2'],
    ['deliver redis→B: OK token 2', 'B: read'],
    ['B: read', 'deliver B→store: read (token 2)'],
    ['deliver B→store: read (token 2)', 'deliver store→B: value 0'],
    ['deliver store→B: value 0', 'B: work'],
    ['B: work', 'B: still mine?'],
    ['B: still mine?', 'B: write'],
    ['B: write', 'deliver B→store: write 1 (token 2)'],
  ],
  'fast-clock': [['start', 'the clock of redis ticks 3 in 2']],
  'dead-holder': [['deliver redis→A: OK token 1', 'crash A']],
  'bare-delete': [['deliver redis→A: OK token 1', 'pause A for 33 ms']],
  'released-twice': [
    ['deliver A→redis: DEL lock', 'lose redis→A: deleted 1'],
    ['timer A: no answer', 'timer B: ask again'],
    ['timer B: ask again', 'deliver B→redis: SET lock B1 NX PX 30'],
  ],
  'lost-grant': [['deliver A→redis: SET lock A1 NX PX 30', 'lose redis→A: OK token 1']],
  failover: [['deliver A→redis1: SET lock A1 NX PX 30', 'redis1 fails over to redis2']],
  'same-number': [['deliver A→redis1: SET lock A1 NX PX 30', 'redis1 fails over to redis2']],
  'consistent-record': [['A: read', 'pause A for 60 ms']],
  'cut-off': [['A: read', 'cut off A for 60 ms']],
  'clock-jump': [
    ['deliver A→redis1: SET lock A1 NX PX 30', 'deliver A→redis3: SET lock A1 NX PX 30'],
    ['deliver A→redis3: SET lock A1 NX PX 30', 'deliver B→redis2: SET lock B1 NX PX 30'],
    ['deliver B→redis2: SET lock B1 NX PX 30', 'set the clock of redis3 forward 60 ms'],
    ['set the clock of redis3 forward 60 ms', 'deliver B→redis3: SET lock B1 NX PX 30'],
  ],
  'forgetful-node': [
    ['deliver A→redis1: SET lock A1 NX PX 30', 'deliver A→redis3: SET lock A1 NX PX 30'],
    ['deliver A→redis3: SET lock A1 NX PX 30', 'deliver B→redis2: SET lock B1 NX PX 30'],
    ['deliver B→redis2: SET lock B1 NX PX 30', 'crash redis3'],
    ['crash redis3', 'restart redis3'],
  ],
  'fencing-gap': [
    ['A: still mine?', 'pause A for 60 ms'],
    ['B: still mine?', 'pause B for 60 ms'],
  ],
};

describe('the second hint, followed to the letter, wins', () => {
  test('on every level that can be won by moves', () => {
    const breakable = breakLevels.filter((level) => parOf(level) !== null).map(({ id }) => id);
    expect(Object.keys(recipes).sort()).toEqual(breakable.sort());
  });

  test.each(Object.entries(recipes))('%s', (id, steps) => {
    const level = breakLevels.find((one) => one.id === id);
    if (!level) throw new Error(`there is no level '${id}'`);
    const system = compile(level.scenario);
    const quiet = natural();
    const todo = [...steps];
    let last = 'start';
    const trace = run(
      system,
      {
        pick: (offered, world) => {
          const [next] = todo;
          const [label, at] = next?.[0] === last ? next[1].split(' @ ') : [];
          const move = offered.find((one) => one.label === label);
          if (move) todo.shift();
          const choice = move
            ? { move, at: at === undefined ? move.window[0] : { $at: Number(at) } }
            : quiet.pick(offered, world);
          last = choice?.move.label ?? last;
          return choice;
        },
      },
      400,
    );
    expect(todo).toEqual([]);
    expect(trace.broken).toContain(level.breaks);
  });
});
