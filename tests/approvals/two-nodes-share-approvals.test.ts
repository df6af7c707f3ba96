/** Promise: on one PostgreSQL, what is asked through one gateway is decided through another, and one retry at either is sent. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  guardServer,
  startFixture,
  startGateway,
  textOf,
  v1Client,
  v2Client,
  type Fixture,
  type GuardedServer,
  type TestGateway,
  type ToolClient,
  type ToolResult,
} from '../kit/index.ts';
import { freshDatabase, noPostgres, type FreshDatabase } from '../kit/postgres.ts';
import { POLICY } from './desk.ts';

const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
const isServed = (result: ToolResult): boolean => result.isError !== true;

describe.skipIf(noPostgres)('two gateways on one PostgreSQL', () => {
  let database: FreshDatabase;
  let first: TestGateway;
  let second: TestGateway;
  let upstream: Fixture;
  let guarded: GuardedServer;
  beforeAll(async () => {
    [database, upstream] = await Promise.all([freshDatabase(), startFixture('recorder')]);
    const env = {
      PORTCULLIS_DATABASE_URL: database.url,
      PORTCULLIS_MASTER_KEY: MASTER_KEY,
      PORTCULLIS_APPROVAL_HOLD_SECONDS: '0',
    };
    first = await startGateway({ env, readyMs: 60_000 });
    second = await startGateway({
      env: { ...env, PORTCULLIS_ADMIN_KEY: first.adminKey },
      readyMs: 60_000,
    });
    guarded = await guardServer(first, { name: 'Shared', url: upstream.url }, POLICY);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([first?.stop(), second?.stop(), upstream?.stop()]);
    await database?.drop();
  }, 120_000);

  const arrived = async (): Promise<unknown[]> =>
    (await upstream.calls('tools/call')).map(({ params }) => (params as { arguments: unknown }).arguments);
  const waiting = async (gateway: TestGateway): Promise<string> => {
    const { body } = await gateway.api<{ items: { id: string }[] }>('GET', '/approvals?state=pending');
    expect(body.items).toHaveLength(1);
    return body.items[0]!.id;
  };
  const answer = async (gateway: TestGateway, verdict: 'approve' | 'deny', id: string): Promise<number> =>
    (await gateway.api('POST', `/approvals/${id}/${verdict}`, { reason: 'looked at' })).status;
  const at = (gateway: TestGateway): string => `${gateway.url}/mcp/${guarded.server.id}`;
  const open = (era: string, gateway: TestGateway): Promise<ToolClient> =>
    era === 'modern'
      ? v2Client(at(gateway), 'modern', { token: guarded.token })
      : v1Client(at(gateway), { token: guarded.token });

  it.each([
    ['legacy', 'the gateway that was asked'],
    ['legacy', 'the other gateway'],
    ['modern', 'the gateway that was asked'],
    ['modern', 'the other gateway'],
  ])('in the %s era, approved through the other: the retry at %s is sent, once', async (era, where) => {
    await upstream.clear();
    const args = { text: `${era} ${where}` };
    const [here, there] = await Promise.all([open(era, first), open(era, second)]);
    expect(textOf(await here.callTool('echo', args))).toContain('[APPROVAL REQUIRED]');
    expect(await answer(second, 'approve', await waiting(second))).toBe(200);
    expect(await arrived()).toEqual([]);
    const retry = where === 'the other gateway' ? there : here;
    expect(isServed(await retry.callTool('echo', args))).toBe(true);
    for (const client of [here, there])
      expect(textOf(await client.callTool('echo', args))).toContain('[APPROVAL REQUIRED]');
    expect(await arrived()).toEqual([args]);
    expect(await answer(first, 'deny', await waiting(first))).toBe(200);
    await Promise.all([here.close(), there.close()]);
  });

  it('of twenty retries at both at once one is sent', async () => {
    await upstream.clear();
    const args = { text: 'race' };
    const clients = await Promise.all([open('legacy', first), open('legacy', second)]);
    await clients[0]!.callTool('echo', args);
    await answer(second, 'approve', await waiting(second));
    const tries = Array.from({ length: 20 }, (_, index) => clients[index % 2]!.callTool('echo', args));
    expect((await Promise.all(tries)).filter(isServed)).toHaveLength(1);
    expect(await arrived()).toEqual([args]);
    await answer(first, 'deny', await waiting(first));
    await Promise.all(clients.map((client) => client.close()));
  });

  it('denied through the other, the call is denied at both', async () => {
    await upstream.clear();
    const args = { text: 'denied' };
    const clients = await Promise.all([open('legacy', first), open('modern', second)]);
    await clients[0]!.callTool('echo', args);
    await answer(second, 'deny', await waiting(first));
    for (const client of clients) expect(textOf(await client.callTool('echo', args))).toContain('looked at');
    expect(await arrived()).toEqual([]);
    await Promise.all(clients.map((client) => client.close()));
  });
});
