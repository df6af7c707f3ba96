import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Vitest begins with the largest files. These take longest, and would keep one worker busy after the others are done. */
const LONG = /a-few-servers-look-the-same|every-client-meets-the-gateway|fuzzing-finds-nothing/;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- a sequencer's method
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

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
    sequence: { sequencer: LongFirst },
    projects: [
      // In the order of their names.
      { test: { ...common, name: 'modules', include: ['src/**/*.test.ts', 'web/**/*.test.ts'] } },
      { test: { ...common, name: 'suites', include: ['tests/**/*.test.ts'] } },
    ],
  },
});
