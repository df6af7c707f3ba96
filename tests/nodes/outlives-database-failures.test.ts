/** Promise: while PostgreSQL fails nothing is let through that needs it, both nodes say why, and nothing that was answered is lost. */
import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { verifyStore } from '../../src/audit/index.ts';
import { openStore } from '../../src/store/index.ts';
import { ownRole } from '../../src/store/testing/databases.ts';
import {
  guardServer,
  mintGrant,
  rawPost,
  rawRequest,
  startFixture,
  startGateway,
  type TestGateway,
} from '../kit/index.ts';
import { noPostgres } from '../kit/postgres.ts';

const POLICY = {
  version: '1',
  default: 'deny',
  tools: { write_note: {}, send_mail: { approve_if: [{ conditions: [], expires: '10m' }] } },
};

/** What happens to PostgreSQL, how it ends, and what is said meanwhile. */
const FAILURES = [
  ['it restarts', 'nologin', 'login', /refused the user|shutting down|connection to the server failed/],
  [
    'a standby takes its place',
    'set default_transaction_read_only = on',
    'reset default_transaction_read_only',
    /read-only/,
  ],
  ['it has no connection left', 'connection limit 0', 'connection limit -1', /too many connections/],
] as const;

async function call(node: TestGateway, path: string, token: string, name = 'write_note'): Promise<string> {
  const params = { name, arguments: {} };
  const message = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  const { status, text } = await rawPost(node.url + path, message, { authorization: `Bearer ${token}` });
  if (status === 401) return 'revoked';
  if (status === 200 && text.includes('"result"') && !text.includes('"isError":true')) return 'allowed';
  return /PC_[A-Z_]+/.exec(text)?.[0] ?? text;
}

async function readiness({ url }: TestGateway): Promise<string> {
  const { status, text } = await rawRequest(`${url}/readyz`);
  const { checks } = JSON.parse(text) as { checks: { name: string; ok: boolean; detail?: string }[] };
  const failed = checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
  return status === 200 ? 'ready' : failed.join('; ');
}

it.skipIf(noPostgres)(
  'two nodes outlive what happens to their PostgreSQL',
  async () => {
    const role = await ownRole(process.env.PORTCULLIS_TEST_POSTGRES!);
    const recorder = await startFixture('recorder');
    onTestFinished(() => void recorder.stop());
    const env = {
      PORTCULLIS_DATABASE_URL: role.url,
      PORTCULLIS_MASTER_KEY: randomBytes(32).toString('base64'),
      PORTCULLIS_ADMIN_KEY: `pck_${randomBytes(24).toString('base64url')}`,
    };
    const first = await startGateway({ env, readyMs: 60_000 });
    const second = await startGateway({ env, readyMs: 60_000 });
    const nodes = [first, second];
    onTestFinished(async () => void (await Promise.all(nodes.map((node) => node.stop()))));
    const guarded = await guardServer(first, { name: 'Notes', url: recorder.url }, POLICY);
    const path = new URL(guarded.url).pathname;
    let answered = 0;
    const callBoth = async (): Promise<void> => {
      for (const node of nodes) expect(await call(node, path, guarded.token)).toBe('allowed');
      answered += nodes.length;
    };
    await callBoth();

    for (const [, broken, mended, detail] of FAILURES) {
      const { id, token } = await mintGrant(first, guarded.server.id, { policyId: guarded.policyId });
      expect(await call(second, path, token)).toBe('allowed');
      answered += 1;
      await role.alter(broken);
      await role.disconnect();
      const inTime = { timeout: 20_000 };
      for (const node of nodes) await expect.poll(() => readiness(node), inTime).toMatch(detail);
      // What was in force is, and what is decided is written to the journal before it is sent.
      await callBoth();
      for (const node of nodes)
        expect(await call(node, path, guarded.token, 'send_mail')).toMatch(/PC_(STORE|LOG)_UNAVAILABLE/);
      expect(await first.api('DELETE', `/grants/${id}`)).toMatchObject({
        status: 503,
        body: { code: 'PC_STORE_UNAVAILABLE' },
      });
      expect(await call(first, path, token)).toBe('allowed');
      answered += 1;

      await role.alter(mended);
      for (const node of nodes) await expect.poll(() => readiness(node), inTime).toBe('ready');
      expect((await first.api('DELETE', `/grants/${id}`)).status).toBeLessThan(300);
      for (const node of nodes) expect(await call(node, path, token)).toBe('revoked');
      await callBoth();
    }

    expect(await recorder.calls('tools/call')).toHaveLength(answered);
    await Promise.all(nodes.map((node) => node.stop()));
    const store = await openStore(role.url);
    onTestFinished(() => store.close());
    expect((await verifyStore(store)).problem).toBeUndefined();
    const { items } = await store.entries.page(
      { tool: 'write_note', outcome: 'allow', kind: 'decision' },
      { limit: 500 },
    );
    expect(new Set(items.map(({ id }) => id)).size).toBe(answered);
  },
  120_000,
);
