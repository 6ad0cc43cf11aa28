// The registry of lock backends: one file and one line for each. A test keeps this list and the folder equal.
import type { Backend, BackendId } from '../types.ts';
import { dynamodb } from './dynamodb.ts';
import { kubernetesLease } from './kubernetes-lease.ts';
import { mutex } from './mutex.ts';
import { none } from './none.ts';
import { redis } from './redis.ts';

const all: readonly Backend[] = [none, mutex, redis, kubernetesLease, dynamodb];

export const backends: { readonly [id: BackendId]: Backend } = Object.fromEntries(all.map((one) => [one.id, one]));
