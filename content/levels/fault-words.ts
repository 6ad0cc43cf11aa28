// The faults of a level in words, as a budget and as what is left of it.
import type { FaultKind, FaultRule } from '#lib/lock/index.ts';

const NAMES: { readonly [kind in FaultKind]: readonly [one: string, many: string] } = {
  pause: ['pause', 'pauses'],
  crash: ['crash', 'crashes'],
  restart: ['restart', 'restarts'],
  wipe: ['lost disk', 'lost disks'],
  partition: ['cut of the network', 'cuts of the network'],
  heal: ['healing of the network', 'healings of the network'],
  loss: ['lost message', 'lost messages'],
  delay: ['late message', 'late messages'],
  duplicate: ['doubled message', 'doubled messages'],
  clockJump: ['clock jump', 'clock jumps'],
  clockRate: ['clock at a wrong speed', 'clocks at a wrong speed'],
  failover: ['failover', 'failovers'],
  disconnect: ['lost connection', 'lost connections'],
};

/** '2 pauses', 'one crash'. */
export function faultName(kind: FaultKind, n: number): string {
  const [one, many] = NAMES[kind];
  return n === 1 ? `one ${one}` : `${n === 0 ? 'no' : n} ${n === 0 ? one : many}`;
}

/** The budget in words: 'one pause of 60 ms', 'none: only the order and the timing of things are yours'. */
export function budgetWords(faults: readonly FaultRule[]): string {
  if (faults.length === 0) return 'none: only the order and the timing of things are yours';
  const words = faults.map(({ kind, atMost, lasts, targets }) => {
    const length = lasts?.length === 1 && kind !== 'delay' ? ` of ${lasts[0]} ms` : '';
    const whom = targets.length === 1 ? ` (${targets[0]})` : '';
    return `${faultName(kind, atMost)}${length}${whom}`;
  });
  return words.join(', ');
}
