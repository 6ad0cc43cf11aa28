// F2 and F13 for real. A client process is stopped by SIGSTOP past its lease or session, another gets the lock, and the first
// goes on with the next line of its program. What becomes of its write is for the resource to decide, and for nobody else. The
// heartbeats run and do not help: they stop with the process.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endClients, startClient } from './client-process.ts';
import { openLock } from './locks/index.ts';
import { type EtcdRange, type EtcdTxn, encode, etcdAt, prefixEnd, startEtcd } from './servers/etcd.ts';
import type { Server } from './servers/process.ts';
import { startRedis } from './servers/redis.ts';
import { describeWith } from './servers/suite.ts';
import { startZookeeper } from './servers/zookeeper.ts';
import { type Store, startStore } from './store.ts';

/** One register for each thing that can happen. In the gap, B has read when the late write arrives, and not written yet. */
const policies = { open: 'none', fenced: 'writes', gap: 'writes', sealed: 'reads-and-writes' } as const;
type Register = keyof typeof policies;
const registers = Object.keys(policies) as Register[];

/** A would add 1 to each register and B adds 10. */
type Outcome = {
  readonly tokens: { readonly a: number; readonly b: number };
  /** What A was told by the lock service in the line before its pause, and after it. */
  readonly stillMine: { readonly before: boolean; readonly after: boolean };
  /** Whether A did anything at all while B worked. */
  readonly lateBeforeResume: boolean;
  /** What the store answered to A's late writes: the value, or null for a refusal. */
  readonly late: Readonly<Record<Register, number | null>>;
  readonly values: Readonly<Record<Register, number>>;
};

async function pausePastTheLease(kind: 'redis' | 'etcd' | 'zookeeper', port: number, store: Store): Promise<Outcome> {
  const [a, b] = await Promise.all([startClient(), startClient()]);
  const lock = { port, name: 'register' };
  await Promise.all([a.ask('open', kind, { ...lock, ttlMs: 2000 }), b.ask('open', kind, { ...lock, ttlMs: 30_000 })]);

  const tokenA = await a.ask('acquire');
  for (const register of registers) expect(await a.ask('read', store.port, register)).toBe(0);
  const before = await a.ask('stillMine');
  a.pause();
  // The next lines of A's program: it has looked, the lock was its own, so it writes.
  let resumed = false;
  let lateBeforeResume = false;
  const writes = registers.map(async (register) => {
    const answer = await a.ask('write', store.port, register, 1);
    lateBeforeResume ||= !resumed;
    return [register, answer] as const;
  });

  // B waits in the ordinary way, until the service has given up on A.
  const tokenB = await b.ask('acquire');
  const seen: Partial<Record<Register, number>> = {};
  for (const register of registers) seen[register] = (await b.ask('read', store.port, register))!;
  const add10 = (register: Register) => b.ask('write', store.port, register, seen[register]! + 10);
  await add10('open');
  await add10('fenced');

  resumed = true;
  a.resume();
  const late = Object.fromEntries(await Promise.all(writes)) as Record<Register, number | null>;
  await add10('gap');
  await add10('sealed');
  return {
    tokens: { a: tokenA, b: tokenB },
    stillMine: { before, after: await a.ask('stillMine') },
    lateBeforeResume,
    late,
    values: Object.fromEntries(registers.map((name) => [name, store.value(name)])) as Record<Register, number>,
  };
}

const services = [
  { kind: 'redis', start: () => startRedis() },
  { kind: 'etcd', start: () => startEtcd() },
  { kind: 'zookeeper', start: () => startZookeeper() },
] as const;

for (const { kind, start } of services) {
  describeWith(
    [kind],
    `a client of ${kind} that is paused past its ${kind === 'zookeeper' ? 'session' : 'lease'}`,
    () => {
      let server: Server & { readonly port: number };
      let store: Store;
      let outcome: Outcome;
      beforeAll(async () => {
        [server, store] = await Promise.all([start(), startStore(policies)]);
        outcome = await pausePastTheLease(kind, server.port, store);
      });
      afterAll(async () => {
        await endClients();
        await store?.close();
        await server?.stop();
      });

      test('was told that the lock is its own, and loses it without doing anything', () => {
        expect(outcome.stillMine).toEqual({ before: true, after: false });
        expect(outcome.lateBeforeResume).toBe(false);
      });

      test('has a lower token than the client that came after it', () => {
        expect(outcome.tokens.a).toBeGreaterThan(0);
        expect(outcome.tokens.b).toBeGreaterThan(outcome.tokens.a);
      });

      test('overwrites an update of the next holder where nobody compares tokens', () => {
        expect(outcome.late.open).toBe(1);
        expect(outcome.values.open).toBe(1);
      });

      test('is refused where writes are fenced and the next holder has written', () => {
        expect(outcome.late.fenced).toBeNull();
        expect(outcome.values.fenced).toBe(10);
      });

      test('has its write accepted and then lost where only writes are fenced and the next holder has only read', () => {
        expect(outcome.late.gap).toBe(1);
        expect(outcome.values.gap).toBe(10);
      });

      test('is refused where reads are fenced too', () => {
        expect(outcome.late.sealed).toBeNull();
        expect(outcome.values.sealed).toBe(10);
      });
    },
  );
}

describeWith(['etcd'], 'data in etcd itself', () => {
  let server: Server & { readonly port: number };
  beforeAll(async () => {
    server = await startEtcd();
  });
  afterAll(() => server?.stop());

  test('refuses a put that is guarded by the lock key of a holder whose lease has ended', async () => {
    const etcd = etcdAt(server.port);
    const lock = { port: server.port, name: 'document', ttlMs: 30_000 };
    const holderKey = async () => {
      const range = { key: encode('lock/document/'), range_end: prefixEnd('lock/document/') };
      return (await etcd.call<EtcdRange>('kv/range', range)).kvs![0]!;
    };
    const putWhile = async (holder: { key: string; create_revision: string }, value: string) => {
      const { key, create_revision } = holder;
      const txn = await etcd.call<EtcdTxn>('kv/txn', {
        compare: [{ key, target: 'CREATE', result: 'EQUAL', create_revision }],
        success: [{ request_put: { key: encode('document'), value: encode(value) } }],
      });
      return txn.succeeded ?? false;
    };
    const [a, b] = await Promise.all([openLock('etcd', lock), openLock('etcd', lock)]);
    await a.acquire();
    const heldByA = await holderKey();
    expect(await putWhile(heldByA, 'A')).toBe(true);
    await etcd.call('lease/revoke', { ID: heldByA.lease });
    await b.acquire();
    expect(await putWhile(await holderKey(), 'B')).toBe(true);
    expect(await putWhile(heldByA, 'A again')).toBe(false);
    await Promise.all([a.close(), b.close()]);
  });
});
