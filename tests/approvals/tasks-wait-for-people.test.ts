/** Promise: a call that asked to be a task waits as a task, is made once when people agree, and never otherwise. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  guardServer,
  MCP_HEADERS,
  mintGrant,
  rawPost,
  rawRequest,
  startFixture,
  v1Client,
  type Fixture,
  type GuardedServer,
} from '../kit/index.ts';
import { openSession } from '../bypass/open-session.ts';
import { openDesk, POLICY, type Approval } from './desk.ts';

const desk = openDesk();
const RELATED = 'io.modelcontextprotocol/related-task';
const TEN_SECONDS = { timeout: 10_000 };

interface Answer {
  readonly result?: {
    readonly task?: State;
    readonly tasks?: readonly State[];
    readonly content?: readonly { readonly text: string }[];
    readonly isError?: boolean;
    readonly _meta?: Record<string, { readonly taskId?: string }>;
    readonly result?: { readonly content: readonly { readonly text: string }[] };
    readonly resultType?: string;
  } & Partial<State>;
  readonly error?: { readonly code: number; readonly message: string };
}
interface State {
  readonly taskId: string;
  readonly status: string;
  readonly statusMessage: string;
}
type Ask = (method: string, params: object) => Promise<Answer>;

/** One server whose calls become tasks of its own, and one that answers them at once. */
const upstreams = new Map<string, Fixture>();
const servers = new Map<string, GuardedServer>();
beforeAll(async () => {
  for (const mode of ['sessions,task-tools', 'sessions,task-tools,tasks']) {
    const upstream = await startFixture('recorder', { MODE: mode });
    upstreams.set(mode, upstream);
    servers.set(mode, await guardServer(desk.gateway, { name: mode, url: upstream.url }, POLICY));
    await desk.gateway.api('POST', `/servers/${servers.get(mode)!.server.id}/tools/refresh`);
  }
});
afterAll(() => Promise.all([...upstreams.values()].map((one) => one.stop())));
beforeEach(() => Promise.all([...upstreams.values()].map((one) => one.clear())));

let ids = 100;
const answerOf = (text: string): Answer =>
  JSON.parse(text.startsWith('{') ? text : (/^data: (\{.*)$/m.exec(text)?.[1] ?? '{}')) as Answer;

async function legacy({ url }: GuardedServer, token: string): Promise<Ask> {
  const headers = { authorization: `Bearer ${token}`, ...(await openSession(url, token, '2025-11-25')) };
  return async (method, params) =>
    answerOf(
      (await rawPost(url, JSON.stringify({ jsonrpc: '2.0', id: (ids += 1), method, params }), headers)).text,
    );
}

function modern({ url }: GuardedServer, token: string): Ask {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': { extensions: { 'io.modelcontextprotocol/tasks': {} } },
  };
  return async (method, params) => {
    const { name, taskId } = params as { name?: string; taskId?: string };
    const headers = {
      ...MCP_HEADERS,
      authorization: `Bearer ${token}`,
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      'mcp-name': name ?? taskId ?? '',
    };
    const body = { jsonrpc: '2.0', id: (ids += 1), method, params: { ...params, _meta } };
    return answerOf((await rawPost(url, JSON.stringify(body), headers)).text);
  };
}

const call = (text: string): object => ({ name: 'echo', arguments: { text, n: 1 }, task: { ttl: 60_000 } });
const arrived = async (mode: string): Promise<unknown[]> =>
  (await upstreams.get(mode)!.calls('tools/call')).map(({ params }) => params);
const approvalOf = async ({ server }: GuardedServer): Promise<Approval> =>
  (await desk.list(`?server=${server.id}`))[0]!;

describe.each(['sessions,task-tools', 'sessions,task-tools,tasks'])(
  '2025-11-25, a server in mode %s',
  (mode) => {
    const open = async (): Promise<Ask> => legacy(servers.get(mode)!, servers.get(mode)!.token);

    it('is polled, approved, made once with the arguments that were shown, and its result is the task’s', async () => {
      const ask = await open();
      const { taskId, status, statusMessage } = (await ask('tools/call', call('poll'))).result!.task!;
      expect(status).toBe('working');
      const { id } = await approvalOf(servers.get(mode)!);
      expect(statusMessage).toContain(`${desk.gateway.url}/approvals/${id}`);
      expect((await ask('tasks/get', { taskId })).result).toMatchObject({ taskId, status: 'working' });
      expect(await arrived(mode)).toEqual([]);
      const result = ask('tasks/result', { taskId });
      await desk.approve(id);
      const { content, _meta } = (await result).result!;
      expect(content![0]!.text).toMatch(
        mode.endsWith(',tasks') ? /the result of task-\d+/ : '{"text":"poll","n":1}',
      );
      expect(_meta![RELATED]).toEqual({ taskId });
      expect((await ask('tasks/get', { taskId })).result).toMatchObject({ taskId, status: 'completed' });
      expect((await ask('tasks/result', { taskId })).result!.content).toEqual(content);
      expect(await arrived(mode)).toEqual([call('poll')]);
      expect(await approvalOf(servers.get(mode)!)).toMatchObject({ id, state: 'used' });
    });

    it('is listed while it waits, for its own grant', async () => {
      const ask = await open();
      const { taskId } = (await ask('tools/call', call('list'))).result!.task!;
      const listed = async (by: Ask): Promise<string[]> =>
        (await by('tasks/list', {})).result!.tasks!.map((task) => `${task.taskId} ${task.status}`);
      expect(await listed(ask)).toContain(`${taskId} working`);
      const { server, policyId } = servers.get(mode)!;
      const other = await mintGrant(desk.gateway, server.id, { policyId });
      expect(await listed(await legacy(servers.get(mode)!, other.token))).toEqual([]);
      await ask('tasks/cancel', { taskId });
      expect(await listed(ask)).toContain(`${taskId} cancelled`);
    });

    it('is denied visibly, and nothing is sent', async () => {
      const ask = await open();
      const { taskId } = (await ask('tools/call', call('deny'))).result!.task!;
      await desk.deny((await approvalOf(servers.get(mode)!)).id, 'not today');
      const { result } = await ask('tasks/result', { taskId });
      expect(result).toMatchObject({ isError: true, _meta: { [RELATED]: { taskId } } });
      expect(result!.content![0]!.text).toMatch(/POLICY DENIED.*not today/);
      expect((await ask('tasks/get', { taskId })).result).toMatchObject({ status: 'failed' });
      expect(await arrived(mode)).toEqual([]);
    });

    it('is withdrawn by tasks/cancel: it can be approved no more, and nothing is sent', async () => {
      const ask = await open();
      const { taskId } = (await ask('tools/call', call('cancel'))).result!.task!;
      const { id } = await approvalOf(servers.get(mode)!);
      expect((await ask('tasks/cancel', { taskId })).result).toMatchObject({ taskId, status: 'cancelled' });
      expect((await approvalOf(servers.get(mode)!)).state).toBe('void');
      expect(await desk.approve(id)).toBe(409);
      expect((await ask('tasks/cancel', { taskId })).error).toMatchObject({ code: -32602 });
      expect((await ask('tasks/result', { taskId })).error).toMatchObject({ code: -32602 });
      expect(await arrived(mode)).toEqual([]);
    });

    it('belongs to its grant', async () => {
      const guarded = servers.get(mode)!;
      const { taskId } = (await (await open())('tools/call', call('mine'))).result!.task!;
      const { token } = await mintGrant(desk.gateway, guarded.server.id, {
        policyId: guarded.policyId,
        label: 'other',
      });
      const stranger = await legacy(guarded, token);
      for (const method of ['tasks/get', 'tasks/result', 'tasks/cancel'])
        expect((await stranger(method, { taskId })).error).toMatchObject({ code: -32602 });
      expect((await approvalOf(guarded)).state).toBe('pending');
    });
  },
);

const PLAIN = 'sessions,task-tools';

it('two tasks of one call and one approval: one is made', async () => {
  const guarded = servers.get(PLAIN)!;
  const ask = await legacy(guarded, guarded.token);
  const tasks = [];
  for (let one = 0; one < 3; one += 1)
    tasks.push((await ask('tools/call', call('twins'))).result!.task!.taskId);
  await desk.approve((await approvalOf(guarded)).id);
  const results = await Promise.all(tasks.map((taskId) => ask('tasks/result', { taskId })));
  expect(results.filter(({ result }) => result !== undefined && result.isError !== true)).toHaveLength(1);
  expect(await arrived(PLAIN)).toHaveLength(1);
});

it('a policy that changed meanwhile stops it', async () => {
  const guarded = servers.get(PLAIN)!;
  const ask = await legacy(guarded, guarded.token);
  const { taskId } = (await ask('tools/call', call('policy'))).result!.task!;
  const { id } = await approvalOf(guarded);
  await desk.gateway.api('PUT', `/policies/${guarded.policyId}`, {
    document: { version: '1', default: 'deny' },
  });
  expect(await desk.approve(id)).toBe(409);
  expect((await ask('tasks/result', { taskId })).result).toMatchObject({ isError: true });
  await desk.gateway.api('PUT', `/policies/${guarded.policyId}`, { document: POLICY });
  expect(await arrived(PLAIN)).toEqual([]);
});

it('a session that ended meanwhile stops it, and the approval stays', async () => {
  const guarded = servers.get(PLAIN)!;
  const headers = {
    authorization: `Bearer ${guarded.token}`,
    ...(await openSession(guarded.url, guarded.token, '2025-11-25')),
  };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call('session') });
  expect((await rawPost(guarded.url, body, headers)).text).toContain('working');
  const { id } = await approvalOf(guarded);
  expect((await rawRequest(guarded.url, { method: 'DELETE', headers })).status).toBe(200);
  await desk.approve(id);
  const newest = async (): Promise<unknown> => {
    const query = `?server=${guarded.server.id}&tool=echo`;
    const { body: found } = await desk.gateway.api<{ items: { rule: string }[] }>(
      'GET',
      `/decisions${query}`,
    );
    return found.items[0]?.rule;
  };
  await expect.poll(newest, TEN_SECONDS).toBe('PC_SESSION_UNKNOWN');
  expect(await arrived(PLAIN)).toEqual([]);
  expect(await approvalOf(guarded)).toMatchObject({ id, state: 'approved' });
});

it('nobody answers: the task ends with a denial, and nothing is sent', async () => {
  const rule = { conditions: [], reason: 'Look at it first.', expires: '2s' };
  const policy = { version: '1', default: 'allow', tools: { echo: { approve_if: [rule] } } };
  const url = upstreams.get(PLAIN)!.url;
  const guarded = await guardServer(desk.gateway, { name: 'Brief', url }, policy);
  const ask = await legacy(guarded, guarded.token);
  const { taskId } = (await ask('tools/call', call('expires'))).result!.task!;
  const { result } = await ask('tasks/result', { taskId });
  expect(result!.isError).toBe(true);
  expect(result!.content![0]!.text).toMatch(/POLICY DENIED/);
  expect((await ask('tasks/get', { taskId })).result).toMatchObject({ status: 'failed' });
  expect((await approvalOf(guarded)).state).toBe('expired');
  expect(await arrived(PLAIN)).toEqual([]);
});

it('a tool that does not support tasks waits as it did', async () => {
  const url = `${desk.upstream.url}?mode=sessions`;
  const guarded = await guardServer(desk.gateway, { name: 'Without tasks', url }, POLICY);
  const ask = await legacy(guarded, guarded.token);
  expect(JSON.stringify(await ask('tools/call', call('unsupported')))).toContain('[APPROVAL REQUIRED]');
});

it('the SDK follows a task to its result', async () => {
  const guarded = servers.get(PLAIN)!;
  const client = await v1Client(guarded.url, { token: guarded.token });
  await client.listTools();
  const { experimental } = client.sdk as unknown as {
    experimental: {
      tasks: {
        callToolStream(
          params: object,
          schema?: undefined,
          options?: object,
        ): AsyncIterable<{ type: string; result?: unknown; error?: unknown }>;
      };
    };
  };
  const seen: string[] = [];
  let result: unknown;
  for await (const step of experimental.tasks.callToolStream(
    { name: 'echo', arguments: { text: 'sdk' } },
    undefined,
    { task: { ttl: 60_000 } },
  )) {
    if (step.type === 'taskCreated') await desk.approve((await approvalOf(guarded)).id);
    seen.push(step.type);
    result = step.result ?? step.error;
  }
  expect(seen[0]).toBe('taskCreated');
  expect(seen.at(-1)).toBe('result');
  expect(JSON.stringify(result)).toContain('sdk');
  expect(await arrived(PLAIN)).toHaveLength(1);
  await client.close();
});

it.each(['a crash', 'an orderly stop'])(
  'after %s the task is unknown, and the same call made again finds its approval',
  async (end) => {
    const guarded = servers.get(PLAIN)!;
    const ask = await legacy(guarded, guarded.token);
    const { taskId } = (await ask('tools/call', call(end))).result!.task!;
    const { id } = await approvalOf(guarded);
    if (end === 'a crash') await desk.gateway.kill9();
    await desk.gateway.restart();
    expect((await ask('tasks/get', { taskId })).error).toMatchObject({ code: -32602 });
    await desk.approve(id);
    expect(await arrived(PLAIN)).toEqual([]);
    expect((await ask('tools/call', call(end))).result!.content![0]!.text).toContain(end);
    expect(await arrived(PLAIN)).toEqual([call(end)]);
    expect((await approvalOf(guarded)).state).toBe('used');
  },
);

const modernCall = (text: string): object => ({ name: 'echo', arguments: { text } });

it('2026-07-28, a server that offers no tasks: the client is told to come again, as any other', async () => {
  await desk.upstream.clear();
  const ask = modern(desk.guarded, desk.guarded.token);
  await ask('server/discover', {});
  const { result } = await ask('tools/call', modernCall('no task'));
  expect(result).toMatchObject({ resultType: 'complete', isError: true });
  expect(result!.content![0]!.text).toContain('[APPROVAL REQUIRED]');
  await desk.approve((await desk.newest()).id);
  expect((await ask('tools/call', modernCall('no task'))).result!.content![0]!.text).toContain('no task');
  expect(await desk.arrived()).toEqual([{ text: 'no task' }]);
});

describe.each(['sessions,task-tools', 'sessions,task-tools,tasks'])(
  '2026-07-28, a server in mode %s',
  (mode) => {
    const open = async (): Promise<Ask> => {
      const ask = modern(servers.get(mode)!, servers.get(mode)!.token);
      await ask('server/discover', {});
      return ask;
    };

    it('is polled, approved and made once', async () => {
      const ask = await open();
      const { resultType, taskId, status } = (await ask('tools/call', modernCall('poll'))).result!;
      expect({ resultType, status }).toEqual({ resultType: 'task', status: 'working' });
      expect((await ask('tasks/get', { taskId })).result).toMatchObject({
        resultType: 'complete',
        taskId,
        status: 'working',
      });
      expect(await arrived(mode)).toEqual([]);
      await desk.approve((await approvalOf(servers.get(mode)!)).id);
      const state = async (): Promise<Answer['result']> => (await ask('tasks/get', { taskId })).result;
      await expect.poll(async () => (await state())!.status, TEN_SECONDS).toBe('completed');
      expect(await state()).toMatchObject({ taskId, resultType: 'complete' });
      expect((await state())!.result!.content[0]!.text).toMatch(
        mode.endsWith(',tasks') ? /the result of task-/ : 'poll',
      );
      expect(await arrived(mode)).toHaveLength(1);
    });

    it('is denied visibly, or withdrawn, and nothing is sent', async () => {
      const ask = await open();
      const { taskId } = (await ask('tools/call', modernCall('deny'))).result!;
      await desk.deny((await approvalOf(servers.get(mode)!)).id, 'not today');
      const state = async (): Promise<Answer['result']> => (await ask('tasks/get', { taskId })).result;
      await expect.poll(async () => (await state())!.status, TEN_SECONDS).toBe('completed');
      expect((await state())!.result).toMatchObject({ isError: true });
      const other = (await ask('tools/call', modernCall('cancel'))).result!.taskId;
      expect((await ask('tasks/cancel', { taskId: other })).result).toEqual({ resultType: 'complete' });
      expect((await ask('tasks/get', { taskId: other })).result).toMatchObject({ status: 'cancelled' });
      expect((await approvalOf(servers.get(mode)!)).state).toBe('void');
      expect(await arrived(mode)).toEqual([]);
    });
  },
);
