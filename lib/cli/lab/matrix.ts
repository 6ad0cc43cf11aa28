// `lab matrix`: every lock against every fault, computed. One worker a core, since each cell is a search of its own.
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Answer, ASKED, cells, experiment, matrixRows, TROUBLES } from '#lib/lock/index.ts';
import type { Flags, Print } from '../flags.ts';
import { reportOf } from './check.ts';

export type Solved = { readonly index: number; readonly answer: Answer; readonly ms: number };

export async function matrix({ json }: Flags, print: Print): Promise<void> {
  const began = performance.now();
  const solved = await solveAll();
  const ms = Math.round(performance.now() - began);
  if (json) {
    print(JSON.stringify({ ms, cells: solved.map(toReport) }, null, 2));
    return;
  }
  show(solved, print);
  print(`${solved.length} cells in ${(ms / 1000).toFixed(1)} s.`);
}

async function solveAll(): Promise<readonly Solved[]> {
  const all = cells();
  const solved: Solved[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(os.availableParallelism(), 8) }, () => {
      const worker = new Worker(new URL('./matrix.worker.ts', import.meta.url));
      return new Promise<void>((done, failed) => {
        const give = () => {
          if (next < all.length) worker.postMessage(next++);
          else worker.terminate().then(() => done(), failed);
        };
        worker.on('message', (one: Solved) => {
          solved.push(one);
          give();
        });
        worker.on('error', failed);
        give();
      });
    }),
  );
  return solved.sort((a, b) => a.index - b.index);
}

function toReport({ answer, ms }: Solved) {
  const { row, lock, trouble, fenced, property } = answer;
  const cell = { row, lock, trouble, fencing: fenced ? 'on' : 'off', property };
  const asked = experiment(answer.choices, property);
  if (answer.kind === 'refused' || asked.kind === 'refused') {
    return { ...cell, kind: 'refused', why: answer.kind === 'refused' ? answer.why : '' };
  }
  const { scenario: _name, ...report } = reportOf(asked.scenario, property, answer.verdict, ms);
  return { ...cell, ...report, choices: answer.choices };
}

const MARK = { holds: 'holds', violated: 'BROKEN', unknown: 'unknown' } as const;

function show(solved: readonly Solved[], print: Print): void {
  for (const property of ASKED) {
    print(`\n${property}, without / with fencing`);
    print(`${''.padEnd(22)}${TROUBLES.map((trouble) => trouble.padEnd(17)).join('')}`);
    for (const { row: name } of matrixRows()) {
      const row = TROUBLES.map((trouble) =>
        [false, true]
          .map((fenced) => {
            const cell = solved.find(
              ({ answer: one }) =>
                one.row === name && one.trouble === trouble && one.fenced === fenced && one.property === property,
            );
            return cell?.answer.kind === 'searched' ? MARK[cell.answer.verdict.kind] : '–';
          })
          .join(' / ')
          .padEnd(17),
      );
      print(`${name.padEnd(22)}${row.join('')}`);
    }
  }
  print('\n– means that the question makes no sense there; --json says why.');
}
