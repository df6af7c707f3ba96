/** Requests at `/mcp`: for one server, for all of them, or answered here because they reach none. */
import { PortcullisError } from '../../errors.ts';
import type { ListMember } from '../../results/index.ts';
import { unknownTool } from '../../results/index.ts';
import { encodeHeaderValue, errorMessage, resultMessage, type RequestMessage } from '../../wire/index.ts';
import { recordRefusal } from '../doors/door.ts';
import { askAll, replyFailure } from './ask-all.ts';
import { destinationOf } from './destination.ts';
import { runFor, type Exchange } from './exchange.ts';
import { mergeLists } from './merge-lists.ts';
import { mergeDiscover } from './merge-servers.ts';
import { openSessions } from './open-sessions.ts';
import { splitName } from './names.ts';
import { openSubscriptions } from './subscriptions.ts';

const JSON_HEADERS = { 'content-type': 'application/json' };
const RESOURCE_NOT_FOUND = -32002;
const INVALID_PARAMS = -32602;
const METHOD_NOT_FOUND = -32601;

const LISTS = new Map<string, ListMember>([
  ['tools/list', 'tools'],
  ['resources/list', 'resources'],
  ['resources/templates/list', 'resourceTemplates'],
  ['prompts/list', 'prompts'],
  ['tasks/list', 'tasks'],
]);

const OF_NO_ONE_SERVER = new Set([
  ...LISTS.keys(),
  'initialize',
  'server/discover',
  'ping',
  'logging/setLevel',
  'subscriptions/listen',
]);

/** Whether its parameters say which server it is for. */
export function isForOne({ method }: RequestMessage): boolean {
  return !OF_NO_ONE_SERVER.has(method);
}

/** @throws PC_PARAMS_INVALID, PC_METHOD_DENIED, PC_SESSION_UNKNOWN, PC_HEADER_MISMATCH, PC_UPSTREAM_PROTOCOL */
export async function answerRequest(exchange: Exchange, message: RequestMessage): Promise<void> {
  const { front } = exchange;
  const list = LISTS.get(message.method);
  if (list !== undefined) return answerList(exchange, message, list);
  switch (message.method) {
    case 'initialize':
      return openSessions(exchange, message);
    case 'server/discover':
      return answerDiscover(exchange, message);
    case 'ping':
      return front.reply(200, resultMessage(message.id, {}), JSON_HEADERS);
    case 'logging/setLevel': {
      const { good, all } = await askAll(exchange, message);
      if (good.length === 0) return replyFailure(exchange, message, all);
      return front.reply(200, resultMessage(message.id, {}), JSON_HEADERS);
    }
    case 'subscriptions/listen':
      if (exchange.era === 'legacy')
        throw new PortcullisError('PC_METHOD_DENIED', { method: message.method });
      return openSubscriptions(exchange, message);
    default:
      return answerOne(exchange, message);
  }
}

async function answerOne(exchange: Exchange, message: RequestMessage): Promise<void> {
  const { doors, party, headers } = exchange;
  await learnNamed(exchange, message);
  const destination = destinationOf(message, party, doors.core);
  if (destination.kind === 'missing') throw new PortcullisError('PC_SESSION_UNKNOWN');
  if (destination.kind === 'unknown') return refuseUnknown(exchange, message);
  const { caller, message: own } = destination;
  const name = own.params?.name ?? own.params?.uri;
  const renamed =
    headers['mcp-name'] === undefined || typeof name !== 'string'
      ? {}
      : { 'mcp-name': encodeHeaderValue(name) };
  runFor(exchange, caller, own, renamed);
}

/** A name that was cut is found among the names that are known. */
export async function learnNamed(
  { doors, party }: Exchange,
  { method, params }: RequestMessage,
): Promise<void> {
  const slug = method === 'tools/call' ? splitName(params?.name as string)?.slug : undefined;
  const named = party.members.find(({ server }) => server.slug === slug);
  if (named !== undefined && !named.server.catalogue.loaded) await doors.learn(named.server, named.grant);
}

/** As a server answers for what it does not have. @throws PC_METHOD_DENIED */
export async function refuseUnknown(
  { doors, party, front }: Exchange,
  message: RequestMessage,
): Promise<void> {
  const { method, id, params } = message;
  const reaches = method === 'tools/call' || method === 'prompts/get' || method.startsWith('resources/');
  if (!reaches && method !== 'completion/complete' && !method.startsWith('tasks/'))
    throw new PortcullisError('PC_METHOD_DENIED', { method });
  const detail = `no server of this grant has what ${method} names`;
  const error = new PortcullisError('PC_PARAMS_INVALID', { detail });
  await recordRefusal(doors.core, error, party, { surface: 'http' });
  const answer =
    method === 'tools/call'
      ? unknownTool(id, params?.name as string)
      : method.startsWith('resources/')
        ? errorMessage(id, RESOURCE_NOT_FOUND, 'Resource not found')
        : errorMessage(id, INVALID_PARAMS, error.message);
  front.reply(200, answer, JSON_HEADERS);
}

async function answerList(exchange: Exchange, message: RequestMessage, list: ListMember): Promise<void> {
  const { front, era } = exchange;
  const { good, all } = await askAll(exchange, message);
  if (good.length === 0 && all.length > 0) return replyFailure(exchange, message, all);
  front.reply(200, mergeLists(message.id, list, good, era), JSON_HEADERS);
}

/**
 * The era is that of all servers: where one says that it does not speak the modern one, the client hears that, and comes
 * back with `initialize`.
 */
async function answerDiscover(exchange: Exchange, message: RequestMessage): Promise<void> {
  const { front } = exchange;
  const { good, all } = await askAll(exchange, message);
  if (all.some(({ failed, status }) => failed && status < 500)) {
    const error = errorMessage(message.id, METHOD_NOT_FOUND, `Method not found: ${message.method}`);
    return front.reply(200, error, JSON_HEADERS);
  }
  if (good.length === 0) return replyFailure(exchange, message, all);
  front.reply(200, resultMessage(message.id, mergeDiscover(good)), JSON_HEADERS);
}
