// The steps of a script, done by a real etcd: translated into its JSON, and its answers translated back. Leases and keys of a
// script carry its number, so that scripts on one server do not meet.
import type { etcd } from '#lib/lock/index.ts';
import { decode, type EtcdKeyValue, type EtcdRange, encode, etcdAt, prefixEnd } from './servers/etcd.ts';
import { until } from './until.ts';

type Response = {
  readonly response_range?: EtcdRange;
  readonly response_delete_range?: { readonly deleted?: string };
};
type Txn = {
  readonly header: { readonly revision: string };
  readonly succeeded?: boolean;
  readonly responses?: readonly Response[];
};

const results = { '=': 'EQUAL', '!=': 'NOT_EQUAL', '<': 'LESS', '>': 'GREATER' } as const;

export type Watch = { readonly fired: Promise<void>; readonly hasFired: () => boolean };

export async function realEtcd(port: number, script: number) {
  const server = etcdAt(port);
  const folder = `script ${script}/`;
  const leaseId = (lease: string) => String(script * 10 + Number(lease));
  const keyOf = (key: string) => encode(`${folder}${key}`);
  const { header } = await server.call<EtcdRange>('kv/range', { key: encode(folder) });
  /** A new simulated server is at revision 1. */
  const offset = Number(header.revision) - 1;
  const inwards = (revision: number) => (revision === 0 ? '0' : String(revision + offset));
  const outwards = (revision: string) => Number(revision) - offset;

  const request = (op: etcd.Op) => {
    switch (op.op) {
      case 'put':
        return {
          request_put: {
            key: keyOf(op.key),
            value: encode(String(op.value)),
            ...(op.lease === null ? {} : { lease: leaseId(op.lease) }),
          },
        };
      case 'delete':
        return { request_delete_range: { key: keyOf(op.key) } };
      case 'get':
        return { request_range: { key: keyOf(op.key) } };
      default:
        return {
          request_range: {
            key: keyOf(op.prefix),
            range_end: prefixEnd(`${folder}${op.prefix}`),
            sort_target: 'CREATE',
            sort_order: op.op === 'first' ? 'ASCEND' : 'DESCEND',
            limit: '1',
            ...(op.op === 'first' ? {} : { max_create_revision: inwards(op.revision - 1) }),
          },
        };
    }
  };
  const keyValue = ({ key, value = '', create_revision, mod_revision }: EtcdKeyValue): etcd.KeyValue => ({
    key: decode(key).slice(folder.length),
    value: decode(value),
    create: outwards(create_revision),
    mod: outwards(mod_revision),
  });
  const ttlOf = (ttl: string | undefined): etcd.LeaseAnswer => ({ ttl: Number(ttl ?? 0), error: null });
  /** Every refusal of etcd begins with its name. */
  const refusal = (error: unknown) => (error as Error).message.replace('etcdserver: ', '');

  return {
    async grant(lease: string, ttl: number): Promise<etcd.LeaseAnswer> {
      return server.call<{ TTL?: string }>('lease/grant', { ID: leaseId(lease), TTL: String(ttl) }).then(
        ({ TTL }) => ttlOf(TTL),
        (error) => ({ ttl: 0, error: refusal(error) }),
      );
    },
    async keepAlive(lease: string): Promise<etcd.LeaseAnswer> {
      const { result } = await server.call<{ result: { TTL?: string } }>('lease/keepalive', { ID: leaseId(lease) });
      return ttlOf(result.TTL);
    },
    async revoke(lease: string): Promise<etcd.LeaseAnswer> {
      return server.call('lease/revoke', { ID: leaseId(lease) }).then(
        () => ttlOf(undefined),
        (error) => ({ ttl: 0, error: refusal(error) }),
      );
    },
    async isOver(lease: string): Promise<boolean> {
      const { TTL } = await server.call<{ TTL?: string }>('lease/timetolive', { ID: leaseId(lease) });
      return TTL === '-1';
    },
    async txn(
      compare: readonly etcd.Compare[],
      [success, failure]: readonly [readonly etcd.Op[], readonly etcd.Op[]],
    ): Promise<etcd.TxnAnswer> {
      const body = {
        compare: compare.map(({ key, target, is, revision }) => ({
          key: keyOf(key),
          target: target.toUpperCase(),
          result: results[is],
          [`${target}_revision`]: inwards(revision),
        })),
        success: success.map(request),
        failure: failure.map(request),
      };
      let answer: Txn;
      try {
        answer = await server.call<Txn>('kv/txn', body);
      } catch (error) {
        return { revision: 0, succeeded: false, results: [], error: refusal(error) };
      }
      return {
        revision: outwards(answer.header.revision),
        succeeded: answer.succeeded ?? false,
        results: (answer.responses ?? []).map(({ response_range, response_delete_range }) => ({
          kvs: (response_range?.kvs ?? []).map(keyValue),
          deleted: Number(response_delete_range?.deleted ?? 0),
        })),
        error: null,
      };
    },
    watch(key: string, from: number): Watch {
      let over = false;
      const fired = server.deleted(`${folder}${key}`, Number(inwards(from))).then(() => {
        over = true;
      });
      // Awaited by whoever expects it.
      fired.catch(() => {});
      return { fired, hasFired: () => over };
    },
    /** Deletes what is left, which also ends the watches. */
    async clear(watches: readonly Watch[]): Promise<void> {
      const everything = { key: encode(folder), range_end: prefixEnd(folder) };
      await server.call('kv/deleterange', everything);
      await until('the watches end', () => watches.every(({ hasFired }) => hasFired()));
    },
  };
}
export type RealEtcd = Awaited<ReturnType<typeof realEtcd>>;
