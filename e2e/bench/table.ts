// The rows as a table for a terminal: medians, the spread of what is waited for, and the ratios to ours.
import type { Engine } from './engines/engine.ts';
import type { Question } from './questions.ts';
import type { Row, Spread } from './rows.ts';

type Column = { readonly head: string; readonly left?: boolean; cell(row: Row): string };

const columns: readonly Column[] = [
  { head: 'verdict', left: true, cell: ({ verdict }) => verdict ?? '' },
  { head: 'states', cell: ({ states }) => whole(states ?? 0) },
  { head: 'states/s', cell: ({ statesPerSecond }) => whole(statesPerSecond?.median ?? 0) },
  { head: 'before the search', cell: ({ before }) => parts(before ?? {}) },
  { head: 'search', cell: ({ searchMs }) => duration(searchMs?.median) },
  { head: 'to the verdict', cell: ({ totalMs }) => duration(totalMs?.median) },
  { head: 'from … to', cell: ({ totalMs, searchMs }) => range(totalMs ?? searchMs) },
  { head: 'CPU', cell: ({ cpuMs }) => duration(cpuMs?.median) },
  { head: 'peak', cell: ({ peakMb }) => `${whole(peakMb?.median ?? 0)} MB` },
  { head: 'search ÷ ours', cell: ({ overOurs }) => ratio(overOurs?.searchMs) },
  { head: 'verdict ÷ ours', cell: ({ overOurs }) => ratio(overOurs?.totalMs) },
  { head: 'CPU ÷ ours', cell: ({ overOurs }) => ratio(overOurs?.cpuMs) },
];

export function tableOf(question: Question, engines: readonly Engine[], rows: readonly Row[]): string {
  const first = rows.find(({ verdict }) => verdict !== undefined);
  const what = first?.verdict === 'violated' ? 'to the first counterexample' : 'to exhaust';
  const titleOf = ({ engine }: Row) => engines.find(({ id }) => id === engine)?.title ?? engine;
  const titles = Math.max(...rows.map((row) => titleOf(row).length));
  const done = rows.filter(({ skipped }) => skipped === undefined);
  const widths = columns.map(({ head, cell }) => Math.max(head.length, ...done.map((row) => cell(row).length)));
  const padded = (text: string, i: number) =>
    columns[i]?.left ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0);
  return [
    `${question.title}: ${question.property} (the search is ${what})`,
    ['', ''.padEnd(titles), ...columns.map(({ head }, i) => padded(head, i))].join('  '),
    ...rows.map((row) => {
      const cells = row.skipped ? [`skipped: ${row.skipped}`] : columns.map(({ cell }, i) => padded(cell(row), i));
      return ['', titleOf(row).padEnd(titles), ...cells].join('  ').trimEnd();
    }),
  ].join('\n');
}

function parts(before: { readonly [part: string]: Spread }): string {
  const named = Object.entries(before).map(([part, { median }]) => `${part} ${duration(median)}`);
  return named.join(' + ') || '–';
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}

function ratio(number: number | null | undefined): string {
  return number === null || number === undefined ? '–' : number < 0.1 ? number.toPrecision(1) : number.toFixed(2);
}

function range(of: Spread | null | undefined): string {
  return of ? `${duration(of.min)} … ${duration(of.max)}` : '–';
}

function duration(ms: number | undefined): string {
  if (ms === undefined) return '–';
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
