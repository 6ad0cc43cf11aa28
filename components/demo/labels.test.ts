import { expect, test } from 'vitest';
import { crosses, placeLabels, textWidth } from './labels.ts';

test('a name moves along its arrow away from what is already there', () => {
  const arrow = { x1: 100, y1: 0, x2: 130, y2: 100, text: 'write 1' };
  const [free] = placeLabels([arrow], []);
  const [pushed] = placeLabels([arrow], [{ x: 60, y: 40, w: 140, h: 20 }]);
  expect(free?.y).toBe(54);
  expect(Math.abs((pushed?.y ?? 54) - 54)).toBeGreaterThan(10);
});

test('two names on one arrow do not lie on each other', () => {
  const arrow = { x1: 100, y1: 0, x2: 130, y2: 100, text: 'OK token 1' };
  const [one, two] = placeLabels([arrow, { ...arrow, x1: 102, x2: 132 }], []);
  const apart = Math.abs((one?.y ?? 0) - (two?.y ?? 0)) >= 13 || one?.anchor !== two?.anchor;
  expect(apart).toBe(true);
});

test('an arrow without a name gets no label', () => {
  expect(placeLabels([{ x1: 0, y1: 0, x2: 9, y2: 9, text: '' }], [])).toEqual([null]);
});

test('a line through a box is seen, and one beside it is not', () => {
  const box = { x: 10, y: 10, w: 20, h: 10 };
  expect(crosses(box, { x1: 0, y1: 15, x2: 60, y2: 15 })).toBe(true);
  expect(crosses(box, { x1: 0, y1: 40, x2: 60, y2: 40 })).toBe(false);
});

test('longer words are wider', () => {
  expect(textWidth('written 1')).toBeGreaterThan(textWidth('nil'));
});
