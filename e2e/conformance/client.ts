// What runs inside a client process: it does one thing after the other, as it is told over the channel to the test. A message
// that arrives while the process is paused is the next line of its program, which it runs when it goes on.
import type { Client } from 'pg';
import { type LockKind, openLock } from './locks/index.ts';
import type { Lock, LockOptions } from './locks/lock.ts';
import { connectPostgres } from './servers/postgres.ts';
import { read, write } from './store.ts';

let lock: Lock;
let token = 0;
let postgres: Client;

const jobs = {
  async open(kind: LockKind, options: LockOptions) {
    lock = await openLock(kind, options);
  },
  async acquire() {
    token = await lock.acquire();
    return token;
  },
  stillMine: () => lock.stillMine(),
  release: () => lock.release(),
  read: (port: number, register: string) => read(port, register, token),
  write: (port: number, register: string, value: number) => write(port, register, token, value),
  async connectPostgres(port: number) {
    postgres = await connectPostgres(port);
  },
  /** The rows of the answer. */
  async query(sql: string) {
    return (await postgres.query(sql)).rows as Record<string, unknown>[];
  },
};

export type Jobs = typeof jobs;
export type Order = { readonly id: number; readonly job: keyof Jobs; readonly args: readonly unknown[] };
export type Report = { readonly id: number } & ({ readonly answer: unknown } | { readonly error: string });

let line: Promise<void> = Promise.resolve();

async function work({ id, job, args }: Order): Promise<void> {
  let report: Report;
  try {
    report = { id, answer: await (jobs[job] as (...args: readonly unknown[]) => unknown)(...args) };
  } catch (error) {
    report = { id, error: String(error) };
  }
  process.send!(report);
}

process.on('message', (order: Order) => {
  line = line.then(() => work(order));
});
// The test has ended.
process.on('disconnect', () => process.exit());
