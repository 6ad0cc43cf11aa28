// Numbers of real systems that the course names, each once, with its source. The drills and the cheat sheet take them from here.
import type { Source } from './sources.ts';

export type Constant = {
  readonly system: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly cite: Source['key'];
  /** Known second-hand or from memory: not to be said as if read in the source. */
  readonly read?: 'secondary' | 'memory';
};

const constant = (
  system: string,
  what: string,
  value: number,
  unit: string,
  cite: string,
  read?: Constant['read'],
): Constant => ({ system, what, value, unit, cite, ...(read ? { read } : {}) });

export const CONSTANTS = {
  redlockNodes: constant('Redlock', 'nodes in the documentation’s example', 5, 'nodes', 'redis-locks'),
  redlockMajority: constant('Redlock', 'majority of five', 3, 'nodes', 'redis-locks'),
  redisPx: constant('Redis', 'PX in the documentation’s example', 30_000, 'ms', 'redis-locks'),
  nodeRedlockExtra: constant('node-redlock', 'fixed allowance on top of 1 % drift', 2, 'ms', 'node-redlock'),
  nodeRedlockThreshold: constant('node-redlock', 'extends when so much is left', 500, 'ms', 'node-redlock'),
  redissonWatchdog: constant('Redisson', 'lockWatchdogTimeout', 30, 's', 'redisson-src'),
  redissonRenewal: constant('Redisson', 'watchdog renews every', 10, 's', 'redisson-src'),
  zookeeperLeastTicks: constant('ZooKeeper', 'shortest session', 2, 'ticks', 'zk-sessions'),
  zookeeperMostTicks: constant('ZooKeeper', 'longest session', 20, 'ticks', 'zk-sessions'),
  zookeeperTick: constant('ZooKeeper', 'tickTime in the sample configuration', 2_000, 'ms', 'zk-src'),
  etcdSessionTtl: constant('etcd', 'TTL of a concurrency session in Go', 60, 's', 'etcd-src'),
  etcdctlTtl: constant('etcd', 'TTL of `etcdctl lock`', 10, 's', 'etcd-src'),
  etcdLeastLease: constant('etcd', 'shortest lease at defaults', 2, 's', 'etcd-src'),
  clientGoLease: constant('client-go', 'leaseDuration', 15, 's', 'clientgo-le'),
  clientGoRenewDeadline: constant('client-go', 'renewDeadline', 10, 's', 'clientgo-le'),
  clientGoRetry: constant('client-go', 'retryPeriod', 2, 's', 'clientgo-le'),
  consulLeastTtl: constant('Consul', 'shortest session TTL', 10, 's', 'consul-session-api'),
  consulLockTtl: constant('Consul', 'session TTL of the Go lock', 15, 's', 'consul-lock-go'),
  consulLockDelay: constant('Consul', 'lock-delay unless set otherwise', 15, 's', 'consul-sessions'),
  consulMostLockDelay: constant('Consul', 'longest lock-delay', 60, 's', 'consul-sessions'),
  chubbyLease: constant('Chubby', 'session lease extension', 12, 's', 'chubby', 'secondary'),
  chubbyGrace: constant('Chubby', 'grace period', 45, 's', 'chubby', 'secondary'),
  chubbyMostLockDelay: constant('Chubby', 'longest lock-delay', 60, 's', 'chubby', 'secondary'),
  dynamodbLease: constant('DynamoDB lock client', 'lease', 20, 's', 'ddb-lock'),
  dynamodbHeartbeat: constant('DynamoDB lock client', 'heartbeat', 5, 's', 'ddb-lock'),
  hazelcastSession: constant('Hazelcast CP', 'session TTL', 300, 's', 'hz-cpconfig'),
  hazelcastHeartbeat: constant('Hazelcast CP', 'heartbeat', 5, 's', 'hz-cpconfig'),
  spannerIdle: constant('Spanner', 'an idle transaction may be aborted after', 10, 's', 'spanner-idle'),
  innodbLockWait: constant('MySQL InnoDB', 'innodb_lock_wait_timeout', 50, 's', 'mysql-vars', 'memory'),
  postgresDeadlock: constant('PostgreSQL', 'deadlock_timeout', 1, 's', 'pg-client', 'memory'),
} as const satisfies Readonly<Record<string, Constant>>;
