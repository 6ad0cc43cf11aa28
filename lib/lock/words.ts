// Outcomes and verdicts in words, so that a page, a terminal and a screen reader say the same. Never more than was looked at.
import type { Outcome, Scenario, Verdict } from './types.ts';

const OUTCOMES: Record<Outcome, string> = {
  done: 'done',
  taken: 'finds it taken',
  held: 'gives up: held',
  lost: 'stops: lease lost',
  timeout: 'gives up: no answer',
  refused: 'refused',
  conflict: 'stops: conflict',
};

export function outcomeWords(scenario: Scenario, outcome: Outcome): string {
  return scenario.outcomes?.[outcome] ?? OUTCOMES[outcome];
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

export function faultWords(n: number): string {
  return n === 0 ? 'no fault' : n === 1 ? 'one fault' : n === 2 ? 'two faults' : `${n} faults`;
}

const TIMINGS = {
  earliest: 'each move at its earliest',
  corners: 'each move at its earliest and its latest',
  'every-ms': 'every millisecond',
} as const;

/** A verdict in words, with what it rests on. Never more than was looked at. */
export function verdictWords(verdict: Verdict, kind: 'always' | 'sometimes'): string {
  const states = count(verdict.states, 'state');
  const timing = TIMINGS[verdict.timing];
  switch (verdict.kind) {
    case 'holds': {
      if (kind === 'sometimes')
        return `Possible: reached in ${count(verdict.script?.length ?? 0, 'move')}, after ${states}.`;
      const within = verdict.faults === 0 ? 'No schedule' : `No schedule with up to ${faultWords(verdict.faults)}`;
      return `${within} breaks it (${states}, ${timing}).`;
    }
    case 'violated':
      if (verdict.script.length === 0) return `No schedule reaches it (${states}, ${timing}).`;
      return `Broken with ${faultWords(verdict.faults)} in ${count(verdict.script.length, 'move')}.`;
    case 'unknown': {
      const why = {
        states: 'the limit on states',
        depth: 'the limit on moves',
        memory: 'the limit on memory',
        cancel: '',
      }[verdict.stoppedBy];
      return `Stopped after ${states}${why && ` at ${why}`}: unknown.`;
    }
  }
}
