// The registry of lock backends: one file and one line for each. A test keeps this list and the folder equal.
import type { Backend, BackendId } from '../types.ts';
import { chubby } from './chubby.ts';
import { conditionalUpdate } from './conditional-update.ts';
import { consul } from './consul.ts';
import { dynamodb } from './dynamodb.ts';
import { etcd } from './etcd.ts';
import { hazelcast } from './hazelcast.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { kubernetesLease } from './kubernetes-lease.ts';
import { mutex } from './mutex.ts';
import { none } from './none.ts';
import { queue } from './queue.ts';
import { redis } from './redis.ts';
import { redisReplica } from './redis-replica.ts';
import { redlock } from './redlock.ts';
import { spanner } from './spanner.ts';
import { sql } from './sql.ts';
import { uniqueConstraint } from './unique-constraint.ts';
import { zookeeper } from './zookeeper.ts';

const all: readonly Backend[] = [
  none,
  mutex,
  redis,
  redisReplica,
  redlock,
  zookeeper,
  etcd,
  kubernetesLease,
  dynamodb,
  consul,
  hazelcast,
  chubby,
  sql,
  spanner,
  conditionalUpdate,
  uniqueConstraint,
  idempotencyKey,
  queue,
];

export const backends: { readonly [id: BackendId]: Backend } = Object.fromEntries(all.map((one) => [one.id, one]));
