// The terminal, driven as a person would.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { answer, cells, choicesOf } from '#lib/lock/index.ts';
import { commandOf } from './command.ts';
import { Mistake, readFlags } from './flags.ts';
import { lab as obey } from './lab/index.ts';
import { teller } from './progress.ts';

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

describe('an answer carries its question', () => {
  const parsed = (command: string) => {
    const [npm, run, lab, dashes, check, ...words] = command.split(' ');
    expect([npm, run, lab, dashes, check]).toEqual(['npm', 'run', 'lab', '--', 'check']);
    return readFlags(words);
  };

  test('the command of every cell of the matrix asks just what the cell asked', () => {
    const lockless = ['conditional-update', 'unique-constraint', 'idempotency-key', 'queue'];
    for (const cell of cells()) {
      const { choices, property } = parsed(commandOf(choicesOf(cell), cell.property));
      expect({ choices, property }).toEqual({ choices: choicesOf(cell), property: cell.property });
    }
    expect(cells().some(({ lock }) => lockless.includes(lock))).toBe(true);
  });

  test('so does that of any flags, and it finds the same', async () => {
    const words = [
      ...['--lock', 'redis', '--clients', '3', '--ttl', '20', '--hold', '4', '--renew', '5', '--release', 'blind'],
      ...['--fence', 'writes', '--recheck', 'no', '--margin', '2', '--on-lost', 'ignore', '--bound', '9'],
      ...['--patience', '60', '--network', '1-1', '--stagger', '1', '--within', '90', '--task', 'book'],
      ...['--fault', 'pause:1@A,B=45', '--fault', 'clockRate:1@redis=3/2', '--fault', 'loss-in:2'],
      ...['--option', 'retry=10-20', '--option', 'durable=true', '--option', 'timeout=forever'],
      ...['--property', 'one-believer', '--timing', 'earliest', '--max-states', '500'],
    ];
    const { choices } = readFlags(words);
    expect(parsed(commandOf(choices, 'one-believer')).choices).toEqual(choices);
    const first = await json('check', ...words);
    expect(first).toMatchObject({ choices });
    expect(await json('check', ...first.command.split(' ').slice(5))).toMatchObject({ kind: first.kind });
  });

  test('so does that of a scenario', async () => {
    const { command, choices } = (await json('check', 'pause-no-fence'))[0];
    expect(choices).toBeNull();
    expect(await json('check', ...command.split(' ').slice(5))).toMatchObject({ scenario: 'pause-no-fence' });
  });

  test('and a cell says the same as the command that it carries', async () => {
    const cell = cells().find(
      ({ row, trouble, fenced }) => row === 'sql-outside' && trouble === 'partition' && !fenced,
    );
    if (!cell) throw new Error('there is no such cell');
    const found = answer(cell);
    const again = await json('check', ...commandOf(found.choices, cell.property).split(' ').slice(5));
    if (found.kind === 'refused') throw new Error(found.why);
    expect(again).toMatchObject({ kind: found.verdict.kind, states: found.verdict.states });
  });
});

describe('a verdict that says little says so', () => {
  const quiet = ['--network', '1-1', '--timing', 'corners', '--property', 'no-lost-update'];

  test('when nobody is left to finish', async () => {
    const dead = ['--lock', 'redis', '--fault', 'crash:2', ...quiet];
    expect(await lab('check', ...dead)).toContain('in no run does anybody finish');
    expect((await json('check', ...dead)).note).toContain('this says little');
    expect((await json('check', '--lock', 'redis', '--fault', 'crash:1', ...quiet)).note).toBeNull();
  });

  test('and when it stopped at a bound, what would help', async () => {
    const told = await lab('check', '--lock', 'redis', '--clients', '3', '--max-states', '50', '--fault', 'pause:1');
    expect(told).toContain('An answer may come with --timing corners, or fewer clients, or --max-states 500.');
  });
});

describe('progress', () => {
  const heard = (isTTY: boolean, times: readonly number[]) => {
    const said: string[] = [];
    let at = 0;
    const { tell, done } = teller({ isTTY, write: (text) => said.push(text) }, () => at);
    for (const time of times) {
      at = time;
      tell(`at ${time}`);
    }
    done();
    return said;
  };

  test('is one line that changes on a screen, and is gone at the end', () => {
    expect(heard(true, [100, 300, 350, 600])).toEqual(['\r\u001b[Kat 300', '\r\u001b[Kat 600', '\r\u001b[K']);
  });

  test('in a log begins after two seconds and comes now and then', () => {
    expect(heard(false, [100, 1900])).toEqual([]);
    expect(heard(false, [1999, 2001, 3000, 4100])).toEqual(['at 2001\n', 'at 4100\n']);
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
  [['check', '--lock', 'redis', '--max-states', '-1'], /--max-states must be a whole number, not '-1'/],
  [['run', 'pause-no-fence', '--seed', '-1'], /--seed must be a whole number, not '-1'/],
  [['check', '--lock', 'redis', '--option', 'retry=0'], /retry must be .* such as 10-20/],
  [['check', '--lock', 'redis', '--bound', '0'], /^bound must be/],
  [['check', '--lock', 'redis', '--lock', 'etcd'], /--lock is there twice/],
  [['check', '--lock', 'sql', '--option', 'data=inside', '--option', 'data=outside'], /--option data is there twice/],
  [['check', '--lock', 'redis', '--release', 'safe', '--option', 'release=delete'], /not both/],
  [['check', 'pause-no-fence', '--seed', '1'], /lab check does not know --seed/],
  [['run', 'pause-no-fence', '--max-states', '5'], /lab run does not know --max-states/],
  [['matrix', 'extra'], /lab matrix takes no name; 'extra' is too many/],
  [['list', 'extra'], /lab list takes no name/],
  [['check', '--lock', 'queue', '--margin', '5'], /'queue' takes no lock, so --margin would change nothing/],
  [['check', '--lock', 'mutex', '--recheck', 'no'], /no deadline, so --recheck would change nothing/],
  [['check', '--lock', 'redis', '--fault', 'restart:1'], /as in crash:1/],
  [['check', '--lock', 'redis', '--fault', 'crash:0'], /0 times/],
  [['check', '--lock', 'redis', '--fault', 'crash:1=5'], /a crash has no length/],
  [['check', '--lock', 'redis', '--fault', 'pause-in:1'], /a pause has no direction/],
  [['check', '--lock', 'redis', '--fault', 'clockRate:1@redis=2'], /a rate such as 3\/2/],
  [['check', '--lock', 'redis', '--fault', 'pause:1', '--fault', 'pause:1@B'], /as in pause:1@A,B/],
  [['check', '--lock', 'redis', '--fault', 'pause:1@A,'], /each target once/],
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
