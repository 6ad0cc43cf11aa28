// The etcd lock, as its own client library does it: a lease kept alive at a third, a key under the lock's prefix created in a
// transaction that asks whether it exists, and the lowest create revision has the lock. Others watch the key before theirs. The
// create revision is the fencing token.
import { type Etcd, type EtcdRange, type EtcdTxn, encode, etcdAt, prefixEnd } from '../servers/etcd.ts';
import type { Lock, LockOptions } from './lock.ts';

export async function etcdLock({ port, name, ttlMs }: LockOptions): Promise<Lock> {
  const etcd = etcdAt(port);
  const prefix = `lock/${name}/`;
  const { ID: lease } = await etcd.call<{ ID: string }>('lease/grant', { TTL: String(Math.ceil(ttlMs / 1000)) });
  const key = `${prefix}${BigInt(lease).toString(16)}`;
  const heartbeat = setInterval(() => {
    etcd.call('lease/keepalive', { ID: lease }).catch(() => {});
  }, ttlMs / 3);
  let revision = 0;
  return {
    async acquire() {
      revision = await queueUp(etcd, key, lease);
      for (;;) {
        const before = await lastBefore(etcd, prefix, revision);
        if (!before) break;
        await etcd.deleted(before.key, before.seenAt + 1);
      }
      // Our own lease may have ended while we waited. Without this look etcd 3.4.3 told such a waiter that it had the lock.
      if (!(await exists(etcd, key, revision))) throw new Error(`the lease of ${key} ended while it waited`);
      return revision;
    },
    stillMine: () => exists(etcd, key, revision),
    async release() {
      await etcd.call('kv/deleterange', { key: encode(key) });
    },
    async close() {
      clearInterval(heartbeat);
      await etcd.call('lease/revoke', { ID: lease }).catch(() => {});
    },
  };
}

/** The create revision of our key: of this request, or of an earlier one whose reply was lost. */
async function queueUp(etcd: Etcd, key: string, lease: string): Promise<number> {
  const put = { request_put: { key: encode(key), lease } };
  const get = { request_range: { key: encode(key) } };
  const txn = await etcd.call<EtcdTxn>('kv/txn', {
    compare: [{ key: encode(key), target: 'CREATE', result: 'EQUAL', create_revision: '0' }],
    success: [put],
    failure: [get],
  });
  return Number(txn.succeeded ? txn.header.revision : txn.responses![0]!.response_range!.kvs![0]!.create_revision);
}

async function lastBefore(etcd: Etcd, prefix: string, revision: number) {
  const { kvs, header } = await etcd.call<EtcdRange>('kv/range', {
    key: encode(prefix),
    range_end: prefixEnd(prefix),
    max_create_revision: String(revision - 1),
    sort_order: 'DESCEND',
    sort_target: 'CREATE',
    limit: '1',
  });
  const last = kvs?.[0];
  return last ? { key: Buffer.from(last.key, 'base64').toString(), seenAt: Number(header.revision) } : null;
}

async function exists(etcd: Etcd, key: string, revision: number): Promise<boolean> {
  const { kvs } = await etcd.call<EtcdRange>('kv/range', { key: encode(key) });
  return Number(kvs?.[0]?.create_revision ?? 0) === revision;
}
