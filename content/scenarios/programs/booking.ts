// One request for seat 14A: look whether it is available, then take it. Between the look and the write there is a gap, and
// 47 requests fit into it. Each accepted write is a ticket, so the register counts 0 as available and anything else as sold.
import type { NodeId, Program, Scenario } from '#lib/lock/index.ts';

export const bookingWithoutLock: Program = {
  name: 'book seat 14A',
  lines: [
    { text: "const seat = await db.read('14A');", run: { op: 'read' } },
    { text: "if (!seat.available) return 'sold';", run: { op: 'ifFree', else: 3 } },
    { text: "await db.write('14A', { available: false }); // ticket", run: { op: 'write' } },
  ],
};

export const bookingWithLock: Program = {
  name: 'book seat 14A under a lock',
  lines: [
    {
      text: "const lease = await lock.tryAcquire('seat:14A', { ttl: 30_000 });",
      run: { op: 'acquire', key: 'seat:14A', ttl: 30_000, patience: 0 },
    },
    { text: "const seat = await db.read('14A');", run: { op: 'read' } },
    { text: 'if (seat.available)', run: { op: 'ifFree', else: 4 } },
    { text: "  await db.write('14A', { available: false }); // ticket", run: { op: 'write' } },
    { text: 'await lock.release(lease);', run: { op: 'release' } },
  ],
};

/** The same request with a short lease, and with the patience to ask once more. The token goes along with every write. */
export const bookingWithShortLease: Program = {
  name: 'book seat 14A under a short lease',
  lines: [
    {
      text: "const lease = await lock.acquire('seat:14A', { ttl: 30 });",
      run: { op: 'acquire', key: 'seat:14A', ttl: 30, patience: 60 },
    },
    { text: "const seat = await db.read('14A');", run: { op: 'read' } },
    { text: 'if (seat.available)', run: { op: 'ifFree', else: 4 } },
    { text: "  await db.write('14A', { available: false }, lease.token); // ticket", run: { op: 'write' } },
    { text: 'await lock.release(lease);', run: { op: 'release' } },
  ],
};

export const bookingOutcomes = {
  done: 'ticket confirmed',
  taken: 'sold',
  held: 'somebody else is booking this seat',
} as const satisfies Scenario['outcomes'];

/** r1 to r47, on two app servers, as in the incident. */
export const requests: readonly NodeId[] = Array.from({ length: 47 }, (_, index) => `r${index + 1}`);
export const servers = { 'server 1': requests.slice(0, 24), 'server 2': requests.slice(24) };

export function all(program: Program): Scenario['clients'] {
  return Object.fromEntries(requests.map((id) => [id, program]));
}
