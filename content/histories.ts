// Questions whose histories the engine makes, for the quiz over what somebody has read. One line for each: the scenario that runs, the
// property that is judged, what is asked of the history, and the card that says what there is to know. A question belongs to the
// lesson of its card. A test proves that each of them can be asked, and comes out both ways where it can.
import type { PropertyId } from '#lib/lock/index.ts';

export type HistoryQuestion = {
  readonly id: string;
  readonly demo: string;
  readonly property: PropertyId;
  readonly ask: 'safe' | 'step' | 'refused';
  readonly card: string;
  readonly depth: 'mid' | 'senior' | 'staff';
};

function of(
  id: string,
  demo: string,
  ask: HistoryQuestion['ask'],
  property: PropertyId,
  card: string,
  depth: HistoryQuestion['depth'] = 'mid',
): HistoryQuestion {
  return { id: `history-${id}`, demo, property, ask, card, depth };
}

export const histories: readonly HistoryQuestion[] = [
  of('seat-14a-refused', 'seat-14a-two', 'refused', 'no-double-effect', 'seat-14a-check-then-act'),
  of('bathroom-key-safe', 'bathroom-key', 'safe', 'no-stale-write', 'bathroom-key-trade'),
  of('bathroom-key-step', 'bathroom-key', 'step', 'one-believer', 'bathroom-key-occupant'),
  of('two-leaders-safe', 'two-leaders', 'safe', 'one-believer', 'use-cases-leader'),
  of('two-leaders-refused', 'two-leaders', 'refused', 'no-lost-update', 'use-cases-leader'),
  of('zookeeper-cut-off-safe', 'zookeeper-cut-off', 'safe', 'one-believer', 'properties-exclusion', 'senior'),
  of('database-transaction-safe', 'database-transaction', 'safe', 'one-believer', 'options-db-together', 'senior'),
  of('redlock-clock-jump-step', 'redlock-clock-jump', 'step', 'one-believer', 'redlock-kleppmann-time', 'senior'),
  of('redlock-restart-safe', 'redlock-restart', 'safe', 'one-believer', 'redlock-two-conditions', 'staff'),
  of('fast-server-clock-safe', 'fast-server-clock', 'safe', 'one-believer', 'leases-clock-directions', 'senior'),
  of('consul-lock-delay-refused', 'consul-lock-delay', 'refused', 'no-lost-update', 'fencing-lock-delay', 'staff'),
  of('pause-no-fence-safe', 'pause-no-fence', 'safe', 'no-lost-update', 'leases-heartbeat-pause'),
  of('pause-no-fence-step', 'pause-no-fence', 'step', 'one-believer', 'fencing-two-believers'),
  of('pause-no-fence-refused', 'pause-no-fence', 'refused', 'no-stale-write', 'fencing-who-checks'),
  of('seat-14a-paused-step', 'seat-14a-paused', 'step', 'no-double-effect', 'fencing-refused'),
  of('two-pauses-safe', 'two-pauses-fence-writes', 'safe', 'no-lost-update', 'fencing-gap', 'senior'),
  of('pause-fence-seal-step', 'pause-fence-seal', 'step', 'one-believer', 'fencing-seal', 'senior'),
  of('token-again-safe', 'token-again', 'safe', 'rising-tokens', 'fencing-equal-token', 'senior'),
  of('spanner-aborts-safe', 'spanner-aborts', 'safe', 'one-believer', 'decide-truetime', 'staff'),
  of('blind-delete-safe', 'blind-delete', 'safe', 'only-owner-releases', 'three-mistakes-same-value'),
  of('blind-delete-step', 'blind-delete', 'step', 'only-owner-releases', 'three-mistakes-blind-delete'),
  of('failover-forgets-safe', 'failover-forgets', 'safe', 'one-believer', 'three-mistakes-wait', 'senior'),
];
