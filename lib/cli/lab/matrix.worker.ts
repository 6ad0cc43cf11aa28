// One cell of the matrix at a time, by its number.
import { parentPort } from 'node:worker_threads';
import { answer, type Cell, cells } from '#lib/lock/index.ts';
import type { Solved } from './matrix.ts';

const all = cells();

parentPort?.on('message', (index: number) => {
  const began = performance.now();
  const solved: Solved = { index, answer: answer(all[index] as Cell), ms: 0 };
  parentPort?.postMessage({ ...solved, ms: Math.round(performance.now() - began) });
});
