// Redlock: the Redis lock at a majority of independent nodes, valid for the lease less the time that acquiring took and less an
// allowance for drift. It gives no token, so it stands apart from the locks that do. A node that does not answer in time counts
// as one that refused, and everything is released everywhere when there was no majority.
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { RELEASE } from './redis.ts';

export type Redlock = {
  /** How long the lock may be used, by this client's clock; null when there was no majority. One attempt. */
  tryOnce(): Promise<{ readonly validMs: number; readonly granted: readonly boolean[] } | null>;
  release(): Promise<void>;
  close(): void;
};

export type RedlockOptions = { readonly ports: readonly number[]; readonly name: string; readonly ttlMs: number };

/** As in the documentation: small beside the lease, so that a dead node costs little of it. */
const answerWithinMs = 250;
const drift = 0.01;
const driftExtraMs = 2;

export function redlock({ ports, name, ttlMs }: RedlockOptions): Redlock {
  const nodes = ports.map((port) => {
    const node = new Redis({ port, host: '127.0.0.1', retryStrategy: () => null, commandTimeout: answerWithinMs });
    node.on('error', () => {});
    return node;
  });
  const key = `lock:${name}`;
  let value = '';
  const everywhere = (ask: (node: Redis) => Promise<unknown>) =>
    Promise.all(
      nodes.map((node) =>
        ask(node).then(
          (answer) => answer === 'OK',
          () => false,
        ),
      ),
    );
  const release = async () => {
    await everywhere((node) => node.eval(RELEASE, 1, key, value));
  };
  return {
    async tryOnce() {
      value = randomUUID();
      const askedAt = performance.now();
      const granted = await everywhere((node) => node.set(key, value, 'PX', ttlMs, 'NX'));
      const validMs = ttlMs - (performance.now() - askedAt) - ttlMs * drift - driftExtraMs;
      if (granted.filter(Boolean).length > nodes.length / 2 && validMs > 0) return { validMs, granted };
      await release();
      return null;
    },
    release,
    close() {
      for (const node of nodes) node.disconnect();
    },
  };
}
