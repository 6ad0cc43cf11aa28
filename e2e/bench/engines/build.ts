// Our engine as it is shipped: types stripped ahead, once for the whole session and not counted, as nobody counts the time that
// it took to build Spin. What belongs to a question is still counted. No bundler: the same files in a temporary folder, as
// JavaScript, gone when the session ends.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import blankSpace from 'ts-blank-space';

const root = path.resolve(import.meta.dirname, '../../..');
const parts = ['lib/lock', 'content', 'e2e/bench'];

let built: string | null = null;

/** The folder that stands for the root of the project, with `.js` for every `.ts` of what a question needs. */
export function buildOnce(): string {
  if (built !== null) return built;
  const folder = mkdtempSync(path.join(tmpdir(), 'fencepost-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { type, imports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type, imports }));
  for (const part of parts) {
    for (const entry of readdirSync(path.join(root, part), { recursive: true, encoding: 'utf8' })) {
      if (!entry.endsWith('.ts') || entry.endsWith('.test.ts')) continue;
      const target = path.join(folder, part, entry.replace(/\.ts$/, '.js'));
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, withoutTypes(readFileSync(path.join(root, part, entry), 'utf8')));
    }
  }
  built = folder;
  return folder;
}

function withoutTypes(source: string): string {
  return blankSpace(source).replaceAll(/((?:from|import)\s*\(?\s*'[.#][^']+)\.ts'/g, "$1.js'");
}
