// The registry of scenarios: one file and one line for each, in the order in which the course meets them. A test keeps this
// list and the folder equal, and another proves each `expect`.
import { check, type PropertyId, type Scenario, type Verdict } from '#lib/lock/index.ts';
import { bathroomKey } from './bathroom-key.ts';
import { blindDelete } from './blind-delete.ts';
import { chargeUnderALock } from './charge-under-a-lock.ts';
import { chargeWithKey } from './charge-with-key.ts';
import { chubbyGrace } from './chubby-grace.ts';
import { consulLockDelay } from './consul-lock-delay.ts';
import { crashHolder } from './crash-holder.ts';
import { cronTwoClocks } from './cron-two-clocks.ts';
import { cronUniqueRow } from './cron-unique-row.ts';
import { databaseTransaction } from './database-transaction.ts';
import { deadHolder } from './dead-holder.ts';
import { dynamodbOwnClock } from './dynamodb-own-clock.ts';
import { etcdExpiredWaiter } from './etcd-expired-waiter.ts';
import { failoverForgets } from './failover-forgets.ts';
import { fastServerClock } from './fast-server-clock.ts';
import { fileIfMatch } from './file-if-match.ts';
import { hazelcastFence } from './hazelcast-fence.ts';
import { leaderEpoch } from './leader-epoch.ts';
import { longTtl } from './long-ttl.ts';
import { mutexThread } from './mutex-thread.ts';
import { pauseFenceSeal } from './pause-fence-seal.ts';
import { pauseFenceWrites } from './pause-fence-writes.ts';
import { pauseNoFence } from './pause-no-fence.ts';
import { queueOneConsumer } from './queue-one-consumer.ts';
import { rateLimitRace } from './rate-limit-race.ts';
import { redlockClockJump } from './redlock-clock-jump.ts';
import { redlockRestart } from './redlock-restart.ts';
import { refusedByOwnGrant } from './refused-by-own-grant.ts';
import { releaseSentTwice } from './release-sent-twice.ts';
import { safeDelete } from './safe-delete.ts';
import { seat14a } from './seat-14a.ts';
import { seat14aFenced } from './seat-14a-fenced.ts';
import { seat14aLocked } from './seat-14a-locked.ts';
import { seat14aLockedTwo } from './seat-14a-locked-two.ts';
import { seat14aPaused } from './seat-14a-paused.ts';
import { seat14aTwo } from './seat-14a-two.ts';
import { seat14aUnique } from './seat-14a-unique.ts';
import { slowPacket } from './slow-packet.ts';
import { slowUpload } from './slow-upload.ts';
import { spannerAborts } from './spanner-aborts.ts';
import { tokenAgain } from './token-again.ts';
import { twoLeaders } from './two-leaders.ts';
import { twoPausesFenceWrites } from './two-pauses-fence-writes.ts';
import { workerHangs } from './worker-hangs.ts';
import { zookeeperCutOff } from './zookeeper-cut-off.ts';

export const scenarios: readonly Scenario[] = [
  seat14a,
  seat14aTwo,
  seat14aLocked,
  seat14aLockedTwo,
  mutexThread,
  bathroomKey,
  twoLeaders,
  leaderEpoch,
  chargeWithKey,
  cronTwoClocks,
  cronUniqueRow,
  rateLimitRace,
  fileIfMatch,
  blindDelete,
  safeDelete,
  refusedByOwnGrant,
  releaseSentTwice,
  etcdExpiredWaiter,
  databaseTransaction,
  dynamodbOwnClock,
  chubbyGrace,
  slowPacket,
  zookeeperCutOff,
  slowUpload,
  crashHolder,
  deadHolder,
  workerHangs,
  fastServerClock,
  consulLockDelay,
  pauseNoFence,
  pauseFenceWrites,
  twoPausesFenceWrites,
  pauseFenceSeal,
  seat14aPaused,
  seat14aFenced,
  hazelcastFence,
  tokenAgain,
  redlockClockJump,
  redlockRestart,
  spannerAborts,
  seat14aUnique,
  queueOneConsumer,
  failoverForgets,
  longTtl,
  chargeUnderALock,
];

export function scenarioById(id: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.id === id);
}

/** The scenario that claims about this one are searched on: itself, or the small model that it names. */
export function searchedScenario(id: string): Scenario | undefined {
  const scenario = scenarioById(id);
  return scenario?.searchOn ? scenarioById(scenario.searchOn) : scenario;
}

/**
 * Searches to the end and says what is found. For tests: it takes up to a few seconds, so ask once and keep the answer.
 * A wrong id is an author's mistake and throws, with the ids that there are.
 */
export function checkClaim(scenarioId: string, property: PropertyId): Verdict {
  const scenario = searchedScenario(scenarioId);
  if (!scenario) {
    throw new Error(`there is no scenario '${scenarioId}'; there are ${scenarios.map(({ id }) => id).join(', ')}`);
  }
  return check(scenario, property);
}
