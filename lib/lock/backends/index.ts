// The registry of lock backends: one file and one line for each. A test keeps this list and the folder equal.
import type { Backend, BackendId } from '../types.ts';
import { none } from './none.ts';
import { redis } from './redis.ts';

export const backends: { readonly [id in BackendId]: Backend } = { none, redis };
