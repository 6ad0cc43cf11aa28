import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../until.ts';
import { findProgram, startServer } from './process.ts';
import { describeWith } from './suite.ts';

const root = path.resolve(import.meta.dirname, '../../..');

const runs = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describeWith(['redis'], 'a server', () => {
  test('is killed and its folder removed though the process that started it died by SIGKILL', async () => {
    const program = `
      import { startRedis } from './e2e/conformance/servers/redis.ts';
      const server = await startRedis();
      process.stdout.write(JSON.stringify({ pid: server.pid, folder: server.folder }) + '\\n');
      setInterval(() => {}, 1000);`;
    const child = spawn(
      process.execPath,
      ['--import', 'ts-blank-space/register', '--input-type=module', '--eval', program],
      { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [bytes] = await once(child.stdout, 'data');
    const { pid, folder } = JSON.parse(String(bytes));
    expect([runs(pid), fs.existsSync(folder)]).toEqual([true, true]);
    child.kill('SIGKILL');
    await until('the server and its folder are gone', () => !runs(pid) && !fs.existsSync(folder));
  });
});

test('a server that ends at once is reported with what it said, and leaves no folder', async () => {
  const folders: string[] = [];
  const started = startServer('broken', 1, (folder) => {
    folders.push(folder);
    return {
      command: process.execPath,
      args: ['--eval', 'console.error("no such luck"); process.exit(3)'],
      answers: () => Promise.reject(new Error('does not answer')),
    };
  });
  await expect(started).rejects.toThrow(/broken did not start: no such luck/);
  expect(folders.length).toBeGreaterThan(0);
  expect(folders.filter((folder) => fs.existsSync(folder))).toEqual([]);
});

test('a program that is not installed is not found', () => {
  expect(findProgram('no-such-program')).toBeNull();
  expect(findProgram('guard.mjs', [import.meta.dirname])).toBe(path.join(import.meta.dirname, 'guard.mjs'));
});
