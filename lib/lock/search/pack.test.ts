// Worlds and rows, on random runs with every fault of the stormy example.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stormy } from '../examples.ts';
import { fingerprint } from '../fingerprint.ts';
import { run } from '../run.ts';
import { seeded } from '../schedulers.ts';
import { compile, start } from '../system.ts';
import { at, FOREVER, shift } from '../time.ts';
import type { Scenario, World } from '../types.ts';
import { pack, pendingFrom, unpack } from './pack.ts';
import { newParts, type Parts, partAfter } from './parts.ts';
import { newRow, type Row } from './rows.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const torn: Scenario = {
  ...stormy,
  faults: [
    ...stormy.faults,
    { kind: 'partition', targets: ['A', 'store'], atMost: 2, lasts: [9] },
    { kind: 'clockJump', targets: ['B', 'redis'], atMost: 1, by: [-7, 4] },
  ],
};

function rowOf(parts: Parts, world: World): readonly number[] {
  const row = newRow();
  pack(parts, world, row);
  return [...row.cells.subarray(0, row.length)];
}

function toRow(cells: readonly number[]): Row {
  return { cells: Int32Array.from(cells), length: cells.length };
}

function onRuns(check: (parts: Parts, world: World) => void): void {
  const system = compile(torn);
  fc.assert(
    fc.property(seeds, (seed) => {
      const parts = newParts(Object.keys(system.actors));
      for (const { world } of run(system, seeded(seed, 0.15), 80).steps) check(parts, world);
    }),
    { numRuns: 25 },
  );
}

describe('a row', () => {
  test('is equal for two worlds exactly when their fingerprints are', () => {
    const byRow = new Map<string, string>();
    const byPrint = new Map<string, string>();
    const system = compile(torn);
    const parts = newParts(Object.keys(system.actors));
    for (let seed = 0; seed < 40; seed += 1) {
      for (const { world } of run(system, seeded(seed, 0.1), 60).steps) {
        const [row, print] = [rowOf(parts, world).join(), fingerprint(world)];
        expect(byRow.get(row) ?? print).toBe(print);
        expect(byPrint.get(print) ?? row).toBe(row);
        byRow.set(row, print);
        byPrint.set(print, row);
      }
    }
    expect(byRow.size).toBeGreaterThan(500);
  });

  test('unpacks to a world that packs to it again', () => {
    onRuns((parts, world) => {
      const row = rowOf(parts, world);
      const back = unpack(parts, toRow(row));
      expect(rowOf(parts, back)).toEqual(row);
      expect(fingerprint(back)).toBe(fingerprint(world));
    });
  });

  test('is the same at any other time', () => {
    onRuns((parts, world) => expect(rowOf(parts, shift(world, 12_345))).toEqual(rowOf(parts, world)));
  });

  test('does not show in which order things were put under way', () => {
    onRuns((parts, world) => {
      const pending = world.pending.map((one, index) => ({ ...one, id: 900 - index })).reverse();
      expect(rowOf(parts, { ...world, pending })).toEqual(rowOf(parts, world));
    });
  });

  test('of a length of time that no cell can hold is refused, but FOREVER is held', () => {
    const system = compile(torn);
    const world = start(system);
    const parts = newParts(Object.keys(system.actors));
    const late = (ms: number): World => ({
      ...world,
      pending: world.pending.map((one) => ({ ...one, latest: at(ms) })),
    });
    expect(() => rowOf(parts, late(2 ** 40))).toThrow('too long to be searched');
    const back = unpack(parts, toRow(rowOf(parts, late(FOREVER))));
    expect(back.pending[0]?.latest).toEqual(at(FOREVER));
  });
});

describe('time', () => {
  test('passes in the parts of a row as it passes in the world', () => {
    onRuns((parts, world) => {
      const horizon = Math.min(...world.pending.map(({ latest }) => latest.$at), world.now.$at + 30);
      for (const ms of [1, 5, horizon - world.now.$at]) {
        if (world.now.$at + ms > horizon) continue;
        const row = rowOf(parts, world);
        const later = rowOf(parts, { ...world, now: at(world.now.$at + ms) });
        for (let index = 0; index < pendingFrom(parts); index += 1) {
          expect(partAfter(parts, row[index] as number, ms)).toBe(later[index]);
        }
      }
    });
  });

  test('passes twice as it passes once', () => {
    onRuns((parts, world) => {
      for (const part of rowOf(parts, world).slice(0, pendingFrom(parts))) {
        expect(partAfter(parts, partAfter(parts, part, 4), 7)).toBe(partAfter(parts, part, 11));
      }
    });
  });
});
