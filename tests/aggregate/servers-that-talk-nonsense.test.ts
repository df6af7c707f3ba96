/** Promise: at /mcp a server whose answers cannot be read costs its own part, not those of the others. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawPost, rawRequest, registerServer, startFixture, type Fixture } from '../kit/index.ts';
import { openScene, type Scene } from './scene.ts';

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'nonsense', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

let scene: Scene;
let nonsense: Fixture;
beforeAll(async () => {
  [scene, nonsense] = await Promise.all([openScene(), startFixture('recorder')]);
}, 60_000);
afterAll(() => Promise.all([scene?.close(), nonsense?.stop()]));

describe.each(['null-result', 'odd-members', 'bad-inside', 'garbage', 'status-500'])('%s', (mode) => {
  async function tokenFor(): Promise<{ readonly authorization: string }> {
    const name = `bad-${mode}-${Date.now().toString(36)}`;
    await registerServer(scene.gateway, { name, url: `${nonsense.url}?mode=${mode}&on=*` });
    const { body } = await scene.gateway.api<{ token: string }>('POST', '/grants', {
      label: 'half',
      servers: [{ server: name }, { server: 'lab', policyId: scene.policies.lab }],
    });
    return { authorization: `Bearer ${body.token}` };
  }
  const ask = async (
    method: string,
    params: object,
    headers: Record<string, string>,
  ): Promise<{ status: number; sessionId: string; result: Record<string, unknown> | undefined }> => {
    const answer = await rawPost(
      scene.url,
      JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      headers,
    );
    const { result } = answer.json<{ result?: Record<string, unknown> }>();
    return { status: answer.status, sessionId: String(answer.headers['mcp-session-id']), result };
  };
  const namesIn = (result: Record<string, unknown> | undefined): unknown =>
    (result?.tools as { name: string }[] | undefined)?.map(({ name }) => name);

  it('with a session', async () => {
    const headers = await tokenFor();
    const params = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'nonsense', version: '1' },
    };
    const { status, sessionId, result } = await ask('initialize', params, headers);
    expect([status, result?.protocolVersion]).toEqual([200, '2025-06-18']);
    expect(result?.capabilities).toHaveProperty('tools');
    const listed = await ask('tools/list', {}, { ...headers, 'mcp-session-id': sessionId });
    expect(namesIn(listed.result)).toContain('lab__test_simple_text');
  });

  it('in the modern era', async () => {
    const headers = { ...(await tokenFor()), 'mcp-protocol-version': '2026-07-28' };
    const listed = await ask('tools/list', { _meta: META }, { ...headers, 'mcp-method': 'tools/list' });
    expect(listed.status).toBe(200);
    expect(namesIn(listed.result)).toContain('lab__test_simple_text');
    const discovered = await ask(
      'server/discover',
      { _meta: META },
      { ...headers, 'mcp-method': 'server/discover' },
    );
    expect([discovered.status, typeof discovered.result]).toEqual([200, 'object']);
  });
});

it('none of that was a mistake of the gateway', async () => {
  expect(scene.gateway.logs()).not.toContain('a request could not be handled');
  expect((await rawRequest(`${scene.gateway.url}/healthz`)).status).toBe(200);
});
