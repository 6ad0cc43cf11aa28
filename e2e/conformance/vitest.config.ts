// Conformance: what the course says of real servers, tried on real servers. A run of its own, since it starts processes and
// waits for leases to end; each test file starts the servers it needs, for itself alone.
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.dirname(path.dirname(import.meta.dirname));

export default defineConfig({
  root,
  test: {
    include: ['e2e/conformance/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 90_000,
    maxWorkers: 2,
  },
});
