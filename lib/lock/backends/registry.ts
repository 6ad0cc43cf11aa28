// The registry of lock backends: one file and one line for each, in the order in which the course names them. A test keeps this list
// and the folder equal. A line says how to fetch a lock and fetches nothing, so that a page can do with the one that it shows.
import type { Backend, BackendId } from '../types.ts';

export const registry: { readonly [id: BackendId]: () => PromiseLike<Backend> } = {
  none: () => import('./none.ts').then(({ none }) => none),
  mutex: () => import('./mutex.ts').then(({ mutex }) => mutex),
  redis: () => import('./redis.ts').then(({ redis }) => redis),
  'redis-replica': () => import('./redis-replica.ts').then(({ redisReplica }) => redisReplica),
  redlock: () => import('./redlock.ts').then(({ redlock }) => redlock),
  zookeeper: () => import('./zookeeper.ts').then(({ zookeeper }) => zookeeper),
  etcd: () => import('./etcd.ts').then(({ etcd }) => etcd),
  'kubernetes-lease': () => import('./kubernetes-lease.ts').then(({ kubernetesLease }) => kubernetesLease),
  dynamodb: () => import('./dynamodb.ts').then(({ dynamodb }) => dynamodb),
  consul: () => import('./consul.ts').then(({ consul }) => consul),
  hazelcast: () => import('./hazelcast.ts').then(({ hazelcast }) => hazelcast),
  chubby: () => import('./chubby.ts').then(({ chubby }) => chubby),
  sql: () => import('./sql.ts').then(({ sql }) => sql),
  spanner: () => import('./spanner.ts').then(({ spanner }) => spanner),
  'conditional-update': () => import('./conditional-update.ts').then(({ conditionalUpdate }) => conditionalUpdate),
  'unique-constraint': () => import('./unique-constraint.ts').then(({ uniqueConstraint }) => uniqueConstraint),
  'idempotency-key': () => import('./idempotency-key.ts').then(({ idempotencyKey }) => idempotencyKey),
  queue: () => import('./queue.ts').then(({ queue }) => queue),
};
