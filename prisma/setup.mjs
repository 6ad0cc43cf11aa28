// The first-run script, with Node's built-ins only, since it runs before anything is installed. `start` and `dev` bring a bare
// clone to a running site: install, generate, secret, migrate, build, serve. Each step leaves a stamp and is skipped while
// what it read is unchanged. What a person can get wrong gets one line and exit code 1.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);

const shortestSecret = 16;

/** One clear line, then the end. */
function stop(line) {
  console.error(`fencepost: ${line}`);
  process.exit(1);
}

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    stop(`Node ${version} is too old. Install Node 20.19 or later (https://nodejs.org) and run the command again.`);
  }
}

/** The environment of the server, with defaults: nothing has to be configured. */
export function readEnvironment() {
  if (fs.existsSync(at('.env')) && process.loadEnvFile) process.loadEnvFile(at('.env'));
  const port = process.env.PORT ?? '3000';
  if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    stop(`PORT must be a number from 1 to 65535; it is "${port}".`);
  }
  const { NEXTAUTH_SECRET, NEXTAUTH_URL } = process.env;
  if (NEXTAUTH_SECRET && NEXTAUTH_SECRET.length < shortestSecret) {
    stop(`NEXTAUTH_SECRET must have at least ${shortestSecret} characters. Leave it out to have one made.`);
  }
  if (NEXTAUTH_URL && !/^https?:\/\//.test(NEXTAUTH_URL)) {
    stop(`NEXTAUTH_URL must be an address such as http://localhost:3000; it is "${NEXTAUTH_URL}".`);
  }
  const url = process.env.DATABASE_URL ?? 'file:./data/fencepost.db';
  if (!url.startsWith('file:') || url.length === 5) {
    stop(`DATABASE_URL must be a SQLite file such as file:./data/fencepost.db; it is "${url}".`);
  }
  const databaseFile = path.resolve(root, url.slice('file:'.length));
  return { port: Number(port), databaseFile, dataDir: path.dirname(databaseFile) };
}

function hashOf(files) {
  const hash = createHash('sha256').update(process.versions.modules);
  for (const file of files) hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file));
  return hash.digest('hex');
}

function filesUnder(folder) {
  const found = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...filesUnder(full));
    else if (!/\.(test|e2e)\.tsx?$/.test(entry.name)) found.push(full);
  }
  return found.sort();
}

/** Runs `work` unless the stamp says that the same input was worked on before. */
function once(stampFile, input, work) {
  const stamp = hashOf(input);
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp) return false;
  // Gone before the work begins: a run that is killed half-way must be done again.
  fs.rmSync(stampFile, { force: true });
  work();
  fs.mkdirSync(path.dirname(stampFile), { recursive: true });
  fs.writeFileSync(stampFile, stamp);
  return true;
}

function runOrStop(command, args, failure, extraEnv = {}, shell = false) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...extraEnv }, shell });
  if (done.status !== 0) stop(failure);
}

/** npm by way of the Node that runs this, where npm started us; else by name, which on Windows needs a shell. */
function npm(args, failure) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) runOrStop(process.execPath, [script, ...args], failure);
  else runOrStop('npm', args, failure, {}, process.platform === 'win32');
}

function install() {
  once(at('node_modules', '.fencepost', 'install'), [at('package-lock.json')], () => {
    console.log('Installing packages (a minute or two, once)…');
    // Install scripts are off, so that no package downloads a binary of its own; the one native part is built by name.
    npm(
      ['ci', '--ignore-scripts', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'],
      'npm could not install the packages; its own message is above.',
    );
    npm(
      ['rebuild', 'better-sqlite3', '--ignore-scripts=false', '--loglevel=error'],
      'The SQLite driver could not be built. On Linux install g++, make and python3, then run the command again.',
    );
  });
}

const bin = (...parts) => at('node_modules', ...parts);

function generateClient() {
  const schema = at('prisma', 'schema.prisma');
  once(at('prisma', 'generated', '.stamp'), [schema, at('package-lock.json')], () => {
    // `generate` insists on an engine binary that it never runs; naming any existing file spares its download.
    runOrStop(
      process.execPath,
      [bin('prisma', 'build', 'index.js'), 'generate', '--config', 'prisma/prisma.config.ts', '--no-hints'],
      'The database client could not be generated.',
      { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    );
  });
}

function openDataDir({ databaseFile, dataDir }) {
  const probe = path.join(dataDir, `.probe-${process.pid}`);
  try {
    fs.mkdirSync(dataDir, { recursive: true });
    fs.writeFileSync(probe, '');
    fs.rmSync(probe);
    if (fs.existsSync(databaseFile)) fs.accessSync(databaseFile, fs.constants.R_OK | fs.constants.W_OK);
  } catch (error) {
    stop(`Cannot write to the data folder ${dataDir} (${error.code}). Make it writable or set DATABASE_URL.`);
  }
}

/** The key that signs sessions: from the environment, else made once and kept beside the database, readable by its owner only. */
function secret(dataDir) {
  if (process.env.NEXTAUTH_SECRET) return process.env.NEXTAUTH_SECRET;
  const file = path.join(dataDir, 'nextauth-secret');
  const kept = () => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : '');
  if (kept().length >= shortestSecret) return kept();
  const fresh = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(fresh, randomBytes(32).toString('base64url'), { mode: 0o600 });
    // Whole or not at all: somebody who starts at the same moment never reads half a key.
    fs.renameSync(fresh, file);
  } catch (error) {
    stop(`Cannot write ${file} (${error.code}).`);
  }
  return kept();
}

function migrate(databaseFile) {
  runOrStop(
    process.execPath,
    [at('prisma', 'migrate.mjs'), databaseFile],
    `The database ${databaseFile} could not be brought up to date; the reason is above. Nothing was deleted.`,
  );
}

function build(env) {
  const folders = ['app', 'components', 'content', 'lib', 'prisma'].map((name) => at(name));
  const single = ['next.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'].map((name) => at(name));
  once(at('.next', 'fencepost-build'), [...folders.flatMap(filesUnder), ...single], () => {
    console.log('Building the site…');
    runOrStop(process.execPath, [bin('next', 'dist', 'bin', 'next'), 'build'], 'The build failed; see above.', env);
  });
}

function portIsFree(port) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', (error) => resolve(error.code));
    probe.listen(port, () => probe.close(() => resolve(null)));
  });
}

/** Installs and generates: what every command needs first. */
export function prepare() {
  checkNode();
  install();
  generateClient();
}

/** Everything but serving; answers the environment in which the server must run. */
export function prepareSite({ production }) {
  const settings = readEnvironment();
  openDataDir(settings);
  prepare();
  const env = {
    DATABASE_URL: `file:${settings.databaseFile}`,
    NEXTAUTH_SECRET: secret(settings.dataDir),
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || `http://localhost:${settings.port}`,
    NODE_ENV: production ? 'production' : 'development',
    NEXT_TELEMETRY_DISABLED: '1',
  };
  migrate(settings.databaseFile);
  if (production) build(env);
  return { ...settings, env };
}

async function serve(command) {
  checkNode();
  const { port } = readEnvironment();
  const again = `PORT=3001 npm ${command === 'start' ? 'start' : `run ${command}`}`;
  const taken = await portIsFree(port);
  if (taken === 'EADDRINUSE') stop(`Port ${port} is taken. Stop the program that uses it, or choose another: ${again}`);
  if (taken) stop(`Port ${port} cannot be used (${taken}). Choose another: ${again}`);
  const { env } = prepareSite({ production: command === 'start' });
  const server = spawn(process.execPath, [bin('next', 'dist', 'bin', 'next'), command, '--port', String(port)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      asked = true;
      server.kill(signal);
    });
  }
  // A server that ends without having been asked to has failed, however it ended.
  server.once('exit', (code) => process.exit(asked ? 0 : code || 1));
  await untilAnswering(port);
  console.log(`Fencepost is at ${env.NEXTAUTH_URL}`);
}

/** Waits for the first answer of the server; what it is does not matter. */
async function untilAnswering(port) {
  for (;;) {
    const answered = await fetch(`http://localhost:${port}/api/health`).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const command = process.argv[2];
  if (command === 'start' || command === 'dev') await serve(command);
  else if (command === 'prepare') prepare();
  else stop('usage: node prisma/setup.mjs start | dev | prepare');
}
