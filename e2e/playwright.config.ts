// End-to-end tests against the production build, with a fresh database for each run. Every test is a browser of its own and so
// a newcomer; what one learner keeps, no other can see, so they may share the server.
import path from 'node:path';
import { defineConfig } from '@playwright/test';

const root = path.dirname(import.meta.dirname);
const port = Number(process.env.E2E_PORT ?? 3210);
export const data = path.join(root, 'test-results', 'data');

export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '**/*.e2e.ts',
  outputDir: path.join(root, 'test-results', 'e2e'),
  reporter: [['line'], ['json', { outputFile: path.join(root, 'test-results', 'e2e.json') }]],
  fullyParallel: true,
  workers: 2,
  // A test that fails once and then passes is printed as flaky by the run; on a laptop it fails, so that somebody looks.
  retries: process.env.CI === 'true' ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env.CI === 'true',
  use: {
    baseURL: `http://localhost:${port}`,
    // Recording every step of every page costs more than many a test; where a failure is tried again, that one is recorded.
    trace: process.env.CI === 'true' ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: flags,
    },
  },
  webServer: {
    command: 'node e2e/serve.mjs',
    cwd: root,
    url: `http://localhost:${port}/api/health`,
    timeout: 240_000,
    reuseExistingServer: false,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    env: {
      PORT: String(port),
      NEXTAUTH_URL: `http://localhost:${port}`,
      DATABASE_URL: `file:${path.join(data, 'site.db')}`,
      E2E_DATA: data,
    },
  },
});
