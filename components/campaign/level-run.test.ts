// A level's run ends at its break whatever is pressed, every state of it is an address, and a bad address is a sentence.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toQuery } from '#components/demo/demo-url.ts';
import { type DemoState, firstState } from '#components/demo/use-demo.ts';
import { breakLevelById, breakLevels } from '#content/levels/index.ts';
import { verdictOn } from '#content/levels/judgement.ts';
import type { BreakLevel } from '#content/levels/level.ts';
import { compile, moves, replay, type System, scriptOf } from '#lib/lock/index.ts';
import { breakIn, isBroken, type LevelAction, levelQuery, levelReducer, placeIn } from './level-run.ts';

const paused = breakLevelById('paused-holder') as BreakLevel;
const system = compile(paused.scenario);
const play = levelReducer(system, paused.breaks);
const fresh = firstState(system, 'start');
const won = firstWin(system, paused);

function firstWin(of: System, level: BreakLevel): DemoState {
  const verdict = verdictOn(level);
  if (verdict.kind !== 'violated') throw new Error('this level can be broken');
  const reduce = levelReducer(of, level.breaks);
  return reduce(firstState(of, 'start'), { do: 'load', script: verdict.script, play: false });
}

/** Presses a button of the player, or makes one of the moves on offer. */
function pressed(state: DemoState, choice: number): DemoState {
  const plain = ['run', 'pause', 'step', 'back', 'reset', 'undo', 'redo'] as const;
  if (choice < plain.length) return play(state, { do: plain[choice] as (typeof plain)[number] });
  if (choice === plain.length) return play(state, { do: 'tick', by: 3 });
  if (choice === plain.length + 1) return play(state, { do: 'seek', to: 10_000 });
  const world = state.trace.steps[state.cursor - 1]?.world ?? state.trace.start;
  const offered = moves(system, world);
  const move = offered[choice % Math.max(1, offered.length)];
  return move ? play(state, { do: 'take', move, at: move.window[0].$at }) : state;
}

test('whatever is pressed, a run of a level never goes on past its break', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 60 }), (choices) => {
      let state = fresh;
      for (const choice of choices) {
        state = pressed(state, choice);
        const found = breakIn(state.trace, paused.breaks);
        if (found) expect(state.trace.steps.length).toBe(found.step + 1);
        expect(state.cursor).toBeLessThanOrEqual(state.trace.steps.length);
        if (isBroken(state, paused.breaks)) expect(state.running).toBe(false);
      }
    }),
    { numRuns: 60 },
  );
});

test('at the break a step changes nothing, and Run plays the same run from its start', () => {
  expect(isBroken(won, paused.breaks)).toBe(true);
  expect(play(won, { do: 'step' })).toBe(won);
  expect(play(won, { do: 'run' })).toEqual({ ...won, cursor: 0, running: true });
});

test('a pause after the read, and then Run, breaks the level of the paused holder', () => {
  let state = fresh;
  const press = (action: LevelAction) => {
    state = play(state, action);
  };
  for (let step = 0; step < 8; step += 1) press({ do: 'step' });
  const world = state.trace.steps[7]?.world ?? state.trace.start;
  const pause = moves(system, world).find(({ label }) => label.startsWith('pause A'));
  if (!pause) throw new Error('A can be paused');
  press({ do: 'take', move: pause, at: pause.window[0].$at });
  press({ do: 'run' });
  while (state.running) press({ do: 'tick', by: 1 });
  expect(isBroken(state, paused.breaks)).toBe(true);
  expect(scriptOf(state.trace)).toHaveLength(29);
});

test('a run that came with an address is known again, and a last move of one’s own makes another of it', () => {
  const asked = placeIn(system, levelQuery(system, won));
  if (asked.kind !== 'place') throw new Error('the address opens');
  const opened = play(fresh, { do: 'open', place: asked });
  expect(isBroken(opened, paused.breaks)).toBe(true);
  const looked = play(play(opened, { do: 'back' }), { do: 'step' });
  expect(looked.trace).toBe(opened.trace);
  const before = play(opened, { do: 'back' });
  const last = opened.trace.steps.at(-1);
  if (!last) throw new Error('there is a last move');
  const own = play(before, { do: 'take', move: last.move, at: last.at.$at });
  expect(isBroken(own, paused.breaks)).toBe(true);
  expect(scriptOf(own.trace)).toEqual(scriptOf(opened.trace));
  expect(own.trace).not.toBe(opened.trace);
});

test('an address made by a demo that went on past the break opens at the break', () => {
  const { cursor, ...rest } = won;
  const beyond = replay(system, scriptOf(won.trace));
  const offered = moves(system, beyond.steps.at(-1)?.world ?? beyond.start);
  const further = replay(system, [...scriptOf(won.trace), offered[0]?.label ?? '']);
  const asked = placeIn(system, toQuery(system, further, further.steps.length));
  if (asked.kind !== 'place') throw new Error('the address opens');
  const opened = play({ ...rest, cursor }, { do: 'open', place: asked });
  expect(opened.cursor).toBe(cursor);
  expect(scriptOf(opened.trace)).toEqual(scriptOf(won.trace));
});

for (const level of breakLevels) {
  test(`each moment of ${level.id} has an address that opens the same events there`, () => {
    const own = compile(level.scenario);
    const begin = firstState(own, 'start');
    const verdict = verdictOn(level);
    const runs = [begin, ...(verdict.kind === 'violated' ? [firstWin(own, level)] : [])];
    for (const { trace } of runs) {
      for (const cursor of [0, 1, Math.floor(trace.steps.length / 2), trace.steps.length]) {
        const query = levelQuery(own, { trace, cursor });
        const asked = placeIn(own, query);
        if (query === '') {
          expect([trace, cursor, asked.kind]).toEqual([begin.trace, 0, 'nothing']);
          continue;
        }
        if (asked.kind !== 'place') throw new Error(`${query} does not open`);
        expect(asked.cursor).toBe(cursor);
        expect(scriptOf(asked.trace)).toEqual(scriptOf(trace));
        expect(asked.trace.violations).toEqual(trace.violations);
      }
    }
  });
}

test('an address with other things in it opens the level as it begins', () => {
  for (const search of ['', '?', '?utm_source=mail', '?__proto__=1&constructor=2']) {
    expect(placeIn(system, search)).toEqual({ kind: 'nothing' });
  }
});

test('a malformed or hostile address is a sentence', () => {
  const query = levelQuery(system, won);
  const bad = [
    '?moves=999n',
    '?moves=1n&sum=<script>',
    '?at=-1',
    '?at=1e3',
    '?at=99999',
    '?at=1&at=2',
    `${query}&moves=1n`,
    query.replace(/sum=./, 'sum=~'),
    `?moves=${'1n.'.repeat(4000)}`,
    '?moves=%F0%28%8C',
  ];
  for (const search of bad) {
    const asked = placeIn(system, search);
    expect(asked.kind, search).toBe('bad');
    if (asked.kind === 'bad') expect(asked.why).toMatch(/^The .+\.$/);
  }
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (list, sum, at) => {
      const params = new URLSearchParams({ moves: list, sum, at });
      expect(['bad', 'place']).toContain(placeIn(system, `?${params}`).kind);
    }),
    { numRuns: 100 },
  );
});
