// The ZooKeeper lock: an ephemeral sequential node under the lock's path; the lowest number has the lock, and each of the others
// watches the one before it, so a release wakes one client. The zxid that created the node is the fencing token. The library
// sends the heartbeats of the session.
import { CreateMode, connectZookeeper, type Zookeeper, zxid } from '../servers/zookeeper.ts';
import type { Lock, LockOptions } from './lock.ts';

/** A sequential node ends in ten digits. */
const number = (node: string) => Number(node.slice(-10));

export async function zookeeperLock({ port, name, ttlMs }: LockOptions): Promise<Lock> {
  const zookeeper = await connectZookeeper(port, ttlMs);
  const folder = `/locks/${name}`;
  await zookeeper.createAll(folder);
  let mine = '';
  return {
    async acquire() {
      mine = await zookeeper.create(`${folder}/turn-`, CreateMode.EPHEMERAL_SEQUENTIAL);
      for (;;) {
        const others = (await zookeeper.children(folder)).filter((node) => number(node) < number(mine));
        const before = others.sort((a, b) => number(b) - number(a))[0];
        if (!before) break;
        await gone(zookeeper, `${folder}/${before}`);
      }
      const stat = await zookeeper.exists(mine);
      if (!stat) throw new Error('the session expired in the queue');
      return zxid(stat.czxid);
    },
    async stillMine() {
      return (await zookeeper.exists(mine).catch(() => null)) !== null;
    },
    release: () => zookeeper.remove(mine),
    close: () => zookeeper.close(),
  };
}

/** Resolves when the node has been deleted; rejects when our own session has expired, since then nobody will tell us. */
function gone(zookeeper: Zookeeper, node: string): Promise<void> {
  return new Promise((resolve, reject) => {
    zookeeper.client.once('expired', () => reject(new Error('the session expired in the queue')));
    zookeeper
      .exists(node, () => resolve())
      .then((stat) => {
        if (!stat) resolve();
      }, reject);
  });
}
