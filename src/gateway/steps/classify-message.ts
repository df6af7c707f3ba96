/** What a message wants to reach. A method that is not known here is judged as unknown, never waved through. */
import { objectOf, type JsonObject } from '../../json.ts';
import type { Message } from '../../wire/index.ts';
import type { Caller, Target } from '../call.ts';

const LISTS = new Map<string, 'tools' | 'resources' | 'resourceTemplates' | 'prompts'>([
  ['tools/list', 'tools'],
  ['resources/list', 'resources'],
  ['resources/templates/list', 'resourceTemplates'],
  ['prompts/list', 'prompts'],
]);

const PROTOCOL = new Set(['initialize', 'ping', 'logging/setLevel', 'server/discover', 'tasks/list']);
const RESOURCES = new Set([
  'resources/read',
  'resources/subscribe',
  'resources/unsubscribe',
  'resources/directory/read',
]);
const TASKS = new Set(['tasks/get', 'tasks/result', 'tasks/cancel', 'tasks/update']);
const PROTOCOL_TARGET: Target = { kind: 'protocol' };
const UNKNOWN_TARGET: Target = { kind: 'unknown' };

/** The target of a message; params were checked when it was read. */
export function classifyMessage(message: Message, caller: Caller): Target {
  if (message.kind === 'response') return PROTOCOL_TARGET;
  const { method, params } = message;
  if (method === 'tools/call') {
    const name = params?.name as string;
    const { catalogue } = caller.server;
    return { kind: 'tool', name, tool: catalogue.get(name) ?? catalogue.guess(name) };
  }
  const member = LISTS.get(method);
  if (member !== undefined) return { kind: 'list', member };
  if (PROTOCOL.has(method) || (message.kind === 'notification' && method.startsWith('notifications/')))
    return PROTOCOL_TARGET;
  if (RESOURCES.has(method))
    return typeof params?.uri === 'string' ? { kind: 'resource', uris: [params.uri] } : UNKNOWN_TARGET;
  if (method === 'prompts/get') return { kind: 'prompt', name: params?.name as string };
  if (method === 'completion/complete') return completionTarget(params);
  if (method === 'subscriptions/listen') return listenTarget(params);
  if (TASKS.has(method))
    return typeof params?.taskId === 'string' ? { kind: 'task', taskId: params.taskId } : UNKNOWN_TARGET;
  return UNKNOWN_TARGET;
}

function completionTarget(params: JsonObject | undefined): Target {
  const ref = objectOf(params?.ref);
  if (ref?.type === 'ref/prompt' && typeof ref.name === 'string') return { kind: 'prompt', name: ref.name };
  if (ref?.type === 'ref/resource' && typeof ref.uri === 'string')
    return { kind: 'resource', uris: [ref.uri] };
  return UNKNOWN_TARGET;
}

/** Subscribing to a resource is reading when it changes. */
function listenTarget(params: JsonObject | undefined): Target {
  const wanted = objectOf(params?.notifications)?.resourceSubscriptions;
  if (wanted === undefined) return PROTOCOL_TARGET;
  if (!Array.isArray(wanted) || !wanted.every((uri) => typeof uri === 'string')) return UNKNOWN_TARGET;
  return wanted.length === 0 ? PROTOCOL_TARGET : { kind: 'resource', uris: wanted as string[] };
}
