/** Promise 3 at /mcp: servers that speak different eras stand behind one address, as far as one client can reach them. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  mintSharedGrant,
  registerServer,
  createPolicy,
  startFixture,
  startGateway,
  textOf,
  v1Client,
  v2Client,
  type Fixture,
  type TestGateway,
  type ToolClient,
} from '../kit/index.ts';

const KINDS = { old: 'sessions,legacy', young: 'modern' } as const;

let gateway: TestGateway;
let fixtures: Fixture[];
let url: string;
beforeAll(async () => {
  gateway = await startGateway();
  fixtures = [
    ...(await Promise.all(Object.values(KINDS).map((MODE) => startFixture('recorder', { MODE })))),
    await startFixture('everything'),
  ];
  for (const [at, name] of [...Object.keys(KINDS), 'both'].entries())
    await createPolicy(gateway, (await registerServer(gateway, { name, url: fixtures[at]!.url })).id, {
      version: '1',
      default: 'allow',
    });
  url = `${gateway.url}/mcp`;
});
afterAll(async () => {
  await gateway?.stop();
  await Promise.all((fixtures ?? []).map((fixture) => fixture.stop()));
});

async function grantFor(...names: readonly string[]): Promise<string> {
  const { body } = await gateway.api<{ items: { id: string; name: string }[] }>('GET', '/servers');
  const servers = await Promise.all(
    names.map(async (server) => {
      const { id } = body.items.find(({ name }) => name === server)!;
      const policies = await gateway.api<{ items: { id: string }[] }>('GET', `/servers/${id}/policies`);
      return { server, policyId: policies.body.items[0]!.id };
    }),
  );
  return (await mintSharedGrant(gateway, servers)).token;
}

const prefixes = async (client: ToolClient): Promise<string[]> => [
  ...new Set((await client.listTools()).map(({ name }) => name.split('__')[0]!)),
];

describe.each([
  ['SDK v1', (token: string) => v1Client(url, { token })],
  ['SDK v2 that prefers 2026-07-28', (token: string) => v2Client(url, 'auto', { token })],
])('%s', (_, connect) => {
  it('reaches a server of 2025-11-25 and one of both eras in one session', async () => {
    const client = await connect(await grantFor('old', 'both'));
    expect(await prefixes(client)).toEqual(['old', 'both']);
    expect(textOf(await client.callTool('old__echo', { a: 1 }))).toContain('"a":1');
    expect(textOf(await client.callTool('both__test_simple_text'))).toContain('simple text');
    await client.close();
  });

  it('does without a server that no session can be had of, and sends it nothing', async () => {
    const client = await connect(await grantFor('old', 'young'));
    expect(await prefixes(client)).toEqual(['old']);
    await expect(client.callTool('young__echo', { a: 1 })).rejects.toThrow(/session/i);
    expect(await fixtures[1]!.calls('tools/call')).toEqual([]);
    await client.close();
  });
});

it('a client of 2026-07-28 only reaches servers that speak it', async () => {
  const client = await v2Client(url, 'modern', { token: await grantFor('young', 'both') });
  expect(await prefixes(client)).toEqual(['young', 'both']);
  expect(textOf(await client.callTool('young__echo', { a: 1 }))).toContain('"a":1');
  await client.close();
  await expect(v2Client(url, 'modern', { token: await grantFor('young', 'old') })).rejects.toThrow();
});

it('the v2 SDK listens to both at once', async () => {
  const client = await v2Client(url, 'modern', { token: await grantFor('young', 'both') });
  const sdk = client.sdk as unknown as {
    listen(filter: object): Promise<{ honoredFilter: object; close(): Promise<void> }>;
  };
  const changed = vi.fn();
  client.sdk.setNotificationHandler('notifications/tools/list_changed', changed);
  const subscription = await sdk.listen({ toolsListChanged: true });
  expect(subscription.honoredFilter).toEqual({ toolsListChanged: true });
  await client.callTool('both__test_trigger_tool_change');
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
  await subscription.close();
  await client.close();
});
