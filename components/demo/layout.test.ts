import { describe, expect, test } from 'vitest';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import { compile, type Scenario } from '#lib/lock/index.ts';
import { CROWD } from './crowd.ts';
import { boxOf, crosses } from './labels.ts';
import { type Picture, pictureOf } from './layout.ts';
import { overlaps } from './marks.ts';
import { exactly, firstTrace } from './trace-of.ts';

function scenario(id: string): Scenario {
  const found = scenarioById(id);
  if (!found) throw new Error(`no scenario ${id}`);
  return found;
}

function picture(id: string): Picture {
  return pictureOf(firstTrace(compile(scenario(id))), scenario(id));
}

const drawn = scenarios.filter(({ clients }) => Object.keys(clients).length <= CROWD);

describe('the picture of a paused holder', () => {
  const paused = picture('pause-no-fence');

  test('puts the lock above the clients and the data below', () => {
    expect(paused.lanes.map(({ id }) => id)).toEqual(['redis', 'A', 'B', 'store']);
    const ys = paused.lanes.map(({ y }) => y);
    expect([...ys].sort((a, b) => a - b)).toEqual(ys);
  });

  test('keeps what the server has on record apart from what a client believes', () => {
    const [record, belief] = [paused.leases[0], paused.beliefs[0]];
    expect(record?.text).toBe('A · token 1');
    expect(record?.ended).toBe('expired');
    expect(belief?.text).toBe('believes it holds, token 1');
    expect(belief?.y).not.toBe(record?.y);
    expect(belief?.falseFrom).toBe(record?.x2);
    expect(belief?.x2).toBeGreaterThan(record?.x2 as number);
  });

  test('drains a lease from full to nothing', () => {
    const level = paused.leases[0]?.level ?? [];
    expect(level[0]?.left).toBe(1);
    expect(level.at(-1)?.left).toBe(0);
    const lefts = level.map(({ left }) => left);
    expect([...lefts].sort((a, b) => b - a)).toEqual(lefts);
  });

  test('leaves a lease that is given back before its time partly full', () => {
    const given = paused.leases.find(({ ended }) => ended === 'released');
    expect(given?.level.at(-1)?.left).toBeGreaterThan(0);
  });

  test('draws two believers as a band over their common time, and each broken write as a moment', () => {
    const [both, ...moments] = paused.bands;
    const [a, b] = paused.beliefs;
    expect(both).toMatchObject({
      x1: Math.max(a?.x1 ?? 0, b?.x1 ?? 0),
      x2: Math.min(a?.x2 ?? 0, b?.x2 ?? 0),
      numbers: [1],
    });
    expect(moments.map(({ numbers }) => numbers)).toEqual([[2, 3]]);
  });

  test('marks the write that broke a guarantee', () => {
    expect(paused.accesses.filter(({ broken }) => broken)).toMatchObject([{ what: 'write', accepted: true, hue: 0 }]);
  });

  test('hatches the pause from where it strikes to where it ends', () => {
    const [pause] = paused.pauses;
    expect(pause?.text).toBe('paused 60 ms');
    expect(pause?.x1).toBeLessThan(pause?.x2 as number);
  });
});

test('a refused write carries the token that was too low', () => {
  const refused = picture('pause-fence-writes').accesses.filter(({ accepted }) => !accepted);
  expect(refused.map(({ text }) => text)).toEqual(['1 < 2']);
});

test('a crash ends the lifeline and the belief', () => {
  const crashed = picture('crash-holder');
  const crash = crashed.signs.find(({ kind }) => kind === 'crash');
  expect(crash).toBeDefined();
  expect(crashed.lifelines.some(({ kind, x1 }) => kind === 'dead' && x1 === crash?.x)).toBe(true);
  expect(crashed.beliefs[0]?.x2).toBe(crash?.x);
});

test('a message that has not arrived is broken off on its way', () => {
  const paused = scenario('pause-no-fence');
  const system = compile(paused);
  const trace = exactly(system, ['A: acquire']);
  if (!trace) throw new Error('the first move is on offer');
  expect(pictureOf(trace, paused).arrows.map(({ end }) => end)).toEqual(['flying']);
});

test.each(drawn.map(({ id }) => id))('every mark of %s lies inside the picture', (id) => {
  const all = picture(id);
  const inside = (x: number, y: number) => x >= 0 && x <= all.width && y >= 0 && y <= all.height;
  for (const { x1, y1, x2, y2 } of all.arrows) expect(inside(x1, y1) && inside(x2, y2)).toBe(true);
  for (const { x1, x2, y } of [...all.leases, ...all.beliefs])
    expect(inside(x1, y) && inside(x2, y) && x1 <= x2).toBe(true);
  for (const { x, y } of [...all.accesses, ...all.dots, ...all.signs, ...all.endings]) expect(inside(x, y)).toBe(true);
  expect([...all.stepX].sort((a, b) => a - b)).toEqual(all.stepX);
});

test.each(drawn.map(({ id }) => id))('nothing that is in %s so far moves when the run goes on', (id) => {
  const system = compile(scenario(id));
  const whole = firstTrace(system);
  const half = { ...whole, steps: whole.steps.slice(0, 12), violations: [], broken: [] };
  const before = pictureOf(half, scenario(id)).stepX.slice(0, 5);
  expect(pictureOf(whole, scenario(id)).stepX.slice(0, 5)).toEqual(before);
});

test('the number of two believers stands where they begin to be two, and that of a broken write above it', () => {
  const { badges, bands, accesses } = picture('pause-no-fence');
  expect(badges.map(({ numbers }) => numbers)).toEqual([[1], [2, 3]]);
  expect(badges.map(({ since }) => since)).toEqual([bands[0]?.x1, accesses.find(({ broken }) => broken)?.x]);
});

test('in the demos of the course fewer than one word in twelve is crossed by an arrow', () => {
  const words = drawn.flatMap(({ id }) => {
    const { labels, arrows } = picture(id);
    return labels.map((label) => arrows.some((arrow) => crosses(boxOf(label), arrow)));
  });
  expect(words.filter((crossed) => crossed).length / words.length).toBeLessThan(1 / 12);
});

test('bars overlap only where more than one is there', () => {
  expect(
    overlaps([
      { x1: 0, x2: 5 },
      { x1: 5, x2: 9 },
    ]),
  ).toEqual([]);
  expect(
    overlaps([
      { x1: 0, x2: 5 },
      { x1: 3, x2: 9 },
      { x1: 4, x2: 8 },
    ]),
  ).toEqual([{ x1: 3, x2: 8 }]);
});
