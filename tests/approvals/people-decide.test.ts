import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  guardServer,
  portcullis,
  rawRequest,
  sseLines,
  textOf,
  v1Client,
  type ToolClient,
} from '../kit/index.ts';
import { openDesk, POLICY } from './desk.ts';

const desk = openDesk();
let agent: ToolClient;
beforeAll(async () => {
  agent = await v1Client(desk.guarded.url, { token: desk.guarded.token });
});
afterAll(() => agent.close());

const cli = (...args: string[]) => portcullis(desk.gateway.home, ...args);

/** An API key of its own. */
async function keyOf(role: string, label: string): Promise<{ key: string; name: string }> {
  const { stdout } = await cli('admin', 'key', '--role', role, '--label', label, '--json');
  const { id, key } = JSON.parse(stdout) as { id: string; key: string };
  return { key, name: `API key ${label} (${id})` };
}

async function asked(text: string): Promise<string> {
  expect(textOf(await agent.callTool('echo', { text }))).toContain('[APPROVAL REQUIRED]');
  return (await desk.newest()).id;
}

/** The approval that the newest decision with this outcome names. */
async function whoIsNamed(outcome: string): Promise<unknown> {
  const path = `/decisions?outcome=${outcome}&limit=1`;
  const { body } = await desk.gateway.api<{ items: { approval?: object }[] }>('GET', path);
  return body.items[0]?.approval;
}

const settings = (body: object) =>
  desk.gateway.api('PUT', `/servers/${desk.guarded.server.id}/approval-settings`, body);

describe('who may answer', () => {
  it('not the agent: its token gets 401 on everything of the approval interface', async () => {
    const id = await asked('agent');
    const { token } = desk.guarded;
    for (const [method, path] of [
      ['GET', '/approvals'],
      ['GET', '/approvals/stream'],
      ['GET', `/approvals/${id}`],
      ['POST', `/approvals/${id}/approve`],
      ['POST', `/approvals/${id}/deny`],
      ['GET', `/servers/${desk.guarded.server.id}/approval-settings`],
      ['PUT', `/servers/${desk.guarded.server.id}/approval-settings`],
      ['GET', '/alerts'],
      ['POST', '/alerts'],
    ] as const)
      expect([
        path,
        (await desk.gateway.api(method, path, method === 'GET' ? undefined : {}, token)).status,
      ]).toEqual([path, 401]);
    for (const method of ['GET', 'POST'])
      expect(
        (
          await rawRequest(`${desk.gateway.url}/approve/anything`, {
            method,
            headers: { authorization: `Bearer ${token}` },
          })
        ).status,
      ).toBe(401);
    expect((await desk.newest()).state).toBe('pending');
  });

  it('not a viewer, but a policy manager', async () => {
    const id = await asked('roles');
    const viewer = await keyOf('viewer', 'Vera');
    const manager = await keyOf('policy_manager', 'Max');
    expect(await desk.approve(id, viewer.key)).toBe(403);
    expect(await desk.approve(id, manager.key)).toBe(200);
    expect(await desk.approve(id, manager.key)).toBe(200);
    expect(await desk.deny(id, 'too late', manager.key)).toBe(409);
  });

  it('only those who are named, where somebody is', async () => {
    const named = await keyOf('viewer', 'Nora');
    await settings({ role: 'policy_manager', approvers: [named.name], people: 1 });
    const id = await asked('named');
    expect(await desk.approve(id)).toBe(403);
    expect(await desk.approve(id, named.key)).toBe(200);
    await settings({ role: 'policy_manager', approvers: [], people: 1 });
  });

  it('not the person on whose behalf the agent acts', async () => {
    const owner = await keyOf('admin', 'Olga');
    const { body } = await desk.gateway.api<{ token: string }>(
      'POST',
      `/servers/${desk.guarded.server.id}/grants`,
      { label: 'owned', policyId: desk.guarded.policyId, tags: [`owner:${owner.name}`] },
    );
    const own = await v1Client(desk.guarded.url, { token: body.token });
    await own.callTool('echo', { text: 'mine' });
    const { id } = await desk.newest();
    expect(await desk.approve(id, owner.key)).toBe(403);
    expect(await desk.approve(id)).toBe(200);
    await own.close();
  });

  it('two different people, where the setting says so, also when they answer at once', async () => {
    await settings({ role: 'policy_manager', approvers: [], people: 2 });
    const [anna, bert] = [await keyOf('policy_manager', 'Anna'), await keyOf('admin', 'Bert')];
    const id = await asked('two people');
    expect(await desk.approve(id, anna.key)).toBe(200);
    expect(await desk.approve(id, anna.key)).toBe(200);
    expect((await desk.newest()).state).toBe('pending');
    await desk.upstream.clear();
    expect(textOf(await agent.callTool('echo', { text: 'two people' }))).toContain('2 different people');
    expect(await desk.arrived()).toEqual([]);
    expect(await desk.approve(id, bert.key)).toBe(200);
    expect((await desk.newest()).state).toBe('approved');
    expect(await whoIsNamed('needs_approval')).not.toHaveProperty('by');
    await agent.callTool('echo', { text: 'two people' });
    expect(await whoIsNamed('allow')).toMatchObject({ id, by: [anna.name, bert.name] });

    const both = await asked('two at once');
    await Promise.all([desk.approve(both, anna.key), desk.approve(both, bert.key)]);
    expect((await desk.newest()).state).toBe('approved');
    const against = await asked('one against one');
    const statuses = await Promise.all([desk.approve(against, anna.key), desk.deny(against, 'no', bert.key)]);
    expect(statuses).toContain(200);
    expect((await desk.newest()).state).toBe('denied');
    await settings({ role: 'policy_manager', approvers: [], people: 1 });
  });

  it('of an approval and a denial at once one counts', async () => {
    const [anna, bert] = [await keyOf('policy_manager', 'Anna 2'), await keyOf('admin', 'Bert 2')];
    const id = await asked('at once');
    const statuses = await Promise.all([desk.approve(id, anna.key), desk.deny(id, 'no', bert.key)]);
    expect(statuses.toSorted()).toEqual([200, 409]);
  });
});

describe('what an approver is shown', () => {
  it('is the call, laid out, with what differs from the last approved one and who said what', async () => {
    const code = { code: 'import json\nprint(1)\n', language: 'python', amount: 5 };
    await agent.callTool('echo', code);
    await desk.approve((await desk.newest()).id);
    await agent.callTool('echo', code);
    await agent.callTool('echo', { ...code, code: 'import json\nprint(2)\u200b\n' });
    const { id, viewHash } = await desk.newest();
    const { body } = await desk.gateway.api('GET', `/approvals/${id}`);
    expect(body).toMatchObject({
      state: 'pending',
      tool: 'echo',
      rule: '/tools/echo/approve_if/0',
      message: 'Look at it first.',
      mayAnswer: true,
      description: 'Gives its arguments back.',
      arguments: [
        { name: 'amount', kind: 'json', text: '5' },
        { name: 'code', kind: 'code', language: 'python', invisible: 1 },
        { name: 'language', kind: 'text' },
      ],
      diff: {
        arguments: [
          {
            name: 'code',
            lines: [
              { op: 'same', text: 'import json' },
              { op: 'removed', text: 'print(1)' },
              { op: 'added', text: 'print(2)\u200b' },
              { op: 'same', text: '' },
            ],
          },
        ],
      },
    });
    const wrong = await desk.gateway.api('POST', `/approvals/${id}/approve`, { seen: '0'.repeat(64) });
    expect(wrong.body).toMatchObject({ code: 'PC_APPROVAL_CHANGED' });
    const right = await desk.gateway.api('POST', `/approvals/${id}/approve`, {
      seen: viewHash,
      reason: 'ok',
    });
    expect(right.body).toMatchObject({
      state: 'approved',
      votes: [{ verdict: 'approve', reason: 'ok', viewHash }],
    });
  });

  it('is sealed at rest', async () => {
    await asked('a secret that must not be on disk');
    const { readFile, readdir } = await import('node:fs/promises');
    for (const entry of await readdir(desk.gateway.home, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(`${entry.parentPath}/${entry.name}`);
      expect([entry.name, bytes.includes('a secret that must not be on disk')]).toEqual([entry.name, false]);
    }
  });

  it('comes live to whoever watches', async () => {
    const stream = await sseLines(`${desk.gateway.url}/api/v1/approvals/stream?state=pending`, {
      headers: { authorization: `Bearer ${desk.gateway.adminKey}` },
    });
    const id = await asked('live');
    expect(await stream.until(/"state":"pending"/)).toContain(id);
    stream.close();
  });

  it('pages by key, newest first, and filters', async () => {
    const first = await desk.gateway.api<{ items: { id: string }[]; nextCursor: string }>(
      'GET',
      '/approvals?limit=2',
    );
    expect(first.body.items).toHaveLength(2);
    const next = await desk.gateway.api<{ items: { id: string }[] }>(
      'GET',
      `/approvals?limit=2&cursor=${first.body.nextCursor}`,
    );
    const ids = [...first.body.items, ...next.body.items].map(({ id }) => id);
    expect(ids).toEqual((await desk.list()).slice(0, 4).map(({ id }) => id));
    for (const { state } of await desk.list('?state=denied')) expect(state).toBe('denied');
    expect(await desk.list('?tool=nothing')).toEqual([]);
  });
});

it('of one grant at most a hundred wait', async () => {
  const flood = await guardServer(desk.gateway, { name: 'Flood', url: desk.upstream.url }, POLICY);
  const client = await v1Client(flood.url, { token: flood.token });
  const answers: string[] = [];
  for (let i = 0; i < 101; i += 1) answers.push(textOf(await client.callTool('echo', { i })));
  expect(answers.filter((text) => text.includes('[APPROVAL REQUIRED]'))).toHaveLength(100);
  expect(answers.at(-1)).toContain('as may (100)');
  await client.close();
});

describe('the command line', () => {
  it('lists, shows, approves and denies, and a gateway notices and logs it', async () => {
    const id = await asked('from the shell');
    expect((await cli('approvals', 'list')).stdout).toContain(id);
    expect((await cli('approvals', 'show', id)).stdout).toContain('from the shell');
    expect((await cli('approvals', 'approve', id, '--reason', 'ok')).code).toBe(0);
    expect((await agent.callTool('echo', { text: 'from the shell' })).isError ?? false).toBe(false);
    const denied = await asked('denied from the shell');
    expect((await cli('approvals', 'deny', denied)).code).toBe(2);
    expect((await cli('approvals', 'deny', denied, '--reason', 'because')).code).toBe(0);
    expect((await cli('approvals', 'approve', denied)).code).toBe(1);
    expect(textOf(await agent.callTool('echo', { text: 'denied from the shell' }))).toContain('because');
    await expect
      .poll(async () => (await cli('log', 'export')).stdout.split('\n').filter((one) => one.includes(id)), {
        timeout: 10_000,
      })
      .toSatisfy((lines: string[]) =>
        ['requested', 'decided', 'executed', 'returned'].every((event) =>
          lines.some((line) => line.includes(`"event":"approval.${event}"`)),
        ),
      );
  });
});
