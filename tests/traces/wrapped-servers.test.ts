/** Promise: a wrapped server is traced like any other; standard output stays MCP, and its end is not held up. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  FIXTURES,
  PROGRAM,
  startOtlpReceiver,
  textOf,
  v2StdioClient,
  wrapCommand,
  type OtlpReceiver,
  type StdioPeer,
} from '../kit/index.ts';
import { ofRequest, POLICY, tracing, VALUE } from './traced.ts';

let home: string;
let collector: OtlpReceiver;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-traces-'));
  await writeFile(join(home, 'policy.json'), JSON.stringify(POLICY));
  collector = await startOtlpReceiver();
});
afterAll(async () => {
  await collector.stop();
  await rm(home, { recursive: true, force: true });
});

const ARGUMENTS = (): string[] => [
  '--policy',
  join(home, 'policy.json'),
  '--name',
  'wrapped',
  '--',
  process.execPath,
  join(FIXTURES, 'recorder-stdio.mjs'),
];
const wrapped = (endpoint: string): StdioPeer =>
  wrapCommand(ARGUMENTS(), { env: { PORTCULLIS_HOME: home, ...tracing(endpoint) } });

it('tells of every message on standard input', async () => {
  const peer = wrapped(collector.url);
  await peer.initialize();
  const answer = await peer.callTool('echo', { text: VALUE });
  const server = await collector.span(ofRequest(String(answer.id)));
  const client = await collector.span(ofRequest(String(answer.id), 'CLIENT'));
  expect(server).toMatchObject({
    name: 'tools/call echo',
    attributes: {
      'network.transport': 'pipe',
      'portcullis.server': 'wrapped',
      'portcullis.outcome': 'allow',
    },
  });
  expect(client.attributes['network.transport']).toBe('pipe');
  expect(client.parentSpanId).toBe(server.spanId);
  expect(server.attributes).not.toHaveProperty('network.protocol.name');
  const opened = await collector.span(({ name, kind }) => name === 'initialize' && kind === 'SERVER');
  expect(opened.traceId).not.toBe(server.traceId);
  expect(await peer.leave()).toMatchObject({ code: 0 });
  expect(peer.lines.every((line) => 'jsonrpc' in (JSON.parse(line) as object))).toBe(true);
  expect(collector.text()).not.toContain(VALUE);
});

it('serves a modern client', async () => {
  const client = await v2StdioClient(process.execPath, [PROGRAM, 'wrap', ...ARGUMENTS()], 'modern', {
    env: { PORTCULLIS_HOME: home, ...tracing(collector.url) },
  });
  expect(textOf(await client.callTool('delete_account', {}))).toContain('[POLICY DENIED]');
  const denied = await collector.span(({ name }) => name === 'tools/call delete_account');
  expect(denied).toMatchObject({
    isError: false,
    attributes: { 'mcp.protocol.version': '2026-07-28', 'portcullis.outcome': 'deny' },
  });
  await client.close();
});

it('ends soon also when its collector hangs', async () => {
  const silent = await startOtlpReceiver('hangs');
  const peer = wrapped(silent.url);
  await peer.initialize();
  await peer.callTool('echo', { text: VALUE });
  await silent.asked(1);
  const before = performance.now();
  expect(await peer.leave()).toMatchObject({ code: 0 });
  expect(performance.now() - before).toBeLessThan(3000);
  await silent.stop();
});
