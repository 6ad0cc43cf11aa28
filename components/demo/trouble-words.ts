// What goes wrong in a run, in a line: the faults that strike in it, or that none has struck yet and which still may. A quiet run
// looks like a proof to somebody who does not know that it is only the usual course of things.
import { type FaultRule, faultKinds, type Scenario, type Trace } from '#lib/lock/index.ts';
import { FAULTS, lengthWords, timesWords } from './knobs-words.ts';

export function troubleWords({ faults }: Scenario, trace: Trace): string {
  const struck = trace.steps.flatMap(({ move }) => (move.kind === 'fault' ? [move.label] : []));
  if (struck.length > 0) return `What goes wrong in this run: ${struck.join(', then ')}.`;
  if (trace.violations.length > 0) return 'No fault strikes in this run: the order of its moves is enough.';
  const possible = faultKinds.flatMap((kind) => mayStrike(faults.filter((rule) => rule.kind === kind)));
  return possible.length > 0
    ? `The quiet run: no fault has struck. Still to strike: ${possible.join(', ')}. Choose when, among the moves, or search all schedules.`
    : 'The quiet run: no fault strikes, and none may. Allow one among the knobs, or choose another order of moves.';
}

function mayStrike(rules: readonly FaultRule[]): readonly string[] {
  const times = rules.reduce((sum, { atMost }) => sum + atMost, 0);
  const [rule] = rules;
  if (!rule || times === 0) return [];
  const lengths = [...new Set(rules.flatMap(({ lasts = [], by = [] }) => [...lasts, ...by]))];
  const long = lengths.length === 0 ? '' : ` (${lengths.map(lengthWords).join(' or ')})`;
  return [`${FAULTS[rule.kind][0].toLowerCase()}${long} ${times === 1 ? 'once' : `up to ${timesWords(times)}`}`];
}
