// What a person can get wrong before the site runs: each is one clear line and exit code 1, before anything is installed or
// built. The script runs from a copy in an empty folder, like a bare clone, with no npm to be found.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const clone = mkdtempSync(path.join(os.tmpdir(), 'fencepost-setup-'));
const script = path.join(clone, 'prisma', 'setup.mjs');

beforeAll(() => {
  mkdirSync(path.dirname(script));
  copyFileSync(path.join(import.meta.dirname, 'setup.mjs'), script);
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

function node(args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: clone,
    env: env as NodeJS.ProcessEnv,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** One line on stderr, exit code 1, and nothing else happened. */
function expectOneLine(result: ReturnType<typeof node>, words: RegExp): void {
  expect(result.stderr).toMatch(/^fencepost: [^\n]+\n$/);
  expect(result.stderr).toMatch(words);
  expect(result.status).toBe(1);
  expect(result.stdout).toBe('');
  expect(readdirSync(clone)).toEqual(['prisma']);
}

/** A port that nobody listens on, at least until a moment ago. */
async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('the version of Node', () => {
  const check = (version: string) =>
    node([
      '--input-type=module',
      '-e',
      `import { checkNode } from ${JSON.stringify(pathToFileURL(script).href)}; checkNode(${JSON.stringify(version)})`,
    ]);

  test.each(['18.0.0', '20.18.3', '16.20.2'])('%s is too old, and the line says which would do', (version) => {
    expectOneLine(check(version), new RegExp(`Node ${version} is too old\\. Install Node 20\\.19 or later`));
  });

  test.each(['20.19.0', '22.0.0', '100.1.0'])('%s will do', (version) => {
    expect(check(version)).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describe('the environment', () => {
  test.each(['abc', '0', '65536', '-1', '3000x', '80.5', ''])('PORT is not “%s”', (PORT) => {
    expectOneLine(node([script, 'start'], { PORT }), /PORT must be a number from 1 to 65535/);
  });

  test.each(['postgres://localhost/fencepost', 'file:', 'fencepost.db', ''])(
    'DATABASE_URL is not “%s”',
    (DATABASE_URL) => {
      expectOneLine(node([script, 'start'], { DATABASE_URL }), /DATABASE_URL must be a SQLite file/);
    },
  );
});

describe('what next-auth needs', () => {
  test('a secret that is too short is refused before anything starts', () => {
    expectOneLine(node([script, 'start'], { NEXTAUTH_SECRET: 'short' }), /NEXTAUTH_SECRET must have at least 16/);
  });

  test.each(['localhost:3000', 'example.com', 'ftp://x'])(
    'an address without its protocol is refused: %s',
    (NEXTAUTH_URL) => {
      expectOneLine(node([script, 'start'], { NEXTAUTH_URL }), /NEXTAUTH_URL must be an address such as/);
    },
  );
});

describe('the port', () => {
  let server: net.Server;
  let port: number;
  beforeAll(async () => {
    server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, resolve));
    port = (server.address() as net.AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test.each([
    ['start', 'npm start'],
    ['dev', 'npm run dev'],
  ])('that is taken is named for %s, with the command that chooses another', (command, again) => {
    const result = node([script, command], { PORT: String(port) });
    expectOneLine(result, new RegExp(`Port ${port} is taken.*PORT=3001 ${again}\\n`));
  });
});

describe('the data folder', () => {
  test.each(['', 'deep/er/'])('that cannot be made, since a file is in its way, is named (%s)', async (below) => {
    const file = path.join(os.tmpdir(), `fencepost-in-the-way-${process.pid}`);
    writeFileSync(file, 'a regular file');
    const result = node([script, 'start'], {
      DATABASE_URL: `file:${file}/${below}fencepost.db`,
      PORT: String(await freePort()),
    });
    rmSync(file);
    expectOneLine(result, /Cannot write to the data folder/);
    expect(result.stderr).toContain(file);
  });
});

describe('the command', () => {
  test.each([[[]], [['build']], [['--help']]])('%j is answered with the usage', (args) => {
    expectOneLine(node([script, ...args]), /usage: node prisma\/setup\.mjs start \| dev \| prepare/);
  });

  test('is not run when the script is only imported', () => {
    const imported = node(['--input-type=module', '-e', `await import(${JSON.stringify(pathToFileURL(script).href)})`]);
    expect(imported).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(existsSync(path.join(clone, 'data'))).toBe(false);
  });
});
