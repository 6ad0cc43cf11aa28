// Asks Spin for its opinion: settings for the Promela model, then generate, compile, search, each timed, since the test wants
// the verdict and the bench wants to know how long the answer took. Every question gets a folder of its own and nothing is kept.
// Settings are read off a scenario, so that both opinions are about the same numbers; a scenario that the model does not tell
// of is refused, never approximated.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { BackendOptions, FencePolicy, Program, PropertyId, Scenario } from '#lib/lock/index.ts';

const execute = promisify(execFile);

const MODEL = path.join(import.meta.dirname, 'spin', 'lease-lock.pml');

/** What a property of ours is called in the model. */
const CLAIMS: { readonly [property: PropertyId]: string } = {
  'one-believer': 'ONE_BELIEVER',
  'no-stale-write': 'NO_STALE_WRITE',
  'no-lost-update': 'NO_LOST_UPDATE',
  'only-owner-releases': 'OWNER_RELEASES',
  // One that may hold sometimes: Spin is asked to refute its opposite.
  'somebody-finishes': 'NOBODY_FINISHES',
};
const FENCES: { readonly [policy in FencePolicy]?: number } = { none: 0, writes: 1, 'reads-and-writes': 2 };
const RELEASES: { readonly [how in BackendOptions['release']]: number } = { 'compare-and-delete': 0, delete: 1 };
const LINES = ['acquire', 'read', 'work', 'stillMine', 'write', 'release'];

export type Settings = { readonly [name: string]: number | string };

/** The settings that make the model tell the same story as the scenario. */
export function settingsOf(scenario: Scenario, property: PropertyId): Settings {
  const cannot = (what: string) => new Error(`the Promela model cannot say ${what} (scenario '${scenario.id}')`);
  const claim = CLAIMS[property];
  if (!claim) throw cannot(`'${property}'`);
  if (scenario.backend !== 'redis') throw cannot(`the lock '${scenario.backend}'`);
  const fence = FENCES[scenario.resource];
  if (fence === undefined) throw cannot(`the store '${scenario.resource}'`);
  if (scenario.linePace[1] !== 0) throw cannot('that a line takes time');

  const names = Object.keys(scenario.clients);
  const programs = Object.values(scenario.clients).map((program) => JSON.stringify(lengthsOf(program)));
  const lengths = JSON.parse(programs[0] ?? 'null') as Settings | null;
  if (!lengths || new Set(programs).size > 1) throw cannot('these programs');
  if (names.length < 2 || names.length > 3) throw cannot(`${names.length} clients`);

  const { retry, release = 'compare-and-delete', ...others } = scenario.options ?? {};
  if (!retry || retry[0] !== retry[1] || Object.keys(others).length > 0) throw cannot('these options');
  const [pause, ...more] = scenario.faults;
  if (more.length > 0 || (pause && pause.kind !== 'pause')) throw cannot('these faults');
  const targets = pause?.targets ?? [];
  if (targets.some((who, i) => who !== names[i])) throw cannot('which clients may be paused');
  if (pause && pause.lasts?.length !== 1) throw cannot('pauses of several lengths');

  const settings = {
    PROPERTY: claim,
    CLIENTS: names.length,
    FENCE: fence,
    RELEASE: RELEASES[release],
    PAUSES: pause?.atMost ?? 0,
    PAUSABLE: targets.length,
    PAUSE: pause?.lasts?.[0] ?? 0,
    SOONEST: scenario.network[0],
    LATEST: scenario.network[1],
    RETRY: retry[0],
    ...lengths,
  };
  // The model keeps them in bytes, and 255 means never.
  if (Object.values(settings).some((value) => typeof value === 'number' && !(value >= 0 && value < 255))) {
    throw cannot('lengths of 255 ms and more');
  }
  return settings;
}

function lengthsOf({ lines }: Program): Settings | null {
  const [acquire, , work, check] = lines.map(({ run }) => run);
  if (lines.map(({ run }) => run.op).join() !== LINES.join()) return null;
  if (acquire?.op !== 'acquire' || work?.op !== 'work' || check?.op !== 'stillMine') return null;
  if (work.takes[0] !== work.takes[1] || check.else < lines.length) return null;
  return { TTL: acquire.ttl, PATIENCE: acquire.patience, WORK: work.takes[0] };
}

export type Opinion = {
  readonly kind: 'holds' | 'violated';
  readonly states: number;
  /** Steps on the longest path that was walked. */
  readonly depth: number;
  readonly generateMs: number;
  readonly compileMs: number;
  readonly searchMs: number;
  /** From asking to the verdict: all of the above and what lies between. */
  readonly totalMs: number;
  /** By Spin's own account; the resident set is some 2 MB larger. */
  readonly peakMb: number;
  /** Statements of the model that no run came to, without the ends that are not to be come to. */
  readonly unreached: readonly string[];
};

export type How = {
  /** Depth-first is Spin's own way; breadth-first finds a shortest counterexample, as we do. */
  readonly order: 'depth-first' | 'breadth-first';
  /** For the C compiler: 0 compiles fastest, 2 searches fastest. */
  readonly optimise: 0 | 1 | 2;
};

const QUICKLY: How = { order: 'depth-first', optimise: 0 };

export async function askSpin(settings: Settings, how: How = QUICKLY): Promise<Opinion> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'fencepost-spin-'));
  try {
    const asked = performance.now();
    await execute('spin', [...Object.entries(settings).map(([name, value]) => `-D${name}=${value}`), '-a', MODEL], {
      cwd,
    });
    const generated = performance.now();
    // -DSAFETY leaves out what only claims about infinite runs need. All that goes wrong here goes wrong at a moment.
    const flags = [`-O${how.optimise}`, '-DSAFETY', ...(how.order === 'breadth-first' ? ['-DBFS'] : [])];
    await execute('gcc', [...flags, '-w', '-o', 'pan', 'pan.c'], { cwd });
    const compiled = performance.now();
    // -w20: a smaller table to begin with, which is faster and leaner for models of this size than the 128 MB it would take.
    const { stdout } = await execute(path.join(cwd, 'pan'), ['-w20', '-m100000'], { cwd });
    const searched = performance.now();
    return {
      ...readReport(stdout),
      generateMs: generated - asked,
      compileMs: compiled - generated,
      searchMs: searched - compiled,
      totalMs: searched - asked,
    };
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** Anything but a clear verdict is an error: time that stands still, a search that was cut short, a report in other words. */
export function readReport(report: string): Pick<Opinion, 'kind' | 'states' | 'depth' | 'peakMb' | 'unreached'> {
  const number = (pattern: RegExp) => {
    const found = pattern.exec(report)?.[1];
    if (found === undefined) throw new Error(`no ${pattern} in the report of Spin:\n${report}`);
    return Number(found);
  };
  const cut = /out of memory|max search depth too small|search is not complete|Search not completed/i.exec(report);
  const errors = number(/errors: (\d+)/);
  const broken = /^pan:\s?1: (.*)$/m.exec(report)?.[1] ?? '';
  if (errors > 0 && !broken.startsWith('assertion violated')) throw new Error(`the model is wrong: ${broken}`);
  if (errors === 0 && cut) throw new Error(`Spin gave up: ${cut[0]}`);
  return {
    kind: errors > 0 ? 'violated' : 'holds',
    states: number(/^\s*([\d.e+]+) states, stored/m),
    depth: number(/depth reached (\d+)/),
    peakMb: number(/^\s*([\d.]+)\s+total actual memory usage/m),
    unreached: [...report.matchAll(/^\t.*, state \d+, "(.*)"$/gm)]
      .map((match) => match[1]!)
      .filter((what) => what !== '-end-'),
  };
}

/** Null when Spin can be asked here; otherwise what is missing, and where to get it. */
export function whySpinIsMissing(): string | null {
  const missing = ['spin', 'gcc'].filter((name) => spawnSync(name, [name === 'spin' ? '-V' : '--version']).error);
  if (missing.length === 0) return null;
  return `${missing.join(' and ')} not installed; on Debian: apt-get install ${missing.join(' ')}`;
}
