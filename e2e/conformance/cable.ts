// A connection that can be cut for real: a port of its own that passes every byte on to a server, until it is told not to. A cut
// is silent, as a lost network is: nothing is closed, nothing arrives.
import { once } from 'node:events';
import net from 'node:net';

export type Cable = {
  readonly port: number;
  cut(): void;
  /** What was under way at the cut is gone: those connections break, and new ones go through. */
  mend(): void;
  close(): Promise<void>;
};

export async function layCable(to: number): Promise<Cable> {
  const ends = new Set<net.Socket>();
  let whole = true;
  const server = net.createServer((near) => {
    const far = net.connect(to, '127.0.0.1');
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.setNoDelay();
      end.on('data', (bytes) => {
        if (whole) other.write(bytes);
      });
      end.on('error', () => {});
      end.on('close', () => {
        ends.delete(end);
        // Nor does a cut cable pass on that somebody has hung up.
        if (whole) other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakAll = () => {
    for (const end of ends) end.destroy();
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    cut() {
      whole = false;
    },
    mend() {
      breakAll();
      whole = true;
    },
    async close() {
      server.close();
      breakAll();
      await once(server, 'close');
    },
  };
}
