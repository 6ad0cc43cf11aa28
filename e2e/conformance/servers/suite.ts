// A group of tests that needs real servers. Where one is not installed, a laptop is told so and the group is skipped; in CI that
// is a failure, so that nothing can be skipped there unseen.
import { describe, test } from 'vitest';
import { etcdInstalled } from './etcd.ts';
import { postgresInstalled } from './postgres.ts';
import { redisInstalled } from './redis.ts';
import { zookeeperInstalled } from './zookeeper.ts';

const servers = {
  redis: { installed: redisInstalled, debian: 'redis-server' },
  etcd: { installed: etcdInstalled, debian: 'etcd-server' },
  zookeeper: { installed: zookeeperInstalled, debian: 'libzookeeper-java default-jre-headless' },
  postgres: { installed: postgresInstalled, debian: 'postgresql' },
} as const;

export type ServerName = keyof typeof servers;

export function describeWith(needed: readonly ServerName[], title: string, body: () => void): void {
  const missing = needed.filter((name) => !servers[name].installed());
  if (missing.length === 0) {
    describe(title, body);
    return;
  }
  const packages = missing.map((name) => servers[name].debian).join(' ');
  const why = `${missing.join(' and ')} not installed; on Debian: apt-get install ${packages}`;
  if (process.env.CI) {
    test(title, () => {
      throw new Error(why);
    });
    return;
  }
  console.error(`skipped: ${title} (${why})`);
  describe.skip(`${title} (${why})`, body);
}
