// PostgreSQL's locks with real clients. A row lock lives in a transaction, and a transaction lives on a connection: when the
// connection goes, the lock and every change made under it go in one step. That is why data in the same transaction needs no
// token, and why something outside it does.
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { endClients, startClient } from './client-process.ts';
import { connectPostgres, type PostgresServer, startPostgres } from './servers/postgres.ts';
import { describeWith } from './servers/suite.ts';
import { startStore } from './store.ts';
import { until } from './until.ts';

type Connection = Awaited<ReturnType<typeof connectPostgres>>;

const read = 'SELECT value, version FROM counter WHERE id = 1';
const readForUpdate = `${read} FOR UPDATE`;
const clients = 3;
const rounds = 5;

describeWith(['postgres'], 'a row of a real PostgreSQL', () => {
  let server: PostgresServer;
  const connections: Connection[] = [];
  const connect = async () => {
    const connection = await connectPostgres(server.port);
    connections.push(connection);
    return connection;
  };
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    const connection = await connect();
    await connection.query('DROP TABLE IF EXISTS counter, seat');
    await connection.query('CREATE TABLE counter (id int PRIMARY KEY, value int NOT NULL, version int NOT NULL)');
    await connection.query('CREATE TABLE seat (number text PRIMARY KEY, taken_by text NOT NULL)');
    await connection.query('INSERT INTO counter VALUES (1, 0, 0)');
  });
  afterEach(async () => {
    await endClients();
    await Promise.all(connections.splice(0).map((connection) => connection.end()));
  });
  const valueNow = async (connection: Connection) => (await connection.query(read)).rows[0].value as number;

  /** Asks for the row, and answers once the server says that the asker waits for a lock. */
  async function queueFor(connection: Connection, sql: string) {
    const { rows } = await connection.query('SELECT pg_backend_pid() AS pid');
    const granted = connection.query(sql);
    // Who looks at it must not see a rejection as unhandled before they do.
    granted.catch(() => {});
    const observer = await connect();
    await until('the asker waits for a lock', async () => {
      const state = "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'";
      return (await observer.query(state, [rows[0].pid])).rowCount === 1;
    });
    return { granted };
  }

  /** A client process in a transaction that has the row. */
  async function startHolder() {
    const holder = await startClient();
    await holder.ask('connectPostgres', server.port);
    await holder.ask('query', 'BEGIN');
    await holder.ask('query', readForUpdate);
    return holder;
  }

  test('loses no update under FOR UPDATE, with the data in the transaction', async () => {
    const versions: number[] = [];
    const work = async (connection: Connection) => {
      for (let round = 0; round < rounds; round += 1) {
        await connection.query('BEGIN');
        const { value, version } = (await connection.query(readForUpdate)).rows[0];
        versions.push(version);
        await connection.query('UPDATE counter SET value = $1, version = $2', [value + 1, version + 1]);
        await connection.query('COMMIT');
      }
    };
    const all = await Promise.all(Array.from({ length: clients }, connect));
    await Promise.all(all.map(work));
    expect(await valueNow(all[0]!)).toBe(clients * rounds);
    expect(versions, 'each holder saw what the one before it left').toEqual(versions.map((_, i) => i));
  });

  test('loses an update without FOR UPDATE, though both wrote in transactions', async () => {
    const [a, b] = [await connect(), await connect()];
    for (const connection of [a, b]) await connection.query('BEGIN');
    const [seenByA, seenByB] = [await valueNow(a), await valueNow(b)];
    await a.query('UPDATE counter SET value = $1', [seenByA + 1]);
    await a.query('COMMIT');
    await b.query('UPDATE counter SET value = $1', [seenByB + 10]);
    await b.query('COMMIT');
    expect(await valueNow(a)).toBe(10);
  });

  test('loses no update under a conditional update that is tried again, without any lock', async () => {
    let refused = 0;
    const all = await Promise.all(Array.from({ length: clients }, connect));
    // All have read before the first one writes, so the first round has one winner.
    const first = await Promise.all(all.map((connection) => connection.query(read)));
    const work = async (connection: Connection, i: number) => {
      let known = first[i]!;
      for (let done = 0; done < rounds; known = await connection.query(read)) {
        const { value, version } = known.rows[0];
        const sql = 'UPDATE counter SET value = $1, version = version + 1 WHERE version = $2';
        const { rowCount } = await connection.query(sql, [value + 1, version]);
        if (rowCount === 1) done += 1;
        else refused += 1;
      }
    };
    await Promise.all(all.map(work));
    expect(await valueNow(all[0]!)).toBe(clients * rounds);
    expect(refused).toBeGreaterThanOrEqual(clients - 1);
  });

  test('goes to one of two clients that insert it at once, by its unique key', async () => {
    const sell = async (who: string) => {
      const connection = await connect();
      return connection.query("INSERT INTO seat VALUES ('14A', $1)", [who]).then(
        () => 'sold',
        (error) => error.code,
      );
    };
    expect((await Promise.all([sell('A'), sell('B')])).sort()).toEqual(['23505', 'sold']);
  });

  test('is free at once when the client that holds it is killed, and the uncommitted change is gone', async () => {
    const holder = await startHolder();
    await holder.ask('query', 'UPDATE counter SET value = 99 WHERE id = 1');
    const waiter = await connect();
    await expect(waiter.query(`${readForUpdate} NOWAIT`)).rejects.toMatchObject({ code: '55P03' });
    expect((await waiter.query(`${readForUpdate} SKIP LOCKED`)).rows).toEqual([]);
    const { granted } = await queueFor(waiter, readForUpdate);
    const killedAt = performance.now();
    await holder.kill();
    expect((await granted).rows[0].value).toBe(0);
    expect(performance.now() - killedAt, 'no lease has to end first').toBeLessThan(2000);
  });

  test('is kept by a paused client for as long as its connection lives', async () => {
    const holder = await startHolder();
    await holder.ask('query', 'UPDATE counter SET value = value + 1 WHERE id = 1');
    holder.pause();
    const impatient = await connect();
    await impatient.query("SET lock_timeout = '300ms'");
    await expect(impatient.query(readForUpdate)).rejects.toMatchObject({ code: '55P03' });
    const { granted } = await queueFor(await connect(), readForUpdate);
    const committed = holder.ask('query', 'COMMIT');
    holder.resume();
    await committed;
    expect((await granted).rows[0].value, 'the next holder sees what was committed').toBe(1);
  });

  test('refuses the late write of a client that was paused past its idle timeout, and something outside does not', async () => {
    const store = await startStore({ outside: 'none' });
    onTestFinished(() => store.close());
    const holder = await startHolder();
    await holder.ask('query', "SET idle_in_transaction_session_timeout = '500ms'");
    holder.pause();
    const late = holder.ask('query', 'UPDATE counter SET value = 1 WHERE id = 1');
    const lateOutside = holder.ask('write', store.port, 'outside', 1);
    const next = await connect();
    await next.query('BEGIN');
    const { value } = (await next.query(readForUpdate)).rows[0];
    await next.query('UPDATE counter SET value = $1', [value + 10]);
    await next.query('COMMIT');
    const outside = await fetch(`http://127.0.0.1:${store.port}/outside`, { method: 'PUT', body: '10' });
    expect(outside.status).toBe(200);

    holder.resume();
    // The library says the one or the other, by whether it has read the server's farewell yet.
    await expect(late).rejects.toThrow(/terminat|not queryable/i);
    expect(await valueNow(next)).toBe(10);
    expect(await lateOutside).toBe(1);
    expect(store.value('outside'), 'the update of the next holder is lost').toBe(1);
  });

  test('guarded by an advisory lock is free when the client that holds the lock is killed', async () => {
    const holder = await startClient();
    await holder.ask('connectPostgres', server.port);
    await holder.ask('query', 'SELECT pg_advisory_lock(7)');
    const waiter = await connect();
    expect((await waiter.query('SELECT pg_try_advisory_lock(7) AS had')).rows).toEqual([{ had: false }]);
    const { granted } = await queueFor(waiter, 'SELECT pg_advisory_lock(7)');
    await holder.kill();
    await granted;
  });
});
