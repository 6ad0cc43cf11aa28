// ZooKeeper in miniature: sessions that live as long as they are heard of, nodes that live as long as their session and are
// numbered in the order in which they came, and watches that tell once. Sources: locks.md 1.3; the Programmer's Guide
// (sessions, sequence nodes, watches); SessionTrackerImpl and DataTree in its source.
// One actor stands for the whole ensemble. That is right for writes, which ZAB puts in one order, and too kind for reads: a
// real follower may answer from a view that is some writes old (locks.md 1.3). The lock recipe does not depend on it but
// in one place: a client reads its own writes, a list that is old shows more nodes before its own, never fewer, and a node it
// watches that is gone already is found to be missing. The one place is a client that has lost the answer to its create: it
// looks whether its node is there, and in the real one must call sync() first, or it may overlook it and make a second. Of a
// leader change is left what it does to sessions: the new leader lets each run its full length again. Left out: connections and
// with them the move of a session to another server; nodes that are not both ephemeral and sequential; watches for anything but
// a deletion. The folder of a lock is there from the beginning.
import { deadline, later } from '../time.ts';
import type { Actor, BackendOptions, Command, Deadline, LocalClock, Ms, NodeId } from '../types.ts';
import { type First, folderOf, queueNotes } from './queue.ts';
import { mapRows, type Table, withoutRow, withRow } from './table.ts';

export const ZOOKEEPER: NodeId = 'zookeeper';

// ---- what travels: `tag` says which request an answer belongs to; null if nobody waits for it ---------------------------

/** A real server chooses the id of a session. Here the client does, and to ask for it again does no harm. */
export type ZookeeperRequest = { readonly tag: string | null; readonly session: string } & (
  | { readonly call: 'connect'; readonly timeout: Ms }
  | { readonly call: 'ping' }
  /** Ephemeral and sequential: the server appends a number to the path. */
  | { readonly call: 'create'; readonly path: string }
  | { readonly call: 'getChildren'; readonly path: string }
  /** With `watch`, tells when the node is deleted, if it is there. */
  | { readonly call: 'exists'; readonly path: string; readonly watch: boolean }
  | { readonly call: 'delete'; readonly path: string }
  | { readonly call: 'closeSession' }
);

export const EXPIRED = 'session expired';
export const NO_NODE = 'no node';

export type ZookeeperAnswer = {
  readonly error: typeof EXPIRED | typeof NO_NODE | null;
  /** Of a node that was created. */
  readonly path: string | null;
  /** The zxid that created a node: of `exists`, and of `create` as its newer form (create2) has it. */
  readonly czxid: number;
  /** Names within the folder, in no order that a client may rely on. */
  readonly children: readonly string[];
};
/** The event of a watch. It ends the watch. */
export type WatchEvent = { readonly deleted: string };

// ---- what it knows ----------------------------------------------------------------------------------------------------

/** `client` is where its connection leads to. */
type Session = { readonly timeout: Ms; readonly until: Deadline; readonly client: NodeId };
type Node = { readonly session: string; readonly czxid: number; readonly watchers: readonly string[] };
export type ZookeeperData = {
  /** Every write has one, but only those that create a node are ever looked at, so only they are counted. */
  readonly zxid: number;
  readonly sessions: Table<Session>;
  readonly nodes: Table<Node>;
  /** How many nodes each folder has had. */
  readonly created: Table<number>;
};

const EMPTY: ZookeeperData = { zxid: 0, sessions: {}, nodes: {}, created: {} };

export function zookeeperServer({ durable, sweep }: BackendOptions): Actor<ZookeeperData> {
  const timed = (id: string, timeout: Ms): Command => {
    return { do: 'setTimer', key: endOf(id), after: [timeout, timeout + sweep] };
  };

  /** Heard of, so it lives its full length from now on. */
  const touched = (
    id: string,
    { timeout, client }: Pick<Session, 'timeout' | 'client'>,
    clock: LocalClock,
    commands: Command[],
  ): Session => {
    commands.push(timed(id, timeout));
    return { timeout, until: deadline(later(clock.monotonic, timeout)), client };
  };

  /** A new leader, or the whole ensemble back from its disk: nobody knows when each session was heard of last. */
  const elect = (data: ZookeeperData, clock: LocalClock, commands: Command[]): ZookeeperData => {
    return { ...data, sessions: mapRows(data.sessions, (session, id) => touched(id, session, clock, commands)) };
  };

  const serve = (
    before: ZookeeperData,
    from: NodeId,
    request: ZookeeperRequest,
    clock: LocalClock,
    commands: Command[],
  ): ZookeeperData => {
    const { tag, session: id } = request;
    const answer = (name: string, said: Partial<ZookeeperAnswer> = {}) => {
      if (tag === null) return;
      const { error = null, path = null, czxid = 0, children = [] } = said;
      commands.push({ do: 'send', to: from, name, body: { tag, error, path, czxid, children } });
    };

    const known = before.sessions[id];
    const asked = request.call === 'connect' ? { timeout: request.timeout, client: from } : undefined;
    const session = known ?? asked;
    if (!session) {
      answer(EXPIRED, { error: EXPIRED });
      return before;
    }
    if (request.call === 'closeSession') {
      answer('closed');
      return close(before, id, commands);
    }
    const data = { ...before, sessions: withRow(before.sessions, id, touched(id, session, clock, commands)) };
    switch (request.call) {
      case 'connect':
        answer(`session ${id}`);
        return data;
      case 'ping':
        answer('pong');
        return data;
      case 'create': {
        const folder = folderOf(request.path) ?? '';
        const number = data.created[folder] ?? 0;
        const path = `${request.path}${String(number).padStart(10, '0')}`;
        const czxid = data.zxid + 1;
        answer(`${path} czxid ${czxid}`, { path, czxid });
        return {
          ...data,
          zxid: czxid,
          nodes: withRow(data.nodes, path, { session: id, czxid, watchers: [] }),
          created: withRow(data.created, folder, number + 1),
        };
      }
      case 'getChildren': {
        const inside = `${request.path}/`;
        const children = Object.keys(data.nodes)
          .filter((path) => path.startsWith(inside))
          .map((path) => path.slice(inside.length));
        answer(children.length === 1 ? '1 child' : `${children.length} children`, { children });
        return data;
      }
      case 'exists': {
        const node = data.nodes[request.path];
        answer(node ? `czxid ${node.czxid}` : NO_NODE, node ? { czxid: node.czxid } : { error: NO_NODE });
        if (!node || !request.watch || node.watchers.includes(id)) return data;
        const watched: Node = { ...node, watchers: [...node.watchers, id] };
        return { ...data, nodes: withRow(data.nodes, request.path, watched) };
      }
      case 'delete': {
        const there = request.path in data.nodes;
        answer(there ? 'deleted' : NO_NODE, there ? {} : { error: NO_NODE });
        return there ? drop(data, request.path, commands) : data;
      }
    }
  };

  return {
    on(state, input, clock) {
      const commands: Command[] = [];
      let before = state ?? EMPTY;
      let after = before;
      switch (input.kind) {
        case 'start':
          before = (durable ? (input.disk as ZookeeperData | null) : null) ?? EMPTY;
          after = elect(before, clock, commands);
          break;
        case 'failover':
          after = elect(before, clock, commands);
          break;
        case 'timer': {
          const id = Object.keys(before.sessions).find((session) => endOf(session) === input.key);
          if (id !== undefined) after = close(before, id, commands);
          break;
        }
        case 'message':
          after = serve(before, input.from, input.body as ZookeeperRequest, clock, commands);
          break;
      }
      if (after === before) return { state: after, commands };
      const by = input.kind === 'message' ? input.from : null;
      const notes = queueNotes(ZOOKEEPER, firsts(before), firsts(after), by, clock);
      const saved: readonly Command[] = durable ? [{ do: 'save', disk: after }] : [];
      return { state: after, commands: [...saved, ...notes, ...commands] };
    },
  };
}

const endOf = (session: string) => `session ${session} ends`;

/** Its nodes go with it, and so do the watches that it set. */
function close(before: ZookeeperData, id: string, commands: Command[]): ZookeeperData {
  commands.push({ do: 'cancelTimer', key: endOf(id) });
  let data: ZookeeperData = { ...before, sessions: withoutRow(before.sessions, id) };
  for (const [path, node] of Object.entries(data.nodes)) {
    if (node.session === id) data = drop(data, path, commands);
    else if (node.watchers.includes(id)) {
      const watchers = node.watchers.filter((watcher) => watcher !== id);
      data = { ...data, nodes: withRow(data.nodes, path, { ...node, watchers }) };
    }
  }
  return data;
}

function drop(data: ZookeeperData, path: string, commands: Command[]): ZookeeperData {
  for (const watcher of data.nodes[path]?.watchers ?? []) {
    const to = data.sessions[watcher]?.client;
    if (to === undefined) continue;
    commands.push({ do: 'send', to, name: `NodeDeleted ${path}`, body: { tag: null, deleted: path } });
  }
  return { ...data, nodes: withoutRow(data.nodes, path) };
}

/** The first node of each folder. */
function firsts({ nodes, sessions }: ZookeeperData): Table<First> {
  const found: { [folder: string]: First } = {};
  for (const [path, { session, czxid }] of Object.entries(nodes)) {
    const folder = folderOf(path);
    const owner = sessions[session];
    if (folder === null || !owner) continue;
    const best = found[folder];
    if (!best || czxid < best.fence) found[folder] = { who: owner.client, fence: czxid, until: owner.until };
  }
  return found;
}
