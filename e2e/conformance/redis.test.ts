// The simulated Redis held to the real one: random scripts of two or three clients, compared answer by answer. Nobody sleeps and
// hopes: each command of the real server is put between two readings of its own clock, the simulated server is asked at that very
// time, and so a slow machine only makes a script take longer.
// Where the real answer is not certain, none is compared. A command that comes within `MARGIN_MS` of the end of a lease could go
// either way, and so could one that took longer than a millisecond; the script ends there, and it is counted how many do. It also
// ends where the answer is certain but not which keys are left: the simulated server drops an ended lease when it looks at it.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Actor, type BackendOptions, backends, type Json, type redis } from '#lib/lock/index.ts';
import { ACQUIRE, EXTEND, RELEASE } from './locks/redis.ts';
import { type Client, clients, LONG_MS, type Sayable, type Step, scripts } from './redis-script.ts';
import { connectRedis, type RedisServer, startRedis } from './servers/redis.ts';
import { describeWith } from './servers/suite.ts';

type Connection = Awaited<ReturnType<typeof connectRedis>>;
type Server = (client: Client, request: Sayable, wall: number) => Said;
type Said = { readonly reply: redis.Reply; readonly keysLeft: string; keep(): void };

/** One ms for each of the two readings of the real clock, one because a real key lives through the ms in which it ends. */
const MARGIN_MS = 3;
/** A lease begins at one reading of the clock and PTTL is another; each may be one ms later than the simulated one. */
const PTTL_TOLERANCE_MS = 2;

function simulatedRedis(): Server {
  const actor = backends.redis!.servers({ durable: false, delayedRestart: 0 } as BackendOptions).redis as Actor;
  const at = (wall: number) => ({ monotonic: { $at: wall }, wall: { $at: wall } });
  let memory: Json = actor.on(null, { kind: 'start', disk: null }, at(0)).state;
  return (client, request, wall) => {
    const body = { ...request, tag: 'now' } as Json;
    const { state, commands } = actor.on(memory, { kind: 'message', from: client, body }, at(wall));
    const [said] = commands.filter((command) => command.do === 'send');
    return {
      reply: (said!.body as unknown as redis.Answer).reply,
      keysLeft: Object.keys((state as { keys: object }).keys).join(),
      keep() {
        memory = state;
      },
    };
  };
}

/** In the words of the simulated server: Redis 7 has a script where Redis 8.4 has `SET … IFEQ`, and it answers 1 for OK. */
async function askReal(connection: Connection, request: Sayable) {
  const pipeline = connection.pipeline().time();
  switch (request.command) {
    case 'set':
      if (request.counter === null) pipeline.set(request.key, request.value, 'PX', request.ttl, 'NX');
      else pipeline.eval(ACQUIRE, 2, request.key, request.counter, request.value, request.ttl);
      break;
    case 'extend':
      pipeline.eval(EXTEND, 1, request.key, request.value, request.ttl);
      break;
    case 'delex':
      pipeline.eval(RELEASE, 1, request.key, request.value);
      break;
    case 'mget':
      pipeline.mget(...request.keys);
      break;
    default:
      pipeline[request.command](request.key);
  }
  const [before, done, after] = (await pipeline.time().exec()) as unknown as [Answered, Answered, Answered];
  const [error, value] = done;
  const extended = value === 1 ? 'OK' : null;
  const reply = error ? { error: error.message } : request.command === 'extend' ? extended : (value as redis.Reply);
  return { reply, from: millisecondsOf(before), to: millisecondsOf(after) };
}
type Answered = readonly [error: Error | null, value: unknown];

function millisecondsOf([, value]: Answered): number {
  const [seconds, micros] = value as [string, string];
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
}

describeWith(['redis'], 'the simulated Redis and the real one', () => {
  let server: RedisServer;
  let connections: { readonly [client in Client]: Connection };
  beforeAll(async () => {
    server = await startRedis();
    const [a, b, c] = await Promise.all(clients.map(() => connectRedis(server.port)));
    connections = { A: a!, B: b!, C: c! };
  });
  afterAll(async () => {
    for (const connection of Object.values(connections ?? {})) connection.disconnect();
    await server?.stop();
  });

  /** What has been seen: a comparison in which no lease ever ended would prove nothing. */
  const seen = new Map<string, number>();
  const count = (what: string): void => {
    seen.set(what, (seen.get(what) ?? 0) + 1);
  };
  beforeEach(() => seen.clear());

  const now = async () => millisecondsOf([null, await connections.A.time()]);
  const passed = async (ms: number) => {
    const end = (await now()) + ms;
    while ((await now()) < end);
  };

  /** Ends early where the real answer is not certain. */
  async function play(steps: readonly Step[], simulated: Server): Promise<void> {
    await connections.A.flushall();
    for (const step of steps) {
      if (step.act === 'pass') await passed(step.ms);
      else if (step.act === 'outlast') await outlast(step.key);
      else if (!(await compare(step.client, step.request, simulated))) return count(ENDED_EARLY);
    }
    count(PLAYED);
  }

  async function outlast(key: string): Promise<void> {
    const left = await connections.A.pttl(key);
    if (left < 0 || left > LONG_MS / 2) return;
    await passed(left + MARGIN_MS + 1);
    count(OUTLASTED);
  }

  async function compare(client: Client, request: Sayable, simulated: Server): Promise<boolean> {
    const real = await askReal(connections[client], request);
    const [sooner, same, later] = [-MARGIN_MS, 0, MARGIN_MS].map((by) => simulated(client, request, real.from + by));
    const inWords = ({ reply }: { readonly reply: redis.Reply }) => wordsOf(request, reply);
    const words = inWords(same!);
    const alike = ({ reply, keysLeft }: Said) => wordsOf(request, reply) === words && keysLeft === same!.keysLeft;
    if (real.to - real.from > 1 || !alike(sooner!) || !alike(later!)) return false;
    expect(inWords(real), `${client}: ${JSON.stringify(request)}`).toBe(words);
    if (words === LEFT) {
      const difference = Math.abs((real.reply as number) - (same!.reply as number));
      expect(difference, `${client}: ${JSON.stringify(request)}`).toBeLessThanOrEqual(PTTL_TOLERANCE_MS);
    }
    same!.keep();
    count(`${request.command}: ${/^\d+$/.test(words) && words > '1' ? 'n' : words}`);
    return true;
  }

  test('answer random scripts of three clients alike', async () => {
    const alike = fc.asyncProperty(scripts, (steps) => play(steps, simulatedRedis()));
    // On a slow machine fewer scripts are played.
    await fc.assert(alike, { numRuns: 400, interruptAfterTimeLimit: 15_000 });
    expect(WANTED.filter((what) => !seen.has(what))).toEqual([]);
    expect(seen.get(ENDED_EARLY) ?? 0, ENDED_EARLY).toBeLessThan((seen.get(PLAYED) ?? 0) / 2);
  });

  test('would be found to differ, in a few commands, if the simulated one forgot to compare before it deletes', async () => {
    const careless = (): Server => {
      const simulated = simulatedRedis();
      return (client, request, wall) =>
        simulated(client, request.command === 'delex' ? { command: 'del', key: request.key } : request, wall);
    };
    const alike = fc.asyncProperty(scripts, (steps) => play(steps, careless()));
    const { failed, counterexample } = await fc.check(alike, { seed: 1, numRuns: 100 });
    expect(failed).toBe(true);
    const [steps] = counterexample!;
    // Two would do; a candidate that the clock ended early counts as alike, and then a longer one is left.
    const commands = steps.map((step) => (step.act === 'say' ? step.request.command : step.act));
    expect(commands).toContain('set');
    expect(commands).toContain('delex');
    expect(commands.length).toBeLessThanOrEqual(6);
  });
});

/** What is compared. How much of a lease is left is told apart from whether anything is. */
const LEFT = 'so many ms left';
function wordsOf({ command }: Sayable, reply: redis.Reply): string {
  return command === 'pttl' && (reply as number) >= 0 ? LEFT : JSON.stringify(reply);
}

const PLAYED = 'a script that was played to its end';
const ENDED_EARLY = 'a script that ended early';
const OUTLASTED = 'a lease that ended';
const WANTED = [
  OUTLASTED,
  ...['set: 1', 'set: n', 'set: 0', 'set: "OK"', 'set: null', 'extend: "OK"', 'extend: null', 'delex: 1', 'delex: 0'],
  ...['pttl: -1', 'pttl: -2', `pttl: ${LEFT}`, 'incr: 1', 'incr: n', 'del: 1', 'del: 0', 'get: null', 'get: "A1"'],
  'incr: {"error":"ERR value is not an integer or out of range"}',
];
