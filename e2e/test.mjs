// `npm test`: everything, from a bare clone. Installs, then formatting and lint, types, unit and engine tests, conformance with
// real servers, a production build and end-to-end tests in a real Chromium. Every step runs even if one before it failed; the
// last line counts. `npm test -- unit` (or lint, types, conformance, e2e) runs one step.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { prepare, root } from '../prisma/setup.mjs';

const bin = (...parts) => path.join(root, 'node_modules', ...parts);
const results = path.join(root, 'test-results');
const total = { passed: 0, failed: 0, skipped: 0 };

function run(args, env = {}) {
  return (
    spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0
  );
}

function count(name, { passed, failed, skipped }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  console.log(`\n${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`);
}

/** A step that is one check. */
function check(name, args) {
  const ok = run(args);
  count(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });
}

/** A step whose runner writes a report; a runner that dies without one has failed. */
function suite(name, report, args, read, env) {
  const file = path.join(results, report);
  fs.mkdirSync(results, { recursive: true });
  fs.rmSync(file, { force: true });
  const ok = run(args, env);
  const counts = fs.existsSync(file)
    ? read(JSON.parse(fs.readFileSync(file, 'utf8')))
    : { passed: 0, failed: 1, skipped: 0 };
  // A runner can fail outside of any test, for instance when a file does not load.
  if (!ok && counts.failed === 0) counts.failed = 1;
  if (counts.passed + counts.failed === 0) counts.failed = 1;
  count(name, counts);
}

const fromVitest = (report) => ({
  passed: report.numPassedTests,
  failed:
    report.numFailedTests +
    report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length,
  skipped: report.numPendingTests + report.numTodoTests,
});

function vitest(name, step, config) {
  const report = `${step}.json`;
  const output = ['--reporter=dot', '--reporter=json', `--outputFile.json=test-results/${report}`];
  const args = [bin('vitest', 'vitest.mjs'), 'run', '--config', config, ...output];
  suite(name, report, args, fromVitest, { NO_COLOR: '1' });
}

const fromPlaywright = ({ stats, errors }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected + errors.length,
  skipped: stats.skipped,
});

/** The system's Chromium where there is one; else Playwright's own, downloaded once. */
function findBrowser() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
    fs.existsSync(file),
  );
  if (system) return system;
  console.log('No Chromium on this machine: asking Playwright for its own…');
  if (run([bin('@playwright', 'test', 'cli.js'), 'install', 'chromium'])) return '';
  console.error('No Chromium to test in. Install one (on Debian: apt-get install chromium) or set CHROMIUM_PATH.');
  return null;
}

const steps = {
  lint: () =>
    check('Formatting and lint', [
      bin('@biomejs', 'biome', 'bin', 'biome'),
      'ci',
      '--colors=off',
      '--error-on-warnings',
      '.',
    ]),
  types: () => {
    // Next writes the types of routes and images that the code refers to.
    const ok = run([bin('next', 'dist', 'bin', 'next'), 'typegen'], { NEXT_TELEMETRY_DISABLED: '1' });
    if (ok) check('Types', [bin('typescript', 'bin', 'tsc'), '--noEmit']);
    else count('Types', { passed: 0, failed: 1, skipped: 0 });
  },
  unit: () => vitest('Unit, content and engine tests', 'unit', 'lib/vitest.config.ts'),
  conformance: () => vitest('Conformance with real servers', 'conformance', 'e2e/conformance/vitest.config.ts'),
  e2e: () => {
    const browser = findBrowser();
    if (browser === null) return count('End-to-end tests', { passed: 0, failed: 1, skipped: 0 });
    suite(
      'End-to-end tests',
      'e2e.json',
      [bin('@playwright', 'test', 'cli.js'), 'test', '--config', 'e2e/playwright.config.ts'],
      fromPlaywright,
      { CHROMIUM_PATH: browser },
    );
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(`usage: npm test [-- ${Object.keys(steps).join(' | ')}]`);
  process.exit(2);
}
prepare();
for (const [name, step] of Object.entries(steps)) if (asked.length === 0 || asked.includes(name)) step();
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
