import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PREFIX } from './serve-route.ts';
import { ROUTES } from './routes/index.ts';
import { openApi, PUBLIC_URL, type OpenApi } from './testing/open-api.ts';
import { request } from './testing/request.ts';

type Schema = Record<string, unknown>;
interface Operation {
  readonly operationId: string;
  readonly parameters?: { name: string; in: string }[];
  readonly requestBody?: { content: Record<string, { schema: Schema }> };
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
}
interface Document {
  readonly openapi: string;
  readonly servers: { url: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, Schema> };
}

let api: OpenApi;
let document: Document;
beforeAll(async () => {
  api = await openApi();
  document = (await request<Document>(`${api.url}/openapi.json`)).body;
});
afterAll(() => api.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

it('is OpenAPI 3.1 with every route once', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.servers).toEqual([{ url: `${PUBLIC_URL}${PREFIX}` }]);
  expect(
    operations()
      .map(({ path, method }) => `${method.toUpperCase()} ${path}`)
      .toSorted(),
  ).toEqual(ROUTES.map(({ path, method }) => `${method} ${path}`).toSorted());
  const ids = operations().map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

it('declares each path parameter, and describes each answer', () => {
  for (const { path, operation } of operations()) {
    const declared = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
    expect(declared).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    for (const answer of Object.values(operation.responses)) expect(answer.description).not.toBe('');
    expect(operation.responses).toHaveProperty('default');
  }
});

it('has schemas that compile, and references that lead somewhere', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'openapi', ...JSON.parse(JSON.stringify(document)) });
  const schemas = operations().flatMap(({ operation }) =>
    [operation.requestBody, ...Object.values(operation.responses)].flatMap((part) =>
      Object.values(part?.content ?? {}).map(({ schema }) => schema),
    ),
  );
  expect(schemas.length).toBeGreaterThan(30);
  for (const schema of [...schemas, ...Object.values(document.components.schemas)]) {
    const text = JSON.stringify(schema).replaceAll('"#/', '"openapi#/');
    expect(() => ajv.compile(JSON.parse(text))).not.toThrow();
  }
});

it('tells the truth about answers', async () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'openapi', ...JSON.parse(JSON.stringify(document)) });
  const server = (
    await api.call<{ id: string }>('POST', '/servers', { name: 'a', url: 'https://example.com' })
  ).body.id;
  const policy = (
    await api.call<{ id: string }>('POST', `/servers/${server}/policies`, {
      name: 'p',
      document: { version: '1', default: 'deny' },
    })
  ).body.id;
  await api.call('POST', `/servers/${server}/grants`, { label: 'g', policyId: policy });
  const answers: [string, string, string, object?][] = [
    ['GET', '/servers', '/servers'],
    ['GET', '/servers/{id}', `/servers/${server}`],
    ['GET', '/servers/{id}/tools', `/servers/${server}/tools`],
    ['GET', '/servers/{id}/policies', `/servers/${server}/policies`],
    ['GET', '/policies/{id}/versions', `/policies/${policy}/versions`],
    ['GET', '/servers/{id}/grants', `/servers/${server}/grants`],
    ['GET', '/decisions', '/decisions'],
    ['GET', '/events', '/events'],
    ['POST', '/evaluate', '/evaluate', { policy, tool: 'a' }],
    ['POST', '/policies/explain', '/policies/explain', { policyId: policy, tool: 'a' }],
    ['POST', '/policies/validate', '/policies/validate', { document: { version: '1' } }],
    ['POST', '/catalog/classify', '/catalog/classify', { tools: [{ name: 'delete_all' }] }],
  ];
  for (const [method, path, called, body] of answers) {
    const schema =
      document.paths[path]![method.toLowerCase()]!.responses['200']!.content!['application/json']!.schema;
    const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')));
    const answer = await api.call(method, called, body);
    expect(answer.status).toBe(200);
    expect(validate(answer.body), `${method} ${path}: ${JSON.stringify(validate.errors)}`).toBe(true);
  }
});
