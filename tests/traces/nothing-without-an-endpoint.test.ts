/** Promise: without an endpoint nothing is sent, nothing of OpenTelemetry is loaded, and no server hears of a trace. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  guardServer,
  rawRequest,
  ROOT,
  runToEnd,
  PROGRAM,
  startFixture,
  startGateway,
  startOtlpReceiver,
  type Fixture,
  type OtlpReceiver,
} from '../kit/index.ts';
import { modernCall, POLICY, tracing } from './traced.ts';

const CHUNKS = join(ROOT, 'dist', 'chunks');
/** The files of the build that hold OpenTelemetry's SDK and exporter. Its API alone is others' too. */
const SDK = readdirSync(CHUNKS)
  .filter((name) => name.endsWith('.map'))
  .filter((name) => {
    const { sources } = JSON.parse(readFileSync(join(CHUNKS, name), 'utf8')) as { sources: string[] };
    return sources.some((source) => /@opentelemetry\/(core|sdk-|otlp-|exporter-)/.test(source));
  })
  .map((name) => name.replace(/\.map$/, ''));

let upstream: Fixture;
let collector: OtlpReceiver;
beforeAll(async () => {
  [upstream, collector] = await Promise.all([startFixture('recorder'), startOtlpReceiver()]);
});
afterAll(async () => void (await Promise.all([upstream.stop(), collector.stop()])));

/** Runs a gateway that notes which files it reads, makes a call, and says which they were. */
async function loadedBy(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const home = await mkdtemp(join(tmpdir(), 'portcullis-loaded-'));
  const list = join(home, 'reads');
  const hook = join(ROOT, 'tests', 'traces', 'note-reads.mjs');
  const gateway = await startGateway({
    home,
    env: { NODE_OPTIONS: `--import=${pathToFileURL(hook).href}`, READS_FILE: list, ...env },
  });
  try {
    const guarded = await guardServer(gateway, { name: 'Recorder', url: upstream.url }, POLICY);
    expect((await modernCall(guarded, 'echo')).status).toBe(200);
    expect((await rawRequest(`${gateway.url}/metrics`)).text.includes('portcullis_spans_')).toBe(
      'OTEL_EXPORTER_OTLP_ENDPOINT' in env,
    );
  } finally {
    await gateway.stop();
  }
  const loaded = readFileSync(list, 'utf8').split('\n');
  await rm(home, { recursive: true, force: true });
  expect(loaded.some((path) => path.endsWith('/portcullis.cjs'))).toBe(true);
  return loaded.filter((path) => SDK.some((name) => path.endsWith(`/${name}`)));
}

it('loads what sends traces only to send them', async () => {
  expect(SDK.length).toBeGreaterThan(0);
  expect(await loadedBy({})).toEqual([]);
  // Others of these mean nothing without an endpoint.
  expect(await loadedBy({ OTEL_TRACES_SAMPLER: 'of-another-program', OTEL_SERVICE_NAME: 'x' })).toEqual([]);
  expect((await loadedBy(tracing(collector.url))).length).toBeGreaterThan(0);
});

describe('a gateway', () => {
  it.each([
    ['without an endpoint', {}],
    ['with OTEL_SDK_DISABLED', { OTEL_SDK_DISABLED: 'True' }],
    ['with OTEL_TRACES_EXPORTER=none', { OTEL_TRACES_EXPORTER: 'none' }],
  ])('%s sends nothing, and tells no server of a trace', async (what, env) => {
    await collector.stop();
    collector = await startOtlpReceiver();
    const gateway = await startGateway({
      env: what.startsWith('without')
        ? { PORTCULLIS_TRACE_UPSTREAMS: '*' }
        : { ...tracing(collector.url), PORTCULLIS_TRACE_UPSTREAMS: '*', ...env },
    });
    const guarded = await guardServer(gateway, { name: 'Recorder', url: upstream.url }, POLICY);
    await upstream.clear();
    await modernCall(guarded, 'echo');
    await gateway.stop();
    expect(collector.requests).toEqual([]);
    const seen = await upstream.log();
    expect(seen.length).toBeGreaterThan(0);
    for (const { headers } of seen) expect(headers).not.toHaveProperty('traceparent');
  });
});

describe('portcullis doctor', () => {
  const doctor = async (env: Readonly<Record<string, string>>): Promise<string> => {
    const home = await mkdtemp(join(tmpdir(), 'portcullis-doctor-'));
    const { stdout } = await runToEnd(PROGRAM, ['doctor'], { env: { PORTCULLIS_HOME: home, ...env } });
    await rm(home, { recursive: true, force: true });
    return stdout;
  };

  it('says whether the endpoint answers', async () => {
    const takes = await startOtlpReceiver();
    const refuses = await startOtlpReceiver('refuses');
    expect(await doctor(tracing(takes.url))).toContain(`${takes.url} takes them`);
    expect(takes.spans).toEqual([]);
    expect(await doctor(tracing(refuses.url))).toContain(`${refuses.url}: 500`);
    await refuses.stop();
    expect(await doctor(tracing(refuses.url))).toContain('ECONNREFUSED');
    expect(await doctor({})).not.toContain('traces');
    await takes.stop();
  });
});
