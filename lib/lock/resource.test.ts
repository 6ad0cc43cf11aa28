import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resourceActor, storeRequest } from './resource.ts';
import type { FencePolicy, Json, LocalClock, LockEvent } from './types.ts';

const clock: LocalClock = { monotonic: { $at: 0 }, wall: { $at: 0 } };
type Access = { readonly what: 'read' | 'write' | 'compareAndWrite'; readonly known: number; readonly fence: number };

/** What the resource says to a row of accesses: 'accepted' or 'refused', the value afterwards, and the events. */
function visit(policy: FencePolicy, accesses: readonly Access[]) {
  const actor = resourceActor(policy);
  let state: Json = null;
  const answers: string[] = [];
  const events: Extract<LockEvent, { kind: 'accessed' }>[] = [];
  for (const { what, known, fence } of accesses) {
    const request = storeRequest(what, known, fence, 1, null);
    if (request.do !== 'send') throw new Error('no request');
    const reaction = actor.on(state as never, { kind: 'message', from: 'A', body: request.body }, clock);
    state = reaction.state;
    for (const command of reaction.commands) {
      if (command.do === 'send') answers.push(command.name);
      if (command.do === 'note' && command.event.kind === 'accessed') events.push(command.event);
    }
  }
  return { answers, events, value: (state as { value: number } | null)?.value };
}

const write = (known: number, fence: number): Access => ({ what: 'write', known, fence });
const read = (fence: number): Access => ({ what: 'read', known: 0, fence });

describe('a resource that checks nothing', () => {
  test('takes every write, whatever its token', () => {
    expect(visit('none', [write(0, 2), write(0, 1)]).answers).toEqual(['written 1', 'written 1']);
  });
});

describe('a resource that checks writes', () => {
  test('refuses a token lower than the highest it has seen, and keeps its value', () => {
    const { answers, value } = visit('writes', [write(4, 2), write(0, 1)]);
    expect(answers).toEqual(['written 5', 'refused: token 1 < 2']);
    expect(value).toBe(5);
  });

  test('takes the same token again: one holder may write twice', () => {
    expect(visit('writes', [write(0, 2), write(1, 2)]).answers).toEqual(['written 1', 'written 2']);
  });

  test('learns nothing from a read, which is the gap that two pauses find', () => {
    expect(visit('writes', [read(2), write(0, 1)]).answers).toEqual(['value 0', 'written 1']);
  });
});

describe('a resource that checks reads and writes', () => {
  test('installs the token of a read, and shuts out every older one', () => {
    const { answers } = visit('reads-and-writes', [read(2), write(0, 1), read(1), write(0, 2)]);
    expect(answers).toEqual(['value 0', 'refused: token 1 < 2', 'refused: token 1 < 2', 'written 1']);
  });
});

test('a compare-and-write is refused when the value is not the one that was read', () => {
  const again: Access = { what: 'compareAndWrite', known: 0, fence: 0 };
  expect(visit('none', [again, again]).answers).toEqual(['written 1', 'refused: value is 1']);
});

test('a refused access always carries a token lower than the highest seen, and an accepted one never does', () => {
  const accesses = fc.array(
    fc.record({
      what: fc.constantFrom('read', 'write', 'compareAndWrite'),
      known: fc.nat(3),
      fence: fc.nat(6),
    }) as fc.Arbitrary<Access>,
  );
  fc.assert(
    fc.property(accesses, (row) => {
      const { answers, events } = visit('reads-and-writes', row);
      events.forEach(({ accepted, fence, seen }, index) => {
        if (answers[index]?.startsWith('refused: token')) expect(fence).toBeLessThan(seen);
        if (accepted) expect(fence).toBeGreaterThanOrEqual(seen);
      });
    }),
  );
});
