// Each lock recipe with its real client against its real server, nothing going wrong: several clients raise one counter, each
// reading it, asking the server something, and writing it back.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LockKind, openLock } from './locks/index.ts';
import type { Lock } from './locks/lock.ts';
import { startEtcd } from './servers/etcd.ts';
import { connectPostgres, startPostgres } from './servers/postgres.ts';
import type { Server } from './servers/process.ts';
import { startRedis } from './servers/redis.ts';
import { describeWith, type ServerName } from './servers/suite.ts';
import { startZookeeper } from './servers/zookeeper.ts';

const clients = 3;
const rounds = 5;

/** What is under the lock, and the tokens in the order in which they were granted. */
type Counter = { value: number; readonly tokens: number[] };

async function raise(lock: Lock, counter: Counter, locked: boolean): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    if (locked) counter.tokens.push(await lock.acquire());
    const read = counter.value;
    const mine = await lock.stillMine();
    if (locked) expect(mine).toBe(true);
    counter.value = read + 1;
    if (locked) await lock.release();
  }
}

async function raiseTogether(locks: readonly Lock[], locked: boolean): Promise<Counter> {
  const counter: Counter = { value: 0, tokens: [] };
  await Promise.all(locks.map((lock) => raise(lock, counter, locked)));
  return counter;
}

const strictlyRises = (numbers: readonly number[]) => numbers.every((number, i) => i === 0 || number > numbers[i - 1]!);

const services: readonly {
  readonly kind: LockKind;
  readonly needs: ServerName;
  start(): Promise<Server & { readonly port: number }>;
}[] = [
  { kind: 'redis', needs: 'redis', start: () => startRedis() },
  { kind: 'etcd', needs: 'etcd', start: () => startEtcd() },
  { kind: 'zookeeper', needs: 'zookeeper', start: () => startZookeeper() },
  { kind: 'advisory', needs: 'postgres', start: startPostgresWithTokens },
];

async function startPostgresWithTokens() {
  const server = await startPostgres();
  const client = await connectPostgres(server.port);
  await client.query('CREATE SEQUENCE fencing');
  await client.end();
  return server;
}

for (const { kind, needs, start } of services) {
  describeWith([needs], `the ${kind} lock on a real server`, () => {
    let server: Server & { readonly port: number };
    let locks: readonly Lock[] = [];
    const open = () => openLock(kind, { port: server.port, name: 'counter', ttlMs: 30_000 });
    beforeAll(async () => {
      server = await start();
      locks = await Promise.all(Array.from({ length: clients }, open));
    });
    afterAll(async () => {
      await Promise.all(locks.map((lock) => lock.close()));
      await server?.stop();
    });

    test('clients that take it lose no update, and their tokens rise by grant', async () => {
      const { value, tokens } = await raiseTogether(locks, true);
      expect(value).toBe(clients * rounds);
      expect(tokens).toHaveLength(clients * rounds);
      expect(strictlyRises(tokens), `${tokens}`).toBe(true);
    });

    test('the same clients lose updates when they do not take it', async () => {
      const { value } = await raiseTogether(locks, false);
      expect(value).toBeLessThan(clients * rounds);
    });

    test('a client that only waits is not told that it has the lock', async () => {
      const [holder, waiter] = locks as [Lock, Lock];
      await holder.acquire();
      let granted = false;
      const waiting = waiter.acquire().then(() => {
        granted = true;
      });
      // Many times the way to the server and back, so the waiter has asked as well.
      for (let asked = 0; asked < 20; asked += 1) expect(await holder.stillMine()).toBe(true);
      expect(granted).toBe(false);
      await holder.release();
      await waiting;
      expect(await waiter.stillMine()).toBe(true);
      await waiter.release();
    });

    test('a client that goes away properly leaves the lock to the next', async () => {
      const leaving = await open();
      await leaving.acquire();
      await leaving.release();
      await leaving.close();
      const [next] = locks as [Lock];
      await next.acquire();
      await next.release();
    });
  });
}
