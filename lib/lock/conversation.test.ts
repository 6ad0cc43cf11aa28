// The traps of talking to a lock server, each sprung on a toy protocol: one desk that says yes or no.
import { describe, expect, test } from 'vitest';
import { backends } from './backends/index.ts';
import { conversation, type Recipe, type Turn } from './conversation.ts';
import { quiet } from './examples.ts';
import { optionsOf } from './options.ts';
import { FOREVER } from './time.ts';
import type { Backend, BackendOptions, Command, Input, Json, LocalClock, LockOp, LockReaction, Ms } from './types.ts';

type Own = { readonly asked: number };
type Says = { readonly yes: boolean };

const desk: Recipe<Own, Says> = {
  begin: (own, { op }) => ({
    do: 'ask',
    own: { asked: (own?.asked ?? 0) + 1 },
    asks: [{ to: 'desk', name: op.op, body: { please: op.op } }],
  }),
  heard(own, { yes }, _from, { op, sentAt }) {
    if (yes) return { do: 'end', own, result: { ok: true, fence: 7, validUntil: sentAt } };
    return op.op === 'acquire'
      ? { do: 'again', own }
      : { do: 'end', own, result: { ok: false, why: 'lost', definite: true } };
  },
  renewal: () => [{ to: 'desk', name: 'renew', body: { please: 'renew' } }],
  renewed: (own, { yes }, _from, { sentAt }) => ({
    own,
    news: yes ? { kind: 'renewed', validUntil: sentAt } : { kind: 'lost' },
  }),
};

const at = (ms: Ms): LocalClock => ({ monotonic: { $at: ms }, wall: { $at: ms } });
const acquire = (change: Partial<Extract<LockOp, { op: 'acquire' }>> = {}): LockOp => ({
  op: 'acquire',
  key: 'lock',
  ttl: 30,
  patience: 20,
  ...change,
});

/** A client and what it did last. */
function clientOf(options: Partial<BackendOptions> = {}, recipe: Recipe<Own, Says> = desk) {
  const all = { ...optionsOf(quiet, backends.redis as Backend), retry: [5, 5] as const, timeout: 9, ...options };
  const client = conversation(recipe, all);
  let state: Json = null;
  const keep = (reaction: LockReaction): LockReaction => {
    state = reaction.state;
    return reaction;
  };
  return {
    call: (op: LockOp, ms: Ms) => keep(client.call(state, op, at(ms), 'A1')),
    on: (input: Input, ms: Ms) => keep(client.on(state, input, at(ms))),
  };
}
const tagIn = ({ commands }: LockReaction): string => {
  const sent = commands.find((command) => command.do === 'send');
  return ((sent as { body: { tag: string } } | undefined)?.body.tag ?? '') as string;
};
const says = (yes: boolean, tag: string): Input => ({ kind: 'message', from: 'desk', body: { yes, tag } });
const timer = (key: string): Input => ({ kind: 'timer', key });
const timers = ({ commands }: { readonly commands: readonly Command[] }) =>
  commands.flatMap((command) => (command.do === 'setTimer' ? [[command.key, command.after[0]]] : []));

describe('a conversation', () => {
  test('counts a lease from the moment at which it was asked for', () => {
    const client = clientOf();
    const tag = tagIn(client.call(acquire(), 3));
    expect(client.on(says(true, tag), 8).result).toMatchObject({ ok: true, fence: 7, validUntil: { $at: 3 } });
  });

  test('backs off after a refusal and asks again, until its patience is over', () => {
    const client = clientOf();
    const refused = client.on(says(false, tagIn(client.call(acquire(), 0))), 4);
    expect(timers(refused)).toEqual([['ask again', 5]]);
    const again = client.on(timer('ask again'), 9);
    expect(tagIn(again)).not.toBe('');
    expect(client.on(says(false, tagIn(again)), 20).result).toEqual({ ok: false, why: 'held', definite: true });
  });

  test('takes its leave when its patience is over, and not before', () => {
    const goodbye = [{ to: 'desk', name: 'goodbye', body: {} }];
    const polite = clientOf({}, { ...desk, heard: (own) => ({ do: 'again', own, farewell: goodbye }) });
    const sent = ({ commands }: LockReaction) =>
      commands.flatMap((command) => (command.do === 'send' ? [command.name] : []));
    expect(sent(polite.on(says(false, tagIn(polite.call(acquire({ patience: 6 }), 0))), 2))).toEqual([]);
    const over = polite.on(says(false, tagIn(polite.on(timer('ask again'), 7))), 8);
    expect(sent(over)).toEqual(['goodbye']);
    expect(over.result).toMatchObject({ ok: false, why: 'held' });
  });

  test('takes no answer for no answer: the operation may have happened', () => {
    const client = clientOf();
    client.call(acquire(), 0);
    expect(client.on(timer('no answer'), 9).result).toEqual({ ok: false, why: 'timeout', definite: false });
  });

  test('does not take the late answer to an earlier request for the answer to this one', () => {
    const client = clientOf({}, { ...desk, unanswered: (own) => ({ do: 'again', after: 0, own }) });
    const first = tagIn(client.call(acquire(), 0));
    client.on(timer('no answer'), 9);
    const second = tagIn(client.on(timer('ask again'), 9));
    expect(second).not.toBe(first);
    expect(client.on(says(false, first), 10).commands).toEqual([]);
    expect(client.on(says(true, second), 11).result).toMatchObject({ ok: true });
  });

  test('takes an answer once, though it may come twice', () => {
    const client = clientOf();
    const tag = tagIn(client.call(acquire(), 0));
    expect(client.on(says(true, tag), 2).result).toBeDefined();
    expect(client.on(says(true, tag), 3)).toMatchObject({ commands: [] });
    const release = tagIn(client.call({ op: 'release' }, 5));
    expect(client.on(says(true, tag), 6).result).toBeUndefined();
    expect(client.on(says(true, release), 7).result).toMatchObject({ ok: true });
  });

  test('sets no alarm where it would wait for ever', () => {
    const client = clientOf({ timeout: FOREVER });
    expect(timers(client.call(acquire(), 0))).toEqual([]);
  });

  test('stands in a queue until its patience is over, and then leaves it', () => {
    const patient: Recipe<Own, Says> = {
      ...desk,
      heard: (own) => ({ do: 'wait', own }),
      withdraw: (own) => ({ do: 'end', own, result: { ok: false, why: 'held', definite: true } }),
    };
    const client = clientOf({}, patient);
    const asked = client.call(acquire({ patience: 12 }), 0);
    expect(timers(asked)).toContainEqual(['patience is over', 12]);
    client.on(says(false, tagIn(asked)), 2);
    expect(client.on(timer('patience is over'), 12).result).toMatchObject({ why: 'held' });
  });

  test('ignores a message that answers nothing, and one that nobody expects', () => {
    const client = clientOf();
    expect(client.on(says(true, 'A9 acquire'), 1)).toEqual({ state: null, commands: [] });
    client.call(acquire(), 1);
    expect(client.on(says(true, 'A9 acquire'), 2).commands).toEqual([]);
    expect(client.on({ kind: 'closed', from: 'desk' }, 3).commands).toEqual([]);
  });

  test('that has lost its connection and asks again takes no answer to what it asked over that one', () => {
    const reconnects: Recipe<Own, Says> = { ...desk, closed: (own, _from, turn) => desk.begin(own, turn as Turn) };
    const client = clientOf({}, reconnects);
    const first = tagIn(client.call(acquire(), 0));
    const second = tagIn(client.on({ kind: 'closed', from: 'desk' }, 2));
    expect(client.on(says(true, first), 3).result).toBeUndefined();
    expect(client.on(says(true, second), 4).result).toMatchObject({ ok: true });
  });
});

describe('renewals', () => {
  const held = (renew: Ms) => {
    const client = clientOf();
    const granted = client.on(says(true, tagIn(client.call(acquire({ renew }), 0))), 2);
    return { client, granted };
  };

  test('begin when the lock is held, go on in their rhythm, and bring news', () => {
    const { client, granted } = held(10);
    expect(timers(granted)).toEqual([['renew', 10]]);
    const sent = client.on(timer('renew'), 12);
    expect(timers(sent)).toEqual([['renew', 10]]);
    expect(client.on(says(true, tagIn(sent)), 14).news).toEqual({ kind: 'renewed', validUntil: { $at: 12 } });
  });

  test('end with the news that the lock is lost', () => {
    const { client } = held(10);
    const lost = client.on(says(false, tagIn(client.on(timer('renew'), 12))), 14);
    expect(lost.news).toEqual({ kind: 'lost' });
    expect(lost.commands).toContainEqual({ do: 'cancelTimer', key: 'renew' });
    expect(client.on(timer('renew'), 22).commands).toEqual([]);
  });

  test('end before the lock is given back, and an answer that comes afterwards is no news', () => {
    const { client } = held(10);
    const tag = tagIn(client.on(timer('renew'), 12));
    const release = client.call({ op: 'release' }, 13);
    expect(release.commands).toContainEqual({ do: 'cancelTimer', key: 'renew' });
    expect(client.on(says(true, tag), 14).news).toBeUndefined();
  });

  test('do not take the answer to an earlier one, which came late, for the answer to the latest', () => {
    const { client } = held(10);
    const first = tagIn(client.on(timer('renew'), 12));
    const second = tagIn(client.on(timer('renew'), 22));
    expect(client.on(says(true, first), 23).news).toBeUndefined();
    expect(client.on(says(true, second), 24).news).toEqual({ kind: 'renewed', validUntil: { $at: 22 } });
    expect(client.on(says(true, second), 25).news).toBeUndefined();
  });

  test('are not begun for a lock that was refused', () => {
    const client = clientOf();
    const refused = client.on(says(false, tagIn(client.call(acquire({ renew: 10, patience: 0 }), 0))), 2);
    expect(timers(refused)).toEqual([]);
  });
});
