// The simulated ZooKeeper held to the real one: random scripts of sessions, nodes and watches, done by both and compared answer by
// answer. Numbers of nodes must be equal. Of zxids only the order is compared: a real server gives one to every write, and several
// scripts write to one server.
// Left out: a change of the leader, for which one server is too few; and what no two servers must agree on, such as how late
// exactly a session ends.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { zookeeper } from '#lib/lock/index.ts';
import { type Cable, layCable } from './cable.ts';
import { describeWith } from './servers/suite.ts';
import {
  CreateMode,
  connectZookeeper,
  startZookeeper,
  type Zookeeper,
  type ZookeeperServer,
  zxid,
} from './servers/zookeeper.ts';
import { placesOf, simulatedServer } from './simulated.ts';
import { until } from './until.ts';
import { SESSIONS, type Step, timed, timeless } from './zookeeper-script.ts';

/** Long enough that a busy machine does not end one by mistake: the client pings at a third of it. */
const SESSION_MS = 2000;

type Answer =
  | { readonly path: string; readonly czxid: number }
  | { readonly children: readonly string[] }
  | { readonly czxid: number | null }
  | { readonly said: string };

/** The nodes of a script are named as they are in their folder. */
type Player = {
  open(session: number): Promise<void>;
  close(session: number): Promise<void>;
  create(session: number, name: string): Promise<{ readonly path: string; readonly czxid: number }>;
  children(session: number): Promise<readonly string[]>;
  /** The zxid that created it, or null. */
  exists(session: number, path: string, watch: boolean): Promise<number | null>;
  remove(session: number, path: string): Promise<string>;
  /** What the session is told at its next contact. */
  lapse(session: number): Promise<string>;
  /** Of which deletions a session has been told. */
  told(session: number): readonly string[];
};

const GONE = 'session expired';
const NO_NODE = 'no node';

function simulatedPlayer(): Player {
  const server = simulatedServer<DistributedOmit<zookeeper.ZookeeperRequest, 'tag'>, zookeeper.ZookeeperAnswer>(
    'zookeeper',
  );
  const lives = Array.from({ length: SESSIONS }, () => 0);
  const open = new Set<number>();
  const nameOf = (session: number) => `${session} ${lives[session]}`;
  const ask = (session: number, call: DistributedOmit<zookeeper.ZookeeperRequest, 'tag' | 'session'>) =>
    server.ask(nameOf(session), { session: nameOf(session), ...call });
  const outwards = (path: string) => path.slice('/lock/'.length);
  return {
    async open(session) {
      lives[session]! += 1;
      open.add(session);
      ask(session, { call: 'connect', timeout: SESSION_MS });
    },
    async close(session) {
      ask(session, { call: 'closeSession' });
      open.delete(session);
    },
    async create(session, name) {
      const { path, czxid } = ask(session, { call: 'create', path: `/lock/${name}` });
      return { path: outwards(path!), czxid };
    },
    children: async (session) => ask(session, { call: 'getChildren', path: '/lock' }).children,
    async exists(session, path, watch) {
      const { error, czxid } = ask(session, { call: 'exists', path: `/lock/${path}`, watch });
      return error === null ? czxid : null;
    },
    remove: async (session, path) => ask(session, { call: 'delete', path: `/lock/${path}` }).error ?? 'deleted',
    async lapse(session) {
      open.delete(session);
      // The others ping, as a client does.
      for (let passed = 0; passed < SESSION_MS; passed += SESSION_MS / 4) {
        for (const other of open) ask(other, { call: 'ping' });
        server.pass(SESSION_MS / 4);
      }
      return ask(session, { call: 'ping' }).error ?? 'alive';
    },
    told: (session) =>
      server.toldTo(nameOf(session)).map((message) => outwards((message as zookeeper.WatchEvent).deleted)),
  };
}

type Session = {
  readonly client: Zookeeper;
  readonly cable: Cable;
  readonly told: string[];
  readonly watchers: Map<string, () => void>;
};

async function realPlayer(
  port: number,
  observer: Zookeeper,
  script: number,
): Promise<Player & { end(): Promise<void> }> {
  const folder = `/script-${script}`;
  await observer.createAll(folder);
  await observer.createAll(`${folder}-alive`);
  const sessions: (Session | undefined)[] = Array.from({ length: SESSIONS });
  const cables: Cable[] = [];
  const at = (session: number) => sessions[session]!;
  const czxidOf = async (session: number, path: string, watcher?: () => void) => {
    const stat = await at(session).client.exists(`${folder}/${path}`, watcher);
    return stat ? zxid(stat.czxid) : null;
  };
  return {
    async open(session) {
      const cable = await layCable(port);
      cables.push(cable);
      sessions[session] = {
        client: await connectZookeeper(cable.port, SESSION_MS),
        cable,
        told: [],
        watchers: new Map(),
      };
    },
    close: (session) => at(session).client.close(),
    async create(session, name) {
      const path = await at(session).client.create(`${folder}/${name}`, CreateMode.EPHEMERAL_SEQUENTIAL);
      const short = path.slice(folder.length + 1);
      return { path: short, czxid: (await czxidOf(session, short))! };
    },
    children: (session) => at(session).client.children(folder),
    exists(session, path, watch) {
      if (!watch) return czxidOf(session, path);
      const { watchers, told } = at(session);
      // The library calls each of its watchers for one event of the server, and one that it knows once.
      const watcher = watchers.get(path) ?? (() => told.push(path));
      watchers.set(path, watcher);
      return czxidOf(session, path, watcher);
    },
    remove: (session, path) =>
      at(session)
        .client.remove(`${folder}/${path}`)
        .then(
          () => 'deleted',
          (error) => (error.name === 'NO_NODE' ? NO_NODE : String(error)),
        ),
    async lapse(session) {
      const { client, cable } = at(session);
      const alive = await client.create(`${folder}-alive/session-`, CreateMode.EPHEMERAL_SEQUENTIAL);
      cable.cut();
      await until('the session ends', async () => (await observer.exists(alive)) === null);
      const expired = new Promise<string>((resolve) => client.client.once('expired', () => resolve(GONE)));
      cable.mend();
      return expired;
    },
    told: (session) => at(session).told,
    async end() {
      await Promise.all(sessions.map((session) => session?.client.close()));
      await Promise.all(cables.map((cable) => cable.close()));
    },
  };
}

/** What has been seen in the scripts: a comparison in which no watch was ever told would prove nothing. */
const seen = new Map<string, number>();
const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);

type Said = { readonly step: string; readonly ours: Answer; readonly theirs: Answer };

/** Plays a script on both, and returns what each said to each step. */
async function play(steps: readonly Step[], real: Player): Promise<readonly Said[]> {
  const simulated = simulatedPlayer();
  const open = new Set<number>();
  const nodes: string[] = [];
  const said: Said[] = [];
  const both = async (what: string, ask: (player: Player) => Promise<Answer>) => {
    const [ours, theirs] = [await ask(simulated), await ask(real)];
    said.push({ step: what, ours, theirs });
    return ours;
  };

  for (const step of steps) {
    const { act, session } = step;
    const what = JSON.stringify(step);
    if (open.has(session) === (act === 'open')) continue;
    switch (step.act) {
      case 'open':
      case 'close':
        await simulated[step.act](session);
        await real[step.act](session);
        if (act === 'open') open.add(session);
        else open.delete(session);
        break;
      case 'create': {
        const made = await both(what, (player) => player.create(session, step.name));
        if ('path' in made) nodes.unshift(made.path);
        break;
      }
      case 'children':
        await both(what, async (player) => ({ children: [...(await player.children(session))].sort(byNumber) }));
        break;
      case 'exists': {
        const path = nodes[step.node] ?? 'never-0000000000';
        const found = await both(what, async (player) => ({ czxid: await player.exists(session, path, step.watch) }));
        count('czxid' in found && found.czxid !== null ? 'found' : 'not found');
        break;
      }
      case 'delete': {
        const path = nodes[step.node] ?? 'never-0000000000';
        const done = await both(what, async (player) => ({ said: await player.remove(session, path) }));
        count('said' in done ? done.said : '');
        break;
      }
      case 'lapse':
        open.delete(session);
        await both(what, async (player) => ({ said: await player.lapse(session) }));
        count('lapsed');
        break;
    }
    // Whoever should have been told is told; nobody else, and nobody twice.
    for (const one of open) {
      const expected = [...simulated.told(one)].sort();
      await until(
        `${what}: session ${one} is told of ${expected}`,
        () => real.told(one).length >= expected.length,
        5000,
      );
      said.push({
        step: `${what}: told to ${one}`,
        ours: { children: expected },
        theirs: { children: [...real.told(one)].sort() },
      });
    }
  }
  for (const one of open) for (const _ of simulated.told(one)) count('told');
  return said;
}

const byNumber = (a: string, b: string) => Number(a.slice(-10)) - Number(b.slice(-10));

/** The answers of one side, with zxids by their order. */
function inOrder(answers: readonly Answer[]): readonly Answer[] {
  const czxids = answers.flatMap((answer) => ('czxid' in answer && answer.czxid !== null ? [answer.czxid] : []));
  const place = placesOf(czxids);
  return answers.map((answer) =>
    'czxid' in answer && answer.czxid !== null ? { ...answer, czxid: place(answer.czxid) } : answer,
  );
}

describeWith(['zookeeper'], 'the simulated ZooKeeper and the real one', () => {
  let server: ZookeeperServer;
  let observer: Zookeeper;
  let scripts = 0;
  beforeAll(async () => {
    server = await startZookeeper();
    observer = await connectZookeeper(server.port, 30_000);
  });
  afterAll(async () => {
    await observer?.close();
    await server?.stop();
  });

  async function agree(batch: readonly (readonly Step[])[]): Promise<void> {
    await Promise.all(
      batch.map(async (steps) => {
        scripts += 1;
        const real = await realPlayer(server.port, observer, scripts);
        let said: readonly Said[];
        try {
          said = await play(steps, real);
        } finally {
          await real.end();
        }
        const ours = inOrder(said.map((one) => one.ours));
        const theirs = inOrder(said.map((one) => one.theirs));
        said.forEach(({ step }, index) => {
          expect(ours[index], step).toEqual(theirs[index]);
        });
      }),
    );
  }

  test('answer alike and number alike, and tell of each deletion once', async () => {
    seen.clear();
    await fc.assert(fc.asyncProperty(fc.array(timeless, { minLength: 4, maxLength: 4 }), agree), { numRuns: 50 });
    for (const what of ['found', 'not found', 'deleted', NO_NODE, 'told'])
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
  });

  test('end the session of a client that is cut off, tell those who watch its nodes, and then itself', async () => {
    seen.clear();
    await fc.assert(fc.asyncProperty(fc.array(timed, { minLength: 8, maxLength: 8 }), agree), { numRuns: 2 });
    for (const what of ['lapsed', 'told']) expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
  });
});

type DistributedOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
