// `lab matrix`: every lock against every fault, computed. One worker a core, since each cell is a search of its own.
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Answer, ASKED, cells, experiment, matrixRows, TROUBLES } from '#lib/lock/index.ts';
import { commandOf } from '../command.ts';
import type { Flags, Print } from '../flags.ts';
import type { Teller } from '../progress.ts';
import { reportOf } from './check.ts';

export type Solved = { readonly index: number; readonly answer: Answer; readonly ms: number };

export async function matrix({ json }: Flags, print: Print, teller: Teller): Promise<void> {
  const began = performance.now();
  const solved = await solveAll(teller);
  const ms = Math.round(performance.now() - began);
  if (json) {
    print(JSON.stringify({ ms, cells: solved.map(toReport) }, null, 2));
    return;
  }
  show(solved, print);
  print(`${solved.length} cells in ${(ms / 1000).toFixed(1)} s.`);
}

async function solveAll(teller: Teller): Promise<readonly Solved[]> {
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
          teller.tell(`${solved.length} of ${all.length} cells`);
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
  const command = commandOf(answer.choices, property);
  const asked = experiment(answer.choices, property);
  if (answer.kind === 'refused' || asked.kind === 'refused') {
    return {
      ...cell,
      kind: 'refused',
      why: answer.kind === 'refused' ? answer.why : '',
      command,
      choices: answer.choices,
    };
  }
  const { scenario: _name, ...report } = reportOf(asked.scenario, property, answer.verdict, ms);
  return { ...cell, ...report, command, choices: answer.choices };
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
  print('\npartition: the work takes as long as the cut, leases are renewed, and the client that is cut off goes on');
  print('(--hold 60 --renew third --on-lost ignore --recheck no); elsewhere it works for 5 ms under a lease of 30.');
  print('sql-outside, spanner-outside: the database only locks, and what it guards is elsewhere.');
  print('– means that the question makes no sense there; --json says why.');
}
