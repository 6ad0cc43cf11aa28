// A private etcd of one member, and its JSON gateway: the gRPC calls by name, keys and values in base64, 64-bit numbers as
// strings. No client library, since the gateway shows the real messages.
import { findProgram, type Server, startServer } from './process.ts';

export type EtcdServer = Server & { readonly port: number };

export const etcdInstalled = () => findProgram('etcd') !== null;

/** With its own settings, so a lease that is asked for 1 s is granted 2 s: the shortest, one and a half elections rounded up. */
export async function startEtcd(): Promise<EtcdServer> {
  const server = await startServer('etcd', 2, (folder, [port, peerPort]) => {
    const client = `http://127.0.0.1:${port}`;
    const peer = `http://127.0.0.1:${peerPort}`;
    return {
      command: findProgram('etcd')!,
      args: [
        ...['--data-dir', folder, '--listen-client-urls', client, '--advertise-client-urls', client],
        ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`],
      ],
      // Version 3.4 wants to be told that somebody means it.
      ...(process.arch === 'arm64' ? { env: { ETCD_UNSUPPORTED_ARCH: 'arm64' } } : {}),
      answers: () => etcdAt(port!).call('kv/range', { key: encode('ready') }),
    };
  });
  return { ...server, port: server.ports[0]! };
}

export type EtcdHeader = { readonly revision: string };
export type EtcdKeyValue = {
  readonly key: string;
  readonly value?: string;
  readonly create_revision: string;
  readonly mod_revision: string;
  readonly version: string;
  readonly lease?: string;
};
export type EtcdRange = {
  readonly header: EtcdHeader;
  readonly kvs?: readonly EtcdKeyValue[];
  readonly count?: string;
};
export type EtcdTxn = {
  readonly header: EtcdHeader;
  /** Left out by the gateway when false. */
  readonly succeeded?: boolean;
  readonly responses?: readonly { readonly response_range?: EtcdRange }[];
};

export type Etcd = {
  /** One unary call, by its path behind `/v3/`. An error of the server rejects with its message. */
  call<Answer>(method: string, body: object): Promise<Answer>;
  /** Resolves when `key` is deleted, by hand or by its lease, at `fromRevision` or later. */
  deleted(key: string, fromRevision: number): Promise<void>;
};

export const encode = (text: string): string => Buffer.from(text).toString('base64');
export const decode = (text: string): string => Buffer.from(text, 'base64').toString();

/** The end of the range of all keys with this prefix: the prefix with its last byte raised by one. */
export function prefixEnd(prefix: string): string {
  const bytes = Buffer.from(prefix);
  bytes[bytes.length - 1]! += 1;
  return bytes.toString('base64');
}

export function etcdAt(port: number): Etcd {
  const post = (method: string, body: object) =>
    fetch(`http://127.0.0.1:${port}/v3/${method}`, { method: 'POST', body: JSON.stringify(body) });
  return {
    async call<Answer>(method: string, body: object) {
      const response = await post(method, body);
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.error ?? `etcd answered ${response.status}`);
      return answer as Answer;
    },
    async deleted(key, fromRevision) {
      const request = { create_request: { key: encode(key), start_revision: String(fromRevision) } };
      const reader = (await post('watch', request)).body!.getReader();
      const decoder = new TextDecoder();
      // The answer never ends: one line of JSON for each batch of events.
      let text = '';
      while (!text.includes('"type":"DELETE"')) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`the watch on ${key} ended: ${text}`);
        text += decoder.decode(value, { stream: true });
      }
      await reader.cancel();
    },
  };
}
