/** Promise: on one PostgreSQL, what one gateway lost the other asks about, and what one was allowed to repeat settles it for both. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardServer, startGateway, type TestGateway } from '../kit/index.ts';
import { freshDatabase, noPostgres, type FreshDatabase } from '../kit/postgres.ts';
import { answer, caller, type Caller } from './caller.ts';
import { startLosingServer, type LosingServer } from './losing-server.ts';

describe.skipIf(noPostgres)('two gateways on one PostgreSQL', () => {
  let database: FreshDatabase;
  let first: TestGateway;
  let second: TestGateway;
  let upstream: LosingServer;
  let here: Caller;
  let there: Caller;
  let grantId: string;
  beforeAll(async () => {
    [database, upstream] = await Promise.all([freshDatabase(), startLosingServer()]);
    const env = {
      PORTCULLIS_DATABASE_URL: database.url,
      PORTCULLIS_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      PORTCULLIS_APPROVAL_HOLD_SECONDS: '0',
    };
    first = await startGateway({ env, readyMs: 60_000 });
    second = await startGateway({ env: { ...env, PORTCULLIS_ADMIN_KEY: first.adminKey }, readyMs: 60_000 });
    const guarded = await guardServer(
      first,
      { name: 'Losing', url: upstream.url },
      { version: '1', default: 'allow' },
    );
    grantId = guarded.grant.id;
    const url = `${second.url}/mcp/${guarded.server.id}`;
    here = caller(first, upstream, guarded);
    there = caller(second, upstream, { url, headers: guarded.headers });
    // So that the second knows the tools, and the first call of the test is no question about them.
    await there.call('run_job', { job: 'first' });
  }, 180_000);
  afterAll(async () => {
    await Promise.all([first?.stop(), second?.stop(), upstream?.close()]);
    await database?.drop();
  }, 120_000);

  /** The other node hears of it as of a revoked grant: soon, and nobody waits for it. */
  const heard = (args: object): Promise<void> =>
    expect
      .poll(
        async () =>
          (await second.api('POST', '/evaluate', { grant: grantId, tool: 'run_job', arguments: args })).body,
        { timeout: 5_000 },
      )
      .toMatchObject({ outcome: 'needs_approval' });

  it('ask about what the other one lost', async () => {
    const args = { job: 'shared' };
    const lost = await here.lose('run_job', args);
    const before = upstream.arrived.length;
    await heard(args);
    const { text, decision } = await there.call('run_job', args);
    expect(text).toContain('[APPROVAL REQUIRED]');
    expect(text).toContain(lost.id);
    expect(upstream.arrived).toHaveLength(before);
    await answer(first, decision.approval?.id, 'approve');
    expect((await there.call('run_job', args)).text).toContain('done');
    // Settled for the other one as soon as it has heard of it; until then it asks.
    await expect
      .poll(async () => (await here.call('run_job', args)).text, { timeout: 5_000 })
      .toContain('done');
    expect(upstream.arrived).toHaveLength(before + 2);
  });

  it('killed in the middle of a call, one asks when it is back, and then so does the other', async () => {
    const args = { job: 'killed' };
    const before = upstream.arrived.length;
    upstream.mode = 'hold';
    const sent = await here.send('run_job', args);
    sent.answer.catch(() => {});
    await upstream.reached(before + 1);
    await first.kill9();
    upstream.mode = 'answer';
    await first.restart();
    await heard(args);
    for (const node of [here, there])
      expect((await node.call('run_job', args)).text).toContain('[APPROVAL REQUIRED]');
    expect(upstream.arrived).toHaveLength(before + 1);
  });
});
