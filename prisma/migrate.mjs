// `node prisma/migrate.mjs FILE` applies what is missing of prisma/migrations to a database file, with Prisma's own schema
// engine as WebAssembly from npm: the usual `prisma migrate deploy` would first download a binary, which a closed network
// refuses. It writes the same `_prisma_migrations` table. `--new NAME` writes the SQL from the last schema to today's.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import Sqlite from 'better-sqlite3';

const here = path.dirname(fileURLToPath(import.meta.url));
const migrationsDir = path.join(here, 'migrations');
// Where the engine leaves the reason of a panic; without it a panic would be reported as a missing property.
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (text) => console.error(text) };

const require = createRequire(import.meta.url);

let engineModule;

/** The glue keeps its state in the module, so the bytes are instantiated once a process. */
async function loadEngine() {
  // The package exports neither the glue nor the bytes by name, so both are taken as files from its folder.
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm'));
  const bg = await import(pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href);
  const bytes = await readFile(path.join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bg });
  bg.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bg;
}

async function openEngine(databasePath) {
  engineModule ??= loadEngine();
  const { SchemaEngine } = await engineModule;
  const datamodel = await readFile(path.join(here, 'schema.prisma'), 'utf8');
  const adapter = bindMigrationAwareSqlAdapterFactory(
    new PrismaBetterSqlite3({ url: `file:${databasePath}`, timeout: 2_000 }),
  );
  return SchemaEngine.new({ datamodels: [['schema.prisma', datamodel]] }, () => {}, adapter);
}

async function readMigrations() {
  const names = (await readdir(migrationsDir, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: await readFile(path.join(migrationsDir, name, 'migration.sql'), 'utf8') },
      },
    })),
  );
  return {
    baseDir: migrationsDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "sqlite"\n' },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}

/**
 * Has every migration been applied already? The engine would need the file for itself just to find that out, so that a second
 * server could not be started beside the first. Any doubt is left to the engine.
 */
async function isUpToDate(databasePath) {
  const { migrationDirectories } = await readMigrations();
  let db;
  try {
    db = new Sqlite(databasePath, { readonly: true, fileMustExist: true, timeout: 5_000 });
    const rows = db.prepare('SELECT migration_name, finished_at, rolled_back_at FROM _prisma_migrations').all();
    const applied = rows.filter((row) => row.finished_at !== null && row.rolled_back_at === null);
    const names = new Set(applied.map((row) => row.migration_name));
    return applied.length === rows.length && migrationDirectories.every((migration) => names.has(migration.path));
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

const filters = { externalTables: [], externalEnums: [] };

/** Was a migration begun and never finished, because it failed or somebody pulled the plug? */
function isHalfMigrated(databasePath) {
  let db;
  try {
    db = new Sqlite(databasePath, { readonly: true, fileMustExist: true, timeout: 5_000 });
    const open = 'SELECT 1 FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL';
    return db.prepare(open).get() !== undefined;
  } catch {
    // No file, or none of ours yet.
    return false;
  } finally {
    db?.close();
  }
}

/** Puts back the copy from before a migration that was not finished. Nobody can have written since: the site did not start. */
async function putBack(copy, databasePath) {
  for (const leftover of ['-wal', '-shm', '-journal']) await rm(`${databasePath}${leftover}`, { force: true });
  await copyFile(copy, databasePath);
  console.log('The last migration was not finished; starting again from the copy that was made before it.');
}

async function copyTo(copy, databasePath) {
  const db = new Sqlite(databasePath, { timeout: 5_000 });
  // Even an empty file gets a first page, so that there is something to copy.
  if (db.pragma('page_count', { simple: true }) === 0) db.exec('VACUUM');
  await db.backup(`${copy}.part`);
  db.close();
  await rename(`${copy}.part`, copy);
}

/** Brings the file up to date; answers the names applied now. A migration that fails throws, and the next start tries again. */
async function migrate(databasePath) {
  if (await isUpToDate(databasePath)) return [];
  const copy = `${databasePath}.before-migration`;
  if (isHalfMigrated(databasePath) && existsSync(copy)) await putBack(copy, databasePath);
  else await copyTo(copy, databasePath);
  try {
    return await applyMissing(databasePath);
  } finally {
    // The copy is kept only for a migration that has begun.
    if (!isHalfMigrated(databasePath)) await rm(copy, { force: true });
  }
}

async function applyMissing(databasePath) {
  const engine = await openEngine(databasePath);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: await readMigrations(), filters });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

async function writeNew(name) {
  const engine = await openEngine(':memory:');
  const files = [{ path: 'schema.prisma', content: await readFile(path.join(here, 'schema.prisma'), 'utf8') }];
  const previous = await readFile(path.join(migrationsDir, 'schema.prisma'), 'utf8').catch(() => null);
  const from = previous
    ? { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: previous }] }
    : { tag: 'empty' };
  const { stdout } = await engine.diff({
    from,
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters,
  });
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = path.join(migrationsDir, `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'migration.sql'), stdout);
  await writeFile(path.join(migrationsDir, 'schema.prisma'), files[0].content);
  console.log(path.relative(process.cwd(), folder));
}

// A command and not an import: the engine keeps its connection, and with it a lock on the file, until the process ends.
const [first, second] = process.argv.slice(2);
if (first === '--new' && /^[a-z0-9_]+$/.test(second ?? '')) await writeNew(second);
else if (first && !first.startsWith('-') && !second) {
  try {
    const names = await migrate(path.resolve(first));
    for (const name of names) console.log(`Applied migration ${name}`);
  } catch (error) {
    // What the driver calls a busy database.
    if (!/SocketTimeout|database is locked/.test(String(error))) throw error;
    console.error('The database is in use: stop the program that has it open (another server?), then start again.');
    process.exitCode = 1;
  }
} else {
  console.error('usage: node prisma/migrate.mjs DATABASE_FILE | --new name_in_snake_case');
  process.exitCode = 2;
}
