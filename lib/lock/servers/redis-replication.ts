// Two Redis servers, a primary and its replica. The primary answers first and copies later, so what it has answered may be
// lost with it. `WAIT` blocks a client until a copy is confirmed or its timeout is over; it asks the replica for a sign of
// life (`REPLCONF GETACK`), which the replica otherwise gives once a second. Source: redis.io, "Redis replication", "WAIT".
// A copy carries the whole keyspace, not the commands since the last one: the real stream is in order, so whatever comes later
// brings all that came before. After a broken link the next thing that is sent brings the two into step.
// Sentinel is left out: what it decides is the fault `failover`, and what it tells a server that comes back, the other one says.
// A replica answers no client, as clients that know Sentinel ask for the role first. So two primaries answer at once only where
// the old one comes back and cannot reach the new one.
import { FOREVER } from '../time.ts';
import type { Actor, Command, LocalClock, Ms, NodeId, Reaction, Window } from '../types.ts';
import { answering, EMPTY, execute, type Keyspace } from './redis.ts';
import type { Reply, Request } from './redis-commands.ts';

/** Only a server with a replica is asked it. */
export type Wait = { readonly command: 'wait'; readonly ms: Ms; readonly tag: string | null };

/** What travels between the two. `whole` replaces what the receiver has, `ack` asks for a confirmation. */
type Link =
  | {
      readonly link: 'copy';
      readonly keys: Keyspace;
      readonly offset: number;
      readonly whole: boolean;
      readonly ack: boolean;
    }
  | { readonly link: 'ack'; readonly offset: number }
  /** Asked by a server that comes back: are you the primary? `promoted` says that it has been told to be so itself. */
  | { readonly link: 'psync' }
  | { readonly link: 'not now'; readonly promoted: boolean };

type Role = 'primary' | 'replica';
type Blocked = { readonly client: NodeId; readonly tag: string | null; readonly offset: number };
type Memory = {
  readonly role: Role;
  /** It has come back and does not know yet what it is to be. */
  readonly joining: boolean;
  readonly keys: Keyspace;
  /** How much has been written. */
  readonly offset: number;
  readonly blocked: readonly Blocked[];
};
type Disk = { readonly role: Role; readonly keys: Keyspace; readonly offset: number };

export type Pair = {
  readonly self: NodeId;
  readonly peer: NodeId;
  /** What it is when it is started for the first time. */
  readonly born: Role;
  readonly durable: boolean;
  readonly replication: Window;
};

const SILENCE = 'the other server is silent';
const READONLY: Reply = { error: 'READONLY' };

export function replicatedRedis({ self, peer, born, durable, replication }: Pair): Actor<Memory> {
  const newborn: Memory = { role: born, joining: false, keys: EMPTY, offset: 0, blocked: [] };

  const link = (name: string, body: Link): Command => ({ do: 'send', to: peer, name, body, after: replication });

  const copy = (name: string, { keys, offset }: Memory, { whole = false, ack = false } = {}): Command =>
    link(name, { link: 'copy', keys, offset, whole, ack });

  /** The role is kept through every crash, in the file that Sentinel has rewritten; the keys only if each write is. */
  const save = ({ role, keys, offset }: Memory): Command => {
    const disk: Disk = durable ? { role, keys, offset } : { role, keys: EMPTY, offset: 0 };
    return { do: 'save', disk };
  };

  const start = (disk: Disk | null, again: boolean): Reaction<Memory> => {
    if (!again) return { state: newborn, commands: [] };
    const patience = 2 * replication[1] + 1;
    const timer: Command = { do: 'setTimer', key: SILENCE, after: [patience, patience] };
    return { state: { ...newborn, ...disk, joining: true }, commands: [link('PSYNC', { link: 'psync' }), timer] };
  };

  const become = (role: Role, node: Memory): Reaction<Memory> => {
    const state: Memory = { ...node, role, joining: false, blocked: [] };
    return { state, commands: [{ do: 'cancelTimer', key: SILENCE }, save(state)] };
  };

  const serve = (node: Memory, client: NodeId, request: Request | Wait, clock: LocalClock): Reaction<Memory> => {
    if (node.role !== 'primary' || node.joining) {
      return { state: node, commands: answering(client, request, { name: 'READONLY', reply: READONLY }) };
    }
    if (request.command === 'wait') {
      const { ms, tag } = request;
      const commands = [copy('REPLCONF GETACK', node, { ack: true })];
      if (ms < FOREVER) commands.push({ do: 'setTimer', key: waitOf(client), after: [ms, ms] });
      return { state: { ...node, blocked: [...node.blocked, { client, tag, offset: node.offset }] }, commands };
    }
    const done = execute({ server: self }, node.keys, client, request, clock);
    const said = [...done.notes, ...answering(client, request, done)];
    if (done.keys === node.keys) return { state: node, commands: said };
    const state: Memory = { ...node, keys: done.keys, offset: node.offset + 1 };
    return { state, commands: [...(durable ? [save(state)] : []), ...said, copy('copy', state)] };
  };

  /** Ends some WAITs with the number of copies; null where nobody is left to be told. */
  const unblock = (node: Memory, ends: (one: Blocked) => boolean, copies: number | null): Reaction<Memory> => {
    const commands = node.blocked.filter(ends).flatMap(({ client, tag }): Command[] => {
      const name = copies === 1 ? '1 copy' : `${copies} copies`;
      const answer = copies === null ? [] : answering(client, { tag }, { name, reply: copies });
      return [{ do: 'cancelTimer', key: waitOf(client) }, ...answer];
    });
    return { state: { ...node, blocked: node.blocked.filter((one) => !ends(one)) }, commands };
  };

  const hear = (node: Memory, message: Link): Reaction<Memory> => {
    switch (message.link) {
      case 'copy': {
        // A server that has been promoted has cut the link, and one that comes back knows only what it has on disk.
        if (node.joining ? !message.whole : node.role === 'primary') return { state: node, commands: [] };
        const newer = message.whole || message.offset > node.offset;
        const { keys, offset } = newer ? message : node;
        const copied: Memory = { ...node, keys, offset };
        const done = node.joining ? become('replica', copied) : { state: copied, commands: [] };
        const saved = durable && newer && !node.joining ? [save(done.state)] : [];
        const acked = message.ack ? [link('REPLCONF ACK', { link: 'ack', offset })] : [];
        return { state: done.state, commands: [...done.commands, ...saved, ...acked] };
      }
      case 'ack':
        return unblock(node, ({ offset }) => offset <= message.offset, 1);
      case 'psync': {
        const leads = node.role === 'primary' && !node.joining;
        const promoted = node.role !== born;
        const answer = leads
          ? copy('FULLRESYNC', node, { whole: true })
          : link('NOMASTERLINK', { link: 'not now', promoted });
        return { state: node, commands: [answer] };
      }
      case 'not now': {
        if (!node.joining) return { state: node, commands: [] };
        if (node.role === 'replica' || message.promoted) return become('replica', node);
        // The stream begins anew with what is left, and the replica takes that over, even if it had more.
        const { state, commands } = become('primary', node);
        return { state, commands: [...commands, copy('FULLRESYNC', state, { whole: true })] };
      }
    }
  };

  return {
    on(state, input, clock) {
      if (input.kind === 'start') return start(input.disk as Disk | null, input.again === true);
      const node = state ?? newborn;
      switch (input.kind) {
        case 'failover':
          return become('primary', node);
        case 'closed':
          return unblock(node, ({ client }) => client === input.from, null);
        case 'timer':
          if (input.key === SILENCE) return become(node.role, node);
          return unblock(node, ({ client }) => waitOf(client) === input.key, 0);
        case 'message':
          return input.from === peer
            ? hear(node, input.body as Link)
            : serve(node, input.from, input.body as Request | Wait, clock);
        default:
          return { state: node, commands: [] };
      }
    },
  };
}

function waitOf(client: NodeId): string {
  return `WAIT of ${client}`;
}
