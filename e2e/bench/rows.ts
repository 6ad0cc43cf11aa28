// From samples to rows: for each question and engine the median of the runs with the smallest and the largest, and the ratio
// to the first engine of the registry, measured on the same question in the same session.
import type { Engine, Sample } from './engines/engine.ts';
import type { Question } from './questions.ts';

export type Spread = { readonly median: number; readonly min: number; readonly max: number };

export type Row = {
  readonly question: string;
  readonly engine: string;
  /** Why there is nothing to report; then the rest is missing. */
  readonly skipped?: string;
  readonly verdict?: Sample['kind'];
  readonly runs?: number;
  readonly states?: number;
  readonly statesPerSecond?: Spread;
  readonly before?: { readonly [part: string]: Spread };
  /** To the first counterexample where the verdict is 'violated', to exhaust where it is 'holds'. */
  readonly searchMs?: Spread;
  readonly totalMs?: Spread | null;
  readonly cpuMs?: Spread | null;
  readonly peakMb?: Spread;
  /** This engine's median over that of ours: above 1 it takes longer, visits more a second, or needs more memory. */
  readonly overOurs?: {
    readonly searchMs: number;
    readonly totalMs: number | null;
    readonly cpuMs: number | null;
    readonly statesPerSecond: number;
    readonly peakMb: number;
  } | null;
};

export function spread(numbers: readonly number[]): Spread {
  if (numbers.length === 0) throw new Error('nothing was measured');
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted[sorted.length - 1]! };
}

export function rowOf(question: Question, engine: Engine, samples: readonly Sample[], ours: Row | null): Row {
  const first = samples[0];
  if (!first) throw new Error('nothing was measured');
  const known = (numbers: readonly (number | null)[]) => {
    const measured = numbers.filter((number) => number !== null);
    return measured.length > 0 ? spread(measured) : null;
  };
  const parts = Object.keys(first.before).map(
    (part) => [part, spread(samples.map((one) => one.before[part]!))] as const,
  );
  const row: Row = {
    question: question.id,
    engine: engine.id,
    verdict: first.kind,
    runs: samples.length,
    states: first.states,
    statesPerSecond: spread(samples.map(({ states, searchMs }) => (states * 1000) / searchMs)),
    before: Object.fromEntries(parts),
    searchMs: spread(samples.map(({ searchMs }) => searchMs)),
    totalMs: known(samples.map(({ totalMs }) => totalMs)),
    cpuMs: known(samples.map(({ cpuMs }) => cpuMs)),
    peakMb: spread(samples.map(({ peakMb }) => peakMb)),
  };
  return { ...row, overOurs: ours && overOurs(row, ours) };
}

function overOurs(row: Row, ours: Row): Row['overOurs'] {
  const ratio = (a: Spread | null | undefined, b: Spread | null | undefined) => (a && b ? a.median / b.median : null);
  return {
    searchMs: ratio(row.searchMs, ours.searchMs) ?? 0,
    totalMs: ratio(row.totalMs, ours.totalMs),
    cpuMs: ratio(row.cpuMs, ours.cpuMs),
    statesPerSecond: ratio(row.statesPerSecond, ours.statesPerSecond) ?? 0,
    peakMb: ratio(row.peakMb, ours.peakMb) ?? 0,
  };
}

/** Engines that answer one question differently: then there is nothing to compare, and one of them is wrong. "Unknown" is no answer. */
export function disagreements(rows: readonly Row[]): string[] {
  return [...new Set(rows.map(({ question }) => question))].flatMap((question) => {
    const answered = rows.filter((row) => row.question === question && row.verdict && row.verdict !== 'unknown');
    if (new Set(answered.map(({ verdict }) => verdict)).size < 2) return [];
    return [`${question}: ${answered.map(({ engine, verdict }) => `${engine} says ${verdict}`).join(', ')}`];
  });
}
