/** Promise: at /mcp an agent meets every server of its grant, each under its own rules, and no other. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registerServer, startFixture, textOf, v1Client, v2Client, type ToolClient } from '../kit/index.ts';
import { openScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
}, 60_000);
afterAll(() => scene?.close());
beforeEach(() => scene.clear());

type Connect = (url: string, options: { token: string }) => Promise<ToolClient>;
const CLIENTS: readonly (readonly [string, Connect])[] = [
  ['SDK v1', v1Client],
  ['SDK v2, legacy', (url, options) => v2Client(url, 'legacy', options)],
  ['SDK v2, modern', (url, options) => v2Client(url, 'modern', options)],
];

describe.each(CLIENTS)('%s', (_, connect) => {
  let client: ToolClient;
  let token: string;
  beforeAll(async () => {
    ({ token } = await scene.grant());
    client = await connect(scene.url, { token });
  });
  afterAll(() => client?.close());

  it('lists the tools of both servers under their names, without hidden ones', async () => {
    const names = (await client.listTools()).map(({ name }) => name);
    expect(names).toContain('notes__read_note');
    expect(names).toContain('lab__test_simple_text');
    expect(names).not.toContain('notes__delete_account');
    expect(names.filter((name) => !/^(?:notes|lab)__/.test(name))).toEqual([]);
  });

  it('sends an allowed call to its own server only, under the name that it has there', async () => {
    expect(textOf(await client.callTool('lab__test_simple_text'))).toContain('simple text');
    expect(await scene.arrived()).toEqual(['test_simple_text']);
    const { body } = await scene.gateway.api<{ items: Record<string, unknown>[] }>(
      'GET',
      '/decisions?tool=test_simple_text&limit=1',
    );
    expect(body.items[0]).toMatchObject({
      tool: 'test_simple_text',
      outcome: 'allow',
      server: { id: scene.ids.lab },
    });
  });

  it('denies by the rules of the server that the tool belongs to, and contacts none', async () => {
    const denied = await client.callTool('notes__write_note');
    expect(denied.isError).toBe(true);
    expect(textOf(denied)).toContain('[POLICY DENIED] Notes are read only.');
    expect(textOf(await client.callTool('lab__test_error_handling'))).toContain('Ask the owner first.');
    expect(await scene.arrived()).toEqual([]);
  });

  it('counts for each server by itself', async () => {
    for (let nth = 0; nth < 2; nth += 1)
      expect((await client.callTool('notes__read_note')).isError ?? false).toBe(false);
    expect((await client.callTool('notes__read_note')).isError).toBe(true);
    expect((await client.callTool('lab__test_simple_text')).isError ?? false).toBe(false);
    expect(await scene.arrived()).toEqual(['read_note', 'read_note', 'test_simple_text']);
  });

  it.each(['notes__delete_account', 'foreign__echo', 'test_simple_text', 'nobody__echo'])(
    'knows no tool %s',
    async (name) => {
      await expect(client.callTool(name)).rejects.toThrow(/Unknown tool/);
      expect(await scene.arrived()).toEqual([]);
    },
  );

  it('ends with its grant', async () => {
    const { id, token: short } = await scene.grant();
    const leaving = await connect(scene.url, { token: short });
    await leaving.callTool('lab__test_simple_text');
    await scene.clear();
    await scene.gateway.api('DELETE', `/grants/${id}`);
    await expect(leaving.callTool('lab__test_simple_text')).rejects.toThrow();
    await expect(connect(scene.url, { token: short })).rejects.toThrow();
    expect(await scene.arrived()).toEqual([]);
    await leaving.close().catch(() => {});
  });

  it('serves a grant for one server too', async () => {
    const single = await connect(scene.url, { token: scene.foreignServer.token });
    const names = (await single.listTools()).map(({ name }) => name);
    expect(names).toContain('foreign__echo');
    await single.callTool('foreign__echo', { a: 1 });
    expect(await scene.arrived()).toEqual(['echo']);
    await single.close();
  });
});

it('serves each server of the grant on its own path as well', async () => {
  const { token } = await scene.grant();
  for (const server of ['notes', 'lab']) {
    const client = await v1Client(`${scene.url}/${server}`, { token });
    expect((await client.listTools()).length).toBeGreaterThan(2);
    await client.close();
  }
  await expect(v1Client(`${scene.url}/foreign`, { token })).rejects.toThrow(/another server/);
});

describe.each(CLIENTS)('%s, with a server that is down', (name, connect) => {
  it('sees the other ones, and the log says which is missing', async () => {
    const { gateway } = scene;
    const slug = `gone-${name.replaceAll(/\W+/g, '').toLowerCase()}`;
    const gone = await startFixture('recorder');
    const { id } = await registerServer(gateway, { name: slug, url: gone.url });
    await gone.stop();
    const { body } = await gateway.api<{ token: string }>('POST', '/grants', {
      label: 'half',
      servers: [{ server: slug }, { server: 'lab', policyId: scene.policies.lab }],
    });
    const client = await connect(scene.url, body);
    const names = (await client.listTools()).map((tool) => tool.name);
    expect(names).toContain('lab__test_simple_text');
    expect(names.filter((one) => one.startsWith(slug))).toEqual([]);
    expect(textOf(await client.callTool('lab__test_simple_text'))).toContain('simple text');
    await client.close();
    const log = await gateway.api<{ items: Record<string, unknown>[] }>('GET', `/decisions?server=${id}`);
    expect(log.body.items[0]).toMatchObject({ rule: 'PC_UPSTREAM_UNREACHABLE', server: { id } });
  });
});

it('offers resources and prompts of all, and reads them where they are', async () => {
  const { token } = await scene.grant();
  const client = await v1Client(scene.url, { token });
  const { sdk } = client as unknown as { sdk: ResourceSdk };
  const { resources } = await sdk.listResources();
  expect(resources.length).toBeGreaterThan(0);
  for (const { uri } of resources) expect(uri).toMatch(/^mcp\.lab\+/);
  const { contents } = await sdk.readResource({ uri: resources[0]!.uri });
  expect(contents[0]!.uri).toBe(resources[0]!.uri);
  await expect(sdk.readResource({ uri: resources[0]!.uri.slice('mcp.lab+'.length) })).rejects.toThrow(
    /not found/,
  );
  const { prompts } = await sdk.listPrompts();
  expect(prompts.map((prompt) => prompt.name)).toContain('lab__test_simple_prompt');
  const { messages } = await sdk.getPrompt({ name: 'lab__test_simple_prompt' });
  expect(messages.length).toBeGreaterThan(0);
  await client.close();
});

it('brings a question of a server to the client, and the answer back to that server', async () => {
  const { token } = await scene.grant();
  const options = { token, capabilities: { elicitation: {} } };
  const client = await v2Client(scene.url, 'legacy', options);
  client.sdk.setRequestHandler('elicitation/create', () => ({
    action: 'accept',
    content: { username: 'ada', email: 'ada@example.com', response: 'ada' },
  }));
  const answer = await client.callTool('lab__test_elicitation', { message: 'Who is it?' });
  expect(textOf(answer)).toContain('ada');
  await client.close();
});

interface ResourceSdk {
  listResources(): Promise<{ resources: { uri: string }[] }>;
  readResource(params: { uri: string }): Promise<{ contents: { uri: string }[] }>;
  listPrompts(): Promise<{ prompts: { name: string }[] }>;
  getPrompt(params: { name: string }): Promise<{ messages: unknown[] }>;
}
