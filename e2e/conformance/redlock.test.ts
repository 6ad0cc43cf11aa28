// Redlock on five real nodes: without faults, with a minority gone, and F12 for real, where a node of the majority comes back
// without its memory. The pauses of pause.test.ts hold for it as for any lease; having no token, it can offer no cure.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Redlock, redlock } from './locks/redlock.ts';
import { type RedisServer, startRedis } from './servers/redis.ts';
import { describeWith } from './servers/suite.ts';
import { until } from './until.ts';

const ttlMs = 30_000;
const rounds = 5;
const NOBODY = 1;

describeWith(['redis'], 'Redlock on five real nodes', () => {
  let nodes: RedisServer[] = [];
  const opened: Redlock[] = [];
  const open = (ports = nodes.map(({ port }) => port)) => {
    const lock = redlock({ ports, name: 'seat', ttlMs });
    opened.push(lock);
    return lock;
  };
  beforeEach(async () => {
    nodes = await Promise.all(Array.from({ length: 5 }, () => startRedis()));
  });
  afterEach(async () => {
    for (const lock of opened.splice(0)) lock.close();
    await Promise.all(nodes.map((node) => node.stop()));
  });

  test('loses no update of three clients that take it', async () => {
    let counter = 0;
    const work = async (lock: Redlock, who: number) => {
      for (let round = 0; round < rounds; round += 1) {
        // Clients that share the votes must not come back in step.
        await until('a majority', async () => {
          const had = await lock.tryOnce();
          if (!had) await new Promise((resolve) => setTimeout(resolve, who * 7));
          return had;
        });
        const read = counter;
        await new Promise((resolve) => setImmediate(resolve));
        counter = read + 1;
        await lock.release();
      }
    };
    await Promise.all([open(), open(), open()].map(work));
    expect(counter).toBe(3 * rounds);
  });

  test('is granted while two nodes do not answer, and refused to others', async () => {
    for (const node of nodes.slice(3)) node.signal('SIGSTOP');
    const had = await open().tryOnce();
    expect(had?.granted).toEqual([true, true, true, false, false]);
    expect(had!.validMs, 'the time spent waiting for them is taken off').toBeLessThan(ttlMs - 250);
    expect(await open().tryOnce()).toBeNull();
  });

  test('is granted to nobody while three nodes are dead, and leaves nothing behind', async () => {
    for (const node of nodes.slice(2)) await node.stop();
    expect(await open().tryOnce()).toBeNull();
    nodes.splice(2, 3, ...(await Promise.all([startRedis(), startRedis(), startRedis()])));
    expect((await open().tryOnce())?.granted).toEqual([true, true, true, true, true]);
  });

  test('has two holders when a node of the majority restarts without a disk', async () => {
    const [one, two, three] = nodes as [RedisServer, RedisServer, RedisServer];
    // The last two nodes are cut off from A: it asks where nobody listens.
    const a = await open([one.port, two.port, three.port, NOBODY, NOBODY]).tryOnce();
    const grantedAt = performance.now();
    expect(a?.granted).toEqual([true, true, true, false, false]);
    await three.stop();
    // Its successor has another port, which is all that tells it from the same node started again.
    nodes[2] = await startRedis();
    const b = await open().tryOnce();
    expect(b?.granted).toEqual([false, false, true, true, true]);
    expect(performance.now() - grantedAt, 'A is well within its validity').toBeLessThan(a!.validMs / 2);
  });
});
