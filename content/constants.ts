// Numbers of real systems that the course names or could name, each once, with its source. The drills and the cheat sheet take them
// from here, and a test holds lessons, cards and questions to them. A setting that is on or off is not a number and is not here.
import type { Source } from './sources.ts';

export type Constant = {
  readonly system: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly cite: Source['key'];
  /** Known second-hand or from memory: not to be said as if read in the source. */
  readonly read?: 'secondary' | 'memory';
  /** Left off the cheat sheet, which is one printed page of what interviewers ask for. */
  readonly detail?: true;
};

const constant = (
  system: string,
  what: string,
  value: number,
  unit: string,
  cite: string,
  read?: Constant['read'],
): Constant => ({ system, what, value, unit, cite, ...(read ? { read } : {}) });

const detail = (...of: Parameters<typeof constant>): Constant => ({ ...constant(...of), detail: true });

export const CONSTANTS = {
  redlockNodes: detail('Redlock', 'nodes in the documentation’s example', 5, 'nodes', 'redis-locks'),
  redlockMajority: detail('Redlock', 'majority of five', 3, 'nodes', 'redis-locks'),
  redlockLeastWait: detail('Redlock', 'shortest wait for one node, with a TTL of 10 s', 5, 'ms', 'redis-locks'),
  redlockMostWait: detail('Redlock', 'longest wait for one node, with a TTL of 10 s', 50, 'ms', 'redis-locks'),
  redlockTtl: detail('Redlock', 'TTL in the documentation’s example of waits', 10, 's', 'redis-locks'),
  redisPx: detail('Redis', 'PX in the documentation’s example', 30_000, 'ms', 'redis-locks'),
  nodeRedlockExtra: detail('node-redlock', 'fixed allowance on top of 1 % drift', 2, 'ms', 'node-redlock'),
  nodeRedlockThreshold: detail('node-redlock', 'extends when so much is left', 500, 'ms', 'node-redlock'),
  nodeRedlockDrift: detail('node-redlock', 'driftFactor', 0.01, 'of the TTL', 'node-redlock'),
  nodeRedlockRetries: detail('node-redlock', 'retryCount', 10, 'times', 'node-redlock'),
  nodeRedlockRetryDelay: detail('node-redlock', 'retryDelay', 200, 'ms', 'node-redlock'),
  nodeRedlockRetryJitter: detail('node-redlock', 'retryJitter in the code', 100, 'ms', 'node-redlock'),
  redissonWatchdog: constant('Redisson', 'lockWatchdogTimeout', 30, 's', 'redisson-src'),
  redissonRenewal: constant('Redisson', 'watchdog renews every', 10, 's', 'redisson-src'),
  redissonSync: detail('Redisson', 'slavesSyncTimeout', 1_000, 'ms', 'redisson-docs'),
  zookeeperLeastTicks: constant('ZooKeeper', 'shortest session', 2, 'ticks', 'zk-sessions'),
  zookeeperMostTicks: constant('ZooKeeper', 'longest session', 20, 'ticks', 'zk-sessions'),
  zookeeperTick: constant('ZooKeeper', 'tickTime in the sample configuration', 2_000, 'ms', 'zk-src'),
  zookeeperTickInCode: detail('ZooKeeper', 'tickTime in the code, if it is not set', 3_000, 'ms', 'zk-src'),
  zookeeperReadTimeout: detail('ZooKeeper client', 'read timeout', 2 / 3, 'of the session timeout', 'zk-src'),
  zookeeperPing: detail('ZooKeeper client', 'pings when idle for', 1 / 3, 'of the session timeout', 'zk-src'),
  zookeeperExpiry: detail('ZooKeeper client', 'declares itself expired', 4 / 3, 'of the session timeout', 'zk-src'),
  etcdSessionTtl: constant('etcd', 'TTL of a concurrency session in Go', 60, 's', 'etcd-src'),
  etcdctlTtl: constant('etcd', 'TTL of `etcdctl lock`', 10, 's', 'etcd-src'),
  etcdLeastLease: detail('etcd', 'shortest lease at defaults', 2, 's', 'etcd-src'),
  etcdKeepAlive: detail('etcd client', 'keepalive every', 1 / 3, 'of the TTL', 'etcd-src'),
  etcdKeepAliveLoop: detail('etcd client', 'looks for due keepalives every', 500, 'ms', 'etcd-src'),
  etcdRevocations: detail('etcd', 'leases revoked in a second, at most', 1_000, 'leases', 'etcd-src'),
  clientGoLease: constant('client-go', 'leaseDuration', 15, 's', 'clientgo-le'),
  clientGoRenewDeadline: constant('client-go', 'renewDeadline', 10, 's', 'clientgo-le'),
  clientGoRetry: constant('client-go', 'retryPeriod', 2, 's', 'clientgo-le'),
  clientGoJitter: detail('client-go', 'JitterFactor', 1.2, 'of the retry period', 'clientgo-le'),
  consulLeastTtl: detail('Consul', 'shortest session TTL', 10, 's', 'consul-session-api'),
  consulMostTtl: detail('Consul', 'longest session TTL', 86_400, 's', 'consul-session-api'),
  consulLateness: detail('Consul', 'a session may last', 2, 'TTLs', 'consul-session-api'),
  consulLockTtl: detail('Consul', 'session TTL of the Go lock', 15, 's', 'consul-lock-go'),
  consulLockRenewal: detail('Consul', 'the Go lock renews every', 1 / 2, 'of the TTL', 'consul-lock-go'),
  consulLockRetry: detail('Consul', 'the Go lock asks again after', 5, 's', 'consul-lock-go'),
  consulLockDelay: constant('Consul', 'lock-delay unless set otherwise', 15, 's', 'consul-sessions'),
  consulLeastLockDelay: detail('Consul', 'shortest lock-delay', 0, 's', 'consul-sessions'),
  consulMostLockDelay: detail('Consul', 'longest lock-delay', 60, 's', 'consul-sessions'),
  chubbyLease: constant('Chubby', 'session lease extension', 12, 's', 'chubby', 'secondary'),
  chubbyGrace: constant('Chubby', 'grace period', 45, 's', 'chubby', 'secondary'),
  chubbyMostLockDelay: detail('Chubby', 'longest lock-delay', 60, 's', 'chubby', 'secondary'),
  chubbyElection: detail('Chubby', 'one election seen', 6, 's', 'chubby', 'secondary'),
  chubbyShortElection: detail('Chubby', 'a shorter election seen', 4, 's', 'chubby', 'secondary'),
  chubbyMostElection: detail('Chubby', 'longest election seen', 30, 's', 'chubby', 'secondary'),
  dynamodbLease: constant('DynamoDB lock client', 'lease', 20, 's', 'ddb-lock'),
  dynamodbHeartbeat: constant('DynamoDB lock client', 'heartbeat', 5, 's', 'ddb-lock'),
  dynamodbReadmeLease: detail('DynamoDB lock client', 'lease in the README’s example', 10, 's', 'ddb-lock'),
  dynamodbReadmeHeartbeat: detail('DynamoDB lock client', 'heartbeat in the README’s example', 3, 's', 'ddb-lock'),
  hazelcastSession: constant('Hazelcast CP', 'session TTL', 300, 's', 'hz-cpconfig'),
  hazelcastHeartbeat: detail('Hazelcast CP', 'heartbeat', 5, 's', 'hz-cpconfig'),
  spannerIdle: detail('Spanner', 'an idle transaction may be aborted after', 10, 's', 'spanner-idle'),
  spannerLeastEpsilon: detail('Spanner', 'smallest ε, about', 1, 'ms', 'spanner-paper', 'secondary'),
  spannerMostEpsilon: detail('Spanner', 'largest ε, about', 7, 'ms', 'spanner-paper', 'secondary'),
  spannerEpsilon: detail('Spanner', 'typical ε, about', 4, 'ms', 'spanner-paper', 'secondary'),
  innodbLockWait: detail('MySQL InnoDB', 'innodb_lock_wait_timeout', 50, 's', 'mysql-vars', 'memory'),
  postgresDeadlock: detail('PostgreSQL', 'deadlock_timeout', 1, 's', 'pg-client', 'memory'),
  postgresLockTimeout: detail('PostgreSQL', 'lock_timeout (0 is off)', 0, 's', 'pg-client', 'memory'),
  postgresIdle: detail('PostgreSQL', 'idle_in_transaction_session_timeout (0 is off)', 0, 's', 'pg-client', 'memory'),
  postgresKeepAlives: detail('PostgreSQL', 'tcp_keepalives_idle (0 is the system’s)', 0, 's', 'pg-conn', 'memory'),
  postgresCheck: detail('PostgreSQL', 'client_connection_check_interval (0 is off)', 0, 's', 'pg-conn', 'memory'),
  linuxKeepAlives: detail(
    'Linux',
    'idle time before the first TCP keepalive, about',
    2,
    'h',
    'pg-keepalive-issue',
    'secondary',
  ),
} as const satisfies Readonly<Record<string, Constant>>;
