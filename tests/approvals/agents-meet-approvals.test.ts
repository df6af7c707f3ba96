import { describe, expect, it } from 'vitest';
import { textOf, v1Client, v2Client, type ToolClient } from '../kit/index.ts';
import { openDesk } from './desk.ts';

const desk = openDesk();

describe.each([
  ['a 2025-11-25 client', () => v1Client(desk.guarded.url, { token: desk.guarded.token })],
  ['a 2026-07-28 client', () => v2Client(desk.guarded.url, 'modern', { token: desk.guarded.token })],
])('%s', (name, connect: () => Promise<ToolClient>) => {
  it('is told to come again, and is served once when it does', async () => {
    await desk.upstream.clear();
    const client = await connect();
    const args = { text: name };
    const first = await client.callTool('echo', args);
    expect(first.isError).toBe(true);
    const text = textOf(first);
    const { id } = await desk.newest();
    expect(text).toContain('[APPROVAL REQUIRED]');
    expect(text).toContain(id);
    expect(text).toContain(`${desk.gateway.url}/approvals/${id}`);
    expect(text).toContain('policy_manager');
    expect(await desk.arrived()).toEqual([]);

    expect(await desk.approve(id)).toBe(200);
    const second = await client.callTool('echo', args);
    expect(second.isError ?? false).toBe(false);
    expect(await desk.arrived()).toEqual([args]);

    const third = await client.callTool('echo', args);
    expect(textOf(third)).toContain('[APPROVAL REQUIRED]');
    expect((await desk.newest()).id).not.toBe(id);
    expect(await desk.arrived()).toEqual([args]);
    await client.close();
  });

  it('reads who denied it, and why', async () => {
    await desk.upstream.clear();
    const client = await connect();
    const args = { text: `${name} denied` };
    await client.callTool('echo', args);
    const { id } = await desk.newest();
    expect(await desk.deny(id, 'not on a Friday')).toBe(200);
    const answer = textOf(await client.callTool('echo', args));
    expect(answer).toContain('[POLICY DENIED]');
    expect(answer).toContain('not on a Friday');
    expect(await desk.arrived()).toEqual([]);
    const { body } = await desk.gateway.api<{ items: object[] }>('GET', '/decisions?outcome=deny&limit=1');
    expect(body.items).toMatchObject([
      { approval: { id, state: 'denied', by: ['PORTCULLIS_ADMIN_KEY'] }, dispatched: false },
    ]);
    await client.close();
  });
});

it('leaves four events of one approval in the log, and the approval with who agreed in the decision', async () => {
  const client = await v1Client(desk.guarded.url, { token: desk.guarded.token });
  await client.callTool('echo', { text: 'log' });
  const { id } = await desk.newest();
  await desk.approve(id);
  await client.callTool('echo', { text: 'log' });
  await expect.poll(async () => (await desk.newest())['returnedAt']).not.toBeNull();
  const used = await desk.newest();
  expect(used).toMatchObject({ state: 'used', result: { kind: 'result', isError: false, dispatched: true } });
  const decision = await desk.gateway.api('GET', `/decisions/${used.call}`);
  expect(decision.body).toMatchObject({
    outcome: 'allow',
    approval: { id, state: 'used', by: ['PORTCULLIS_ADMIN_KEY'] },
  });
  await client.close();
});
