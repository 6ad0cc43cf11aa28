// The terminal, driven as a person would.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Mistake } from './flags.ts';
import { lab as obey } from './lab/index.ts';

async function lab(...words: readonly string[]): Promise<string> {
  const lines: string[] = [];
  await obey(words, (line) => lines.push(line));
  return lines.join('\n');
}
const json = async (...words: readonly string[]) => JSON.parse(await lab(...words, '--json'));

describe('lab check', () => {
  test('finds the paused holder, says how many faults it took, and its script replays to the same violation', async () => {
    const knobs = ['--lock', 'redis', '--fault', 'pause:1', '--property', 'no-lost-update'];
    const verdict = await json('check', ...knobs);
    expect(verdict).toMatchObject({
      kind: 'violated',
      lock: 'redis',
      property: 'no-lost-update',
      faults: { pause: 1 },
      faultsUsed: 1,
      timing: 'every-ms',
    });
    expect(verdict.states).toBeGreaterThan(100);
    const again = await json('run', ...knobs, '--script', JSON.stringify(verdict.script));
    expect(again.broken).toEqual([
      { property: 'no-lost-update', step: verdict.script.length - 1, words: verdict.words },
    ]);
  });

  test('says that fencing on reads and writes holds, and that the belief stays broken', async () => {
    const knobs = ['--lock', 'redis', '--fence', 'reads-and-writes', '--fault', 'pause:2', '--timing', 'corners'];
    expect(await json('check', ...knobs, '--property', 'no-lost-update')).toMatchObject({
      kind: 'holds',
      faultsUsed: null,
      script: null,
      timing: 'corners',
    });
    expect((await json('check', ...knobs, '--property', 'one-believer')).kind).toBe('violated');
  });

  test('says "unknown" at a bound, and which bound it was', async () => {
    const verdict = await json(
      'check',
      '--lock',
      'redis',
      '--fault',
      'pause:1',
      '--property',
      'no-lost-update',
      '--max-states',
      '50',
    );
    expect(verdict).toMatchObject({ kind: 'unknown', stoppedBy: 'states', script: null });
  });

  test('checks all that a scenario of the course claims, and tells a person the shortest way to break it', async () => {
    const told = await lab('check', 'pause-no-fence');
    expect(told).toContain('one-believer: violated');
    expect(told).toContain('Broken with one fault');
    expect(told).toContain('pause A for 60 ms');
    const all = (await json('check', 'pause-no-fence')) as { property: string; kind: string }[];
    expect(all.length).toBeGreaterThan(1);
  });

  test('strikes the target that it is told to, for as long as it is told to', async () => {
    const verdict = await json('check', '--lock', 'redis', '--fault', 'pause:1@B=45', '--property', 'one-believer');
    expect(verdict.script.some((line: string) => line.startsWith('pause B for 45 ms'))).toBe(true);
  });
});

describe('lab run', () => {
  test('tells a run line by line, the same for the same seed, with the hash of the trace', async () => {
    const first = await lab('run', 'pause-no-fence', '--seed', '3');
    expect(first).toMatch(/\d+ ms {2}A +.*believes that it holds the lock with token 1/);
    expect(first).toMatch(/hash [0-9a-z]{14}/);
    expect(await lab('run', 'pause-no-fence', '--seed', '3')).toBe(first);
    expect(await lab('run', 'pause-no-fence', '--seed', '4')).not.toBe(first);
  });
});

describe('lab list and --help', () => {
  test('name everything that can be asked for', async () => {
    const { locks, faults, properties, scenarios } = await json('list');
    expect(locks.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['none', 'redis']));
    expect(faults).toContain('clockJump');
    expect(properties.map(({ id }: { id: string }) => id)).toContain('one-believer');
    expect(scenarios.length).toBeGreaterThan(10);
    const help = await lab('check', '--help');
    for (const name of ['--fence', '--fault', 'nobody-stuck', 'redis']) expect(help).toContain(name);
  });
});

test.each([
  [['dance'], /there is no command 'dance'; there are list, run, check, matrix/],
  [['check'], /name a scenario, or choose a lock/],
  [['check', 'no-such-scenario'], /there is no scenario 'no-such-scenario'; there are seat-14a/],
  [['check', '--lock', 'paper'], /there is no lock 'paper'; there are none, /],
  [['check', '--lock', 'redis', '--fault', 'earthquake:1'], /there is no fault 'earthquake'; there are pause/],
  [['check', '--lock', 'redis', '--fault', 'pause'], /--fault must look like pause:1/],
  [['check', '--lock', 'redis', '--fault', 'pause:1@Z'], /strikes 'Z', which is not there/],
  [['check', '--lock', 'redis', '--fault', 'failover:1'], /'redis' has nothing that a failover could strike/],
  [['check', '--lock', 'redis', '--property', 'luck'], /there is no property 'luck'/],
  [['check', '--lock', 'redis', '--ttl', 'soon'], /--ttl must be a whole number/],
  [['check', '--lock', 'redis', '--clients', '9'], /clients must be 1 to 4/],
  [['check', '--lock', 'redis', '--renew', '30'], /renew must be none, third/],
  [['check', '--lock', 'redis', '--option', 'replicas'], /--option must look like replicas=5/],
  [['check', '--lock', 'redis', '--option', 'luck=5'], /there is no option 'luck'/],
  [['check', '--lock', 'redis', '--option', 'timeout=soon'], /timeout must be whole milliseconds/],
  [['check', '--lock', 'none', '--fence', 'writes'], /the backend 'none' gives none/],
  [['check', '--lock', 'redis', '--loud'], /Unknown option '--loud'/],
  [
    ['run', 'pause-no-fence', '--script', '["B: dance"]'],
    /move 1 of the script, 'B: dance', is not offered; on offer: A: acquire/,
  ],
  [['run', 'pause-no-fence', '--script', '["'], /--script must be a JSON list/],
  [['run', 'pause-no-fence', '--seed', '1', '--script', 'A: acquire'], /--seed or --script, not both/],
] as const)('lab %j is refused in one line', async (words, message) => {
  const refusal = await obey(words, () => {}).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Mistake);
  expect((refusal as Mistake).message).toMatch(message);
  expect((refusal as Mistake).message).not.toContain('\n');
});

describe('as a process of its own', () => {
  const root = path.dirname(path.dirname(import.meta.dirname));
  const start = (...words: readonly string[]) =>
    spawnSync(process.execPath, ['--import', 'ts-blank-space/register', 'lib/cli/lab.ts', ...words], {
      cwd: root,
      encoding: 'utf8',
    });

  test('the lab prints to stdout and ends with 0', () => {
    const { status, stdout, stderr } = start('list', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout).locks.length).toBeGreaterThan(1);
  });

  test('the lab says a mistake on stderr and ends with 2', () => {
    const { status, stdout, stderr } = start('check', '--lock', 'paper');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
