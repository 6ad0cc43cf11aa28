import { etcdLock } from './etcd.ts';
import type { Lock, LockOptions } from './lock.ts';
import { advisoryLock } from './postgres.ts';
import { redisLock } from './redis.ts';
import { zookeeperLock } from './zookeeper.ts';

const recipes = { redis: redisLock, etcd: etcdLock, zookeeper: zookeeperLock, advisory: advisoryLock };

export type LockKind = keyof typeof recipes;

export const openLock = (kind: LockKind, options: LockOptions): Promise<Lock> => recipes[kind](options);
