import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';
import { OWN_VARIABLES, unknownVariables } from './unknown-variables.ts';

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
  ['PORTCULLIS_SMTP_FROM', 'the gateway'],
  ['PORTCULLIS_OIDC_ISSUER', 'http://127.0.0.1.example.com'],
  ['PORTCULLIS_OIDC_ISSUER', 'http://localhost.example.com'],
  ['PORTCULLIS_OIDC_ISSUER', 'https://me:pw@example.com'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'here'],
])('refuses %s=%s by name', (name, value) => {
  const whole = { PORTCULLIS_OIDC_CLIENT_ID: 'id', PORTCULLIS_OIDC_CLIENT_SECRET: 'secret' };
  const beside = name === 'PORTCULLIS_OIDC_ISSUER' ? whole : {};
  expect(() => read({ ...beside, [name]: value })).toThrow(name);
});

it.each([
  'http://localhost:9',
  'http://127.0.0.1:9/realm/',
  'http://[::1]:9',
  'https://id.example.com/realm',
])('takes %s as an issuer, and an address with a name as a sender', (issuer) => {
  const variables = {
    PORTCULLIS_OIDC_ISSUER: issuer,
    PORTCULLIS_OIDC_CLIENT_ID: 'id',
    PORTCULLIS_OIDC_CLIENT_SECRET: 'secret',
    PORTCULLIS_SMTP_FROM: 'Gate, the <gate@example.com>',
  };
  expect(read(variables).accounts.oidc?.issuer).toBe(issuer.replace(/\/$/, ''));
});

describe('variables that nothing reads', () => {
  it('are named, with what was meant, without their values', () => {
    const said = unknownVariables({
      PORTCULLIS_ALLOW_PRIVATE_UPSTREAM: '0',
      PORTCULIS_PORT: '1',
      PORTCULLIS_TRACKER_SECRET: 's3cret-word',
    });
    expect(said).toBe(
      'Portcullis reads no variable of this name: PORTCULIS_PORT (did you mean PORTCULLIS_PORT?), ' +
        'PORTCULLIS_ALLOW_PRIVATE_UPSTREAM (did you mean PORTCULLIS_ALLOW_PRIVATE_UPSTREAMS?), ' +
        'PORTCULLIS_TRACKER_SECRET',
    );
  });

  it('are no others: ours, those of suites and workflows, what Kubernetes sets, and what is only similar', () => {
    const fine = [
      ...OWN_VARIABLES,
      'PORTCULLIS_TEST_POSTGRES',
      'PORTCULLIS_SCAN_SARIF',
      'PORTCULLIS_TOKEN',
      'PORTCULLIS_SERVICE_HOST',
      'PORTCULLIS_PORT_8080_TCP_ADDR',
      'PORT',
      'PORTABLE_HOME',
      'PATH',
    ];
    expect(unknownVariables(Object.fromEntries(fine.map((name) => [name, 'x'])))).toBeUndefined();
  });

  it('are told from ours by a list that holds what the program reads and the documentation says', async () => {
    const documented = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
    const shortened = /^PORTCULLIS_(?:GOOGLE|GITHUB|OIDC)_/;
    const told = new Set(documented.match(/\bPORTCULLIS_[A-Z_]+/g));
    for (const name of OWN_VARIABLES) if (!shortened.test(name)) expect(told, name).toContain(name);
    const sources = fileURLToPath(new URL('..', import.meta.url));
    const found = new Set<string>();
    for (const file of await readdir(sources, { recursive: true })) {
      if (!/(?<!\.test)\.ts$/.test(file)) continue;
      const source = await readFile(join(sources, file), 'utf8');
      for (const [, name] of source.matchAll(/['.](PORTCULLIS_(?!TEST_)[A-Z_]+)\b/g)) found.add(name!);
    }
    for (const prefix of ['PORTCULLIS_GOOGLE', 'PORTCULLIS_GITHUB', 'PORTCULLIS_OIDC'])
      expect(found.delete(prefix)).toBe(true);
    expect(OWN_VARIABLES).toEqual(expect.arrayContaining([...found]));
  });
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
