/** Promise: every message that the gateway handles is a span, what goes to a server one below it, and neither says too much. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  guardServer,
  MCP_HEADERS,
  mintSharedGrant,
  rawPost,
  registerServer,
  ROOT,
  startFixture,
  textOf,
  v1Client,
  v1SseClient,
  v2Client,
  type Fixture,
  type ReceivedSpan,
} from '../kit/index.ts';
import { ofRequest, openTraced, POLICY, VALUE, type Traced } from './traced.ts';

let traced: Traced;
let lab: Fixture;
beforeAll(async () => {
  [traced, lab] = await Promise.all([
    openTraced({
      OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=only%20for%20you',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    }),
    startFixture('everything'),
  ]);
});
afterAll(async () => {
  await Promise.all([traced.close(), lab.stop()]);
});

const named = (name: string, kind: ReceivedSpan['kind'] = 'SERVER') => ({
  of: (server: string) => (span: ReceivedSpan) =>
    span.name === name && span.kind === kind && span.attributes['portcullis.server'] === server,
});

it('tells of a call what the decision log says of it', async () => {
  expect((await traced.call('echo', { id: 'a-call' })).text).toContain(VALUE);
  const client = await traced.collector.span(ofRequest('a-call', 'CLIENT'));
  const server = await traced.collector.span(ofRequest('a-call'));
  const id = server.attributes['portcullis.decision.id'] as string;
  const { body } = await traced.gateway.api<Record<string, unknown>>('GET', `/decisions/${id}`);
  expect(body).toMatchObject({ id, outcome: 'allow', method: 'tools/call', tool: 'echo', dispatched: true });
  expect(server).toMatchObject({ name: 'tools/call echo', kind: 'SERVER', isError: false, links: [] });
  expect(server.parentSpanId).toBeUndefined();
  expect(server.attributes).toEqual({
    'mcp.method.name': 'tools/call',
    'mcp.protocol.version': '2026-07-28',
    'jsonrpc.request.id': 'a-call',
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'echo',
    'network.transport': 'tcp',
    'network.protocol.name': 'http',
    'portcullis.decision.id': id,
    'portcullis.outcome': 'allow',
    'portcullis.dispatched': 'true',
    'portcullis.server': 'recorder',
    'portcullis.grant': traced.guarded.grant.id,
    'portcullis.policy.id': traced.guarded.policyId,
    'portcullis.policy.version': 1,
  });
  expect(client).toMatchObject({ name: 'tools/call echo', traceId: server.traceId, isError: false });
  expect(client.parentSpanId).toBe(server.spanId);
  expect(client.attributes).toMatchObject({
    'mcp.method.name': 'tools/call',
    'gen_ai.tool.name': 'echo',
    'http.response.status_code': 200,
    'portcullis.server': 'recorder',
    'portcullis.decision.id': id,
  });
  expect(server.start).toBeLessThanOrEqual(client.start);
  expect(client.start).toBeLessThan(client.end);
  expect(client.end).toBeLessThanOrEqual(server.end);
  expect(server.resource).toMatchObject({
    'service.name': 'portcullis',
    'deployment.environment.name': 'test',
  });
  expect(server.resource['service.version']).toMatch(/^\d+\.\d+\.\d+/);
  const [request] = traced.collector.requests;
  expect(request).toMatchObject({ path: '/v1/traces', headers: { 'x-collector-key': 'only for you' } });
});

describe.each([
  ['v1', '2025-11-25', (url: string, token: string) => v1Client(url, { token })],
  ['v2', '2026-07-28', (url: string, token: string) => v2Client(url, 'modern', { token })],
] as const)('a client of the %s SDK', (line, version, connect) => {
  it('has a span for everything it does', async () => {
    const { gateway, collector } = traced;
    const slug = `lab-${line}`;
    const guarded = await guardServer(
      gateway,
      { name: slug, url: lab.url },
      { version: '1', default: 'allow' },
    );
    const client = await connect(guarded.url, guarded.token);
    const sdk = client.sdk as unknown as {
      listResources(): Promise<unknown>;
      readResource(params: object): Promise<unknown>;
      getPrompt(params: object): Promise<unknown>;
    };
    await client.listTools();
    expect(textOf(await client.callTool('test_simple_text'))).toContain('simple text');
    expect((await client.callTool('test_error_handling')).isError).toBe(true);
    await sdk.listResources();
    await sdk.readResource({ uri: 'test://static-text' });
    await sdk.getPrompt({ name: 'test_simple_prompt' });
    await client.close();
    const opening = line === 'v1' ? 'initialize' : 'server/discover';
    for (const name of [
      opening,
      'tools/list',
      'tools/call test_simple_text',
      'resources/list',
      'resources/read',
      'prompts/get test_simple_prompt',
    ]) {
      const server = await collector.span(named(name).of(slug));
      const sent = await collector.span(named(name, 'CLIENT').of(slug));
      expect(sent, name).toMatchObject({ traceId: server.traceId, parentSpanId: server.spanId });
      expect(server, name).toMatchObject({ isError: false, attributes: { 'portcullis.outcome': 'allow' } });
      if (name !== 'initialize') expect(server.attributes['mcp.protocol.version']).toBe(version);
    }
    const failed = await collector.span(named('tools/call test_error_handling').of(slug));
    expect(failed).toMatchObject({
      isError: true,
      attributes: { 'error.type': 'tool_error', 'portcullis.outcome': 'allow' },
    });
    const read = await collector.span(named('resources/read').of(slug));
    expect(read.attributes['mcp.resource.uri']).toBe('test://static-text');
    const prompted = await collector.span(named('prompts/get test_simple_prompt').of(slug));
    expect(prompted.attributes['gen_ai.prompt.name']).toBe('test_simple_prompt');
    if (line === 'v2') return;
    const told = await collector.span(named('notifications/initialized').of(slug));
    expect(told.attributes).not.toHaveProperty('jsonrpc.request.id');
    const sent = await collector.span(named('notifications/initialized', 'CLIENT').of(slug));
    expect(sent.parentSpanId).toBe(told.spanId);
    const called = await collector.span(named('tools/call test_simple_text').of(slug));
    expect(called.attributes['mcp.session.id']).toMatch(/^.{12}$/);
  });
});

it('tells of what streams when its answer is there', async () => {
  const guarded = await guardServer(
    traced.gateway,
    { name: 'Streaming', url: `${traced.upstream.url}?mode=sse` },
    POLICY,
  );
  const client = await v2Client(guarded.url, 'modern', { token: guarded.token });
  await client.callTool('echo', { text: VALUE });
  await client.close();
  const server = await traced.collector.span(named('tools/call echo').of('streaming'));
  const sent = await traced.collector.span(named('tools/call echo', 'CLIENT').of('streaming'));
  expect(sent.parentSpanId).toBe(server.spanId);
});

it('tells of an answer that comes on another stream when it is there', async () => {
  const guarded = await guardServer(traced.gateway, { name: 'Polled', url: lab.url }, POLICY);
  const client = await v1Client(guarded.url, { token: guarded.token });
  expect(textOf(await client.callTool('test_reconnection'))).toContain('after the stream was closed');
  await client.close();
  const server = await traced.collector.span(named('tools/call test_reconnection').of('polled'));
  const sent = await traced.collector.span(named('tools/call test_reconnection', 'CLIENT').of('polled'));
  expect(server).toMatchObject({ isError: false, attributes: { 'portcullis.outcome': 'allow' } });
  expect(sent.parentSpanId).toBe(server.spanId);
});

it('tells of a call whose client went away, which is nobody’s failure', async () => {
  const url = `${traced.upstream.url}?mode=hang`;
  const guarded = await guardServer(traced.gateway, { name: 'Silent', url }, POLICY);
  const client = await v2Client(guarded.url, 'modern', { token: guarded.token });
  await traced.upstream.clear();
  const leaving = new AbortController();
  const call = client.sdk.callTool({ name: 'echo', arguments: { text: VALUE } }, { signal: leaving.signal });
  await expect.poll(() => traced.upstream.calls('tools/call')).toHaveLength(1);
  leaving.abort();
  await expect(call).rejects.toThrow();
  const span = await traced.collector.span(named('tools/call echo').of('silent'));
  expect(span).toMatchObject({
    isError: false,
    attributes: { 'portcullis.outcome': 'unknown', 'portcullis.dispatched': 'unknown' },
  });
  await client.close();
});

it('tells of calls over legacy HTTP+SSE', async () => {
  const guarded = await guardServer(traced.gateway, { name: 'Older', url: lab.url }, POLICY);
  const client = await v1SseClient(`${traced.gateway.url}/sse/${guarded.server.id}`, {
    token: guarded.token,
  });
  await client.callTool('test_simple_text');
  await client.close();
  const server = await traced.collector.span(named('tools/call test_simple_text').of('older'));
  expect(server.attributes).toMatchObject({ 'network.transport': 'tcp', 'portcullis.outcome': 'allow' });
});

it('tells of each server that a message at /mcp concerns', async () => {
  const servers = await Promise.all(
    ['near', 'far'].map((name) => registerServer(traced.gateway, { name, url: traced.upstream.url })),
  );
  const policies = await Promise.all(
    servers.map(({ id }) =>
      traced.gateway.api<{ id: string }>('POST', `/servers/${id}/policies`, {
        name: 'all',
        document: POLICY,
      }),
    ),
  );
  const grant = await mintSharedGrant(
    traced.gateway,
    servers.map(({ id }, index) => ({ server: id, policyId: policies[index]!.body.id })),
  );
  const client = await v2Client(`${traced.gateway.url}/mcp`, 'modern', { token: grant.token });
  await client.listTools();
  await client.callTool('far__echo', { text: VALUE });
  await client.close();
  for (const name of ['near', 'far']) await traced.collector.span(named('tools/list', 'CLIENT').of(name));
  const called = await traced.collector.span(named('tools/call echo').of('far'));
  expect(called.attributes).toMatchObject({ 'gen_ai.tool.name': 'echo', 'portcullis.grant': grant.id });
});

describe('what is not sent', () => {
  it('when it is denied is no error', async () => {
    expect((await traced.call('delete_account', { id: 'denied' })).text).toContain('[POLICY DENIED]');
    const span = await traced.collector.span(ofRequest('denied'));
    expect(span).toMatchObject({
      name: 'tools/call delete_account',
      isError: false,
      attributes: { 'portcullis.outcome': 'deny', 'portcullis.dispatched': 'false' },
    });
    expect(span.attributes['portcullis.rule']).toContain('delete_account');
    expect(span.attributes).not.toHaveProperty('error.type');
    expect(traced.collector.spans.filter(ofRequest('denied', 'CLIENT'))).toEqual([]);
  });

  it('when a method is not let through is no error either, and does not name spans', async () => {
    const { server } = traced.guarded;
    const strict = await guardServer(
      traced.gateway,
      { name: 'Strict', url: traced.upstream.url },
      { version: '1', default: 'deny' },
    );
    expect(strict.server.id).not.toBe(server.id);
    const body = JSON.stringify({ jsonrpc: '2.0', id: 'odd', method: 'odd/method-of-mine', params: {} });
    await rawPost(strict.url, body, { ...MCP_HEADERS, ...strict.headers });
    const span = await traced.collector.span(ofRequest('odd'));
    expect(span).toMatchObject({
      name: 'unknown method',
      isError: false,
      attributes: { 'mcp.method.name': 'odd/method-of-mine', 'portcullis.rule': 'PC_METHOD_DENIED' },
    });
  });

  it('when nobody knows the tool, does not name spans', async () => {
    await traced.call('tool-of-my-own', { id: 'unknown-tool' });
    const span = await traced.collector.span(ofRequest('unknown-tool'));
    expect(span).toMatchObject({ name: 'tools/call', attributes: { 'gen_ai.tool.name': 'tool-of-my-own' } });
  });

  it('when it waits for a person, names the approval; and so does the call that was approved', async () => {
    await traced.call('write_note', { id: 'asks' });
    const asked = await traced.collector.span(ofRequest('asks'));
    const approval = asked.attributes['portcullis.approval.id'] as string;
    expect(asked).toMatchObject({
      isError: false,
      attributes: { 'portcullis.outcome': 'needs_approval', 'portcullis.approval.state': 'pending' },
    });
    await traced.gateway.api('POST', `/approvals/${approval}/approve`, { reason: 'fine' });
    await traced.call('write_note', { id: 'approved' });
    const made = await traced.collector.span(ofRequest('approved'));
    expect(made.attributes).toMatchObject({
      'portcullis.outcome': 'allow',
      'portcullis.dispatched': 'true',
      'portcullis.approval.id': approval,
    });
    expect((await traced.collector.span(ofRequest('approved', 'CLIENT'))).parentSpanId).toBe(made.spanId);
  });

  it('because the token is wrong is an error, and continues nobody’s trace', async () => {
    const forged = `pcg_${'x'.repeat(43)}`;
    const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
    expect((await traced.call('echo', { token: forged, headers: { traceparent } })).status).toBe(401);
    const span = await traced.collector.span(
      ({ attributes }) => attributes['portcullis.rule'] === 'PC_TOKEN_INVALID',
    );
    expect(span).toMatchObject({
      name: 'refused request',
      isError: true,
      attributes: { 'error.type': 'PC_TOKEN_INVALID', 'portcullis.dispatched': 'false' },
    });
    expect(span.traceId).not.toBe('ab'.repeat(16));
    expect(traced.collector.text()).not.toContain(forged);
  });

  it('because it is no message is an error of its own', async () => {
    await rawPost(traced.guarded.url, `{"${VALUE}"`, { ...MCP_HEADERS, ...traced.guarded.headers });
    const span = await traced.collector.span(
      ({ attributes }) => attributes['portcullis.rule'] === 'PC_JSON_SYNTAX',
    );
    expect(span.attributes).toMatchObject({
      'portcullis.server': 'recorder',
      'portcullis.grant': traced.guarded.grant.id,
    });
  });
});

describe('a server', () => {
  it.each([
    ['that is gone', 'http://127.0.0.1:1/mcp', 'PC_UPSTREAM_UNREACHABLE', 'false'],
    ['that dies', 'reset', 'PC_UPSTREAM_DIED', 'unknown'],
    ['that refuses our credentials', 'status-401', 'PC_UPSTREAM_CREDENTIALS', 'unknown'],
  ])('%s is an error of both spans', async (what, mode, code, dispatched) => {
    const url = mode.startsWith('http') ? mode : `${traced.upstream.url}?mode=${mode}`;
    const id = `broken ${mode}`;
    const name = what.replaceAll(' ', '-');
    const guarded = await guardServer(traced.gateway, { name, url }, { version: '1', default: 'allow' });
    const body = { jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'echo', arguments: {} } };
    const headers = { ...MCP_HEADERS, ...guarded.headers, 'mcp-protocol-version': '2025-11-25' };
    await rawPost(guarded.url, JSON.stringify(body), headers);
    const server = await traced.collector.span(ofRequest(id));
    const client = await traced.collector.span(ofRequest(id, 'CLIENT'));
    for (const span of [server, client])
      expect(span).toMatchObject({ isError: true, attributes: { 'error.type': code } });
    expect(server.attributes['portcullis.dispatched']).toBe(dispatched);
  });
});

it('shows no canary', () => {
  expect(traced.collector.spans.length).toBeGreaterThan(0);
  expect(traced.collector.text()).not.toContain('canary');
});

it('says no argument, no result, no token, no header value and no message', async () => {
  const uri = `test://alice:${VALUE}@host/notes?key=${VALUE}#${VALUE}`;
  const body = { jsonrpc: '2.0', id: 'a-uri', method: 'resources/read', params: { uri } };
  const headers = { ...MCP_HEADERS, ...traced.guarded.headers, 'mcp-protocol-version': '2025-11-25' };
  await rawPost(traced.guarded.url, JSON.stringify(body), { ...headers, 'x-private': VALUE });
  const span = await traced.collector.span(ofRequest('a-uri'));
  expect(span.attributes['mcp.resource.uri']).toBe('test://host/notes');
  // What the server has answered, as a code and without its words.
  expect(span).toMatchObject({
    isError: true,
    attributes: { 'error.type': '-32601', 'rpc.response.status_code': '-32601' },
  });
  expect(traced.collector.text()).not.toContain('Method not found');
  const all = traced.collector.text();
  expect(all).toContain('tools/call');
  for (const secret of [VALUE, traced.guarded.token, traced.gateway.adminKey, 'simple text', 'Accounts stay'])
    expect(all).not.toContain(secret);
});

it('says nothing that the documentation does not name', () => {
  const page = readFileSync(join(ROOT, 'docs', 'traces.md'), 'utf8');
  const said = new Set(traced.collector.spans.flatMap(({ attributes }) => Object.keys(attributes)));
  const named = [...page.matchAll(/^\| (`.*`) +\| (?:both|server|client) /gm)].flatMap(([, names]) =>
    names!.split(', ').map((name) => name.replaceAll('`', '')),
  );
  expect([...said].toSorted()).toEqual(named.toSorted());
});
