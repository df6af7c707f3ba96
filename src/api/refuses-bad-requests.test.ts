import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApi, type OpenApi } from './testing/open-api.ts';
import { request } from './testing/request.ts';
import { LARGEST_BODY } from './read-body.ts';
import { ROUTES } from './routes/index.ts';

let api: OpenApi;
beforeAll(async () => void (api = await openApi()));
afterAll(() => api.close());

const post = (bytes: string | Buffer, headers: Record<string, string> = {}) =>
  request<{ code: string; errors: { pointer: string; message: string }[] }>(
    `${api.url}/api/v1/servers`,
    'POST',
    Buffer.from(bytes),
    { authorization: `Bearer ${api.adminKey}`, ...headers },
  );

it('takes JSON only', async () => {
  expect(await post('{}', { 'content-type': 'text/plain' })).toMatchObject({
    status: 415,
    body: { code: 'PC_CONTENT_TYPE' },
  });
  expect(await post('{}', { 'content-encoding': 'gzip' })).toMatchObject({
    status: 415,
    body: { code: 'PC_BODY_ENCODING' },
  });
  expect(await post('{"name":')).toMatchObject({ status: 400, body: { code: 'PC_JSON_SYNTAX' } });
  expect(await post('{"name":"a","name":"b"}')).toMatchObject({
    status: 400,
    body: { code: 'PC_JSON_DUPLICATE_KEY' },
  });
  expect((await post('{}', { 'content-type': 'application/json; charset=utf-8' })).status).toBe(422);
});

it('names every member that is unknown, missing or wrong', async () => {
  const { status, body } = await post('{"nam":"a","url":7,"headers":{"a/b":1}}');
  expect(status).toBe(422);
  expect(body.errors.map(({ pointer }) => pointer).toSorted()).toEqual([
    '/headers/a~1b',
    '/nam',
    '/name',
    '/url',
  ]);
  expect(body.errors.find(({ pointer }) => pointer === '/name')?.message).toBe('This member is missing.');
  expect(body.errors.find(({ pointer }) => pointer === '/url')?.message).toContain('expected string');
});

it('bounds the size of bodies, whether announced or not', async () => {
  const padding = ' '.repeat(LARGEST_BODY);
  const tooLarge = { status: 413, body: { code: 'PC_BODY_TOO_LARGE' } };
  expect(await post(`{}${padding}`)).toMatchObject(tooLarge);
  const nearly = `{"name":1}${padding}`.slice(0, LARGEST_BODY);
  expect((await post(nearly)).status).toBe(422);
});

it('takes little from those who have not said who they are', async () => {
  const body = {
    token: 'x'.repeat(70_000),
    name: 'a',
    email: 'a@example.com',
    password: 'a long enough one',
  };
  const answer = await request(`${api.url}/api/v1/setup`, 'POST', body);
  expect(answer).toMatchObject({ status: 413, body: { code: 'PC_BODY_TOO_LARGE' } });
});

it('refuses a body for nobody before reading it', async () => {
  const answer = await request(`${api.url}/api/v1/servers`, 'POST', { name: 'a', url: 'https://a.example' });
  expect(answer.status).toBe(401);
});

it('describes every problem alike', async () => {
  const answer = await post('{}');
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.body).toMatchObject({
    type: 'urn:portcullis:error:PC_API_INVALID',
    title: 'Unprocessable Entity',
    status: 422,
    code: 'PC_API_INVALID',
  });
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
});

it.each(
  ROUTES.filter(
    ({ method, versioned, role }) => method !== 'GET' && versioned !== true && role !== 'anyone',
  ).map(({ method, path }) => [method, path] as const),
)('does not pretend to guard what has no versions: %s %s', async (method, path) => {
  const headers = { 'if-match': '"1"' };
  const { status, text } = await api.call(method, path.replace(/\{\w+\}/g, 'none'), undefined, headers);
  expect([status, text]).toEqual([422, expect.stringContaining('If-Match guards nothing here')]);
});
