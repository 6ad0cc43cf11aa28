// PostgreSQL's advisory lock of a session. It ends with the session and knows no lease, and it gives no token: the number here
// comes from a sequence that is read while the lock is held. The other lock of PostgreSQL, FOR UPDATE, is part of a transaction
// and so has no place behind this interface.
import { connectPostgres } from '../servers/postgres.ts';
import type { Lock, LockOptions } from './lock.ts';

export async function advisoryLock({ port, name }: LockOptions): Promise<Lock> {
  const client = await connectPostgres(port);
  return {
    async acquire() {
      await client.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
      const { rows } = await client.query("SELECT nextval('fencing') AS token");
      return Number(rows[0].token);
    },
    async stillMine() {
      const held = await client.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()");
      return held.rowCount === 1;
    },
    async release() {
      await client.query('SELECT pg_advisory_unlock(hashtext($1))', [name]);
    },
    close: () => client.end(),
  };
}
