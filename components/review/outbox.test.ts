// The outbox with a server that can fail and a clock that the tests turn: nothing is lost, nothing is sent twice under another
// id, and nothing overtakes.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Answer, browserStorage, makeOutbox, type Operation } from './outbox.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('localStorage', memoryStorage());
  // A page in a browser: on the server there is no window, and nothing is stored.
  vi.stubGlobal('window', globalThis);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function memoryStorage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    keys: () => [...kept.keys()],
  };
}

const saved: Answer = { kind: 'saved', version: 1, memory: null };
const operation = (reviewId: string, cardId = 'fencing-who-checks'): Operation => ({
  reviewId,
  cardId,
  seenVersion: 0,
  kind: 'grade',
  grade: 3,
});

/** A server whose next answers are given by `plan`: 'ok', 'down' (never arrives) or 'lost' (written, but the answer is lost). */
function serverOf(plan: ('ok' | 'down' | 'lost')[] = []) {
  const received: string[] = [];
  const written: string[] = [];
  return {
    received,
    written,
    send: async (sent: Operation): Promise<Answer> => {
      received.push(sent.reviewId);
      const weather = plan.shift() ?? 'ok';
      if (weather !== 'down' && !written.includes(sent.reviewId)) written.push(sent.reviewId);
      if (weather !== 'ok') throw new TypeError('Failed to fetch');
      return saved;
    },
  };
}

/** One visit of the review page by one learner. */
function visit(send: (sent: Operation) => Promise<Answer>, viewerId = 'ada') {
  const heard: string[] = [];
  const outbox = makeOutbox(send, browserStorage(viewerId), (of) => void heard.push(of.reviewId));
  return { outbox, heard };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

test('what somebody else may not send is kept for its owner, said, and not tried again', async () => {
  let signedIn = 'bob';
  const asked: string[] = [];
  const send = async (sent: Operation): Promise<Answer> => {
    asked.push(sent.reviewId);
    return signedIn === 'ada' ? saved : { kind: 'somebody-else' };
  };
  const { outbox, heard } = visit(send);
  outbox.start();
  outbox.push(operation('a'));
  await settle();
  expect(outbox.state()).toEqual({ waiting: 1, failing: false, foreign: true });
  outbox.push(operation('b'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual(['a']);
  expect(heard).toEqual([]);
  signedIn = 'ada';
  const again = visit(send);
  again.outbox.start();
  await settle();
  expect(again.heard).toEqual(['a', 'b']);
  expect(browserStorage('ada').load()).toEqual([]);
});

describe('while the server answers', () => {
  test('operations are sent one after another, in the order in which they were pushed', async () => {
    const open: (() => void)[] = [];
    const received: string[] = [];
    const { outbox, heard } = visit((sent) => {
      received.push(sent.reviewId);
      return new Promise((resolve) => open.push(() => resolve(saved)));
    });
    outbox.start();
    for (const id of ['a', 'b', 'c']) outbox.push(operation(id));
    await settle();
    expect(received).toEqual(['a']);
    open[0]!();
    await settle();
    expect(received).toEqual(['a', 'b']);
    expect(heard).toEqual(['a']);
    expect(outbox.state()).toEqual({ waiting: 2, failing: false, foreign: false });
  });

  test('each final answer is heard once, whatever it says', async () => {
    const answers: Answer[] = [
      saved,
      { kind: 'stale', version: 4, memory: null },
      { kind: 'no-such-card' },
      { kind: 'nothing-to-undo' },
      { kind: 'bad-input', message: 'no' },
    ];
    const heard: Answer[] = [];
    const left = [...answers];
    const outbox = makeOutbox(
      async () => left.shift()!,
      browserStorage('ada'),
      (_, answer) => void heard.push(answer),
    );
    outbox.start();
    for (const at of answers.keys()) outbox.push(operation(String(at)));
    await vi.runAllTimersAsync();
    expect(heard).toEqual(answers);
    expect(outbox.state()).toEqual({ waiting: 0, failing: false, foreign: false });
    expect(browserStorage('ada').load()).toEqual([]);
  });

  test('whoever listens is told each time the number of waiting operations changes, until they stop listening', async () => {
    const { outbox } = visit(serverOf().send);
    const seen: number[] = [];
    const leave = outbox.subscribe(() => void seen.push(outbox.state().waiting));
    outbox.start();
    outbox.push(operation('a'));
    await settle();
    expect(seen).toEqual([1, 0]);
    leave();
    outbox.push(operation('b'));
    await settle();
    expect(seen).toEqual([1, 0]);
  });
});

describe('while the server does not answer', () => {
  test('the same operation is sent again with the same id, later and later, and no other before it', async () => {
    const server = serverOf(Array.from({ length: 7 }, () => 'down'));
    const { outbox, heard } = visit(server.send);
    outbox.start();
    outbox.push(operation('a'));
    await settle();
    const times: number[] = [];
    const start = Date.now();
    while (server.received.length < 8) {
      const before = server.received.length;
      await vi.advanceTimersToNextTimerAsync();
      if (server.received.length > before) times.push((Date.now() - start) / 1_000);
    }
    expect(times).toEqual([1, 3, 7, 15, 30, 45, 60]);
    expect(new Set(server.received)).toEqual(new Set(['a']));
    expect(heard).toEqual(['a']);
  });

  test('it says that it is failing, counts what waits, and says so no longer once an answer came', async () => {
    const { outbox } = visit(serverOf(['down', 'down']).send);
    outbox.start();
    outbox.push(operation('a'));
    await settle();
    expect(outbox.state()).toEqual({ waiting: 1, failing: true, foreign: false });
    outbox.push(operation('b'));
    await settle();
    expect(outbox.state()).toEqual({ waiting: 2, failing: true, foreign: false });
    await vi.runAllTimersAsync();
    expect(outbox.state()).toEqual({ waiting: 0, failing: false, foreign: false });
  });

  test('the network coming back is not waited for', async () => {
    const server = serverOf(['down']);
    const { outbox } = visit(server.send);
    outbox.start();
    outbox.push(operation('a'));
    await settle();
    outbox.retryNow();
    await settle();
    expect(server.written).toEqual(['a']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('asking again and again while a send is under way does not send twice', async () => {
    const server = serverOf();
    const { outbox } = visit(server.send);
    outbox.start();
    outbox.push(operation('a'));
    for (let at = 0; at < 5; at += 1) outbox.retryNow();
    outbox.start();
    await vi.runAllTimersAsync();
    expect(server.received).toEqual(['a']);
  });
});

describe('stopping', () => {
  test('nothing is sent before the start', async () => {
    const server = serverOf();
    const { outbox } = visit(server.send);
    outbox.push(operation('a'));
    outbox.retryNow();
    await vi.runAllTimersAsync();
    expect(server.received).toEqual([]);
    expect(outbox.state().waiting).toBe(1);
  });

  test('nothing is sent after the stop: no retry, no next one, not even when asked', async () => {
    const server = serverOf(['down']);
    const { outbox } = visit(server.send);
    outbox.start();
    outbox.push(operation('a'));
    outbox.stop();
    await vi.runAllTimersAsync();
    outbox.push(operation('b'));
    outbox.retryNow();
    await vi.runAllTimersAsync();
    expect(server.received).toEqual(['a']);
  });

  test('an answer that was under way still counts, and a new start sends the rest', async () => {
    const server = serverOf();
    const { outbox, heard } = visit(server.send);
    outbox.start();
    outbox.push(operation('a'));
    outbox.push(operation('b'));
    outbox.stop();
    await vi.runAllTimersAsync();
    expect(heard).toEqual(['a']);
    outbox.start();
    await vi.runAllTimersAsync();
    expect(server.received).toEqual(['a', 'b']);
  });

  test('stopping and starting at once, as React does in development, sends each operation once', async () => {
    const server = serverOf();
    const { outbox } = visit(server.send);
    outbox.push(operation('a'));
    outbox.start();
    outbox.stop();
    outbox.start();
    await vi.runAllTimersAsync();
    expect(server.received).toEqual(['a']);
  });
});

describe('a closed tab', () => {
  test('loses nothing: the next visit sends what waited, in order and with the same ids', async () => {
    const down = serverOf(Array.from({ length: 50 }, () => 'down'));
    const first = visit(down.send);
    first.outbox.start();
    for (const id of ['a', 'b']) first.outbox.push(operation(id));
    await settle();
    first.outbox.stop();
    const server = serverOf();
    const second = visit(server.send);
    expect(second.outbox.state().waiting).toBe(2);
    second.outbox.start();
    await vi.runAllTimersAsync();
    expect(server.received).toEqual(['a', 'b']);
    expect(second.heard).toEqual(['a', 'b']);
    expect(visit(server.send).outbox.state().waiting).toBe(0);
  });

  test('beside another open tab loses nothing either', async () => {
    const down = serverOf(Array.from({ length: 50 }, () => 'down'));
    const [one, two] = [visit(down.send), visit(down.send)];
    for (const tab of [one, two]) tab.outbox.start();
    one.outbox.push(operation('a'));
    two.outbox.push(operation('b'));
    await settle();
    for (const tab of [one, two]) tab.outbox.stop();
    const server = serverOf();
    visit(server.send).outbox.start();
    await vi.runAllTimersAsync();
    expect(server.written).toEqual(['a', 'b']);
  });

  test('leaves another tab’s operations alone when its own are answered', async () => {
    const one = visit(serverOf(Array.from({ length: 50 }, () => 'down')).send);
    one.outbox.push(operation('a'));
    const two = visit(serverOf().send, 'ada');
    const three = visit(serverOf().send, 'ada');
    three.outbox.push(operation('c'));
    two.outbox.start();
    await vi.runAllTimersAsync();
    expect(
      browserStorage('ada')
        .load()
        .map((kept) => kept.reviewId),
    ).toEqual(['c']);
  });

  test('of one learner is never sent by another on the same browser', () => {
    visit(serverOf().send, 'ada').outbox.push(operation('a'));
    expect(visit(serverOf().send, 'grace').outbox.state().waiting).toBe(0);
  });
});

describe('a browser’s storage', () => {
  test.each(['not json', '{}', 'null', '7', '[null, 1, "x", {}, {"reviewId": 7}]'])(
    'that holds %s holds nothing to send',
    (junk) => {
      localStorage.setItem('fencepost-outbox-ada', junk);
      expect(browserStorage('ada').load()).toEqual([]);
    },
  );

  test('that is forbidden or full does not stop anything from being sent', async () => {
    const refuse = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
    const server = serverOf();
    const { outbox } = visit(server.send);
    outbox.start();
    outbox.push(operation('a'));
    await vi.runAllTimersAsync();
    expect(server.written).toEqual(['a']);
  });

  test('is left empty, key and all, when everything was answered', async () => {
    const { outbox } = visit(serverOf().send);
    outbox.start();
    outbox.push(operation('a'));
    await vi.runAllTimersAsync();
    expect((localStorage as unknown as ReturnType<typeof memoryStorage>).keys()).toEqual([]);
  });
});

test('whatever the weather and however often the page is reloaded, all is written in order and heard at least once', async () => {
  const weather = fc.constantFrom<'ok' | 'down' | 'lost'>('ok', 'down', 'lost');
  const happening = fc.constantFrom('push', 'push', 'wait', 'reload', 'online');
  await fc.assert(
    fc.asyncProperty(
      fc.array(weather, { maxLength: 20 }),
      fc.array(happening, { maxLength: 20 }),
      async (plan, life) => {
        vi.stubGlobal('localStorage', memoryStorage());
        const server = serverOf([...plan]);
        const heard: string[] = [];
        const pushed: string[] = [];
        const open = () => {
          const page = makeOutbox(server.send, browserStorage('ada'), (of) => void heard.push(of.reviewId));
          page.start();
          return page;
        };
        let page = open();
        for (const what of life) {
          if (what === 'push') {
            pushed.push(`review-${pushed.length}`);
            page.push(operation(pushed.at(-1)!));
          }
          if (what === 'wait') await vi.advanceTimersByTimeAsync(700);
          if (what === 'online') page.retryNow();
          if (what === 'reload') {
            page.stop();
            await settle();
            page = open();
          }
        }
        await vi.runAllTimersAsync();
        page.stop();
        expect(server.written).toEqual(pushed);
        expect(new Set(heard)).toEqual(new Set(pushed));
        expect(browserStorage('ada').load()).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});
