import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const common = {
  exclude: ['**/node_modules/**', 'dist/**'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  pool: 'forks' as const,
};

export default defineConfig({
  test: {
    // A third of the time a suite waits for processes that it has started.
    maxWorkers: Math.min(availableParallelism() + 1, 5),
    projects: [
      // Reading our modules anew for each file would take longer than the tests; they hold no state of their own.
      {
        test: {
          ...common,
          name: 'units',
          include: ['src/**/*.test.ts', 'web/**/*.test.ts'],
          isolate: false,
        },
      },
      { test: { ...common, name: 'suites', include: ['tests/**/*.test.ts'] } },
    ],
  },
});
