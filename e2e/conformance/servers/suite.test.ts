import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

/** Runs the tests of the Redis lock where no program can be found, as on a machine without the server. */
async function runWithoutServers(env: Readonly<Record<string, string>>) {
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const config = path.join('e2e', 'conformance', 'vitest.config.ts');
  const { PATH: _path, CI: _ci, ...inherited } = process.env;
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--config', config, '--reporter=verbose', '-t', 'the redis lock', 'recipes.test.ts'],
    { cwd: root, env: { ...inherited, NO_COLOR: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      output += bytes;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

test('a suite whose server is not installed says so and is skipped on a laptop', async () => {
  const { code, output } = await runWithoutServers({});
  expect(output).toContain('redis not installed; on Debian: apt-get install redis-server');
  expect(output).not.toMatch(/[1-9]\d* failed/);
  expect(code).toBe(0);
});

test('a suite whose server is not installed fails in CI', async () => {
  const { code, output } = await runWithoutServers({ CI: 'true' });
  expect(output).toContain('redis not installed; on Debian: apt-get install redis-server');
  expect(output).toMatch(/1 failed/);
  expect(code).toBe(1);
});
