import { expect, test } from 'vitest';
import { depthWord, hiddenAt, isBeyond } from './depth.ts';

const of = (...depths: readonly ('mid' | 'senior' | 'staff')[]) => depths.map((depth) => ({ depth }));

test('a depth contains itself and those before it', () => {
  expect(isBeyond('staff', 'senior')).toBe(true);
  expect(isBeyond('senior', 'senior')).toBe(false);
  expect(isBeyond('mid', 'senior')).toBe(false);
});

test('at each depth the questions and cards beyond it are counted, and the depth that shows them all is named', () => {
  expect(hiddenAt(of('mid', 'senior'), of('senior', 'staff', 'mid'))).toEqual([
    { chosen: 'mid', says: '1 deeper question and 2 deeper cards are not shown.', shownAt: 'staff' },
    { chosen: 'senior', says: '1 deeper card is not shown.', shownAt: 'staff' },
  ]);
});

test('a depth that hides nothing has no entry', () => {
  expect(hiddenAt(of('mid'), of('mid', 'mid'))).toEqual([]);
  expect(hiddenAt(of('senior'), of('mid'))).toEqual([
    { chosen: 'mid', says: '1 deeper question is not shown.', shownAt: 'senior' },
  ]);
});

test('what everybody reads carries no word for its depth', () => {
  expect(['mid', 'senior', 'staff'].map((depth) => depthWord(depth as 'mid'))).toEqual(['', ', senior', ', staff']);
});
