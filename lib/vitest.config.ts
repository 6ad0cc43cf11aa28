// Unit tests, content tests and engine tests. `server-only` throws outside Next, so it is replaced by nothing here.
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.dirname(import.meta.dirname);

export default defineConfig({
  root,
  resolve: { alias: { 'server-only': 'data:text/javascript,' } },
  test: {
    include: ['{lib,content,components,app,prisma}/**/*.test.{ts,tsx}'],
    setupFiles: [path.join(import.meta.dirname, 'fail-on-console.ts')],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
