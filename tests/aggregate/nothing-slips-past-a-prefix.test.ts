/** Promise: no spelling, session, id or path at /mcp reaches a server that the grant, or its policy there, keeps away. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rawPost, rawRequest, type RawAnswer } from '../kit/index.ts';
import { openScene, type Scene } from './scene.ts';

const MODERN = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bypass', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

let scene: Scene;
let authorization: string;
let session: Record<string, string>;
beforeAll(async () => {
  scene = await openScene();
  authorization = `Bearer ${(await scene.grant()).token}`;
  session = await open('/mcp', authorization);
}, 60_000);
afterAll(() => scene?.close());
beforeEach(() => scene.clear());

async function open(path: string, bearer: string, version = '2025-06-18'): Promise<Record<string, string>> {
  const params = { protocolVersion: version, capabilities: {}, clientInfo: { name: 'bypass', version: '1' } };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params });
  const answer = await rawPost(scene.gateway.url + path, body, { authorization: bearer });
  expect(answer.status, answer.text).toBe(200);
  return { authorization: bearer, 'mcp-session-id': String(answer.headers['mcp-session-id']) };
}

const post = (body: unknown, headers: Record<string, string> = session, path = '/mcp'): Promise<RawAnswer> =>
  rawPost(scene.gateway.url + path, typeof body === 'string' ? body : JSON.stringify(body), headers);

const call = (name: string, args: object = {}): object => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: args },
});

it('an allowed call passes: the cases below are refused for what is wrong with them', async () => {
  expect((await post(call('notes__echo', { a: 1 }))).text).toContain('"a');
  expect(await scene.arrived()).toEqual(['echo']);
});

describe('names', () => {
  it.each([
    'write_note',
    'echo',
    'NOTES__echo',
    'notes_echo',
    'notes/echo',
    'notes.echo',
    ' notes__echo',
    '__echo',
    'notes__',
    'foreign__echo',
    'notes,lab__echo',
    '../foreign__echo',
    'not\u0435s__echo',
    '*__echo',
  ])('%j is an unknown tool', async (name) => {
    const { status, text } = await post(call(name));
    expect(status).toBe(200);
    expect(text).toContain('Unknown tool');
    await scene.nothingArrived();
  });

  it('by id of the server are unknown too', async () => {
    expect((await post(call(`${scene.ids.notes}__echo`))).text).toContain('Unknown tool');
    await scene.nothingArrived();
  });

  it.each([
    ['denied', 'notes__write_note', 'POLICY DENIED'],
    ['hidden', 'notes__delete_account', 'Unknown tool'],
  ])('%s on their server stay so', async (_, name, said) => {
    expect((await post(call(name))).text).toContain(said);
    await scene.nothingArrived();
  });

  it.each([
    ['stands twice', '"name":"notes__echo","name":"notes__write_note"'],
    ['is spelled twice', '"name":"notes__echo","Name":"notes__write_note"'],
    ['is no string', '"name":["notes__echo"]'],
  ])('a name that %s is refused', async (_, members) => {
    const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{${members},"arguments":{}}}`;
    expect((await post(body)).status).toBe(400);
    await scene.nothingArrived();
  });

  it('arguments that collide in case are refused by the rules of their server', async () => {
    const body =
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"notes__echo","arguments":{"a":1,"A":2}}}';
    expect((await post(body)).status).toBe(400);
    await scene.nothingArrived();
  });

  it('a header that says another tool is refused', async () => {
    const message = { ...call('notes__echo'), params: { name: 'notes__echo', arguments: {}, _meta: MODERN } };
    const headers = {
      authorization,
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': 'notes__write_note',
    };
    expect((await post(message, headers)).status).toBe(400);
    expect((await post(message, { ...headers, 'mcp-name': 'echo' })).status).toBe(400);
    await scene.nothingArrived();
  });
});

describe('sessions', () => {
  it('of another grant, of one server, or of all servers open nothing elsewhere', async () => {
    const other = `Bearer ${(await scene.grant()).token}`;
    const single = await open('/mcp/notes', authorization);
    await scene.clear();
    const id = session['mcp-session-id']!;
    expect((await post(call('notes__echo'), { authorization: other, 'mcp-session-id': id })).status).toBe(
      404,
    );
    expect((await post(call('notes__echo'), single)).status).toBe(404);
    expect((await post(call('echo'), session, '/mcp/notes')).status).toBe(404);
    const flipped = id.slice(0, -1) + (id.endsWith('A') ? 'B' : 'A');
    expect((await post(call('notes__echo'), { authorization, 'mcp-session-id': flipped })).status).toBe(404);
    await scene.nothingArrived();
  });
});

describe('other messages', () => {
  const request = (method: string, params: object = {}): object => ({
    jsonrpc: '2.0',
    id: 1,
    method,
    params,
  });

  it.each([
    ['an answer that nobody asked for', { jsonrpc: '2.0', id: 'notes:1', result: {} }, 400],
    ['an answer with an id that is none', { jsonrpc: '2.0', id: 'notes:{}', result: {} }, 400],
    ['an answer for a foreign server', { jsonrpc: '2.0', id: 'foreign:1', result: {} }, 400],
    ['a notification for nobody', { jsonrpc: '2.0', method: 'notifications/progress', params: {} }, 400],
    ['a batch', [call('notes__echo')], 400],
    ['a cursor of its own making', request('tools/list', { cursor: 'bm9wZQ' }), 400],
  ])('%s is refused', async (_, message, status) => {
    expect((await post(message)).status).toBe(status);
    await scene.nothingArrived();
  });

  it.each([
    request('resources/read', { uri: 'file:///etc/passwd' }),
    request('resources/read', { uri: 'mcp.foreign+file:///a' }),
    request('resources/subscribe', { uri: 'test://static-text' }),
    request('prompts/get', { name: 'test_simple_prompt' }),
    request('completion/complete', {
      ref: { type: 'ref/prompt', name: 'p' },
      argument: { name: 'a', value: '' },
    }),
    request('tasks/result', { taskId: 'task-1' }),
    request('subscriptions/listen', { notifications: {} }),
    request('notes/secret'),
  ])('%j finds nothing', async (message) => {
    const { status, text } = await post(message);
    expect(status).toBe(200);
    expect(text).toContain('"error"');
    await scene.nothingArrived();
  });
});

describe('credentials and paths', () => {
  it.each([
    ['no token', {}, '/mcp', 401],
    ['a wrong token', { authorization: 'Bearer pcg_wrong' }, '/mcp', 401],
    ['a foreign host', { host: 'evil.example' }, '/mcp', 403],
    ['another case', {}, '/MCP', 404],
    ['two slashes', {}, '/mcp//', 404],
  ])('%s: refused', async (_, headers, path, status) => {
    const withToken = status === 404 || 'host' in headers ? { authorization, ...headers } : headers;
    expect((await post(call('notes__echo'), withToken as Record<string, string>, path)).status).toBe(status);
    await scene.nothingArrived();
  });

  it('an expired grant is as none', async () => {
    const servers = [{ server: 'notes', policyId: scene.policies.notes }];
    const { body } = await scene.gateway.api<{ id: string; token: string }>('POST', '/grants', {
      label: 'over',
      servers,
    });
    await scene.gateway.api('PATCH', `/grants/${body.id}`, { expiresAt: Date.now() - 1000 });
    expect((await post(call('notes__echo'), { authorization: `Bearer ${body.token}` })).status).toBe(401);
    await scene.nothingArrived();
  });

  it('a server that was taken from the grant is gone at once', async () => {
    const { id, token } = await scene.grant();
    const own = await open('/mcp', `Bearer ${token}`);
    const servers = [{ server: 'lab', policyId: scene.policies.lab }];
    expect((await scene.gateway.api('PATCH', `/grants/${id}`, { servers })).status).toBe(200);
    await scene.clear();
    expect((await post(call('notes__echo'), own)).text).toContain('Unknown tool');
    expect((await post(call('echo'), { authorization: own.authorization! }, '/mcp/notes')).status).toBe(403);
    await scene.nothingArrived();
  });

  it('the method must be one of three', async () => {
    const answer = await rawRequest(`${scene.url}`, { method: 'PUT', headers: { authorization } });
    expect(answer.status).toBe(405);
  });
});

describe('a grant is refused', () => {
  it.each([
    ['without a server', [], '/servers'],
    ['with a server twice', [{ server: 'notes' }, { server: 'notes' }], '/servers/1/server'],
    [
      'with a policy of another server',
      [{ server: 'lab' }, { server: 'notes', policyId: 'LAB' }],
      '/servers/1/policyId',
    ],
    ['with a slug that leaves no room', [{ server: 'lab' }, { server: 'LONG' }], '/servers/1/server'],
  ])('%s, and the answer says where', async (_, named, pointer) => {
    const { gateway, policies } = scene;
    const long = 'x'.repeat(41);
    await gateway.api('POST', '/servers', { name: long, url: scene.foreign.url });
    const text = JSON.stringify(named).replace('LAB', policies.lab).replace('LONG', long);
    const { status, body } = await gateway.api<{ errors?: { pointer: string }[] }>('POST', '/grants', {
      label: 'wrong',
      servers: JSON.parse(text),
    });
    expect([400, 422]).toContain(status);
    expect(body.errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('with a server that does not exist', async () => {
    const servers = [{ server: 'lab' }, { server: 'nobody' }];
    expect((await scene.gateway.api('POST', '/grants', { label: 'wrong', servers })).status).toBe(404);
  });
});
