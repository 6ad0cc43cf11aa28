// What things are called on the screen: clients, moves, shortened messages, verdicts. One place, so that the picture, the
// table, the buttons and the announcement say the same. Pure text, no markup.
import type { Move, Outcome, Scenario, Verdict } from '#lib/lock/index.ts';

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

/**
 * What fits beside an arrow: the command without its key, its unique value and its token, all of which stand elsewhere
 * in the picture. 'SET lock A1 NX PX 30' becomes 'SET NX PX 30'.
 */
export function shortName(name: string, keys: readonly string[]): string {
  const bare = name.replace(/ ?\(token \d+\)/, '');
  const isCommand = /^[A-Z]{2,}\b/.test(bare);
  if (!isCommand) return bare;
  const kept = bare
    .split(' ')
    .filter((part, at) => at === 0 || !(keys.includes(part) || /^[A-Za-z]\w*\d+(\.\d+)?$/.test(part)));
  while (kept.at(-1) === 'IFEQ') kept.pop();
  return kept.join(' ');
}

/** A button that makes a move. The engine's label is exact; this is how a person would say it. */
export function moveWords(move: Move): string {
  const delivery = /^deliver (.+?)→(.+?): (.+)$/.exec(move.label);
  if (delivery) return `Deliver “${delivery[3]}” from ${delivery[1]} to ${delivery[2]}`;
  const timer = /^timer (.+?): (.+)$/.exec(move.label);
  if (timer) return `Let ${timer[1]}’s timer fire: ${timer[2]}`;
  const line = /^(.+?): (.+)$/.exec(move.label);
  if (line) return `Let ${line[1]} run: ${line[2]}`;
  return move.label.charAt(0).toUpperCase() + move.label.slice(1);
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
  'every-ms': 'each move at every millisecond',
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
      const why = { states: 'the limit on states', depth: 'the limit on moves', cancel: '' }[verdict.stoppedBy];
      return `Stopped after ${states}${why && ` at ${why}`}: unknown.`;
    }
  }
}
