// A judge asks a property once for all that it may look at, and each time where it looks further.
import { expect, test } from 'vitest';
import { quiet } from '../examples.ts';
import { compile, start } from '../system.ts';
import type { Property, World } from '../types.ts';
import { judgeOf } from './judge.ts';
import { pack } from './pack.ts';
import { newParts } from './parts.ts';
import { newRow } from './rows.ts';

function asked(holds: (world: World) => boolean, worlds: readonly World[]) {
  let times = 0;
  const property: Property = {
    id: 'made-up',
    title: '',
    kind: 'always',
    start: null,
    observe: (state) => state,
    holds(_state, world) {
      times += 1;
      return holds(world);
    },
    violation: () => '',
  };
  const parts = newParts(Object.keys(compile(quiet).actors));
  const judge = judgeOf(parts, property);
  const answers = worlds.map((world) => {
    const row = newRow();
    pack(parts, world, row);
    return judge(row);
  });
  return { times, answers };
}

const world = start(compile(quiet));
const fewer = { ...world, pending: world.pending.slice(1) };

test('a property of observer and budgets is asked once', () => {
  expect(asked(({ faultsLeft }) => Object.keys(faultsLeft).length === 0, [world, fewer, world])).toEqual({
    times: 1,
    answers: [true, true, true],
  });
});

test('a property that looks at pending things or nodes is asked each time', () => {
  const two = ({ pending }: World) => pending.length === 2;
  expect(asked(two, [world, fewer, world])).toEqual({ times: 3, answers: [true, false, true] });
  expect(asked(({ nodes }) => nodes.A?.up === true, [world, fewer]).times).toBe(2);
});

test('the end of a run is another case', () => {
  expect(asked(() => true, [world, { ...world, pending: [] }, world]).times).toBe(2);
});
