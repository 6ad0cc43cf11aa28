// Every setting of every repair has an address, and no address asks for anything else.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repairLevels } from '#content/levels/index.ts';
import { allPicks, arePicks, type RepairLevel } from '#content/levels/repair.ts';
import { queryOf } from './level-run.ts';
import { picksFromQuery, picksToPairs, slugOf } from './repair-url.ts';

const [first] = repairLevels as readonly [RepairLevel];
/** What a run's place is called in an address. */
const taken = ['moves', 'sum', 'at'];

for (const level of repairLevels) {
  test(`every combination of settings of ${level.id} comes back from its address`, () => {
    for (const picks of allPicks(level)) {
      const back = picksFromQuery(level, queryOf(`?${picksToPairs(level, picks).join('&')}&at=3`));
      const opened = picks.join() === level.broken.join();
      expect(back).toEqual({ kind: 'picks', picks: opened ? null : picks });
    }
  });

  test(`the names of knobs and settings of ${level.id} stay apart in an address`, () => {
    const names = [...level.knobs.map(({ name }) => slugOf(name)), ...taken];
    expect(new Set(names).size).toBe(names.length);
    for (const { settings } of level.knobs) {
      const values = settings.map(({ label }) => slugOf(label));
      expect(values.every((value) => /^[a-z0-9-]+$/.test(value))).toBe(true);
      expect(new Set(values).size).toBe(values.length);
    }
  });
}

test('a setting that is not on the page, or one named twice, is a sentence', () => {
  for (const search of [
    '?lease=16-ms',
    '?lease=',
    '?lease=15-ms&lease=60-ms',
    '?lease=<script>',
    '?before-the-write=0',
  ]) {
    const asked = picksFromQuery(first, queryOf(search));
    expect(asked.kind, search).toBe('bad');
    if (asked.kind === 'bad') expect(asked.why).toMatch(/^The link .+\.$/);
  }
});

test('whatever an address says, it is settings of the level or a sentence', () => {
  const names = fc.constantFrom(...first.knobs.map(({ name }) => slugOf(name)), '__proto__', 'constructor', 'at');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(names, fc.oneof(fc.string(), fc.constantFrom('15-ms', 'nothing', 'toString')))),
      (pairs) => {
        const asked = picksFromQuery(first, queryOf(`?${new URLSearchParams(pairs)}`));
        if (asked.kind === 'picks' && asked.picks) expect(arePicks(first, asked.picks)).toBe(true);
      },
    ),
  );
});
