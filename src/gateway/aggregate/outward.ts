/**
 * What a server says, in the names of `/mcp`: the ids of its requests and the URIs that a client may come back with.
 * Every other byte stays. What cannot be read is left alone: a name that was not changed leads nowhere.
 */
import { locate, locateElements, readAnswer, rewriteMember } from '../../wire/index.ts';
import { prefixedId, prefixedUri } from './names.ts';

/** @param method of the request that is answered, if any */
export function outward(bytes: Buffer, slug: string, method: string | undefined): Buffer {
  const { kind, id, method: said } = readAnswer(bytes);
  if (kind === 'request' && id !== undefined)
    return rewriteMember(bytes, ['id'], JSON.stringify(prefixedId(slug, id.text)));
  try {
    if (kind === 'notification')
      return said === 'notifications/resources/updated' ? withUri(bytes, ['params', 'uri'], slug) : bytes;
    return kind === 'response' ? withResultUris(bytes, slug, method) : bytes;
  } catch (error) {
    if (error instanceof SyntaxError) return bytes;
    throw error;
  }
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
