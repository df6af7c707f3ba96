/** Promise: what was sent and whose answer was lost is not sent again before a person has agreed, and nothing else is held up. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession } from '../bypass/open-session.ts';
import {
  freePort,
  guardServer,
  mintGrant,
  portcullis,
  rawPost,
  startGateway,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { sendCall, textOfAnswer } from '../chaos/clients.ts';
import { answer, caller, decisionOf, type Caller } from './caller.ts';
import { startLosingServer, type LosingServer } from './losing-server.ts';

const ASKS = '[APPROVAL REQUIRED]';
const RULE = '(unknown outcome)';
const POLICY = {
  version: '1',
  default: 'allow',
  tools: {
    write_note: {
      approve_if: [
        { conditions: [{ path: 'args.big', op: 'eq', value: true }], reason: 'Big ones are looked at.' },
      ],
      deny_if: [{ conditions: [{ path: 'args.bad', op: 'eq', value: true }] }],
      limits: [{ counter: 'rare', window: 'day', max: 1, by: 'args.rare', scope: 'grant' }],
    },
  },
};

let gateway: TestGateway;
let upstream: LosingServer;
let guarded: GuardedServer;
let other: Caller;
const eras = {} as Record<'legacy' | 'modern', Caller>;
beforeAll(async () => {
  [gateway, upstream] = await Promise.all([
    startGateway({ env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '0' } }),
    startLosingServer(),
  ]);
  guarded = await guardServer(gateway, { name: 'Losing', url: upstream.url }, POLICY);
  const second = await mintGrant(gateway, guarded.server.id, { label: 'second', policyId: guarded.policyId });
  const headers = { authorization: `Bearer ${second.token}` };
  other = caller(gateway, upstream, { url: guarded.url, headers });
  for (const era of ['legacy', 'modern'] as const) eras[era] = caller(gateway, upstream, guarded, era);
});
afterAll(async () => {
  await gateway?.stop();
  await upstream?.close();
});

let count = 0;
/** Arguments that no other test has. */
const fresh = (): { rare: string } => ({ rare: `case ${(count += 1)}` });
/** How many calls reach the server meanwhile. */
async function reaching(work: () => Promise<unknown>): Promise<number> {
  const before = upstream.arrived.length;
  await work();
  return upstream.arrived.length - before;
}

describe.each(['legacy', 'modern'] as const)('in the %s era', (era) => {
  const call: Caller['call'] = (tool, args) => eras[era].call(tool, args);
  const lose: Caller['lose'] = (tool, args, mode) => eras[era].lose(tool, args, mode);

  it.each(['run_job', 'delete_note'])('an identical call of %s asks, and says about what', async (tool) => {
    const args = { ...fresh(), b: [1, { c: null }] };
    const lost = await lose(tool, args);
    expect(lost.outcome).toBe('unknown');
    const sent = await reaching(async () => {
      const { text, decision } = await call(tool, { b: args.b, rare: args.rare });
      expect(text).toContain(ASKS);
      expect(text).toContain(lost.id);
      expect(text).toContain('may have taken effect');
      expect(decision).toMatchObject({ outcome: 'needs_approval', rule: RULE });
    });
    expect(sent).toBe(0);
  });

  it('a stream that is cut is a lost answer, too', async () => {
    const args = fresh();
    await lose('run_job', args, 'cut');
    expect(await reaching(() => call('run_job', args))).toBe(0);
  });

  it('other arguments, another grant, reading and what is idempotent pass', async () => {
    const args = fresh();
    await lose('run_job', args);
    expect(await reaching(() => call('run_job', { ...args, more: 1 }))).toBe(1);
    expect(await reaching(() => call('run_job', { rare: [args.rare] }))).toBe(1);
    expect(await reaching(() => other.call('run_job', args))).toBe(1);
    for (const tool of ['get_note', 'update_title']) {
      await lose(tool, args);
      expect(await reaching(() => call(tool, args))).toBe(1);
    }
    expect(await reaching(() => call('run_job', args))).toBe(0);
  });

  it('allowed by a person it is sent once; answered, it passes from then on', async () => {
    const args = fresh();
    await lose('run_job', args);
    const { decision } = await call('run_job', args);
    await answer(gateway, decision.approval?.id, 'approve');
    expect(await reaching(async () => expect((await call('run_job', args)).text).toContain('done'))).toBe(1);
    for (const _ of [1, 2]) expect(await reaching(() => call('run_job', args))).toBe(1);
  });

  it('refused by a person it is denied', async () => {
    const args = fresh();
    await lose('run_job', args);
    const { decision } = await call('run_job', args);
    await answer(gateway, decision.approval?.id, 'deny');
    const sent = await reaching(async () => {
      const { text, decision: denied } = await call('run_job', args);
      expect(text).toContain('[POLICY DENIED]');
      expect(text).toContain('looked at it');
      expect(denied).toMatchObject({ outcome: 'deny', rule: RULE });
    });
    expect(sent).toBe(0);
  });

  it('lost once more it asks again, about the later call', async () => {
    const args = fresh();
    await lose('run_job', args);
    const { decision } = await call('run_job', args);
    await answer(gateway, decision.approval?.id, 'approve');
    const again = await lose('run_job', args);
    const sent = await reaching(async () => expect((await call('run_job', args)).text).toContain(again.id));
    expect(sent).toBe(0);
  });
});

it('allowed once, of several tries at a time one is sent while its answer is awaited', async () => {
  const args = fresh();
  await eras.modern.lose('run_job', args);
  const { decision } = await eras.modern.call('run_job', args);
  await answer(gateway, decision.approval?.id, 'approve');
  const before = upstream.arrived.length;
  upstream.mode = 'hold';
  const tries = await Promise.all(Array.from({ length: 8 }, () => eras.modern.send('run_job', args)));
  const texts = tries.map(textOfAnswer);
  await upstream.reached(before + 1);
  const ended: string[] = [];
  for (const text of texts) void text.then((one) => ended.push(one));
  await expect.poll(() => ended.length, { timeout: 10_000 }).toBe(7);
  expect(upstream.arrived).toHaveLength(before + 1);
  upstream.mode = 'answer';
  upstream.release();
  expect((await Promise.all(texts)).filter((text) => text.includes('done'))).toHaveLength(1);
});

it('a denial comes first, a limit counts, and a rule that asks stays the one that asks', async () => {
  const limited = fresh();
  await eras.modern.lose('write_note', limited);
  expect(
    await reaching(async () => {
      const { decision } = await eras.modern.call('write_note', limited);
      expect(decision).toMatchObject({ outcome: 'deny', rule: '/tools/write_note/limits/0' });
    }),
  ).toBe(0);
  const { rare } = fresh();
  const ruled = { rare, big: true };
  const first = await eras.modern.call('write_note', ruled);
  await answer(gateway, first.decision.approval?.id, 'approve');
  await eras.modern.lose('write_note', ruled);
  // The limit is used up; raised, the policy's own rule asks, and says what was lost.
  const document = structuredClone(POLICY);
  document.tools.write_note.limits[0]!.max = 100;
  await gateway.api('PUT', `/policies/${guarded.policyId}`, { name: 'test', document });
  expect(
    await reaching(async () => {
      const { text, decision } = await eras.modern.call('write_note', ruled);
      expect(decision).toMatchObject({ outcome: 'needs_approval', rule: '/tools/write_note/approve_if/0' });
      expect(text).toContain('Big ones are looked at.');
      expect(text).toContain('its answer was lost');
    }),
  ).toBe(0);
});

it('an approval that was given before the answer was lost does not count for the repeat', async () => {
  const args = { ...fresh(), big: true };
  const first = await eras.modern.call('write_note', args);
  await answer(gateway, first.decision.approval?.id, 'approve');
  upstream.mode = 'hold';
  const before = upstream.arrived.length;
  const sent = await eras.modern.send('write_note', args);
  await upstream.reached(before + 1);
  const early = await eras.modern.call('write_note', args);
  await answer(gateway, early.decision.approval?.id, 'approve');
  sent.giveUp();
  await sent.answer.catch(() => {});
  expect((await decisionOf(gateway, sent)).outcome).toBe('unknown');
  upstream.mode = 'answer';
  expect(
    await reaching(async () => {
      const { text, decision } = await eras.modern.call('write_note', args);
      expect(text).toContain(ASKS);
      expect(decision.approval?.id).not.toBe(early.decision.approval?.id);
    }),
  ).toBe(0);
});

it('a server that says that it refused, and one that was never reached, have not acted', async () => {
  const args = fresh();
  await eras.modern.lose('run_job', args, 'refuse');
  expect(await reaching(() => eras.modern.call('run_job', args))).toBe(1);
  const nobody = { name: 'Nobody', url: `http://127.0.0.1:${await freePort()}/mcp` };
  const absent = caller(gateway, upstream, await guardServer(gateway, nobody, POLICY));
  for (const _ of [1, 2]) {
    const { text } = await absent.call('run_job', args);
    expect(text).toContain('PC_UPSTREAM_UNREACHABLE');
  }
});

it('a client that hangs up loses nothing where its call goes on, and loses the answer where that cancels', async () => {
  for (const [era, sent] of [
    ['legacy', 1],
    ['modern', 0],
  ] as const) {
    const args = fresh();
    const before = upstream.arrived.length;
    upstream.mode = 'hold';
    const leaving = await eras[era].send('run_job', args);
    await upstream.reached(before + 1);
    leaving.giveUp();
    await leaving.answer.catch(() => {});
    if (era === 'legacy') upstream.release();
    upstream.mode = 'answer';
    await decisionOf(gateway, leaving);
    expect(await reaching(() => eras[era].call('run_job', args)), era).toBe(sent);
  }
});

it('at the address of all servers it asks, too', async () => {
  const args = fresh();
  await eras.modern.lose('run_job', args);
  const all = caller(gateway, upstream, { url: `${gateway.url}/mcp`, headers: guarded.headers });
  const sent = await reaching(async () =>
    expect((await all.call('losing__run_job', args)).text).toContain(ASKS),
  );
  expect(sent).toBe(0);
});

it('a call that asks to be a task waits as one, and is sent once when a person has agreed', async () => {
  const args = fresh();
  const lost = await eras.legacy.lose('run_long_job', args);
  const session = await openSession(guarded.url, guarded.token, '2025-11-25');
  const headers = { ...guarded.headers, ...session };
  const params = { name: 'run_long_job', arguments: args, task: { ttl: 60_000 } };
  const ask = (method: string, more: object): Promise<string> =>
    textOfAnswer(sendCall(guarded, 'legacy', headers, method, { ...more }));
  const sent = await reaching(async () => {
    const made = await ask('tools/call', params);
    expect(made).toContain(lost.id);
    const taskId = /"taskId":"([^"]+)"/.exec(made)?.[1];
    const { body } = await gateway.api<{ items: { id: string; earlier: string }[] }>('GET', '/approvals');
    expect(body.items[0]?.earlier).toBe(lost.id);
    const result = ask('tasks/result', { taskId });
    await answer(gateway, body.items[0]?.id, 'approve');
    expect(await result).toContain('done');
  });
  expect(sent).toBe(1);
  expect(await reaching(() => eras.legacy.call('run_long_job', args))).toBe(1);
});

it('in a batch it is refused, and told to come by itself', async () => {
  const args = fresh();
  await eras.modern.lose('run_job', args);
  const session = await openSession(guarded.url, guarded.token, '2025-03-26');
  const entries = [args, fresh()].map((one, index) => ({
    jsonrpc: '2.0',
    id: `batch ${index}`,
    method: 'tools/call',
    params: { name: 'run_job', arguments: one },
  }));
  const sent = await reaching(async () => {
    const { text } = await rawPost(guarded.url, JSON.stringify(entries), { ...guarded.headers, ...session });
    expect(text).toContain('send it by itself');
  });
  expect(sent).toBe(0);
});

it('the page, the command line and /evaluate say why', async () => {
  const args = fresh();
  const lost = await eras.modern.lose('run_job', args);
  const { decision } = await eras.modern.call('run_job', args);
  const id = decision.approval?.id ?? '';
  const { body } = await gateway.api('GET', `/approvals/${id}`);
  expect(body).toMatchObject({ rule: RULE, earlier: lost.id, state: 'pending' });
  const shown = await portcullis(gateway.home, 'approvals', 'show', id);
  expect(shown.stdout).toContain(`decision ${lost.id}`);
  expect(shown.stdout).toContain(RULE);
  const call = { grant: guarded.grant.id, tool: 'run_job', arguments: args };
  expect((await gateway.api('POST', '/evaluate', call)).body).toMatchObject({
    outcome: 'needs_approval',
    rule: RULE,
  });
  const another = { ...call, arguments: fresh() };
  expect((await gateway.api('POST', '/evaluate', another)).body).toMatchObject({ outcome: 'allow' });
});
