// A client in a process of its own, so that it can be paused and killed by real signals, and its real connections with it.
import { fork } from 'node:child_process';
import path from 'node:path';
import type { Jobs, Report } from './client.ts';
import { supervise } from './servers/process.ts';

export type ClientProcess = {
  /** Tells the client to do something; resolves when it has. */
  ask<Job extends keyof Jobs>(job: Job, ...args: Parameters<Jobs[Job]>): ReturnType<Jobs[Job]>;
  /** SIGSTOP: from now on it runs no instruction, sends no heartbeat and does not notice. */
  pause(): void;
  /** SIGCONT: it goes on as if no time had passed. */
  resume(): void;
  /** SIGKILL. Resolves when the process is gone. */
  kill(): Promise<void>;
};

const running = new Set<ClientProcess>();

export async function startClient(): Promise<ClientProcess> {
  const child = fork(path.join(import.meta.dirname, 'client.ts'), {
    cwd: path.dirname(path.dirname(import.meta.dirname)),
    execArgv: ['--import', 'ts-blank-space/register'],
  });
  const { signal, stop, exited } = supervise(child);
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  let asked = 0;
  child.on('message', (report: Report) => {
    const asker = waiting.get(report.id)!;
    waiting.delete(report.id);
    if ('error' in report) asker.reject(new Error(report.error));
    else asker.resolve(report.answer);
  });
  exited.then(() => {
    for (const { reject } of waiting.values()) reject(new Error('the client process has ended'));
  });
  const client: ClientProcess = {
    ask(job, ...args) {
      asked += 1;
      const id = asked;
      const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
      // Who asked may look at it later, or never if the test fails before.
      answer.catch(() => {});
      child.send({ id, job, args });
      return answer as ReturnType<Jobs[typeof job]>;
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    async kill() {
      running.delete(client);
      await stop();
    },
  };
  running.add(client);
  return client;
}

/** For `afterEach`: ends every client that a test has started, paused or not. */
export async function endClients(): Promise<void> {
  await Promise.all([...running].map((client) => client.kill()));
}
