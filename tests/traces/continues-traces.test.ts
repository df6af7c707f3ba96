/** Promise: a trace goes on where its client says, servers get the same bytes as ever, and hear of it only where the owner says so. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  guardServer,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type SeenRequest,
  type TestGateway,
} from '../kit/index.ts';
import {
  modernCall,
  ofRequest,
  openTraced,
  POLICY,
  tracing,
  type CallOptions,
  type Traced,
} from './traced.ts';

const META = { trace: 'a1'.repeat(16), span: 'a2'.repeat(8) };
const HEADER = { trace: 'b1'.repeat(16), span: 'b2'.repeat(8) };
const parentOf = ({ trace, span }: typeof META, flags = '01'): string => `00-${trace}-${span}-${flags}`;

let traced: Traced;
beforeAll(async () => {
  traced = await openTraced();
});
afterAll(() => traced.close());

const seen = async (upstream: Fixture): Promise<SeenRequest> => {
  const calls = (await upstream.log()).filter(({ body }) => body.includes('tools/call'));
  expect(calls).toHaveLength(1);
  return calls[0]!;
};

describe('a trace', () => {
  it.each<[string, CallOptions, typeof META | undefined, number]>([
    ['of `_meta`', { meta: { traceparent: parentOf(META) } }, META, 0],
    ['of the header', { headers: { traceparent: parentOf(HEADER) } }, HEADER, 0],
    [
      'of `_meta`, the header linked, where both are there',
      { meta: { traceparent: parentOf(META) }, headers: { traceparent: parentOf(HEADER) } },
      META,
      1,
    ],
    [
      'once, where both are the same',
      { meta: { traceparent: parentOf(META) }, headers: { traceparent: parentOf(META) } },
      META,
      0,
    ],
    [
      'of the header, where `_meta` is malformed',
      { meta: { traceparent: `${parentOf(META)}-more` }, headers: { traceparent: parentOf(HEADER) } },
      HEADER,
      0,
    ],
    [
      'of a later version of the recommendation',
      { meta: { traceparent: `cc${parentOf(META).slice(2)}-x` } },
      META,
      0,
    ],
    ['of nobody: version ff', { meta: { traceparent: `ff${parentOf(META).slice(2)}` } }, undefined, 0],
    ['of nobody: capitals', { headers: { traceparent: parentOf(HEADER).toUpperCase() } }, undefined, 0],
    ['of nobody: zeros', { meta: { traceparent: `00-${'0'.repeat(32)}-${META.span}-01` } }, undefined, 0],
    ['of nobody: no string', { meta: { traceparent: [parentOf(META)] } }, undefined, 0],
  ])('goes on %s', async (what, options, parent, links) => {
    await traced.call('echo', { ...options, id: what });
    const span = await traced.collector.span(ofRequest(what));
    expect(span.parentSpanId).toBe(parent?.span);
    if (parent !== undefined) expect(span.traceId).toBe(parent.trace);
    expect(span.links).toHaveLength(links);
    if (links > 0) expect(span.links[0]).toEqual({ traceId: HEADER.trace, spanId: HEADER.span });
    expect((await traced.collector.span(ofRequest(what, 'CLIENT'))).traceId).toBe(span.traceId);
  });

  it('that its client does not sample is not sent', async () => {
    await traced.call('echo', { id: 'unsampled', meta: { traceparent: parentOf(META, '00') } });
    await traced.call('echo', { id: 'after it' });
    await traced.collector.span(ofRequest('after it'));
    expect(traced.collector.spans.filter(ofRequest('unsampled'))).toEqual([]);
  });
});

const TOLD: CallOptions = {
  meta: { traceparent: parentOf(META), tracestate: 'vendor=1', baggage: 'user=alice' },
  headers: { traceparent: parentOf(HEADER), tracestate: 'other=2' },
};

describe('a server', () => {
  let silent: TestGateway;
  let untraced: GuardedServer;
  beforeAll(async () => {
    silent = await startGateway();
    untraced = await guardServer(silent, { name: 'Recorder', url: traced.upstream.url }, POLICY);
  });
  afterAll(() => silent.stop());

  it.each<[string, CallOptions]>([
    ['whose client traces', TOLD],
    ['whose client does not', {}],
  ])('%s gets the same request with tracing as without', async (_, options) => {
    await traced.call('echo');
    await modernCall(untraced, 'echo');
    await traced.upstream.clear();
    await modernCall(untraced, 'echo', options);
    const without = await seen(traced.upstream);
    await traced.upstream.clear();
    await traced.call('echo', options);
    const as = await seen(traced.upstream);
    expect(as.rawHeaders).toEqual(without.rawHeaders);
    expect(as.bytes).toBe(without.bytes);
    expect(as.headers['traceparent']).toBe(options.headers?.['traceparent']);
  });
});

describe('a server that the owner has named', () => {
  let gateway: TestGateway;
  let other: Fixture;
  let named: GuardedServer;
  let unnamed: GuardedServer;
  beforeAll(async () => {
    other = await startFixture('recorder');
    gateway = await startGateway({
      env: tracing(traced.collector.url, { PORTCULLIS_TRACE_UPSTREAMS: 'ours, theirs-not-yet' }),
    });
    named = await guardServer(gateway, { name: 'Ours', url: other.url }, POLICY);
    unnamed = await guardServer(gateway, { name: 'Theirs', url: other.url }, POLICY);
  });
  afterAll(async () => void (await Promise.all([gateway.stop(), other.stop()])));

  it('hears of the trace in a header, and its message stays as it was', async () => {
    await modernCall(named, 'echo');
    await other.clear();
    await modernCall(named, 'echo', { ...TOLD, id: 'told' });
    const client = await traced.collector.span(ofRequest('told', 'CLIENT'));
    const { headers, body } = await seen(other);
    expect(client.traceId).toBe(META.trace);
    expect(headers['traceparent']).toBe(`00-${META.trace}-${client.spanId}-01`);
    expect(headers['tracestate']).toBe('vendor=1');
    expect(JSON.parse(body)).toMatchObject({ params: { _meta: TOLD.meta } });
    expect(headers).not.toHaveProperty('baggage');
  });

  it('hears nothing of the context that stood there before', async () => {
    await modernCall(named, 'echo');
    await other.clear();
    await modernCall(named, 'echo', {
      id: 'no state',
      meta: { traceparent: parentOf(META) },
      headers: { traceparent: parentOf(HEADER), tracestate: 'other=2' },
    });
    const { headers } = await seen(other);
    expect(headers['traceparent']).toContain(META.trace);
    expect(headers).not.toHaveProperty('tracestate');
  });

  it('hears of one that begins here, and no other server does', async () => {
    await other.clear();
    await modernCall(named, 'echo', { id: 'begun here' });
    const client = await traced.collector.span(ofRequest('begun here', 'CLIENT'));
    expect((await seen(other)).headers['traceparent']).toBe(`00-${client.traceId}-${client.spanId}-01`);
    await modernCall(unnamed, 'echo', { id: 'first there' });
    await other.clear();
    await modernCall(unnamed, 'echo', { id: 'not told' });
    await traced.collector.span(ofRequest('not told', 'CLIENT'));
    expect((await seen(other)).headers).not.toHaveProperty('traceparent');
  });
});
