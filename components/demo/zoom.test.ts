import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scenarioById } from '#content/scenarios/index.ts';
import { compile } from '#lib/lock/index.ts';
import { pictureOf } from './layout.ts';
import { zoomToFit } from './run-picture.tsx';
import { firstTrace } from './trace-of.ts';
import { clamped, FARTHEST, NEAREST, placeAt, xOfPlace, zoomOfKey } from './zoom.ts';

test('a place in a run is the same place at every scale', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(
      steps,
      fc.double({ min: 0.15, max: 6, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (gaps, zoom, at) => {
        const stepX = [18];
        for (const gap of gaps) stepX.push((stepX.at(-1) as number) + gap);
        const wider = { stepX: stepX.map((x) => 18 + (x - 18) * zoom) };
        const x = 18 + at * ((stepX.at(-1) as number) - 18);
        const moved = xOfPlace(wider, placeAt({ stepX }, x));
        expect(moved).toBeCloseTo(18 + (x - 18) * zoom, 3);
      },
    ),
  );
});

test('outside of a run there is still a place', () => {
  expect(placeAt({ stepX: [18] }, -50)).toEqual({ step: 0, share: 0 });
  expect(placeAt({ stepX: [18, 40] }, 900)).toEqual({ step: 1, share: 0 });
  expect(xOfPlace({ stepX: [18, 40] }, { step: 7, share: 0.5 })).toBe(40);
});

test('plus, minus and 0 zoom, with and without shift, and no other key does', () => {
  expect(zoomOfKey('+')).toBeGreaterThan(1);
  expect(zoomOfKey('=')).toBe(zoomOfKey('+'));
  expect(zoomOfKey('-')).toBeLessThan(1);
  expect(zoomOfKey('0')).toBe('fit');
  for (const key of ['ArrowRight', 'Home', ' ', '1', 'Escape']) expect(zoomOfKey(key)).toBeNull();
});

test('there is a nearest and a farthest', () => {
  expect(clamped(1000)).toBe(NEAREST);
  expect(clamped(0)).toBe(FARTHEST);
});

test('a run that is too wide is fitted into its room, and one that is not stays as it is', () => {
  const scenario = scenarioById('pause-no-fence');
  if (!scenario) throw new Error('the scenario is there');
  const trace = firstTrace(compile(scenario));
  const widthAt = (zoom: number) => pictureOf(trace, scenario, zoom).width;
  expect(zoomToFit(widthAt, null)).toBe(1);
  expect(zoomToFit(widthAt, 5000)).toBe(1);
  expect(widthAt(zoomToFit(widthAt, 600))).toBeLessThanOrEqual(600);
});
