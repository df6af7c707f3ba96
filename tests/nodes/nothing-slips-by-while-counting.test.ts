/** Promise: what changes while a call waits for its counters counts for that call: it is not sent, and what it took goes back. */
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createPolicy,
  guardServer,
  MCP_HEADERS,
  mintGrant,
  rawPost,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { noRedisServer, startRedis, type OwnRedis } from '../kit/redis.ts';
import { limited, YEAR } from './three.ts';

/** Longer than what happens meanwhile, shorter than the wait for an answer. */
const PAUSE_MS = 800;
const LIMIT = { counter: 'n', window: YEAR, max: 1 };

describe.skipIf(noRedisServer)(
  'while a call waits for Redis',
  () => {
    let redis: OwnRedis;
    let gateway: TestGateway;
    let recorder: Fixture;
    let guarded: GuardedServer;
    beforeAll(async () => {
      [redis, recorder] = await Promise.all([startRedis(), startFixture('recorder')]);
      gateway = await startGateway({
        env: { PORTCULLIS_REDIS_URL: redis.url, PORTCULLIS_APPROVAL_HOLD_SECONDS: '0' },
      });
      guarded = await guardServer(
        gateway,
        { name: 'Waited', url: `${recorder.url}?mode=sessions` },
        limited(),
      );
    }, 60_000);
    beforeEach(() => recorder.clear());
    afterEach(() => redis.command('CLIENT', 'UNPAUSE'));
    afterAll(() => Promise.all([gateway?.stop(), recorder?.stop(), redis?.close()]), 60_000);

    let policies = 0;
    const grantFor = async (document: object): Promise<{ id: string; token: string }> => {
      const policy = await createPolicy(gateway, guarded.server.id, document, `p${++policies}`);
      return mintGrant(gateway, guarded.server.id, { policyId: policy.id });
    };
    const message = (id: number): string =>
      JSON.stringify({
        jsonrpc: '2.0',
        id,
        method: 'tools/call',
        params: { name: 'write_note', arguments: {} },
      });
    const session = async (token: string): Promise<Record<string, string>> => {
      const authorization = `Bearer ${token}`;
      const params = {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 't', version: '1' },
      };
      const body = JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params });
      const { headers } = await rawPost(guarded.url, body, { authorization });
      const bound = { authorization, 'mcp-session-id': String(headers['mcp-session-id']) };
      await rawPost(guarded.url, '{"jsonrpc":"2.0","method":"notifications/initialized"}', bound);
      return bound;
    };
    const arrived = async (): Promise<number> => (await recorder.calls('tools/call')).length;
    const pause = (): Promise<unknown> => redis.command('CLIENT', 'PAUSE', String(PAUSE_MS));
    /** It was given back: the one call that may be made can still be made. */
    const standsOpen = async (token: string): Promise<void> => {
      expect(await arrived()).toBe(0);
      const bound = await session(token);
      expect((await rawPost(guarded.url, message(99), bound)).text).not.toContain('[POLICY DENIED]');
      expect(await arrived()).toBe(1);
    };

    it('a client that hangs up is not acted for', async () => {
      const { token } = await grantFor(limited(LIMIT));
      const bound = await session(token);
      await pause();
      const { hostname, port, pathname } = new URL(guarded.url);
      const socket = connect(Number(port), hostname);
      const body = message(1);
      const head = { ...MCP_HEADERS, ...bound, host: `${hostname}:${port}`, 'content-length': body.length };
      const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
      socket.write(`POST ${pathname} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
      socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      await standsOpen(token);
    });

    it('a call that is cancelled is not made', async () => {
      const { token } = await grantFor(limited(LIMIT));
      const bound = await session(token);
      await pause();
      const waiting = rawPost(guarded.url, message(1), bound);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } };
      expect((await rawPost(guarded.url, JSON.stringify(cancel), bound)).status).toBe(202);
      expect((await waiting).text).toContain('PC_CALL_OVERTAKEN');
      await standsOpen(token);
    });

    it('a grant that is revoked lets nothing through', async () => {
      const { id, token } = await grantFor(limited(LIMIT));
      const bound = await session(token);
      await pause();
      const waiting = rawPost(guarded.url, message(1), bound);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await gateway.api('DELETE', `/grants/${id}`)).status).toBeLessThan(300);
      expect((await waiting).text).not.toContain('"isError":false');
      expect(await arrived()).toBe(0);
    });

    it.each([
      ['deny', { version: '1', default: 'deny' }],
      ['allow', limited(LIMIT, { concurrent: 7 })],
    ])('a policy that changes, here to one that would %s, is not overtaken', async (_, other) => {
      const { id, token } = await grantFor(limited(LIMIT));
      const bound = await session(token);
      const policy = await createPolicy(gateway, guarded.server.id, other, `q${++policies}`);
      await pause();
      const waiting = rawPost(guarded.url, message(1), bound);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await gateway.api('PATCH', `/grants/${id}`, { policyId: policy.id })).status).toBe(200);
      expect((await waiting).text).toMatch(/PC_CALL_OVERTAKEN|PC_SESSION_UNKNOWN/);
      expect(await arrived()).toBe(0);
    });

    it.each([
      ['with a limit', limited({ ...LIMIT, max: 5 })],
      [
        'before people are asked',
        {
          version: '1',
          default: 'deny',
          tools: { write_note: { limits: [{ ...LIMIT, max: 5 }], approve_if: [{ conditions: [] }] } },
        },
      ],
    ])('a second request with its id is refused, %s', async (_, document) => {
      const { token } = await grantFor(document);
      const bound = await session(token);
      await pause();
      const both = [rawPost(guarded.url, message(1), bound), rawPost(guarded.url, message(1), bound)];
      const texts = (await Promise.all(both)).map(({ text }) => text);
      expect(texts.filter((text) => text.includes('PC_ID_IN_FLIGHT'))).toHaveLength(1);
      expect(await arrived()).toBeLessThanOrEqual(1);
    });
  },
  30_000,
);
