// The Redis lock: SET NX PX with a value of its own and INCR of the token in one script; extend and release compare the value
// and act in one script as well. Waiting is asking again, so nobody is served in turn.
import { randomUUID } from 'node:crypto';
import { connectRedis } from '../servers/redis.ts';
import { until } from '../until.ts';
import type { Lock, LockOptions } from './lock.ts';

export const ACQUIRE = `
  if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
  return redis.call('INCR', KEYS[2])`;
export const EXTEND = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;
export const RELEASE = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('DEL', KEYS[1])`;

export async function redisLock({ port, name, ttlMs }: LockOptions): Promise<Lock> {
  const redis = await connectRedis(port);
  const key = `lock:${name}`;
  let value = '';
  let heartbeat: NodeJS.Timeout | undefined;
  return {
    async acquire() {
      const mine = randomUUID();
      const token = await until(`the Redis lock ${name}`, async () => {
        return Number(await redis.eval(ACQUIRE, 2, key, `token:${name}`, mine, ttlMs)) || null;
      });
      value = mine;
      // A heartbeat that fails tells nobody: the holder would notice only by asking.
      heartbeat = setInterval(() => redis.eval(EXTEND, 1, key, mine, ttlMs).catch(() => {}), ttlMs / 3);
      return token;
    },
    async stillMine() {
      return (await redis.get(key)) === value;
    },
    async release() {
      clearInterval(heartbeat);
      await redis.eval(RELEASE, 1, key, value);
    },
    async close() {
      clearInterval(heartbeat);
      redis.disconnect();
    },
  };
}
