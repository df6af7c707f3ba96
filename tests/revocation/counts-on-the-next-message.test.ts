import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runHere } from '../../src/cli/testing/run.ts';
import { openSession } from '../bypass/open-session.ts';
import {
  guardServer,
  rawPost,
  sseLines,
  startFixture,
  type Fixture,
  type GuardedServer,
  type RawAnswer,
} from '../kit/index.ts';
import { ARRANGEMENTS, type Nodes } from './nodes.ts';

const VERSION = '2025-11-25';
const OPEN = { version: '1', default: 'allow' };
const CALL = { name: 'echo', arguments: { message: 'hello' } };

describe.each(ARRANGEMENTS)('$name: a change', ({ missing, start }) => {
  describe.skipIf(missing)('that was answered', () => {
    let nodes: Nodes;
    let upstream: Fixture;
    let made = 0;
    let guarded: GuardedServer;
    let url = '';
    let session: Record<string, string> = {};

    beforeAll(async () => {
      [nodes, upstream] = await Promise.all([start(), startFixture('recorder')]);
    });
    afterAll(async () => {
      await nodes?.stop();
      await upstream?.stop();
    });
    beforeEach(async () => {
      made += 1;
      guarded = await guardServer(
        nodes.here,
        { name: `Server ${made}`, url: `${upstream.url}?mode=sessions` },
        OPEN,
      );
      url = `${nodes.there.url}/mcp/${guarded.server.id}`;
      session = { ...guarded.headers, ...(await openSession(url, guarded.token, VERSION)) };
      expect((await call()).json()).toMatchObject({ result: { content: [{ type: 'text' }] } });
      await upstream.clear();
    });

    const call = (): Promise<RawAnswer> =>
      rawPost(url, JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: CALL }), {
        ...session,
        'mcp-protocol-version': VERSION,
      });
    const upstreamSaw = () => upstream.calls('tools/call');

    it('revokes the grant: the next message is refused, and open streams are cut', async () => {
      const stream = await sseLines(url, { headers: { ...session, 'mcp-protocol-version': VERSION } });
      expect(stream.status).toBe(200);
      await upstream.clear();
      expect((await nodes.here.api('DELETE', `/grants/${guarded.grant.id}`)).status).toBe(204);
      expect((await call()).status).toBe(401);
      await stream.ended;
      expect(await upstreamSaw()).toEqual([]);
    });

    it('denies the tool: the next call is denied', async () => {
      const document = {
        version: '1',
        default: 'allow',
        tools: { echo: { deny_if: [{ conditions: [] }] } },
      };
      const changed = await nodes.here.api('PUT', `/policies/${guarded.policyId}`, { document });
      expect(changed.status).toBe(200);
      expect((await call()).json()).toMatchObject({ result: { isError: true } });
      expect(await upstreamSaw()).toEqual([]);
    });

    it('calls the tool destructive: the next call is denied', async () => {
      const document = {
        version: '1',
        default: 'allow',
        tools: { '@destructive': { deny_if: [{ conditions: [] }] } },
      };
      expect((await nodes.here.api('PUT', `/policies/${guarded.policyId}`, { document })).status).toBe(200);
      expect((await call()).json()).toMatchObject({ result: { content: [{ type: 'text' }] } });
      await upstream.clear();
      const path = `/servers/${guarded.server.id}/tools/echo`;
      expect((await nodes.here.api('PATCH', path, { classOverride: 'Destructive' })).status).toBe(200);
      expect((await call()).json()).toMatchObject({ result: { isError: true } });
      expect(await upstreamSaw()).toEqual([]);
    });

    it('takes the policy away: the next call is denied', async () => {
      const changed = await nodes.here.api('PATCH', `/grants/${guarded.grant.id}`, { policyId: null });
      expect(changed.status).toBe(200);
      expect((await call()).json()).toMatchObject({ result: { isError: true } });
      expect(await upstreamSaw()).toEqual([]);
    });

    it('is made from a shell: the next call is judged by it', async () => {
      const { id, name } = guarded.server;
      const run = async (...args: string[]): Promise<void> => {
        const ran = await runHere(nodes.env, ...args);
        expect(ran, `${name}: ${args.join(' ')}`).toMatchObject({ code: 0, stderr: '' });
      };
      const denied = async (): Promise<void> => {
        expect((await call()).json()).toMatchObject({ result: { isError: true } });
        expect(await upstreamSaw()).toEqual([]);
      };
      const document = {
        version: '1',
        default: 'allow',
        tools: { '@destructive': { deny_if: [{ conditions: [] }] } },
      };
      expect((await nodes.here.api('PUT', `/policies/${guarded.policyId}`, { document })).status).toBe(200);
      await run('server', 'override', id, 'echo', 'Destructive');
      await denied();
      await run('policy', 'rollback', id, guarded.policyId, '1');
      expect((await call()).json()).toMatchObject({ result: { content: [{ type: 'text' }] } });
      await upstream.clear();
      await run('policy', 'rollback', id, guarded.policyId, '2');
      await denied();
      await run('server', 'override', id, 'echo');
      expect((await call()).json()).toMatchObject({ result: { content: [{ type: 'text' }] } });
      await upstream.clear();
      await run('policy', 'remove', id, guarded.policyId);
      await denied();
    });

    it('removes the server: the next message is refused', async () => {
      expect((await nodes.here.api('DELETE', `/servers/${guarded.server.id}`)).status).toBe(204);
      expect([401, 404]).toContain((await call()).status);
      expect(await upstreamSaw()).toEqual([]);
    });
  });
});
