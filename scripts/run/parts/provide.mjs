/**
 * Finds or starts what the chosen test files say that they need, and nothing else. A test file says so by naming the
 * part's variable, or the module of tests/kit that reads it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../folders.mjs';
import * as chromium from './chromium.mjs';
import * as fakeTime from './fake-time.mjs';
import * as postgres from './postgres.mjs';
import * as redis from './redis.mjs';

const PARTS = [
  {
    variable: postgres.VARIABLE,
    provide: postgres.providePostgres,
    mark: /PORTCULLIS_TEST_POSTGRES|kit\/postgres\.ts/,
  },
  {
    variable: chromium.VARIABLE,
    provide: chromium.provideChromium,
    mark: /PORTCULLIS_TEST_CHROMIUM|kit\/chromium\.ts/,
  },
  {
    variable: fakeTime.VARIABLE,
    provide: fakeTime.provideFakeTime,
    mark: /PORTCULLIS_TEST_FAKETIME|kit\/fake-time\.ts/,
  },
  {
    variable: redis.VARIABLE,
    provide: redis.provideRedis,
    mark: /PORTCULLIS_TEST_REDIS|kit\/redis\.ts/,
  },
];

/**
 * @param {string[]} args what vitest was given; words without a dash choose test files by part of their path
 * @returns {Promise<{ env: Record<string, string>, missing: { files: Set<string>, reason: string }[], stop: () => Promise<void> }>}
 */
export async function provideParts(args) {
  const files = testFiles(args.filter((arg) => !arg.startsWith('-')));
  const env = {};
  const missing = [];
  const stops = [];
  for (const { variable, provide, mark } of PARTS) {
    const users = files.filter((file) => mark.test(file.text));
    if (users.length === 0) continue;
    const part = await provide();
    if ('missing' in part) {
      missing.push({ files: new Set(users.map((file) => file.path)), reason: part.missing });
    } else {
      env[variable] = part.url;
      stops.push(part.stop);
    }
  }
  return { env, missing, stop: async () => void (await Promise.allSettled(stops.map((stop) => stop()))) };
}

function testFiles(filters) {
  return ['src', 'tests']
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
    .filter(
      (entry) =>
        entry.isFile() && entry.name.endsWith('.test.ts') && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}
