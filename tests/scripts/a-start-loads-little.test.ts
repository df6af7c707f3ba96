/** Promise: a gateway starts soon and stays small, because what calls do not need is not loaded before somebody asks for it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const DIST = resolve(import.meta.dirname, '../../dist');
/**
 * Found at a start that loaded too much; each has a place where it is loaded when it is needed. The shapes of servers and grants are
 * those of the configuration file, too.
 */
const LATER =
  /node_modules\/(@opentelemetry|better-auth|nodemailer|hono|@hono|prom-client|pg|@lezer|undici\/lib\/(web\/websocket|mock|cache))\/|src\/(api\/(routes|shapes\/(?!values|grant|server))|cli\/commands|catalog\/(scan|pages|attacks|importers|mcp))\//;
const MOST_BYTES = 2_500_000;

/** A file of the build and all that it requires at once, not those that it requires when it is asked to. */
function loadedWith(path: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(path)) return seen;
  const text = readFileSync(path, 'utf8');
  seen.set(path, text);
  for (const [, from] of text.matchAll(/(?:^|[;\w$]=?)require\("(\.[^"]+)"\)/gm))
    loadedWith(resolve(dirname(path), from!), seen);
  return seen;
}

it('loads for `start` what calls need, and nothing of the rest', () => {
  const chunks = join(DIST, 'chunks');
  const start = readdirSync(chunks).find((name) => /^start-.*\.cjs$/.test(name));
  const loaded = loadedWith(join(chunks, start!), loadedWith(join(DIST, 'portcullis.cjs')));
  const sources = [...loaded.keys()]
    .map((path) => `${path}.map`)
    .filter((map) => existsSync(map))
    .flatMap((map) => (JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] }).sources);
  expect(sources.some((source) => source.endsWith('src/gateway/pipeline.ts'))).toBe(true);
  expect(sources.filter((source) => LATER.test(source))).toEqual([]);
  const bytes = [...loaded.values()].reduce((sum, text) => sum + text.length, 0);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
