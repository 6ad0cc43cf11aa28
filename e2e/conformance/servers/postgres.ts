// A private PostgreSQL. It refuses to run as root, so there it runs as the user that its package makes.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { findProgram, type Server, startServer } from './process.ts';

export type PostgresServer = Server & { readonly port: number };

/** Debian keeps each version in a folder of its own and none of them in the path. */
function findPostgres(name: string): string | null {
  const versions = '/usr/lib/postgresql';
  const folders = fs.existsSync(versions) ? fs.readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  return findProgram(
    name,
    folders.map((version) => path.join(versions, version, 'bin')),
  );
}

export const postgresInstalled = () => findPostgres('postgres') !== null && findPostgres('initdb') !== null;

function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export async function startPostgres(): Promise<PostgresServer> {
  const user = serverUser();
  const server = await startServer('postgres', 1, (folder, [port]) => {
    if (user) fs.chownSync(folder, user.uid, user.gid);
    const data = path.join(folder, 'data');
    execFileSync(
      findPostgres('initdb')!,
      ['-D', data, '-U', 'postgres', '-A', 'trust', '--locale=C', '--encoding=UTF8', '--no-sync'],
      { cwd: folder, stdio: 'pipe', ...user },
    );
    const settings = {
      port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      // What a crash of the machine would lose does not matter here.
      fsync: 'off',
      autovacuum: 'off',
    };
    return {
      command: findPostgres('postgres')!,
      args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      // SIGKILL would leave its shared memory behind.
      endWith: 'SIGQUIT' as const,
      ...(user ? { user } : {}),
      async answers() {
        const client = await connectPostgres(port!);
        await client.query('SELECT 1');
        await client.end();
      },
    };
  });
  return { ...server, port: server.ports[0]! };
}

export async function connectPostgres(port: number): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  // A session that the server ends is seen by the query that fails; without a listener it would end the test process.
  client.on('error', () => {});
  await client.connect();
  return client;
}
