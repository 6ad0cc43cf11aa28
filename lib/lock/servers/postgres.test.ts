// PostgreSQL in miniature, one message after the other: what becomes of a connection, and laws that hold for any messages. What
// statements answer is held to the real server in e2e/conformance.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, FOREVER } from '../time.ts';
import type { BackendOptions, Command, Input, Json, LockEvent, Ms } from '../types.ts';
import { postgresServer } from './postgres.ts';
import type { Database } from './postgres-sessions.ts';
import { type Answer, close, query, type Statement } from './postgres-statements.ts';

const clock = { monotonic: at(0), wall: at(0) };

function database(idleTimeout: Ms = FOREVER, durable = true) {
  const actor = postgresServer({ idleTimeout, durable } as BackendOptions);
  let state: Database = actor.on(null, { kind: 'start', disk: null }, clock).state;
  let disk: Json = null;
  const heard: string[] = [];
  const timers = new Set<string>();
  const events: LockEvent[] = [];
  const obey = (command: Command) => {
    if (command.do === 'send') {
      const { code, connection } = command.body as unknown as Answer;
      heard.push(`${connection} ${code ?? command.name}`);
    }
    if (command.do === 'save') disk = command.disk;
    if (command.do === 'setTimer') timers.add(command.key);
    if (command.do === 'cancelTimer') timers.delete(command.key);
    if (command.do === 'note') events.push(command.event);
  };
  const give = (input: Input) => {
    const before = JSON.stringify(state);
    const reaction = actor.on(state, input, clock);
    expect(JSON.stringify(state)).toBe(before);
    state = reaction.state;
    reaction.commands.forEach(obey);
    return heard.splice(0);
  };
  const message = (from: string, body: { readonly [key: string]: Json }) =>
    give({ kind: 'message', from, body: { ...body, tag: 'now' } });
  return {
    /** The connection of client A is 'A1', and so on. */
    say: (connection: string, ...statements: readonly Statement[]) =>
      message(connection.charAt(0), query(connection, statements, true).body),
    on: (connection: string, ...statements: readonly Statement[]) =>
      message(connection.charAt(0), query(connection, statements, false).body),
    close: (connection: string, early: boolean) => message(connection.charAt(0), close(connection, early).body),
    hangUp: (client: string) => give({ kind: 'closed', from: client }),
    ring: (key: string) => give({ kind: 'timer', key }),
    restart: () => give({ kind: 'start', disk }),
    timers: () => [...timers],
    events: () => events.splice(0),
    state: () => state,
  };
}

const begin: Statement = { run: 'begin' };
const commit: Statement = { run: 'commit' };
const lock: Statement = { run: 'select for update', row: 'r', as: 'lock', whenLocked: 'wait' };
const raise: Statement = { run: 'update', row: 'r', to: 'n + 1', where: null, by: null };
const select: Statement = { run: 'select', row: 'r' };

describe('a connection', () => {
  test('that nobody has opened answers 08003, and a write over it is seen to be refused', () => {
    const db = database();
    expect(db.on('A1', { ...raise, to: 5 })).toEqual(['A1 08003']);
    expect(db.events()).toMatchObject([{ kind: 'accessed', who: 'A', accepted: false, value: 5 }]);
    expect(db.on('A1', commit)).toEqual(['A1 08003']);
  });

  test('that is closed gives back everything, to whoever waits', () => {
    const db = database();
    db.say('A1', begin, raise, lock);
    expect(db.say('B1', lock)).toEqual([]);
    expect(db.close('A1', false)).toEqual(['B1 n = 0']);
    expect(db.on('A1', commit)).toEqual(['A1 08003']);
  });

  test('that is closed before it was opened never opens', () => {
    const db = database();
    db.close('A1', true);
    expect(db.say('A1', begin, lock)).toEqual([]);
    expect(db.say('B1', begin, lock)).toEqual(['B1 n = 0']);
    expect(db.state().closedEarly).toEqual([]);
    db.close('C1', false);
    expect(db.state().closedEarly).toEqual([]);
  });

  test('is forgotten when it holds nothing, as in a pool', () => {
    const db = database();
    db.say('A1', begin, lock);
    db.on('A1', commit);
    db.say('A1', raise);
    expect(db.state().sessions).toEqual({});
  });

  test('takes no second message while the first one waits', () => {
    const db = database();
    db.say('A1', begin, lock);
    db.say('B1', begin, lock);
    expect(db.say('B1', begin, lock)).toEqual([]);
    expect(db.on('A1', commit)).toEqual(['A1 COMMIT', 'B1 n = 0']);
  });
});

describe('a client that goes away while it waits', () => {
  test('is found out when its turn comes: a statement of its own runs, a transaction does not commit', () => {
    const db = database();
    db.say('A1', begin, lock);
    db.say('B1', raise);
    db.say('C1', begin, raise);
    db.hangUp('B');
    db.hangUp('C');
    expect(db.state().queue).toEqual(['B1', 'C1']);
    expect(db.on('A1', commit)).toEqual(['A1 COMMIT']);
    expect(db.say('D1', select)).toEqual(['D1 n = 1']);
    expect(db.state().sessions).toEqual({});
  });

  test('takes its other connections with it', () => {
    const db = database();
    db.say('A1', begin, lock);
    db.say('A2', raise);
    expect(db.say('B1', lock)).toEqual([]);
    expect(db.hangUp('A')).toEqual(['B1 n = 1']);
    expect(db.events().filter(({ kind }) => kind === 'freed')).toMatchObject([{ whose: 'A', by: null }]);
  });
});

describe('an idle timeout', () => {
  test('runs from the last answer on, and only while there is something to lose', () => {
    const db = database(20);
    db.say('A1', begin, lock);
    expect(db.timers()).toEqual(['idle A1']);
    db.say('B1', begin, lock);
    expect(db.timers()).toEqual(['idle A1']);
    db.on('A1', commit);
    expect(db.timers()).toEqual(['idle B1']);
  });

  test('ends the session, says so, and lets the next one in', () => {
    const db = database(20);
    db.say('A1', begin, lock, raise);
    db.say('B1', begin, lock);
    expect(db.ring('idle A1')).toEqual(['B1 n = 0', 'A1 25P03']);
    expect(db.ring('idle A1')).toEqual([]);
  });
});

test('a restart finds what was committed, and nobody connected', () => {
  const db = database();
  db.say('A1', raise);
  db.say('A1', begin, raise);
  db.say('B1', { run: 'nextval' });
  db.say('C1', begin, { run: 'nextval' });
  db.restart();
  expect(db.state()).toEqual({
    data: { rows: { r: { n: 1, version: 0, by: null } }, keys: {}, sequence: 1 },
    sessions: {},
    queue: [],
    closedEarly: [],
  });
  const careless = database(FOREVER, false);
  careless.say('A1', raise);
  careless.restart();
  expect(careless.say('A1', select)).toEqual(['A1 n = 0']);
});

describe('whatever is said', () => {
  const statement = fc.constantFrom<Statement>(
    begin,
    commit,
    { run: 'rollback' },
    lock,
    { ...lock, whenLocked: 'nowait' } as Statement,
    { ...lock, whenLocked: 'skip-locked' } as Statement,
    raise,
    select,
    { run: 'update', row: 'r', to: 9, where: { column: 'version', is: 0 }, by: 'x' },
    { run: 'raise version', row: 'r' },
    { run: 'insert', key: 'k', value: 'n', counts: true },
    { run: 'lock', key: 'l', scope: 'session', waits: true },
    { run: 'lock', key: 'l', scope: 'transaction', waits: false },
    { run: 'unlock', key: 'l' },
  );
  const act = fc.oneof(
    { weight: 12, arbitrary: fc.array(statement, { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.constantFrom('close' as const, 'hang up' as const) },
  );
  const scripts = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), act), { maxLength: 30 });

  test('a thing is locked by one session at most, and nobody waits for what is free', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const db = database();
        for (const [who, done] of script) {
          if (done === 'close') db.close(`${who}1`, false);
          else if (done === 'hang up') db.hangUp(who);
          else db.say(`${who}1`, ...done);
          const { sessions, queue } = db.state();
          const held = Object.values(sessions).flatMap(({ locks }) => locks.map(({ item }) => item));
          expect(held).toEqual([...new Set(held)]);
          const waiting = Object.keys(sessions).filter((name) => sessions[name]?.running);
          expect([...queue].sort()).toEqual(waiting);
          for (const name of waiting) expect(held).toContain(sessions[name]?.running?.waitsFor);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('an observer is told of each lock once when it is taken and once when it goes', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const db = database();
        for (const [who, done] of script) if (typeof done !== 'string') db.say(`${who}1`, ...done);
        for (const who of ['A', 'B', 'C']) db.close(`${who}1`, false);
        const open = new Map<string, string>();
        for (const event of db.events()) {
          if (event.kind === 'granted') {
            expect(open.get(event.key)).toBeUndefined();
            open.set(event.key, event.who);
          }
          if (event.kind === 'freed') {
            expect(open.get(event.key)).toBe(event.whose);
            open.delete(event.key);
          }
        }
        expect([...open]).toEqual([]);
        expect(db.state()).toMatchObject({ sessions: {}, queue: [] });
      }),
      { numRuns: 300 },
    );
  });

  test('an increment is in the number if and only if its transaction was committed', () => {
    const counting = fc.constantFrom<Statement>(begin, commit, { run: 'rollback' }, lock, raise, raise);
    const steps = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.option(counting, { freq: 9 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, (script) => {
        const db = database();
        for (const [who, said] of script) said ? db.say(`${who}1`, said) : db.hangUp(who);
        const accepted = db.events().filter((event) => event.kind === 'accessed' && event.accepted);
        expect(accepted.map((event) => event.kind === 'accessed' && event.value)).toEqual(
          accepted.map((_, index) => index + 1),
        );
        expect(db.state().data.rows.r?.n ?? 0).toBe(accepted.length);
      }),
      { numRuns: 300 },
    );
  });
});
