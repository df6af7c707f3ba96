import { describe, expect, it } from 'vitest';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ROOT } from '../kit/index.ts';
import { load } from '../parts/load.ts';

interface Import {
  readonly from: string;
  readonly names: readonly string[];
  readonly typeOnly: boolean;
}
interface Checks {
  importsOf(path: string, text: string): Import[];
  layerProblems(path: string, imports: readonly Import[]): string[];
  chokepointProblems(path: string, imports: readonly Import[], text: string): string[];
  lockProblems(folder: string, manifest: object, lock: object): string[];
  wordProblems(path: string, text: string): string[];
}

const checks = (file: string): Promise<Checks> =>
  load<Checks>(pathToFileURL(join(ROOT, 'scripts', 'checks', file)).href);

async function layers(path: string, text: string): Promise<string[]> {
  const { importsOf } = await checks('sources.mjs');
  const { layerProblems } = await checks('layers.mjs');
  return layerProblems(path, importsOf(path, text));
}

async function chokepoint(path: string, text: string): Promise<string[]> {
  const { importsOf } = await checks('sources.mjs');
  const { chokepointProblems } = await checks('chokepoint.mjs');
  return chokepointProblems(path, importsOf(path, text), text);
}

describe('the layer check', () => {
  it.each([
    ['upwards', 'src/audit/a.ts', "import { x } from '../gateway/index.ts';"],
    ['upwards, re-exported', 'src/audit/a.ts', "export { x } from '../gateway/index.ts';"],
    ['upwards, at run time', 'src/audit/a.ts', "const g = await import('../gateway/index.ts');"],
    ['upwards, type only', 'src/wire/a.ts', "import type { X } from '../policy/index.ts';"],
    ["a sibling's values", 'src/results/a.ts', "import { x } from '../policy/index.ts';"],
    ['an inner file', 'src/gateway/a.ts', "import { x } from '../policy/evaluate.ts';"],
    ['anything from policy', 'src/policy/a.ts', "import type { X } from '../wire/index.ts';"],
    ['catalog from gateway', 'src/gateway/a.ts', "import { classify } from '../catalog/index.ts';"],
    ['tests', 'src/gateway/a.ts', "import { x } from '../../tests/kit/index.ts';"],
    ['what is for tests', 'src/gateway/a.ts', "import { x } from './testing/x.ts';"],
    ['an unknown room', 'src/gateway/a.ts', "import { x } from '../helpers/index.ts';"],
  ])('refuses to import %s', async (_, path, text) => {
    expect(await layers(path, text)).toHaveLength(1);
  });

  it.each([
    [
      'downwards',
      'src/cli/a.ts',
      "import { x } from '../api/index.ts';\nimport { y } from '../gateway/index.ts';",
    ],
    [
      'the floor',
      'src/policy/a.ts',
      "import { E } from '../errors.ts';\nimport type { Json } from '../json.ts';",
    ],
    ["a sibling's types", 'src/results/a.ts', "import { type X } from '../policy/index.ts';"],
    ['within a room', 'src/gateway/steps/a.ts', "import { x } from '../call.ts';"],
    ['packages', 'src/policy/a.ts', "import { RE2JS } from 're2js';"],
    ['a sibling, in a test', 'src/results/a.test.ts', "import { x } from '../policy/index.ts';"],
  ])('lets import %s', async (_, path, text) => {
    expect(await layers(path, text)).toEqual([]);
  });
});

describe('the chokepoint check', () => {
  it.each([
    ['another HTTP client', 'src/gateway/a.ts', "import { Pool } from 'undici';"],
    [
      'a file of another HTTP client',
      'src/gateway/a.ts',
      "import Pool from 'undici/lib/dispatcher/pool.js';",
    ],
    ['an HTTP request', 'src/api/a.ts', "import { request } from 'node:http';"],
    ['a process', 'src/cli/a.ts', "import { spawn } from 'node:child_process';"],
    [
      'a second way to open an upstream',
      'src/cli/a.ts',
      "import { createUpstream } from '../upstreams/index.ts';",
    ],
    [
      'a session held elsewhere',
      'src/results/a.ts',
      "import type { UpstreamSession } from '../upstreams/index.ts';",
    ],
    [
      'a send elsewhere',
      'src/api/a.ts',
      "import type { AnswerSink } from '../upstreams/index.ts';\nx.send(y);",
    ],
    ['fetch', 'src/catalog/a.ts', "await fetch('http://example.com');"],
  ])('refuses %s', async (_, path, text) => {
    expect(await chokepoint(path, text)).toHaveLength(1);
  });

  it.each([
    [
      'the gateway',
      'src/gateway/a.ts',
      "import { createUpstream } from '../upstreams/index.ts';\nupstream.send(message);",
    ],
    ['upstreams itself', 'src/upstreams/a.ts', "import { Pool } from 'undici';"],
    ['a server', 'src/cli/a.ts', "import { createServer } from 'node:http';"],
  ])('lets %s', async (_, path, text) => {
    expect(await chokepoint(path, text)).toEqual([]);
  });
});

describe('the lock check', () => {
  const manifest = { dependencies: { a: '1.0.0' } };
  const root = { dependencies: { a: '1.0.0' } };

  it('finds a platform package that is missing', async () => {
    const { lockProblems } = await checks('locks.mjs');
    const a = { optionalDependencies: { 'a-darwin': '1.0.0' } };
    expect(lockProblems('', manifest, { packages: { '': root, 'node_modules/a': a } })).toHaveLength(1);
    expect(
      lockProblems('', manifest, {
        packages: { '': root, 'node_modules/a': a, 'node_modules/a-darwin': {} },
      }),
    ).toEqual([]);
  });

  it('finds a version that is not exact', async () => {
    const { lockProblems } = await checks('locks.mjs');
    const loose = { dependencies: { a: '^1.0.0' } };
    expect(lockProblems('', loose, { packages: { '': loose, 'node_modules/a': {} } })).toHaveLength(1);
  });
});

describe('the check of our own words', () => {
  it('finds paths of one machine', async () => {
    const { wordProblems } = await checks('own-words.mjs');
    expect(wordProblems('a.md', ['see ', '/work', '/main/src'].join(''))).toHaveLength(1);
    expect(wordProblems('a.md', 'see https://example.com/work/main')).toEqual([]);
  });
});
