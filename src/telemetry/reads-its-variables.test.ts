import { describe, expect, it } from 'vitest';
import { readTraceSettings } from './index.ts';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
const read = (variables: Record<string, string>) => readTraceSettings({ ...ENDPOINT, ...variables })!;

it('has the defaults of the specification', () => {
  expect(read({})).toEqual({
    url: 'http://collector:4318/v1/traces',
    headers: {},
    compression: 'none',
    timeoutMs: 10_000,
    sampler: 'parentbased_always_on',
    ratio: 1,
    resource: { 'service.name': 'portcullis' },
    batch: { delayMs: 5000, maxQueue: 2048, maxBatch: 512 },
    upstreams: new Set(),
  });
});

it('is off without an endpoint, whatever else is set', () => {
  expect(readTraceSettings({})).toBeUndefined();
  expect(readTraceSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' })).toBeUndefined();
  expect(readTraceSettings({ OTEL_TRACES_SAMPLER: 'of another program' })).toBeUndefined();
});

it('is off where it is switched off', () => {
  expect(read({ OTEL_SDK_DISABLED: 'TRUE' })).toBeUndefined();
  expect(read({ OTEL_SDK_DISABLED: 'false' })).toBeDefined();
  expect(read({ OTEL_TRACES_EXPORTER: 'none' })).toBeUndefined();
});

it.each([
  ['http://collector:4318/', 'http://collector:4318/v1/traces'],
  ['https://collector/otlp', 'https://collector/otlp/v1/traces'],
  ['https://collector/otlp/?team=a', 'https://collector/otlp/v1/traces?team=a'],
])('appends the path of traces to the endpoint %s', (endpoint, url) => {
  expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }).url).toBe(url);
});

it('takes what is for traces alone as it is, before what is for all signals', () => {
  const settings = read({
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/in',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-team=a, X-Key = all%20signals',
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-key=traces=only',
    OTEL_EXPORTER_OTLP_TIMEOUT: '1',
    OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '2',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  });
  expect(settings).toMatchObject({
    url: 'https://traces.example/in',
    headers: { 'x-team': 'a', 'x-key': 'traces=only' },
    timeoutMs: 2,
    compression: 'gzip',
  });
  expect(readTraceSettings({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://a:1' })?.url).toBe('http://a:1/');
});

it('names the service as OTEL_SERVICE_NAME says, else as the resource does', () => {
  const attributes = { OTEL_RESOURCE_ATTRIBUTES: 'service.name=a,team=b%2Cc' };
  expect(read(attributes).resource).toEqual({ 'service.name': 'a', team: 'b,c' });
  expect(read({ ...attributes, OTEL_SERVICE_NAME: 'd' }).resource['service.name']).toBe('d');
});

it.each([
  ['traceidratio', '0.25', 0.25],
  ['parentbased_traceidratio', '1e-3', 0.001],
  ['parentbased_traceidratio', '', 1],
  ['always_on', 'whatever', 1],
])('samples %s with %s at a ratio of %d', (sampler, argument, ratio) => {
  const settings = read({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: argument });
  expect(settings).toMatchObject({ sampler, ratio });
});

it('never makes batches that are larger than the queue', () => {
  expect(read({ OTEL_BSP_MAX_QUEUE_SIZE: '100' }).batch).toMatchObject({ maxQueue: 100, maxBatch: 100 });
});

it('takes the names of servers that hear of traces', () => {
  expect(read({ PORTCULLIS_TRACE_UPSTREAMS: 'orgo, my-own' }).upstreams).toEqual(new Set(['orgo', 'my-own']));
  expect(read({ PORTCULLIS_TRACE_UPSTREAMS: '*' }).upstreams).toEqual(new Set(['*']));
});

describe('what cannot be understood', () => {
  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'grpc://collector:4317'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'https://user:secret@collector'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'nowhere'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'secret'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'x-key=%secret'],
    ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'x key=secret'],
    ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'x-key=secret%0d%0aHost: a'],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '10s'],
    ['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT', '0'],
    ['OTEL_EXPORTER_OTLP_COMPRESSION', 'brotli'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'http/protobuf'],
    ['OTEL_EXPORTER_OTLP_CERTIFICATE', '/nowhere/ca.pem'],
    ['OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY', '/nowhere/key.pem'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'team'],
    ['OTEL_RESOURCE_ATTRIBUTES', '=secret'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_SDK_DISABLED', '1'],
    ['OTEL_TRACES_EXPORTER', 'zipkin'],
    ['OTEL_BSP_SCHEDULE_DELAY', '-1'],
    ['OTEL_BSP_MAX_QUEUE_SIZE', '0'],
    ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 'all'],
    ['PORTCULLIS_TRACE_UPSTREAMS', 'https://example.com'],
  ])('is refused by name, and not repeated: %s=%s', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name);
    expect(() => read({ [name]: value })).not.toThrow('secret');
  });

  it.each(['1.5', '-0.1', 'half', '0x1', '1e999'])('is refused as a ratio: %s', (value) => {
    const sampler = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: value };
    expect(() => read(sampler)).toThrow('OTEL_TRACES_SAMPLER_ARG');
  });
});
