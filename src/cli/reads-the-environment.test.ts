import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

let home = '';
beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), 'portcullis-environment-'))));
afterAll(() => rm(home, { recursive: true }));

const read = (variables: Record<string, string>) => readEnvironment({ PORTCULLIS_HOME: home, ...variables });

it('has defaults', () => {
  expect(read({})).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    home,
    publicUrl: 'http://127.0.0.1:8080',
    databaseUrl: `sqlite:${join(home, 'portcullis.db')}`,
    adminKey: undefined,
    config: undefined,
    allowPrivateUpstreams: true,
    logLevel: 'info',
  });
});

it('allows private upstreams by default only where nobody else can reach the gateway', () => {
  for (const host of ['127.0.0.1', '127.9.9.9', '::1', '[::1]', 'localhost'])
    expect(read({ PORTCULLIS_HOST: host }).allowPrivateUpstreams).toBe(true);
  for (const host of ['0.0.0.0', '::', '192.168.1.4', 'gateway.example'])
    expect(read({ PORTCULLIS_HOST: host }).allowPrivateUpstreams).toBe(false);
  expect(
    read({ PORTCULLIS_HOST: '0.0.0.0', PORTCULLIS_ALLOW_PRIVATE_UPSTREAMS: '1' }).allowPrivateUpstreams,
  ).toBe(true);
  expect(read({ PORTCULLIS_ALLOW_PRIVATE_UPSTREAMS: '0' }).allowPrivateUpstreams).toBe(false);
});

it('bounds the log by days and by bytes only when it is told to', () => {
  expect(read({}).retention).toEqual({});
  expect(read({ PORTCULLIS_LOG_KEEP_DAYS: '90', PORTCULLIS_LOG_MAX_BYTES: '20G' }).retention).toEqual({
    keepMs: 90 * 86_400_000,
    maxBytes: 20 * 1024 ** 3,
  });
  expect(read({ PORTCULLIS_LOG_MAX_BYTES: '5000000' }).retention).toEqual({ maxBytes: 5_000_000 });
});

it('derives the public URL from the address, and takes it without its slash', () => {
  expect(read({ PORTCULLIS_HOST: '::1', PORTCULLIS_PORT: '9' }).publicUrl).toBe('http://[::1]:9');
  expect(read({ PORTCULLIS_PUBLIC_URL: 'https://mcp.example.com/' }).publicUrl).toBe(
    'https://mcp.example.com',
  );
});

it.each([
  ['PORTCULLIS_PORT', 'eighty'],
  ['PORTCULLIS_PORT', '70000'],
  ['PORTCULLIS_HOST', 'a b'],
  ['PORTCULLIS_PUBLIC_URL', 'mcp.example.com'],
  ['PORTCULLIS_PUBLIC_URL', 'https://mcp.example.com/path'],
  ['PORTCULLIS_DATABASE_URL', 'mysql://x'],
  ['PORTCULLIS_REDIS_URL', 'http://x'],
  ['PORTCULLIS_REDIS_URL', 'redis://'],
  ['PORTCULLIS_REDIS_URL', 'redis://x/zero'],
  ['PORTCULLIS_REDIS_URL', 'redis://x:port'],
  ['PORTCULLIS_REDIS_URL', 'redis://x?family=6'],
  ['PORTCULLIS_ADMIN_KEY', 'short'],
  ['PORTCULLIS_ALLOW_PRIVATE_UPSTREAMS', 'maybe'],
  ['PORTCULLIS_LOG_LEVEL', 'loud'],
  ['PORTCULLIS_LOG_KEEP_DAYS', '0'],
  ['PORTCULLIS_LOG_KEEP_DAYS', 'a year'],
  ['PORTCULLIS_LOG_MAX_BYTES', '1000'],
  ['PORTCULLIS_LOG_MAX_BYTES', '20GB'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'here'],
])('refuses %s=%s by name', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(name);
});

it('reads where Redis is, and never repeats its password', () => {
  const { redis } = read({ PORTCULLIS_REDIS_URL: 'rediss://me:p%40ss@[::1]/3' });
  expect(redis).toEqual({
    host: '::1',
    port: 6379,
    username: 'me',
    password: 'p@ss',
    database: 3,
    tls: true,
  });
  expect(read({}).redis).toBeUndefined();
  const wrong = (): unknown => read({ PORTCULLIS_REDIS_URL: 'redis://me:s3cret-word@x/y' });
  expect(wrong).toThrow(/^(?!.*s3cret-word).*PORTCULLIS_REDIS_URL/);
});
