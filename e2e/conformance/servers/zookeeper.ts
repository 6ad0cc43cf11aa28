// A private ZooKeeper of one server with ticks of 200 ms, so that a session may be as short as 400 ms; and a connection with
// promises in place of callbacks. One server shows sessions, ephemeral nodes and zxids; it shows no leader change.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import zookeeper, { type Client, type Event, type Stat } from 'node-zookeeper-client';
import { findProgram, type Server, startServer } from './process.ts';

export type ZookeeperServer = Server & { readonly port: number };

/** Its manifest names the other libraries it needs. */
const jar = '/usr/share/java/zookeeper.jar';
const silentLog = '/usr/share/java/slf4j-nop.jar';

export const zookeeperInstalled = () => findProgram('java') !== null && fs.existsSync(jar);

export async function startZookeeper(): Promise<ZookeeperServer> {
  const server = await startServer('zookeeper', 1, (folder, [port]) => {
    const settings = {
      tickTime: 200,
      minSessionTimeout: 400,
      maxSessionTimeout: 60_000,
      dataDir: folder,
      clientPort: port,
      clientPortAddress: '127.0.0.1',
      maxClientCnxns: 0,
      'admin.enableServer': false,
      '4lw.commands.whitelist': 'srvr',
      // What a crash of the machine would lose does not matter here.
      forceSync: 'no',
    };
    const file = path.join(folder, 'zoo.cfg');
    fs.writeFileSync(
      file,
      Object.entries(settings)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    return {
      command: findProgram('java')!,
      args: [
        ...['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', `${jar}:${silentLog}`],
        ...['org.apache.zookeeper.server.quorum.QuorumPeerMain', file],
      ],
      async answers() {
        const said = await fourLetterWord(port!, 'srvr');
        if (!said.includes('Mode: standalone')) throw new Error(said);
      },
    };
  });
  return { ...server, port: server.ports[0]! };
}

async function fourLetterWord(port: number, word: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  // A server that is just starting may take the question and never answer it.
  socket.setTimeout(500, () => socket.destroy(new Error('no answer')));
  socket.end(word);
  let said = '';
  for await (const bytes of socket) said += bytes;
  return said;
}

export type Zookeeper = {
  /** Emits 'disconnected', 'connected' and 'expired'. */
  readonly client: Client;
  /** As granted by the server, which may differ from what was asked. */
  readonly sessionTimeoutMs: number;
  /** Answers the path, which for a sequential node ends in its number. */
  create(path: string, mode: number, data?: string): Promise<string>;
  createAll(path: string): Promise<void>;
  children(path: string): Promise<string[]>;
  exists(path: string, watcher?: (event: Event) => void): Promise<Stat | null>;
  remove(path: string): Promise<void>;
  /** Ends the session, which deletes its ephemeral nodes. */
  close(): Promise<void>;
};

export const { CreateMode } = zookeeper;

/** Safe as a number: the counter is below 2^32, and the epoch above it starts at zero in a fresh server. */
export const zxid = (bytes: Buffer): number => Number(bytes.readBigUInt64BE());

export async function connectZookeeper(port: number, sessionTimeoutMs: number): Promise<Zookeeper> {
  const client = zookeeper.createClient(`127.0.0.1:${port}`, {
    sessionTimeout: sessionTimeoutMs,
    spinDelay: 50,
    retries: 0,
  });
  await new Promise<void>((resolve) => {
    client.once('connected', resolve);
    client.connect();
  });
  /** A callback of the library as a promise. */
  const ask = <T>(call: (done: (error: unknown, answer: T) => void) => void) =>
    new Promise<T>((resolve, reject) => {
      call((error, answer) => (error ? reject(error) : resolve(answer)));
    });
  return {
    client,
    sessionTimeoutMs: client.getSessionTimeout(),
    create: (node, mode, data = '') => ask((done) => client.create(node, Buffer.from(data), mode, done)),
    createAll: (node) => ask<unknown>((done) => client.mkdirp(node, done)).then(() => {}),
    children: (node) => ask((done) => client.getChildren(node, done)),
    exists: (node, watcher) =>
      ask((done) => (watcher ? client.exists(node, watcher, done) : client.exists(node, done))),
    remove: (node) => ask<void>((done) => client.remove(node, (error) => done(error, undefined))),
    close: () =>
      new Promise((resolve) => {
        if (client.getState() !== zookeeper.State.SYNC_CONNECTED) return resolve();
        client.once('disconnected', resolve);
        client.close();
      }),
  };
}
