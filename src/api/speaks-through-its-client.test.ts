import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, expectTypeOf, it } from 'vitest';
import { ApiProblem, createClient, type Client } from './client.ts';
import { openApi, type OpenApi } from './testing/open-api.ts';

let api: OpenApi;
let client: Client;
beforeAll(async () => {
  api = await openApi();
  client = createClient({ baseUrl: api.url, key: api.adminKey });
});
afterAll(() => api.close());

it('sends parameters, bodies and versions, and types what comes back', async () => {
  const { body: server } = await client('POST /servers', { body: { name: 'a', url: 'https://example.com' } });
  expectTypeOf(server.gatewayUrl).toEqualTypeOf<string>();
  const read = await client('GET /servers/{id}', { path: { id: server.id } });
  expect(read.etag).toBe('"1"');
  const { body: list } = await client('GET /servers', { query: { limit: 1 } });
  expect(list.items.map(({ id }) => id)).toEqual([server.id]);
  const path = { id: server.id };
  const changed = await client('PATCH /servers/{id}', { path, body: { name: 'b' }, ifMatch: read.etag! });
  expect([changed.body.name, changed.confirmed]).toEqual(['b', true]);
  // @ts-expect-error a path with a parameter needs it
  await client('GET /servers/{id}', {}).catch(() => {});
  // @ts-expect-error the table knows no such route
  await client('GET /nothing', {}).catch(() => {});
  expect((await client('DELETE /servers/{id}', { path })).body).toBeUndefined();
});

it('throws what the server says', async () => {
  const thrown = await client('GET /servers/{id}', { path: { id: 'none' } }).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ApiProblem);
  expect((thrown as ApiProblem).problem.code).toBe('PC_API_NOT_FOUND');
});

it('loads nothing of the server', async () => {
  const source = await readFile(new URL('./client.ts', import.meta.url), 'utf8');
  const imports = source.split('\n').filter((line) => line.startsWith('import '));
  expect(imports.every((line) => line.startsWith('import type '))).toBe(true);
});
