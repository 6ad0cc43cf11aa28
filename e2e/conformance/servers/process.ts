// A process that a test starts and that must not outlive it: started, watched, stopped. `guard.mjs` ends it when the test
// process itself dies. What a given server needs in order to start is in the file of that server.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { until } from '../until.ts';

export type Server = {
  readonly pid: number;
  /** Where it keeps its files; empty for a process that has none. */
  readonly folder: string;
  /** Sends a signal to the real process: SIGSTOP and SIGCONT pause it, SIGKILL is a crash. */
  signal(signal: NodeJS.Signals): void;
  readonly exited: Promise<void>;
  /** Ends it and removes its folder; may be called twice. */
  stop(): Promise<void>;
};

/** What to run once a folder and ports have been chosen, and how to see that it answers. */
export type Plan = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: { readonly uid: number; readonly gid: number };
  /** How it is ended: SIGKILL, unless it would leave something behind. */
  readonly endWith?: NodeJS.Signals;
  answers(): Promise<unknown>;
};

const startPatienceMs = 45_000;
const endPatienceMs = 10_000;

let guard: ChildProcess | null = null;

function tellGuard(line: { pid: number; signal?: NodeJS.Signals; folder?: string; done?: true }): void {
  if (!guard) {
    guard = spawn(process.execPath, [path.join(import.meta.dirname, 'guard.mjs')], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    guard.unref();
  }
  guard.stdin!.write(`${JSON.stringify(line)}\n`);
}

/** Makes a child process one that cannot be left behind; `endWith` must work on a paused process as well. */
export function supervise(child: ChildProcess, endWith: NodeJS.Signals = 'SIGKILL', folder = ''): Server {
  const pid = child.pid!;
  const exited =
    child.exitCode === null && child.signalCode === null ? once(child, 'exit').then(() => {}) : Promise.resolve();
  const runs = () => child.exitCode === null && child.signalCode === null;
  tellGuard({ pid, signal: endWith, folder });
  return {
    pid,
    folder,
    exited,
    signal(signal) {
      if (!runs()) throw new Error(`process ${pid} has ended`);
      process.kill(pid, signal);
    },
    async stop() {
      if (runs()) {
        process.kill(pid, endWith);
        const late = setTimeout(() => runs() && process.kill(pid, 'SIGKILL'), endPatienceMs);
        await exited;
        clearTimeout(late);
      }
      if (folder) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
      tellGuard({ pid, done: true });
    },
  };
}

/** Ports of the loopback interface that were free a moment ago: all are held open at once, so they differ. */
async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from({ length: count }, async () => {
      const probe = net.createServer();
      probe.listen(0, '127.0.0.1');
      await once(probe, 'listening');
      return probe;
    }),
  );
  const ports = probes.map((probe) => (probe.address() as net.AddressInfo).port);
  await Promise.all(
    probes.map(async (probe) => {
      probe.close();
      await once(probe, 'close');
    }),
  );
  return ports;
}

/** Starts a server in a fresh folder and returns when it answers. One that ends may have lost its port to somebody: once more. */
export async function startServer(
  name: string,
  ports: number,
  plan: (folder: string, ports: readonly number[]) => Plan,
): Promise<Server & { readonly ports: readonly number[] }> {
  for (let attempt = 1; ; attempt += 1) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), `fencepost-${name}-`));
    const chosen = await freePorts(ports);
    let planned: Plan;
    let child: ChildProcess;
    try {
      planned = plan(folder, chosen);
      child = await run(planned, folder);
    } catch (error) {
      fs.rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    const server = supervise(child, planned.endWith, folder);
    let ended = false;
    server.exited.then(() => {
      ended = true;
    });
    try {
      await until(`${name} answers`, async () => ended || planned.answers().then(() => true), startPatienceMs);
      if (ended) throw new Error(`${name} ended while starting`);
      return { ...server, ports: chosen };
    } catch (error) {
      const again = ended && attempt < 3;
      const said = fs.readFileSync(path.join(folder, outputFile), 'utf8').slice(-2000);
      await server.stop();
      if (!again) throw new Error(`${name} did not start: ${said}`, { cause: error });
    }
  }
}

const outputFile = 'output.txt';

async function run({ command, args, env, user }: Plan, folder: string): Promise<ChildProcess> {
  const output = fs.openSync(path.join(folder, outputFile), 'a');
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
    detached: true,
    ...user,
  });
  fs.closeSync(output);
  await once(child, 'spawn');
  child.unref();
  return child;
}

/** The full path of a program, looked for as a shell would, and in `more` folders; null where it is not installed. */
export function findProgram(name: string, more: readonly string[] = []): string | null {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/bin', ...more];
  const found = folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
  return found ?? null;
}
