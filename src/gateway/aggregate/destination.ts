/**
 * Which server a message of the client is for, and what the message is called there. A name without a server of the grant
 * before it is for nobody: it is refused here, and no server hears of it.
 */
import {
  readMessage,
  rewriteMember,
  type Message,
  type NotificationMessage,
  type RequestMessage,
} from '../../wire/index.ts';
import type { JsonObject } from '../../json.ts';
import type { Caller } from '../call.ts';
import type { Core } from '../core.ts';
import { ownToolName, splitId, splitName, splitUri, type OwnName } from './names.ts';
import type { Party } from './party.ts';

/** Where the name stands in a message, and in which way it says whose it is. */
interface Named {
  readonly path: readonly string[];
  readonly split: (name: string) => OwnName | undefined;
}

const NAME: Named = { path: ['params', 'name'], split: splitName };
const URI: Named = { path: ['params', 'uri'], split: splitUri };

const NAMED = new Map<string, Named>([
  ['tools/call', NAME],
  ['prompts/get', NAME],
  ['resources/read', URI],
  ['resources/subscribe', URI],
  ['resources/unsubscribe', URI],
  ['resources/directory/read', URI],
]);
const TASKS = new Set(['tasks/get', 'tasks/result', 'tasks/cancel', 'tasks/update']);

export type Destination =
  | { readonly kind: 'member'; readonly caller: Caller; readonly message: RequestMessage }
  /** Of a server of the grant that this session does not have. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown' };

export function destinationOf(message: RequestMessage, party: Party, core: Core): Destination {
  if (TASKS.has(message.method)) return taskOwner(message, party, core);
  const named = message.method === 'completion/complete' ? referred(message) : NAMED.get(message.method);
  if (named === undefined) return { kind: 'unknown' };
  const said = valueAt(message, named.path);
  const own = typeof said === 'string' ? named.split(said) : undefined;
  if (own === undefined) return { kind: 'unknown' };
  const caller = party.members.find(({ server }) => server.slug === own.slug);
  if (caller === undefined)
    return { kind: party.missing.some(({ slug }) => slug === own.slug) ? 'missing' : 'unknown' };
  const name = message.method === 'tools/call' ? ownToolName(caller.server, own.name) : own.name;
  return { kind: 'member', caller, message: renamed(message, caller, named.path, name) as RequestMessage };
}

/** The server whose request an answer of the client is for, and the answer under that server's own id. */
export function answerOwner(
  message: Extract<Message, { readonly kind: 'response' }>,
  { members }: Party,
): { readonly caller: Caller; readonly message: Message } | undefined {
  return underOwnId(message, message.id.value, ['id'], members);
}

/** The server that wants to hear of this progress, and the notification under that server's own token. */
export function progressOwner(
  message: NotificationMessage,
  { members }: Party,
): { readonly caller: Caller; readonly message: Message } | undefined {
  return underOwnId(message, message.params?.progressToken, ['params', 'progressToken'], members);
}

function underOwnId(
  message: Message,
  said: unknown,
  path: readonly string[],
  members: readonly Caller[],
): { readonly caller: Caller; readonly message: Message } | undefined {
  const own = typeof said === 'string' ? splitId(said) : undefined;
  const caller = own === undefined ? undefined : members.find(({ server }) => server.slug === own.slug);
  if (own === undefined || caller === undefined || !isId(own.name)) return undefined;
  return { caller, message: readMessage(rewriteMember(message.bytes, path, own.name)) as Message };
}

/** Tasks belong to who made them; one id at two servers is for nobody. */
function taskOwner(message: RequestMessage, { members, grant }: Party, core: Core): Destination {
  const taskId = message.params?.taskId as string;
  const owners = members.filter(({ server }) => core.tasks.find(taskId, server.id, grant.id) !== undefined);
  const [caller, other] = owners;
  return caller === undefined || other !== undefined
    ? { kind: 'unknown' }
    : { kind: 'member', caller, message };
}

function referred({ params }: RequestMessage): Named | undefined {
  const type = (params?.ref as JsonObject | undefined)?.type;
  if (type === 'ref/prompt') return { path: ['params', 'ref', 'name'], split: splitName };
  return type === 'ref/resource' ? { path: ['params', 'ref', 'uri'], split: splitUri } : undefined;
}

function valueAt(message: RequestMessage, path: readonly string[]): unknown {
  let value: unknown = { params: message.params };
  for (const name of path) value = (value as JsonObject | undefined)?.[name];
  return value;
}

/** Read once more, by the server's own rules: what is judged is what is sent. */
function renamed(message: Message, { server }: Caller, path: readonly string[], name: string): Message {
  const bytes = rewriteMember(message.bytes, path, JSON.stringify(name));
  return readMessage(bytes, { caseSensitiveArguments: server.caseSensitive }) as Message;
}

/** The spelling of an id: of a string or an integer. */
function isId(text: string): boolean {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'string' || Number.isSafeInteger(value);
  } catch {
    return false;
  }
}
