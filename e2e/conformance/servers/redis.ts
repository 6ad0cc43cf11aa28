// A private Redis without a disk, alone or as the asynchronous replica of another.
import { Redis } from 'ioredis';
import { findProgram, type Server, startServer } from './process.ts';

export type RedisServer = Server & { readonly port: number };

export const redisInstalled = () => findProgram('redis-server') !== null;

export async function startRedis(options: { readonly replicaOf?: number } = {}): Promise<RedisServer> {
  const server = await startServer('redis', 1, (folder, [port]) => ({
    command: findProgram('redis-server')!,
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'],
      // A replica that a test promotes must not wait for the disk either.
      ...['--repl-diskless-sync', 'yes', '--repl-diskless-sync-delay', '0'],
      ...(options.replicaOf ? ['--replicaof', '127.0.0.1', String(options.replicaOf)] : []),
    ],
    async answers() {
      const redis = await connectRedis(port!);
      await redis.ping();
      redis.disconnect();
    },
  }));
  return { ...server, port: server.ports[0]! };
}

/** A connection that fails instead of reconnecting: a test must see that a server has died. */
export async function connectRedis(port: number): Promise<Redis> {
  const redis = new Redis({
    port,
    host: '127.0.0.1',
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  // Every command rejects with the same error; without a listener the library prints it as well.
  redis.on('error', () => {});
  await redis.connect();
  return redis;
}
