// Connections to a real PostgreSQL of which one can tell whether they were answered or wait for a lock. That is asked of the
// server (pg_blocking_pids) and never guessed from how long an answer takes.
import type pg from 'pg';
import type { Json, postgres } from '#lib/lock/index.ts';
import { sqlOf } from './postgres-script.ts';
import type { Answered } from './postgres-simulated.ts';
import { connectPostgres } from './servers/postgres.ts';

export type RealConnection = Awaited<ReturnType<typeof openConnection>>;
/** The connection over which the server is asked about the others. */
export type Monitor = Awaited<ReturnType<typeof openMonitor>>;

async function pidOf(client: pg.Client): Promise<number> {
  return (await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid;
}

export async function openMonitor(port: number) {
  const client = await connectPostgres(port);
  const query = (sql: string, values?: unknown[]) => client.query(sql, values);
  return { pid: await pidOf(client), query, end: () => client.end() };
}

export async function openConnection(port: number, monitor: Monitor) {
  const client = await connectPostgres(port);
  const pid = await pidOf(client);
  let said: readonly postgres.Statement[] = [];
  let answer: Answered | null = null;
  let asked = false;
  let lost = false;

  return {
    pid,
    say(statements: readonly postgres.Statement[]) {
      asked = true;
      answer = null;
      said = statements;
      client.query(statements.map(sqlOf).join('; ')).then(
        (result) => {
          const all = Array.isArray(result) ? result : [result];
          answer = { code: null, results: all.map((one, index) => resultOf(one, said[index]!)) };
        },
        (error) => {
          answer = { code: error.code, results: [] };
        },
      );
    },
    /** 'idle' when nothing was asked; null as long as it is neither answered nor known to wait. */
    async state(): Promise<'idle' | 'waits' | Answered | null> {
      if (!asked) return 'idle';
      if (answer) return answer;
      const blocking = await monitor.query('SELECT cardinality(pg_blocking_pids($1)) > 0 AS waits', [pid]);
      return answer ?? (blocking.rows[0].waits ? 'waits' : null);
    },
    /** An answer is looked at once. */
    settle() {
      asked = false;
      answer = null;
    },
    vanish() {
      lost = true;
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    },
    async terminate() {
      lost = true;
      await monitor.query('SELECT pg_terminate_backend($1)', [pid]);
    },
    async isGone() {
      return (await monitor.query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [pid])).rowCount === 0;
    },
    /** Nothing of the script before is left; false where only a new connection helps. */
    async makeReady() {
      if (asked || lost) return false;
      await client.query('ROLLBACK; SELECT pg_advisory_unlock_all()');
      return true;
    },
    async isBlocked() {
      const blocking = await monitor.query('SELECT cardinality(pg_blocking_pids($1)) > 0 AS waits', [pid]);
      return blocking.rows[0].waits as boolean;
    },
  };
}

/** In the words of the simulated server. */
function resultOf({ command, rowCount, rows }: pg.QueryResult, statement: postgres.Statement): postgres.Result {
  const count = rowCount ?? 0;
  switch (statement.run) {
    case 'begin':
    case 'commit':
    case 'rollback':
      return { rows: 0, value: command };
    case 'ping':
      return { rows: count, value: null };
    case 'select':
    case 'select for update':
      return { rows: count, value: (rows[0] as Json | undefined) ?? null };
    default:
      return { rows: count, value: (rows[0]?.value as Json | undefined) ?? null };
  }
}
