// The simulated etcd held to the real one: random scripts of grants, keep-alives, transactions and watches, done by both and
// compared answer by answer. Without time in them, revisions are compared as numbers, counted from the start of the script. With
// leases that end, several scripts share the waiting and the server, so there only the order of revisions is compared.
// Left out: a change of the leader, for which one server is too few.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { etcd } from '#lib/lock/index.ts';
import { type RealEtcd, realEtcd, type Watch } from './etcd-real.ts';
import { SHORTEST_LEASE_S, type Step, timed, timeless } from './etcd-script.ts';
import { type EtcdServer, startEtcd } from './servers/etcd.ts';
import { describeWith } from './servers/suite.ts';
import { placesOf, simulatedServer } from './simulated.ts';
import { until } from './until.ts';

/** A simulated millisecond stands for a second. */
function simulatedEtcd() {
  const server = simulatedServer<DistributedOmit<etcd.EtcdRequest, 'tag'>, etcd.EtcdAnswer>('etcd');
  const ask = <Answer>(request: DistributedOmit<etcd.EtcdRequest, 'tag'>) => server.ask('client', request) as Answer;
  return {
    grant: (id: string, ttl: number) => ask<etcd.LeaseAnswer>({ rpc: 'LeaseGrant', id, ttl }),
    keepAlive: (id: string) => ask<etcd.LeaseAnswer>({ rpc: 'LeaseKeepAlive', id }),
    revoke: (id: string) => ask<etcd.LeaseAnswer>({ rpc: 'LeaseRevoke', id }),
    txn: (compare: readonly etcd.Compare[], [success, failure]: readonly [readonly etcd.Op[], readonly etcd.Op[]]) =>
      ask<etcd.TxnAnswer>({ rpc: 'Txn', compare, success, failure, access: null }),
    watch: (watcher: string, key: string, from: number) => server.ask(watcher, { rpc: 'Watch', key, from }),
    hasTold: (watcher: string) => server.toldTo(watcher).length > 0,
    passSecond: () => server.pass(1),
  };
}

/** What has been seen in the scripts: a comparison in which no lease ever ended would prove nothing. */
const seen = new Map<string, number>();
const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);

type Said = { readonly step: string; readonly simulated: unknown; readonly real: unknown };

/** Plays a script on both, and returns what each said to each step. */
async function play(steps: readonly Step[], real: RealEtcd): Promise<readonly Said[]> {
  const watches: Watch[] = [];
  try {
    return await playWith(steps, real, watches);
  } finally {
    await real.clear(watches);
  }
}

async function playWith(steps: readonly Step[], real: RealEtcd, watches: Watch[]): Promise<readonly Said[]> {
  const simulated = simulatedEtcd();
  const said: Said[] = [];
  const short = new Map<string, number>();
  const say = (step: Step, ours: unknown, theirs: unknown) =>
    said.push({ step: JSON.stringify(step), simulated: ours, real: theirs });

  for (const step of steps) {
    switch (step.act) {
      case 'grant': {
        const granted = simulated.grant(step.lease, step.ttl);
        if (granted.error === null && step.ttl <= SHORTEST_LEASE_S) short.set(step.lease, performance.now());
        say(step, granted, await real.grant(step.lease, step.ttl));
        count(granted.error ?? 'granted');
        break;
      }
      case 'keepAlive': {
        const kept = simulated.keepAlive(step.lease);
        say(step, kept, await real.keepAlive(step.lease));
        if (short.has(step.lease)) short.set(step.lease, performance.now());
        count(kept.ttl > 0 ? 'kept alive' : 'nothing to keep alive');
        break;
      }
      case 'revoke': {
        short.delete(step.lease);
        const revoked = simulated.revoke(step.lease);
        say(step, revoked, await real.revoke(step.lease));
        count(revoked.error ?? 'revoked');
        break;
      }
      case 'txn': {
        const done = simulated.txn(step.compare, step.ops);
        say(step, done, await real.txn(step.compare, step.ops));
        count(done.error ?? (done.succeeded ? 'succeeded' : 'failed'));
        break;
      }
      case 'watch': {
        const get = [[{ op: 'get', key: step.key }], []] as const;
        const [ours, theirs] = [simulated.txn([], get), await real.txn([], get)];
        say(step, ours, theirs);
        if (ours.results[0]?.kvs.length !== 1 || theirs.results[0]?.kvs.length !== 1) break;
        simulated.watch(`watcher ${watches.length}`, step.key, ours.revision);
        watches.push(real.watch(step.key, theirs.revision));
        break;
      }
      case 'outlast': {
        const ending = [...short.keys()].filter((lease) => !step.keep.includes(lease));
        for (let second = 0; second < SHORTEST_LEASE_S; second += 1) {
          for (const lease of step.keep) simulated.keepAlive(lease);
          simulated.passSecond();
        }
        await until('the short leases end', async () => {
          await Promise.all(step.keep.map((lease) => real.keepAlive(lease)));
          return (await Promise.all(ending.map((lease) => real.isOver(lease)))).every(Boolean);
        });
        for (const lease of step.keep) say(step, simulated.keepAlive(lease), await real.keepAlive(lease));
        for (const lease of ending) {
          say(step, simulated.keepAlive(lease), await real.keepAlive(lease));
          short.delete(lease);
          count('ended');
        }
        for (const lease of step.keep) if (short.has(lease)) short.set(lease, performance.now());
        break;
      }
    }
    // Whoever should have been told is told; nobody else.
    for (const [index, watch] of watches.entries()) {
      const told = simulated.hasTold(`watcher ${index}`);
      if (told && !watch.hasFired()) await within(watch.fired, `${JSON.stringify(step)}: watch ${index}`);
      said.push({ step: `${JSON.stringify(step)}: watch ${index}`, simulated: told, real: watch.hasFired() });
    }
    // A machine that stood still for so long says nothing about leases.
    fc.pre([...short.values()].every((since) => performance.now() - since < 1500));
  }
  for (const [index] of watches.entries()) if (simulated.hasTold(`watcher ${index}`)) count('told');
  return said;
}

const patienceMs = 3000;
async function within(done: Promise<void>, what: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} was not told in ${patienceMs} ms`)), patienceMs);
  });
  await Promise.race([done, late]).finally(() => clearTimeout(timer));
}

/** The answers of one side. An answer to a read tells how far the whole store is, which other scripts move along. */
function inOrder(answers: readonly unknown[]): readonly unknown[] {
  const revisions: number[] = [];
  const each = (answer: unknown, change: (kv: etcd.KeyValue) => etcd.KeyValue) => {
    const { revision: _, ...txn } = answer as etcd.TxnAnswer;
    return { ...txn, results: txn.results.map(({ kvs, deleted }) => ({ kvs: kvs.map(change), deleted })) };
  };
  const isTxn = (answer: unknown) => typeof answer === 'object' && answer !== null && 'results' in answer;
  for (const answer of answers.filter(isTxn)) {
    each(answer, (kv) => {
      revisions.push(kv.create, kv.mod);
      return kv;
    });
  }
  const place = placesOf(revisions);
  return answers.map((answer) =>
    isTxn(answer) ? each(answer, (kv) => ({ ...kv, create: place(kv.create), mod: place(kv.mod) })) : answer,
  );
}

/** What a refused transaction says of revisions is left open. */
const withoutRefused = (answer: unknown) =>
  typeof answer === 'object' && answer !== null && 'results' in answer && (answer as etcd.TxnAnswer).error !== null
    ? (answer as etcd.TxnAnswer).error
    : answer;

describeWith(['etcd'], 'the simulated etcd and the real one', () => {
  let server: EtcdServer;
  let scripts = 0;
  const next = () => {
    scripts += 1;
    return realEtcd(server.port, scripts);
  };
  beforeAll(async () => {
    server = await startEtcd();
  });
  afterAll(() => server?.stop());

  test('answer alike, and with the same revisions, as long as no lease ends', async () => {
    seen.clear();
    await fc.assert(
      fc.asyncProperty(timeless, async (steps) => {
        const said = await play(steps, await next());
        for (const { step, simulated, real } of said) {
          expect(withoutRefused(simulated), step).toEqual(withoutRefused(real));
        }
      }),
      { numRuns: 40 },
    );
    const all = ['granted', 'lease already exists', 'requested lease not found', 'succeeded', 'failed', 'told'];
    for (const what of all) expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
  });

  test('end the same leases, delete the same keys and tell the same watchers', async () => {
    seen.clear();
    await fc.assert(
      fc.asyncProperty(fc.array(timed, { minLength: 8, maxLength: 8 }), async (batch) => {
        const reals = await Promise.all(batch.map(next));
        const transcripts = await Promise.all(batch.map((steps, index) => play(steps, reals[index]!)));
        for (const said of transcripts) {
          const ours = inOrder(said.map(({ simulated }) => simulated));
          const theirs = inOrder(said.map(({ real }) => real));
          said.forEach(({ step }, index) => {
            expect(withoutRefused(ours[index]), step).toEqual(withoutRefused(theirs[index]));
          });
        }
      }),
      { numRuns: 2 },
    );
    for (const what of ['ended', 'told', 'kept alive']) expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
  });
});

type DistributedOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
