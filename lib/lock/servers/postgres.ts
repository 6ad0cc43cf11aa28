// PostgreSQL as one server: its connections, its disk and its one timer. What statements do is postgres-execution.ts.
// A connection that ends takes its transaction and its locks along at once, unless its backend waits for a lock: such a one does
// not look at its socket (client_connection_check_interval is off by default), so its statement still runs when the lock is
// free. `idleTimeout` is idle_in_transaction_session_timeout, and idle_session_timeout for a session that holds an advisory
// lock; both are off by default, and a host that is cut off then blocks others until TCP gives up, which takes hours and is
// here for ever. A commit is on disk before it is answered, unless `durable` is off. Source: postgresql.org; locks.md 1.5.
// Left out: replicas and their promotion, which would forget every lock (locks.md 1.5), and the limits on connections.
import type { Actor, BackendOptions, Command, NodeId } from '../types.ts';
import { endSession, run } from './postgres-execution.ts';
import { type Data, type Database, type Draft, EMPTY, idleKey } from './postgres-sessions.ts';
import { type Answer, type Code, POSTGRES, type Request, type Statement } from './postgres-statements.ts';
import { mapRows } from './table.ts';

export function postgresServer({ durable, idleTimeout }: BackendOptions): Actor<Database> {
  return {
    on(state, input) {
      if (input.kind === 'start') {
        return { state: { ...EMPTY, data: (input.disk as Data | null) ?? EMPTY.data }, commands: [] };
      }
      const draft: Draft = { database: state ?? EMPTY, commands: [], durable, idle: idleTimeout };
      if (input.kind === 'message') receive(draft, input.from, input.body as Request);
      if (input.kind === 'timer') endIdle(draft, input.key);
      if (input.kind === 'closed') hangUp(draft, input.from);
      return { state: draft.database, commands: draft.commands };
    },
  };
}

function receive(draft: Draft, from: NodeId, request: Request): void {
  const { tag, connection } = request;
  const session = draft.database.sessions[connection];
  if (request.command === 'close') {
    if (session) endSession(draft, connection);
    else if (request.early) expectNoMore(draft, connection);
    return;
  }
  const { opens, statements } = request;
  if (opens && draft.database.closedEarly.includes(connection)) {
    const closedEarly = draft.database.closedEarly.filter((name) => name !== connection);
    draft.database = { ...draft.database, closedEarly };
    return;
  }
  if (!session && !opens) {
    for (const statement of statements) noteRefused(draft, from, statement);
    draft.commands.push(answer(from, { tag, connection, code: '08003', results: [] }, 'no such connection'));
    return;
  }
  // It runs already: the network brought it twice.
  if (session?.running) return;
  run(draft, connection, from, statements, tag);
}

/** The end of a connection has overtaken its beginning, which still comes. */
function expectNoMore(draft: Draft, connection: string): void {
  const { database } = draft;
  if (database.closedEarly.includes(connection)) return;
  draft.database = { ...database, closedEarly: [...database.closedEarly, connection].sort() };
}

function endIdle(draft: Draft, key: string): void {
  const { sessions } = draft.database;
  const idle = Object.entries(sessions).find(([connection]) => idleKey(connection) === key);
  if (!idle) return;
  const [connection, { client, transaction }] = idle;
  endSession(draft, connection);
  const code = transaction === null ? '57P05' : '25P03';
  draft.commands.push(answer(client, { tag: null, connection, code, results: [] }, `FATAL ${code} idle timeout`));
}

/** The sockets of a client are closed: its process has died, or the network has broken them. */
function hangUp(draft: Draft, client: NodeId): void {
  const { database } = draft;
  const sessions = mapRows(database.sessions, (one) => (one.client === client ? { ...one, gone: true } : one));
  draft.database = { ...database, sessions };
  for (const [connection, { gone, running }] of Object.entries(sessions)) {
    if (gone && running === null) endSession(draft, connection);
  }
}

function answer(to: NodeId, body: Answer & { readonly code: Code }, name: string): Command {
  return { do: 'send', to, name, body };
}

/** Its transaction is gone, so a write changes nothing, and an observer sees it refused. */
function noteRefused(draft: Draft, who: NodeId, statement: Statement): void {
  if (statement.run !== 'update' || statement.to === 'n + 1') return;
  const event = {
    kind: 'accessed',
    who,
    what: 'write',
    fence: 0,
    seen: 0,
    accepted: false,
    value: statement.to,
  } as const;
  draft.commands.push({ do: 'note', event });
}

export const servers = (options: BackendOptions) => ({ [POSTGRES]: postgresServer(options) as Actor });
