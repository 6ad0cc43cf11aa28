// What a replicated service promises whatever it serves, on one that counts: answered is agreed, and agreed is kept.
import { expect, test } from 'vitest';
import type { Command, Input, Json, LocalClock, Ms } from '../types.ts';
import { replicated } from './replicated.ts';

const at = (ms: Ms): LocalClock => ({ monotonic: { $at: ms }, wall: { $at: ms } });

/** Counts requests, forgets how many a leader has seen, and rings once. */
function counter(election: Ms) {
  const actor = replicated<{ readonly count: number; readonly led: string }>(
    {
      empty: { count: 0, led: 'never' },
      serve: ({ count, led }, from) => ({
        state: { count: count + 1, led },
        commands: [{ do: 'send', to: from, name: `${count + 1}`, body: null }],
      }),
      timer: (state, key) => ({ state: { ...state, count: key === 'bell' ? state.count + 10 : -1 }, commands: [] }),
      timers: () => ['bell'],
      lead: (state, led) => ({ state: { ...state, led }, commands: [{ do: 'setTimer', key: 'bell', after: [5, 5] }] }),
    },
    election,
  );
  let memory: Json = null;
  let disk: Json = null;
  const tell = (input: Input, ms = 0): readonly Command[] => {
    const { state, commands } = actor.on(memory as Parameters<typeof actor.on>[0], input, at(ms));
    memory = state as Json;
    for (const command of commands) if (command.do === 'save') disk = command.disk;
    return commands.filter((command) => command.do !== 'save');
  };
  return { tell, disk: () => disk };
}
const asks = (from: string): Input => ({ kind: 'message', from, body: null });
const sent = (commands: readonly Command[]) =>
  commands.flatMap((command) => (command.do === 'send' ? [`${command.to} ${command.name}`] : []));
const start = (disk: Json): Input => ({ kind: 'start', disk });

test('what is answered is on disk, and a service that is started again goes on from there', () => {
  const before = counter(0);
  before.tell(start(null));
  expect(sent(before.tell(asks('A')))).toEqual(['A 1']);
  expect(before.disk()).toMatchObject({ count: 1 });
  const after = counter(0);
  after.tell(start(before.disk()));
  expect(sent(after.tell(asks('B')))).toEqual(['B 2']);
  expect(after.disk()).toMatchObject({ led: 'restarted' });
});

test('a change of leader that takes no time loses nothing, and sets the timers anew', () => {
  const service = counter(0);
  service.tell(start(null));
  service.tell(asks('A'));
  expect(service.tell({ kind: 'failover' })).toEqual([
    { do: 'cancelTimer', key: 'bell' },
    { do: 'setTimer', key: 'bell', after: [5, 5] },
  ]);
  expect(sent(service.tell(asks('B')))).toEqual(['B 2']);
});

test('while nobody leads, requests wait in order and nothing else happens', () => {
  const service = counter(7);
  service.tell(start(null));
  expect(service.tell({ kind: 'failover' })).toEqual([
    { do: 'cancelTimer', key: 'bell' },
    { do: 'setTimer', key: 'a leader is elected', after: [7, 7] },
  ]);
  expect(service.tell(asks('B'))).toEqual([]);
  expect(service.tell(asks('A'))).toEqual([]);
  expect(service.tell({ kind: 'timer', key: 'bell' })).toEqual([]);
  expect(sent(service.tell({ kind: 'timer', key: 'a leader is elected' }))).toEqual(['B 1', 'A 2']);
});

test('a leader that is lost during an election loses no request either', () => {
  const service = counter(7);
  service.tell(start(null));
  service.tell({ kind: 'failover' });
  service.tell(asks('A'));
  service.tell({ kind: 'failover' });
  expect(sent(service.tell({ kind: 'timer', key: 'a leader is elected' }))).toEqual(['A 1']);
});

test('a service that was not started cannot be asked', () => {
  expect(() => counter(0).tell(asks('A'))).toThrow('before it was started');
});
