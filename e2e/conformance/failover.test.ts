// F4 and F14 for real: a Redis primary dies before its replica has heard of a lock, and the replica is promoted. Nobody is slow
// and no clock is wrong. The test takes the place of the sentinel that promotes.
import { afterEach, expect, test } from 'vitest';
import { ACQUIRE } from './locks/redis.ts';
import { connectRedis, type RedisServer, startRedis } from './servers/redis.ts';
import { describeWith } from './servers/suite.ts';
import { until } from './until.ts';

type Connection = Awaited<ReturnType<typeof connectRedis>>;

const ttlMs = 30_000;

/** The token of the grant, or 0 where somebody has the lock. */
const acquire = async (redis: Connection, who: string) =>
  Number(await redis.eval(ACQUIRE, 2, 'lock:seat', 'token:seat', who, ttlMs));

describeWith(['redis'], 'a Redis primary with an asynchronous replica', () => {
  const running: { stop(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });

  async function startPair() {
    const primary = await startRedis();
    running.push(primary);
    const replica = await startRedis({ replicaOf: primary.port });
    running.push(replica);
    const [onPrimary, onReplica] = await Promise.all([connectRedis(primary.port), connectRedis(replica.port)]);
    await until('the replica is in step', async () =>
      (await onReplica.info('replication')).includes('master_link_status:up'),
    );
    return { primary, replica, onPrimary, onReplica };
  }

  /** What a crash takes with it is what the replica was not sent. */
  async function crash(server: RedisServer) {
    server.signal('SIGKILL');
    await server.exited;
  }

  test('forgets a lock when it dies before it has replicated: two holders with the same token', async () => {
    const { primary, replica, onPrimary, onReplica } = await startPair();
    // Nothing more can reach the replica: it is stopped, so it cannot come back, and then its connection is closed. Stopping
    // alone would not do, since what is sent to a stopped process waits for it in its socket.
    replica.signal('SIGSTOP');
    await onPrimary.call('CLIENT', 'KILL', 'TYPE', 'replica');
    await until('the primary has no replica', async () =>
      (await onPrimary.info('replication')).includes('connected_slaves:0'),
    );
    const a = await acquire(onPrimary, 'A');
    const grantedAt = performance.now();
    expect(a).toBe(1);
    expect(await onPrimary.wait(1, 50), 'WAIT would have told').toBe(0);
    await crash(primary);

    replica.signal('SIGCONT');
    await onReplica.replicaof('NO', 'ONE');
    const b = await acquire(onReplica, 'B');
    expect(performance.now() - grantedAt, 'A is well within its lease').toBeLessThan(ttlMs / 2);
    expect(b, 'B has the lock, and its token cannot be told from that of A').toBe(a);
    expect(await onReplica.get('lock:seat')).toBe('B');
  });

  test('keeps a lock through the failover when WAIT has said that the replica has it', async () => {
    const { primary, onPrimary, onReplica } = await startPair();
    expect(await acquire(onPrimary, 'A')).toBe(1);
    expect(await onPrimary.wait(1, 10_000)).toBe(1);
    await crash(primary);
    await onReplica.replicaof('NO', 'ONE');
    expect(await acquire(onReplica, 'B')).toBe(0);
    expect(await onReplica.get('lock:seat')).toBe('A');
  });

  test('forgets a lock and its token when it restarts without a disk', async () => {
    const server = await startRedis();
    running.push(server);
    expect(await acquire(await connectRedis(server.port), 'A')).toBe(1);
    await crash(server);
    const restarted = await startRedis();
    running.push(restarted);
    expect(await acquire(await connectRedis(restarted.port), 'B')).toBe(1);
  });
});
