import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const common = {
  exclude: ['**/node_modules/**', 'dist/**'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  pool: 'forks' as const,
  // Reading our modules anew for each file would take longer than many tests; they hold no state of their own.
  isolate: false,
};

export default defineConfig({
  test: {
    // A third of the time a suite waits for processes that it has started.
    maxWorkers: Math.min(availableParallelism() + 1, 5),
    // In the order of their names; so what waits long does not wait at the end, alone.
    projects: [
      { test: { ...common, name: 'modules', include: ['src/**/*.test.ts', 'web/**/*.test.ts'] } },
      { test: { ...common, name: 'suites', include: ['tests/**/*.test.ts'] } },
    ],
  },
});
