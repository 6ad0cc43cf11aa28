// A second opinion. The lease lock with pauses is told once more, as a Promela model written from the protocol, and Spin
// searches it; both must say the same of the same numbers. The two have no code in common and pass time differently: Spin by
// ticks, we from event to event. Least likely to agree by chance are the places where one millisecond turns a verdict.
import { describe, expect, test } from 'vitest';
import { scenarioById } from '#content/scenarios/index.ts';
import { check, type FencePolicy, type Ms, type Scenario } from '#lib/lock/index.ts';
import { askSpin, readReport, settingsOf, whySpinIsMissing } from './spin.ts';

const scenario = (id: string) => scenarioById(id) as Scenario;
const onePause = scenario('pause-no-fence');
const twoPauses = scenario('two-pauses-fence-writes');
const noFault: Scenario = { ...onePause, id: 'no-fault', faults: [] };

const pausedFor = (lasts: Ms, resource: FencePolicy): Scenario => ({
  ...onePause,
  id: `pause-of-${lasts}`,
  resource,
  faults: [{ kind: 'pause', targets: ['A'], atMost: 1, lasts: [lasts] }],
});

const leaseOf = (ttl: Ms, retry: Ms): Scenario => {
  const clients = Object.entries(onePause.clients).map(([who, { name, lines }]) => {
    const shorter = lines.map(({ text, run }) => ({ text, run: run.op === 'acquire' ? { ...run, ttl } : run }));
    return [who, { name, lines: shorter }];
  });
  return {
    ...noFault,
    id: `lease-of-${ttl}`,
    clients: Object.fromEntries(clients),
    options: { retry: [retry, retry] },
  };
};

type Case = readonly [what: string, property: string, is: 'holds' | 'violated', scenario: Scenario];

const verdicts: readonly Case[] = [
  ['without a fault', 'one-believer', 'holds', noFault],
  ['without a fault', 'no-stale-write', 'holds', noFault],
  ['without a fault', 'no-lost-update', 'holds', noFault],
  ['one pause, no fencing', 'one-believer', 'violated', onePause],
  ['one pause, no fencing', 'no-stale-write', 'violated', onePause],
  ['one pause, no fencing', 'no-lost-update', 'violated', onePause],
  ['one pause, tokens checked on writes', 'one-believer', 'violated', scenario('pause-fence-writes')],
  ['one pause, tokens checked on writes', 'no-stale-write', 'holds', scenario('pause-fence-writes')],
  ['one pause, tokens checked on writes', 'no-lost-update', 'holds', scenario('pause-fence-writes')],
  ['two pauses, tokens checked on writes', 'one-believer', 'violated', twoPauses],
  ['two pauses, tokens checked on writes', 'no-stale-write', 'holds', twoPauses],
  ['two pauses, tokens checked on writes', 'no-lost-update', 'violated', twoPauses],
  ['two pauses, tokens checked on reads too', 'one-believer', 'violated', scenario('pause-fence-seal')],
  ['two pauses, tokens checked on reads too', 'no-stale-write', 'holds', scenario('pause-fence-seal')],
  ['two pauses, tokens checked on reads too', 'no-lost-update', 'holds', scenario('pause-fence-seal')],
  ['one pause, release by a bare DEL', 'only-owner-releases', 'violated', scenario('blind-delete')],
  ['one pause, release by compare-and-delete', 'only-owner-releases', 'holds', scenario('safe-delete')],
];

/** Somebody can finish, whatever strikes; else what holds above might hold because nothing happens. */
const notIdle: readonly Case[] = [noFault, onePause, scenario('pause-fence-writes'), scenario('pause-fence-seal')].map(
  (one) => [one.id, 'somebody-finishes', 'holds', one],
);

const turningPoints: readonly Case[] = [
  // No fault, but a lease that ends while its holder works, and a rival that asks again soon. Longer is not always safer: what
  // counts is whether an attempt of the rival, every 8 to 10 ms, falls between the end and the holder's noticing it.
  ['a lease of 9 ms, asked for every 4 ms', 'one-believer', 'violated', leaseOf(9, 4)],
  ['a lease of 10 ms, asked for every 4 ms', 'one-believer', 'holds', leaseOf(10, 4)],
  ['a lease of 11 ms, asked for every 4 ms', 'one-believer', 'violated', leaseOf(11, 4)],
  ['a lease of 12 ms, asked for every 4 ms', 'one-believer', 'holds', leaseOf(12, 4)],
  ['a lease of 15 ms, asked for every 3 ms', 'one-believer', 'violated', leaseOf(15, 3)],
  ['a lease of 16 ms, asked for every 3 ms', 'one-believer', 'holds', leaseOf(16, 3)],
  // How long a pause must be to do harm. With tokens checked on writes one pause is enough, if it ends while B is between
  // its read and its write; a longer one comes too late.
  ['a pause of 18 ms', 'one-believer', 'holds', pausedFor(18, 'none')],
  ['a pause of 19 ms', 'one-believer', 'violated', pausedFor(19, 'none')],
  ['a pause of 23 ms, tokens checked on writes', 'no-lost-update', 'holds', pausedFor(23, 'writes')],
  ['a pause of 24 ms, tokens checked on writes', 'no-lost-update', 'violated', pausedFor(24, 'writes')],
  ['a pause of 41 ms, tokens checked on writes', 'no-lost-update', 'violated', pausedFor(41, 'writes')],
  ['a pause of 42 ms, tokens checked on writes', 'no-lost-update', 'holds', pausedFor(42, 'writes')],
  ['a pause of 29 ms, no fencing', 'no-stale-write', 'holds', pausedFor(29, 'none')],
  ['a pause of 30 ms, no fencing', 'no-stale-write', 'violated', pausedFor(30, 'none')],
  ['a pause of 30 ms, tokens checked on reads too', 'no-lost-update', 'holds', pausedFor(30, 'reads-and-writes')],
];

/** What Spin says of a property of ours; of one that may hold sometimes it is asked the opposite. */
async function spinSays(of: Scenario, property: string): Promise<'holds' | 'violated'> {
  const { kind } = await askSpin(settingsOf(of, property));
  if (property !== 'somebody-finishes') return kind;
  return kind === 'violated' ? 'holds' : 'violated';
}

const missing = whySpinIsMissing();

if (missing && process.env.CI) {
  test('Spin is here to be asked', () => {
    throw new Error(missing);
  });
} else if (missing) {
  console.error(`skipped: a second opinion from Spin (${missing})`);
}

describe.skipIf(missing)(`Spin and we agree${missing ? ` (${missing})` : ''}`, () => {
  test.each([...verdicts, ...notIdle, ...turningPoints])('%s: %s %s', async (_, property, is, of) => {
    expect({ ours: check(of, property).kind, spin: await spinSays(of, property) }).toEqual({ ours: is, spin: is });
  });

  test('on how few faults it takes to lose an update behind tokens checked on writes', async () => {
    const [rule] = twoPauses.faults;
    const bySpin: string[] = [];
    for (const atMost of [0, 1, 2]) {
      const faults = rule && atMost > 0 ? [{ ...rule, atMost }] : [];
      bySpin.push((await askSpin(settingsOf({ ...twoPauses, faults }, 'no-lost-update'))).kind);
    }
    expect(bySpin).toEqual(['holds', 'holds', 'violated']);
    expect(check(twoPauses, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 2 });
  });

  test('and breadth-first, too', async () => {
    const how = { order: 'breadth-first', optimise: 0 } as const;
    expect((await askSpin(settingsOf(onePause, 'no-lost-update'), how)).kind).toBe('violated');
    expect((await askSpin(settingsOf(scenario('pause-fence-writes'), 'no-stale-write'), how)).kind).toBe('holds');
  });

  test('no statement of the model is idle', async () => {
    const settings = { ...settingsOf(scenario('pause-fence-seal'), 'no-lost-update'), PROPERTY: 'NOTHING' };
    const { states, unreached } = await askSpin(settings);
    expect(unreached).toEqual([]);
    expect(states).toBeGreaterThan(100_000);
  });
});

describe('what the model does not tell of is refused', () => {
  const [{ lines }] = Object.values(onePause.clients) as [Scenario['clients'][string]];
  test.each<[string, Partial<Scenario>, RegExp]>([
    ['another lock', { backend: 'none' }, /cannot say the lock 'none'/],
    ['another fault', { faults: [{ kind: 'crash', targets: ['A'], atMost: 1 }] }, /cannot say these faults/],
    ['a pause of B alone', { faults: [{ kind: 'pause', targets: ['B'], atMost: 1, lasts: [60] }] }, /which clients/],
    ['another program', { clients: { A: { name: 'short', lines: lines.slice(1) } } }, /cannot say these programs/],
    ['one client', { clients: { A: { name: 'add one', lines } } }, /cannot say 1 clients/],
    ['a lost answer', { options: { retry: [30, 30], timeout: 20 } }, /cannot say these options/],
    ['a very long pause', { faults: [{ kind: 'pause', targets: ['A'], atMost: 1, lasts: [600] }] }, /255 ms and more/],
  ])('%s', (_, change, why) => {
    expect(() => settingsOf({ ...onePause, ...change }, 'no-lost-update')).toThrow(why);
  });

  test('another property', () => {
    expect(() => settingsOf(onePause, 'no-double-effect')).toThrow(/cannot say 'no-double-effect'/);
  });
});

describe('a report that is no verdict is an error', () => {
  const stats = '        1 states, stored\n    1.0\ttotal actual memory usage\n';
  test.each([
    [
      'time that stands still',
      `pan:1: invalid end state (at depth 3)\ndepth reached 3, errors: 1\n${stats}`,
      /is wrong: invalid/,
    ],
    ['a cut search', `error: max search depth too small\ndepth reached 9, errors: 0\n${stats}`, /gave up/],
    ['silence', '', /in the report of Spin/],
  ])('%s', (_, report, why) => {
    expect(() => readReport(report)).toThrow(why);
  });
});
