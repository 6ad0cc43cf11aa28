// The protected resource as a process sees it: registers behind HTTP. It knows no lock and no lease; all it can do is compare
// tokens, and how much of that it does is its policy. It is written apart from the simulated resource, whose behaviour it shows.
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Compare tokens never, at writes, or also install the token of a reader. */
export type Fencing = 'none' | 'writes' | 'reads-and-writes';

export type Store = {
  readonly port: number;
  value(register: string): number;
  close(): Promise<void>;
};

type Register = { readonly fencing: Fencing; value: number; seen: number };

/** An access answers the value of the register; null when it was refused. */
export async function read(port: number, register: string, token: number): Promise<number | null> {
  return access(port, register, 'GET', token);
}

export async function write(port: number, register: string, token: number, value: number): Promise<number | null> {
  return access(port, register, 'PUT', token, value);
}

async function access(port: number, register: string, method: string, token: number, value?: number) {
  const response = await fetch(`http://127.0.0.1:${port}/${register}`, {
    method,
    headers: { token: String(token) },
    ...(value === undefined ? {} : { body: String(value) }),
  });
  const body = await response.text();
  return response.status === 409 ? null : Number(body);
}

export async function startStore(policies: Readonly<Record<string, Fencing>>): Promise<Store> {
  const registers = new Map<string, Register>(
    Object.entries(policies).map(([name, fencing]) => [name, { fencing, value: 0, seen: 0 }]),
  );
  const find = (name: string) => {
    const register = registers.get(name);
    if (!register) throw new Error(`no register ${name}`);
    return register;
  };
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const bytes of request) body += bytes;
    const register = find(request.url!.slice(1));
    const token = Number(request.headers.token);
    const compares = register.fencing === 'reads-and-writes' || (register.fencing === 'writes' && body !== '');
    if (compares && token < register.seen) response.statusCode = 409;
    else {
      if (compares) register.seen = token;
      if (body !== '') register.value = Number(body);
    }
    response.end(String(register.value));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    value: (name) => find(name).value,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
