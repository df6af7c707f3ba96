/**
 * What a server says, in the names of `/mcp`: the ids of its requests and the URIs that a client may come back with.
 * Every other byte stays. What cannot be read is left alone: a name that was not changed leads nowhere.
 */
import { locate, locateElements, readAnswer, rewriteMember } from '../../wire/index.ts';
import { prefixedId, prefixedUri } from './names.ts';

/** What a server wants to hear the progress of its request under (MCP, basic/utilities/progress). */
const PROGRESS_TOKEN = ['params', '_meta', 'progressToken'];

/** @param method of the request that is answered, if any */
export function outward(bytes: Buffer, slug: string, method: string | undefined): Buffer {
  const { kind, id, method: said } = readAnswer(bytes);
  try {
    if (kind === 'request' && id !== undefined)
      return withId(withId(bytes, PROGRESS_TOKEN, slug), ['id'], slug);
    if (kind === 'notification') return notificationOutward(bytes, said, slug);
    return kind === 'response' ? withResultUris(bytes, slug, method) : bytes;
  } catch (error) {
    if (error instanceof SyntaxError) return bytes;
    throw error;
  }
}

function notificationOutward(bytes: Buffer, method: string | undefined, slug: string): Buffer {
  if (method === 'notifications/resources/updated') return withUri(bytes, ['params', 'uri'], slug);
  // A server takes back a request of its own.
  return method === 'notifications/cancelled' ? withId(bytes, ['params', 'requestId'], slug) : bytes;
}

/** An id that the client will say back, as this endpoint spells it. */
function withId(bytes: Buffer, path: readonly string[], slug: string): Buffer {
  const span = locate(bytes, path);
  if (span === undefined) return bytes;
  const id = prefixedId(slug, bytes.toString('utf8', span.start, span.end));
  return rewriteMember(bytes, path, JSON.stringify(id));
}

function withResultUris(bytes: Buffer, slug: string, method: string | undefined): Buffer {
  switch (method) {
    case 'tools/call':
    case 'tasks/result':
      return eachElement(bytes, ['result', 'content'], (element) => withLink(element, [], slug));
    case 'prompts/get':
      return eachElement(bytes, ['result', 'messages'], (element) => withLink(element, ['content'], slug));
    case 'resources/read':
      return eachElement(bytes, ['result', 'contents'], (element) => withUri(element, ['uri'], slug));
    default:
      return bytes;
  }
}

/** Content of the types `resource_link` and `resource` (MCP, server/tools, tool result). */
function withLink(content: Buffer, at: readonly string[], slug: string): Buffer {
  const type = textAt(content, [...at, 'type']);
  if (type === 'resource_link') return withUri(content, [...at, 'uri'], slug);
  return type === 'resource' ? withUri(content, [...at, 'resource', 'uri'], slug) : content;
}

function withUri(bytes: Buffer, path: readonly string[], slug: string): Buffer {
  const uri = textAt(bytes, path);
  return uri === undefined ? bytes : rewriteMember(bytes, path, JSON.stringify(prefixedUri(slug, uri)));
}

function textAt(bytes: Buffer, path: readonly string[]): string | undefined {
  const span = locate(bytes, path);
  if (span === undefined || bytes[span.start] !== 0x22) return undefined;
  return JSON.parse(bytes.toString('utf8', span.start, span.end)) as string;
}

function eachElement(bytes: Buffer, path: readonly string[], change: (element: Buffer) => Buffer): Buffer {
  const spans = locateElements(bytes, path) ?? [];
  const parts: Buffer[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    parts.push(bytes.subarray(at, start), change(bytes.subarray(start, end)));
    at = end;
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(at)]);
}
