// Which demo shows what: each use case, each of the eighteen failures, each of the three mistakes. One list, so that a test can say
// that nothing is missing, and a page can lead from a name to a run. Locks need no list: a scenario names its own.
import type { FailureId } from '#content/failures.ts';

type DemoIds = readonly [string, ...string[]];

/** `fails` is what goes wrong, `stands` what a strong answer does instead. */
export const useCaseDemos: {
  readonly [useCase in 'seat' | 'charge' | 'leader' | 'cron' | 'rate limit' | 'file']: {
    readonly fails: DemoIds;
    readonly stands: DemoIds;
  };
} = {
  seat: { fails: ['seat-14a', 'seat-14a-paused'], stands: ['seat-14a-unique', 'seat-14a-locked', 'seat-14a-fenced'] },
  charge: { fails: ['charge-under-a-lock'], stands: ['charge-with-key'] },
  leader: { fails: ['two-leaders'], stands: ['leader-epoch'] },
  cron: { fails: ['cron-two-clocks'], stands: ['cron-unique-row'] },
  'rate limit': { fails: ['rate-limit-race'], stands: ['queue-one-consumer'] },
  file: { fails: ['slow-upload'], stands: ['file-if-match'] },
};

/** The first of each shows it most plainly. F16 is beyond this engine: a torn update needs two objects. */
export const failureDemos: { readonly [failure in FailureId]: DemoIds } = {
  F1: ['dead-holder', 'crash-holder', 'long-ttl'],
  F2: ['pause-no-fence', 'bathroom-key', 'seat-14a-paused', 'two-leaders', 'consul-lock-delay'],
  F3: ['slow-packet'],
  F4: ['failover-forgets'],
  F5: ['redlock-clock-jump'],
  F6: ['fast-server-clock'],
  F7: ['refused-by-own-grant', 'charge-with-key'],
  F8: ['release-sent-twice'],
  F9: ['blind-delete', 'safe-delete'],
  F10: ['zookeeper-cut-off'],
  F11: ['worker-hangs'],
  F12: ['redlock-restart'],
  F13: ['two-pauses-fence-writes', 'pause-fence-seal'],
  F14: ['token-again'],
  F15: ['slow-upload'],
  F17: ['cron-two-clocks', 'cron-unique-row'],
  F18: ['etcd-expired-waiter'],
};

/** The sentences that get you rejected, each with runs in which it fails. */
export const mistakeDemos: { readonly [sentence: string]: DemoIds } = {
  'Just use Redis SETNX': ['failover-forgets', 'blind-delete', 'slow-packet'],
  'Set a long TTL to be safe': ['long-ttl', 'pause-no-fence'],
  'Locks solve all concurrency problems': ['charge-under-a-lock', 'cron-two-clocks'],
};

export const analogyDemo = 'bathroom-key';

/** For somebody who opens the demos for the first time: the race, the lock that does not save it, and what does. */
export const firstDemos: readonly { readonly id: string; readonly why: string }[] = [
  { id: 'seat-14a', why: 'No lock yet. Press Run and watch the tickets.' },
  { id: 'seat-14a-paused', why: 'A lock, a lease and one pause. Take the moves yourself and sell the seat twice.' },
  { id: 'seat-14a-fenced', why: 'The same pause, with a token on every write. Let the search try to break it.' },
];
