import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDashboard } from './add-dashboard.ts';

const app = new Hono<{ Bindings: HttpBindings }>();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-web-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>x</title>');
  await writeFile(join(folder, 'assets/main-1.js'), 'let a;');
  await writeFile(join(folder, 'assets/main-1.js.gz'), gzipSync('let a;'));
  await writeFile(join(folder, 'assets/main-1.js.map'), '{}');
  addDashboard(app, [folder]);
  app.onError((error, context) => context.text(error.message, 404));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the dashboard', () => {
  it('answers with one page on every path that it draws, under a policy that allows nothing inline', async () => {
    for (const path of ['/', '/servers', '/servers/abc', '/policies/1?version=2', '/welcome?token=x']) {
      const answer = await app.request(path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('<!doctype html>');
      const security = answer.headers.get('content-security-policy') ?? '';
      expect(security).toContain("default-src 'none'");
      expect(security).not.toContain('unsafe');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('says to people that an address leads nowhere, and to programs in their way', async () => {
    const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    for (const path of ['/nowhere', '/docs/cli.md', '/admin.php?x=1']) {
      const answer = await app.request(path, { headers: browser });
      expect(answer.status, path).toBe(404);
      expect(await answer.text(), path).toContain('<!doctype html>');
      expect(answer.headers.get('content-security-policy'), path).toContain("default-src 'none'");
      expect(answer.headers.get('etag'), path).toBeNull();
      expect((await app.request(path, { method: 'HEAD', headers: browser })).status, path).toBe(404);
    }
    const forPrograms: readonly (readonly [string, RequestInit])[] = [
      ['/nowhere', {}],
      ['/nowhere', { headers: { accept: '*/*' } }],
      ['/nowhere', { headers: { accept: 'application/json' } }],
      ['/nowhere', { method: 'POST', headers: browser }],
      ...['/api/v1/nowhere', '/mcp', '/sse/x', '/.well-known/nothing', '/assets/none.js'].map(
        (path) => [path, { headers: browser }] as const,
      ),
    ];
    for (const [path, asked] of forPrograms) {
      const answer = await app.request(path, asked);
      expect([path, answer.status, await answer.text()]).toEqual([
        path,
        404,
        expect.not.stringContaining('<!doctype html>') as string,
      ]);
    }
  });

  it('serves hashed files for ever, compressed when the browser takes it', async () => {
    const packed = await app.request('/assets/main-1.js', {
      headers: { 'accept-encoding': 'gzip, deflate' },
    });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('cache-control')).toContain('immutable');
    const plain = await app.request('/assets/main-1.js', { headers: { 'accept-encoding': 'gzip;q=0' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe('let a;');
  });

  it('answers 304 to a browser that has the page', async () => {
    const tag = (await app.request('/')).headers.get('etag') ?? '';
    expect((await app.request('/', { headers: { 'if-none-match': tag } })).status).toBe(304);
  });

  it('keeps source maps, and everything outside its folder, to itself', async () => {
    for (const path of [
      '/assets/main-1.js.map',
      '/assets/..%2findex.html',
      '/assets/%2e%2e/%2e%2e/etc/passwd',
    ])
      expect((await app.request(path)).status).toBe(404);
  });
});
