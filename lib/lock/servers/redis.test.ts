// The Redis server by itself, where conformance with the real one does not reach: the very end of a lease, what is on disk when,
// a restart, and what an observer is told.
import { describe, expect, test } from 'vitest';
import type { Command, Input, Json } from '../types.ts';
import { redisServer, type Settings } from './redis.ts';
import type { Request } from './redis-commands.ts';

type Said = Request extends infer One ? (One extends unknown ? Omit<One, 'tag'> : never) : never;
const lock = (value: string, ttl = 30): Said => ({ command: 'set', key: 'lock', value, ttl, counter: 'lock:fence' });
const get: Said = { command: 'get', key: 'lock' };

function serverOf(settings: Partial<Settings> = {}) {
  const actor = redisServer({ server: 'redis', of: 2 }, { durable: false, delayedRestart: 0, ...settings });
  let memory: Json = null;
  let disk: Json = null;
  const give = (input: Input, now = 0): readonly Command[] => {
    const { state, commands } = actor.on(memory as never, input, { monotonic: { $at: now }, wall: { $at: now } });
    memory = state;
    for (const command of commands) if (command.do === 'save') disk = command.disk;
    return commands;
  };
  give({ kind: 'start', disk: null });
  return {
    give,
    say: (request: Said, now = 0, from = 'A') =>
      give({ kind: 'message', from, body: { ...request, tag: 'now' } as Json }, now),
    ask(request: Said, now = 0): Json {
      const [answer] = this.say(request, now).filter((command) => command.do === 'send');
      return answer ? ((answer.body as { readonly reply: Json }).reply ?? null) : 'silence';
    },
    restart(now = 0) {
      memory = null;
      return give({ kind: 'start', disk, again: true }, now);
    },
  };
}

describe('a key', () => {
  test('is over in the very millisecond in which its time is up, and not before', () => {
    const server = serverOf();
    expect(server.ask(lock('A1'), 100)).toBe(1);
    expect(server.ask({ command: 'pttl', key: 'lock' }, 129)).toBe(1);
    expect(server.ask(get, 129)).toBe('A1');
    expect(server.ask(get, 130)).toBe(null);
    expect(server.ask(lock('B1'), 130)).toBe(2);
  });

  test('that has ended is not made again by an extension', () => {
    const server = serverOf();
    server.say(lock('A1'));
    expect(server.ask({ command: 'extend', key: 'lock', value: 'A1', ttl: 30 }, 30)).toBe(null);
    expect(server.ask(get, 30)).toBe(null);
  });

  test('keeps its time when its number is raised', () => {
    const server = serverOf();
    server.say({ command: 'set', key: 'lock', value: '7', ttl: 30, counter: null });
    expect(server.ask({ command: 'incr', key: 'lock' }, 10)).toBe(8);
    expect(server.ask({ command: 'pttl', key: 'lock' }, 10)).toBe(20);
  });

  test('of which nobody waits for the deletion is deleted without an answer', () => {
    const server = serverOf();
    server.say(lock('A1'));
    const body = { command: 'delex', key: 'lock', value: 'A1', tag: null };
    expect(server.give({ kind: 'message', from: 'A', body }).map((command) => command.do)).toEqual(['note']);
    expect(server.ask(get)).toBe(null);
  });
});

describe('an observer', () => {
  const events = (commands: readonly Command[]) =>
    commands.flatMap((command) => (command.do === 'note' ? [command.event] : []));

  test('is told of a grant and on how many servers it must be on record', () => {
    const [granted] = events(serverOf().say(lock('A1'), 5));
    expect(granted).toEqual({
      kind: 'granted',
      server: 'redis',
      key: 'lock',
      who: 'A',
      fence: 1,
      until: { $at: 35 },
      of: 2,
    });
  });

  test('is told that a lease has ended when somebody looks, and that a bare DEL was not rightful', () => {
    const server = serverOf();
    server.say(lock('A1'));
    expect(events(server.say(get, 40))).toMatchObject([{ kind: 'freed', whose: 'A', by: null, rightful: true }]);
    server.say(lock('A2'), 40);
    const deleted = events(server.say({ command: 'del', key: 'lock' }, 41, 'B'));
    expect(deleted).toMatchObject([{ kind: 'freed', whose: 'A', by: 'B', rightful: false }]);
  });

  test('is told nothing of a counter', () => {
    const server = serverOf();
    expect(events(server.say({ command: 'incr', key: 'lock:fence' }))).toEqual([]);
    expect(events(server.say({ command: 'del', key: 'lock:fence' }))).toEqual([]);
  });
});

describe('a restart', () => {
  test('finds everything if each write was on disk before it was answered, and nothing if not', () => {
    const [durable, forgetful] = [serverOf({ durable: true }), serverOf()];
    expect(durable.say(lock('A1')).map((command) => command.do)).toEqual(['save', 'note', 'send']);
    expect(forgetful.say(lock('A1')).map((command) => command.do)).toEqual(['note', 'send']);
    for (const server of [durable, forgetful]) server.restart(10);
    expect(durable.ask(lock('B1'), 10)).toBe(0);
    expect(forgetful.ask(lock('B1'), 10)).toBe(1);
  });

  test('that is delayed answers nobody until it is over; the first start is not delayed', () => {
    const server = serverOf({ delayedRestart: 30 });
    expect(server.ask(lock('A1'))).toBe(1);
    const [timer] = server.restart(10);
    expect(timer).toMatchObject({ do: 'setTimer', after: [30, 30] });
    expect(server.ask(lock('B1'), 20)).toBe('silence');
    server.give({ kind: 'timer', key: 'it may be back' }, 40);
    expect(server.ask(lock('B1'), 40)).toBe(1);
  });
});
