// Rewriting a program for a knob: other lengths in its lines, lines put in or taken out, and every jump still where it was meant to
// lead. What is shown as code is changed together with what is done.
import type { Line, Ms, Program } from './types.ts';

type CodeLine = Program['lines'][number];

export function has(program: Program, op: Line['op']): boolean {
  return program.lines.some(({ run }) => run.op === op);
}

export function acquireOf(program: Program): Extract<Line, { op: 'acquire' }> | null {
  for (const { run } of program.lines) if (run.op === 'acquire') return run;
  return null;
}

/** Where it works between what it reads and what it writes; null if it does not. */
export function workAt(program: Program): number | null {
  const [after, before] = section(program);
  const at = program.lines.findLastIndex(({ run }, index) => run.op === 'work' && after < index && index < before);
  return at === -1 ? null : at;
}

/** From the read (or the lock, where nothing is read) to the write. */
function section({ lines }: Program): readonly [after: number, before: number] {
  const first = (...ops: readonly Line['op'][]) => lines.findIndex(({ run }) => ops.includes(run.op));
  return [Math.max(first('acquire'), first('read')), first('write', 'compareAndWrite')];
}

export function withLease(program: Program, ttl: Ms, renew: Ms | null): Program {
  return edited(program, (line) => {
    const { run } = line;
    if (run.op === 'extend') return { ...line, run: { ...run, ttl } };
    if (run.op !== 'acquire') return line;
    const { renew: _, ...rest } = run;
    const kept = renew === null ? {} : { renew };
    return { text: leaseText(line.text, ttl, renew), run: { ...rest, ttl, ...kept } };
  });
}

/** Null where there is no write that work could come before. */
export function withWork(program: Program, takes: Ms): Program | null {
  const at = workAt(program);
  if (at !== null) {
    return edited(program, (line, index) =>
      index === at ? { ...line, run: { op: 'work', takes: [takes, takes] } } : line,
    );
  }
  const [after, before] = section(program);
  if (before === -1) return null;
  const place = after < before ? after + 1 : before;
  return inserted(program, place, { text: 'await work();', run: { op: 'work', takes: [takes, takes] } });
}

/** The same program under a lock: it begins by acquiring and ends by releasing, wherever it used to end. */
export function underLock(program: Program, ttl: Ms, patience: Ms): Program {
  const acquiring: CodeLine = { text: leaseText('', ttl, null), run: { op: 'acquire', key: 'lock', ttl, patience } };
  const { lines, ...rest } = inserted(program, 0, acquiring);
  return { ...rest, lines: [...lines, { text: releaseText('safe', 'lock'), run: { op: 'release' } }] };
}

const ABOUT_THE_LOCK: readonly Line['op'][] = ['acquire', 'extend', 'release', 'stillMine'];

export function withoutLock(program: Program): Program {
  const kept = program.lines.map(({ run }) => !ABOUT_THE_LOCK.includes(run.op));
  const place = (target: number) => kept.slice(0, target).filter(Boolean).length;
  const { onLost: _, stopBefore: __, ...rest } = edited(program, (line) => aimed(line, place));
  return { ...rest, lines: rest.lines.filter((_line, index) => kept[index]) };
}

/** Only the words change here: what a release does is an option of the lock. */
export function withReleaseShown(program: Program, release: 'safe' | 'blind'): Program {
  const key = acquireOf(program)?.key ?? 'lock';
  return edited(program, (line) => (line.run.op === 'release' ? { ...line, text: releaseText(release, key) } : line));
}

/** Code that speaks of one product would be wrong under another. */
export function withPlainLockCode(program: Program): Program {
  return edited(program, (line) => {
    if (/\block\./.test(line.text)) return line;
    if (line.run.op === 'acquire') return { ...line, text: leaseText('', line.run.ttl, line.run.renew ?? null) };
    if (line.run.op === 'release') return { ...line, text: releaseText('safe', 'lock') };
    return line;
  });
}

function edited(program: Program, change: (line: CodeLine, index: number) => CodeLine): Program {
  return { ...program, lines: program.lines.map(change) };
}

function inserted(program: Program, place: number, line: CodeLine): Program {
  const { lines, ...rest } = edited(program, (old) => aimed(old, (target) => (target >= place ? target + 1 : target)));
  return { ...rest, lines: [...lines.slice(0, place), line, ...lines.slice(place)] };
}

function aimed(line: CodeLine, place: (target: number) => number): CodeLine {
  const { run } = line;
  if (run.op === 'goto') return { ...line, run: { ...run, line: place(run.line) } };
  if ('else' in run && run.else !== undefined) return { ...line, run: { ...run, else: place(run.else) } };
  return line;
}

function leaseText(old: string, ttl: Ms, renew: Ms | null): string {
  const lease = renew === null ? `{ ttl: ${ttl} }` : `{ ttl: ${ttl}, renewEvery: ${renew} }`;
  const shown = /\{ ttl: [^}]*\}/;
  return shown.test(old) ? old.replace(shown, lease) : `const lease = await lock.acquire(${lease});`;
}

function releaseText(release: 'safe' | 'blind', key: string): string {
  return release === 'safe' ? 'await lock.release(lease);' : `await redis.del('${key}');`;
}
