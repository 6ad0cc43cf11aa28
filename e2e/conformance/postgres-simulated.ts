// The simulated PostgreSQL behind the same few calls as the real one. Beside its answers it tells two things that a test must know
// of a step: that it ends in a deadlock, and that PostgreSQL itself leaves open who is served first.
import {
  type Actor,
  type BackendOptions,
  backends,
  FOREVER,
  type Input,
  type Json,
  postgres,
} from '#lib/lock/index.ts';

export type Answered = Pick<postgres.Answer, 'code' | 'results'>;

/** As much of the server's memory as is looked at here. */
type Memory = {
  readonly data: { readonly keys: { readonly [key: string]: Json } };
  readonly sessions: {
    readonly [connection: string]: {
      readonly locks: readonly { readonly item: string }[];
      readonly transaction: { readonly rows: object; readonly keys: object } | null;
      readonly running: { readonly waitsFor: string | null; readonly statements: readonly unknown[] } | null;
    };
  };
};

const clock = { monotonic: { $at: 0 }, wall: { $at: 0 } };

export function simulatedPostgres() {
  const options = { durable: true, idleTimeout: FOREVER } as BackendOptions;
  const actor = backends.sql!.servers(options)[postgres.POSTGRES] as Actor;
  let memory = actor.on(null, { kind: 'start', disk: null }, clock).state;
  const answers = new Map<string, Answered>();

  const deliver = (input: Input) => {
    const reaction = actor.on(memory, input, clock);
    memory = reaction.state;
    for (const command of reaction.commands) {
      if (command.do !== 'send') continue;
      const { connection, code, results } = command.body as unknown as postgres.Answer;
      answers.set(connection, { code, results });
    }
  };
  const look = () => memory as unknown as Memory;
  const waitsFor = (connection: string) => look().sessions[connection]?.running?.waitsFor ?? null;
  const holderOf = (item: string) =>
    Object.entries(look().sessions).find(([, { locks }]) => locks.some((lock) => lock.item === item))?.[0];

  return {
    say(connection: string, statements: readonly postgres.Statement[]) {
      const { body } = postgres.query(connection, statements, true);
      deliver({ kind: 'message', from: connection, body: { ...body, tag: 'now' } });
    },
    idle: (connection: string) => deliver({ kind: 'timer', key: `idle ${connection}` }),
    vanish: (connection: string) => deliver({ kind: 'closed', from: connection }),
    terminate(connection: string) {
      const { body } = postgres.close(connection, false);
      deliver({ kind: 'message', from: connection, body: { ...body, tag: null } });
    },
    waits: (connection: string) => waitsFor(connection) !== null,
    /** The answer to what was said last over this connection, once. */
    answerOf(connection: string): Answered | null {
      const answer = answers.get(connection) ?? null;
      answers.delete(connection);
      return answer;
    },
    /** Does a session wait for itself, through whatever it waits for? */
    isDeadlocked() {
      return Object.keys(look().sessions).some((first) => {
        const seen = new Set<string>();
        for (let name: string | undefined = first; name !== undefined && !seen.has(name); ) {
          seen.add(name);
          const item = waitsFor(name);
          name = item === null ? undefined : holderOf(item);
          if (name === first) return true;
        }
        return false;
      });
    },
    /**
     * Things for which several wait and whose holder would set them racing. The waiters of a row queue for one version of it: if
     * the holder has made another, they run for that. The waiters of a key wait for the end of a transaction, all at once. And
     * who has more to do in the same message may next want what another one was waiting for.
     */
    races(): readonly string[] {
      const { sessions } = look();
      const waiting = Object.values(sessions).flatMap(({ running }) => {
        const item = running?.waitsFor ?? null;
        return item === null
          ? []
          : [{ item, holder: holderOf(item) ?? '', more: (running?.statements.length ?? 0) > 1 }];
      });
      const races = waiting.filter(({ item, holder }) => {
        const [kind, id = ''] = item.split(' ');
        const changed = kind === 'row' && id in (sessions[holder]?.transaction?.rows ?? {});
        const same = waiting.filter((one) => one.item === item).length;
        const together = waiting.filter((one) => one.holder === holder);
        if (together.length > 1 && together.some(({ more }) => more)) return true;
        return kind !== 'advisory' && (same > 2 || (same > 1 && (changed || kind === 'key')));
      });
      return [...new Set(races.map(({ item }) => item))];
    },
    holderOf,
  };
}
