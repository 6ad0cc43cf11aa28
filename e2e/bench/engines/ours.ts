// Our search in Node, in a fresh process for each question, so that starting Node, loading the engine and an engine that V8 is
// still optimising all count, as they do for the first question of a reader.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Question } from '../questions.ts';
import { buildOnce } from './build.ts';
import type { Engine, Sample } from './engine.ts';
import { withCpu } from './processor.ts';

const execute = promisify(execFile);

export type Answered = Pick<Sample, 'kind' | 'states' | 'searchMs' | 'peakMb'>;

async function answer(question: Question, warmUps: number): Promise<Sample> {
  const folder = buildOnce();
  const file = path.join(folder, 'e2e/bench/engines/ours-process.js');
  const asked = performance.now();
  const run = () => execute(process.execPath, [file, question.id, String(warmUps)], { cwd: folder });
  const { result, cpuMs } = await withCpu(run);
  const totalMs = performance.now() - asked;
  const answered = JSON.parse(result.stdout) as Answered;
  if (warmUps > 0) return { ...answered, before: {}, totalMs: null, cpuMs: null };
  return { ...answered, before: { start: totalMs - answered.searchMs }, totalMs, cpuMs };
}

export const ours: Engine = {
  id: 'ours',
  title: 'ours',
  about: 'lib/lock in a fresh Node process: breadth-first, fewest faults first',
  missing: () => null,
  ask: (question) => answer(question, 0),
};

export const oursWarm: Engine = {
  id: 'ours-warm',
  title: 'ours, asked again',
  about: 'the same in a process that has answered the question once, as when a reader presses the button again',
  missing: () => null,
  ask: (question) => answer(question, 1),
};
