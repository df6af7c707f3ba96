/** Streamable HTTP: every protocol version, JSON and event streams, batches, tasks, retries of unfinished calls. */
import type { OutgoingHttpHeaders } from 'node:http';
import { rawPost } from '../kit/index.ts';
import {
  callMessage,
  INITIALIZED,
  initializeMessage,
  listMessage,
  MODERN_META,
  modernHeaders,
  namesOf,
} from './messages.ts';
import { outcomeOf } from './outcome-of.ts';
import type { Path, Way } from './path.ts';
import type { Caller, Mode, Scene } from './scene.ts';

const LEGACY = ['2025-03-26', '2025-06-18', '2025-11-25'] as const;

export const httpPaths: readonly Path[] = [
  ...LEGACY.flatMap((version) => [legacy(version, 'json'), legacy(version, 'sse')]),
  modern('json'),
  modern('sse'),
  batch(),
  task(),
  retry(),
  ...(['2025-06-18', '2026-07-28'] as const).map(aggregate),
  aggregateBatch(),
];

function legacy(version: string, mode: Mode): Path {
  return {
    name: `HTTP ${version}, answers in ${mode}`,
    open: async (scene, document) => {
      const caller = await scene.caller(mode, document);
      const headers = await openSession(caller, version);
      const post = async (body: string): Promise<unknown> =>
        (await rawPost(caller.url, body, headers)).json();
      return {
        call: async (call, mark) => outcomeOf(await post(callMessage(scene.next(), call, mark))),
        list: async () => namesOf(await post(listMessage(scene.next()))),
      };
    },
  };
}

function modern(mode: Mode): Path {
  return {
    name: `HTTP 2026-07-28, answers in ${mode}`,
    open: async (scene, document) => modernWay(scene, await scene.caller(mode, document)),
  };
}

/** Without sessions, so that counters belong to the grant. */
export function modernWay(
  scene: Scene,
  { url, headers: authorization }: Caller,
): Required<Pick<Way, 'call' | 'list'>> {
  const post = async (body: string, headers: OutgoingHttpHeaders): Promise<unknown> =>
    (await rawPost(url, body, { ...authorization, ...headers })).json();
  return {
    call: async (call, mark) =>
      outcomeOf(
        await post(
          callMessage(scene.next(), call, mark, MODERN_META),
          modernHeaders('tools/call', call.tool),
        ),
      ),
    list: async () =>
      namesOf(await post(listMessage(scene.next(), MODERN_META), modernHeaders('tools/list'))),
  };
}

function batch(): Path {
  return {
    name: 'a batch of one, 2025-03-26',
    open: async (scene, document) => {
      const caller = await scene.caller('json', document);
      const headers = await openSession(caller, '2025-03-26');
      return {
        call: async (call, mark) => {
          const answer = await rawPost(caller.url, `[${callMessage(scene.next(), call, mark)}]`, headers);
          const body = answer.json();
          return outcomeOf(Array.isArray(body) ? body[0] : body);
        },
      };
    },
  };
}

/** The same at `/mcp`, where the entry says by its name which server it is for. */
function aggregateBatch(): Path {
  const prefix = 'parity-json__';
  return {
    name: 'a batch of one at /mcp, 2025-03-26',
    open: async (scene, document) => {
      const one = await scene.caller('json', document);
      const caller = { ...one, url: `${scene.gateway.url}/mcp` };
      await scene.widen(one, 'sse');
      const headers = await openSession(caller, '2025-03-26');
      return {
        call: async (call, mark) => {
          const own = { ...call, tool: prefix + call.tool };
          const answer = await rawPost(caller.url, `[${callMessage(scene.next(), own, mark)}]`, headers);
          const body = answer.json();
          return outcomeOf(Array.isArray(body) ? body[0] : body);
        },
      };
    },
  };
}

/** The verdict comes with the creation of the task; its result is fetched too, and must be the caller's. */
function task(): Path {
  return {
    name: 'a task, 2025-11-25',
    open: async (scene, document) => {
      const caller = await scene.caller('tasks', document);
      const headers = await openSession(caller, '2025-11-25');
      const post = async (body: string): Promise<unknown> =>
        (await rawPost(caller.url, body, headers)).json();
      return {
        call: async (call, mark) => {
          const created = await post(callMessage(scene.next(), call, mark, {}, { task: { ttl: 60_000 } }));
          const taskId = (created as { result?: { task?: { taskId?: string } } }).result?.task?.taskId;
          if (taskId === undefined) return outcomeOf(created);
          const fetch = { jsonrpc: '2.0', id: scene.next(), method: 'tasks/result', params: { taskId } };
          return outcomeOf(await post(JSON.stringify(fetch)));
        },
      };
    },
  };
}

/** `/mcp` with two servers behind the grant: the tools of the one that the case is about stand under its prefix. */
function aggregate(version: '2025-06-18' | '2026-07-28'): Path {
  const prefix = 'parity-json__';
  return {
    name: `/mcp with two servers, ${version}`,
    open: async (scene, document) => {
      const one = await scene.caller('json', document);
      const caller = { ...one, url: `${scene.gateway.url}/mcp` };
      await scene.widen(one, 'sse');
      const headers = version === '2026-07-28' ? caller.headers : await openSession(caller, version);
      const meta = version === '2026-07-28' ? MODERN_META : {};
      const post = async (body: string, method: string, name?: string): Promise<unknown> => {
        const own = version === '2026-07-28' ? modernHeaders(method, name) : {};
        return (await rawPost(caller.url, body, { ...headers, ...own })).json();
      };
      return {
        call: async (call, mark) => {
          const tool = prefix + call.tool;
          return outcomeOf(
            await post(callMessage(scene.next(), { ...call, tool }, mark, meta), 'tools/call', tool),
          );
        },
        list: async () =>
          namesOf(await post(listMessage(scene.next(), meta), 'tools/list'))
            .filter((name) => name.startsWith(prefix))
            .map((name) => name.slice(prefix.length)),
      };
    },
  };
}

const ANYTHING = { version: '1', default: 'allow' };

/** The state of an unfinished call is got while everything is allowed; the retries that carry it meet the case's policy. */
function retry(): Path {
  return {
    name: 'a retry with request state, 2026-07-28',
    open: async (scene, document) => {
      const caller = await scene.caller('ask', ANYTHING);
      const post = async (tool: string, body: string): Promise<unknown> =>
        (await rawPost(caller.url, body, { ...caller.headers, ...modernHeaders('tools/call', tool) })).json();
      const opening = { tool: 'read_note', args: '{}' };
      const asked = (await post(
        opening.tool,
        callMessage(scene.next(), opening, 'opening', MODERN_META),
      )) as { result: { requestState?: string } };
      const { requestState } = asked.result;
      if (requestState === undefined) throw new Error(`no request state in ${JSON.stringify(asked)}`);
      await caller.assign(document);
      const inputResponses = { confirm: { action: 'accept', content: {} } };
      return {
        call: async (call, mark) =>
          outcomeOf(
            await post(
              call.tool,
              callMessage(scene.next(), call, mark, MODERN_META, { requestState, inputResponses }),
            ),
          ),
      };
    },
  };
}

/** @returns the headers that a message in the session carries */
export async function openSession(caller: Caller, version: string): Promise<OutgoingHttpHeaders> {
  const opened = await rawPost(caller.url, initializeMessage(version), caller.headers);
  const session = opened.headers['mcp-session-id'];
  if (session === undefined) throw new Error(`no session: ${opened.status} ${opened.text}`);
  const headers = {
    ...caller.headers,
    'mcp-session-id': session,
    // 2025-03-26 has no such header.
    ...(version === '2025-03-26' ? {} : { 'mcp-protocol-version': version }),
  };
  await rawPost(caller.url, INITIALIZED, headers);
  return headers;
}
