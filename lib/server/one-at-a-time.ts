// Prisma's adapter for better-sqlite3 has one connection, and it keeps only transactions from running into each other: a query
// outside of any would run inside whichever transaction happens to be open, be answered, and be rolled back with it. Here
// everything waits its turn, first come, first served: a query takes one turn, a transaction all of them until its end.
import 'server-only';
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';

type Release = () => void;

/** A queue for one. `take` answers when everybody before has released. */
function makeQueue(): { take(): Promise<Release> } {
  let last: Promise<void> = Promise.resolve();
  return {
    take() {
      let release: Release = () => {};
      const before = last;
      last = new Promise((resolve) => {
        release = resolve;
      });
      return before.then(() => release);
    },
  };
}

function queued(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const queue = makeQueue();
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = await queue.take();
    try {
      return await work();
    } finally {
      release();
    }
  };
  const { queryRaw, executeRaw, executeScript, startTransaction } = adapter;
  return Object.assign(adapter, {
    queryRaw: (query: Parameters<typeof queryRaw>[0]) => alone(() => queryRaw.call(adapter, query)),
    executeRaw: (query: Parameters<typeof executeRaw>[0]) => alone(() => executeRaw.call(adapter, query)),
    executeScript: (script: string) => alone(() => executeScript.call(adapter, script)),
    async startTransaction(level?: Parameters<typeof startTransaction>[0]) {
      const release = await queue.take();
      try {
        const transaction = await startTransaction.call(adapter, level);
        const { commit, rollback } = transaction;
        return Object.assign(transaction, {
          commit: () => commit.call(transaction).finally(release),
          rollback: () => rollback.call(transaction).finally(release),
        });
      } catch (error) {
        release();
        throw error;
      }
    },
  });
}

export function oneAtATime(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => queued(await factory.connect()),
  };
}
