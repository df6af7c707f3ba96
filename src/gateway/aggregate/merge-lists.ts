/** Lists of several servers as one: each element as its server spelled it, under the name that it has here. */
import { filterList, type ListMember } from '../../results/index.ts';
import { rewriteMember, type Era, type RequestId } from '../../wire/index.ts';
import type { ServerEntry } from '../directory.ts';
import { encodeCursors } from './cursors.ts';
import type { Gathered } from './gather.ts';
import { prefixed, prefixedUri, toolName } from './names.ts';

/** @param answers those that hold a result. @throws PC_UPSTREAM_PROTOCOL */
export function mergeLists(id: RequestId, list: ListMember, answers: readonly Gathered[], era: Era): Buffer {
  const elements: string[] = [];
  const cursors: Record<string, string> = {};
  let ttlMs = Number.POSITIVE_INFINITY;
  for (const { caller, bytes, result: page = {} } of answers) {
    const { server } = caller;
    for (const { value, text } of filterList(bytes!, list, () => true, era).elements)
      elements.push(named(list, server, value, text));
    if (typeof page.nextCursor === 'string') cursors[server.slug] = page.nextCursor;
    ttlMs = Math.min(ttlMs, typeof page.ttlMs === 'number' ? page.ttlMs : 0);
  }
  const more = Object.keys(cursors).length === 0 ? '' : `,"nextCursor":"${encodeCursors(cursors)}"`;
  const modern =
    era === 'modern' ? `,"resultType":"complete","ttlMs":${Math.max(0, ttlMs)},"cacheScope":"private"` : '';
  return Buffer.from(
    `{"jsonrpc":"2.0","id":${id.text},"result":{"${list}":[${elements.join(',')}]${more}${modern}}}`,
  );
}

function named(
  list: ListMember,
  { slug }: ServerEntry,
  value: { readonly [member: string]: unknown },
  text: string,
): string {
  switch (list) {
    case 'tools':
      return renamed(text, 'name', toolName(slug, value.name as string));
    case 'prompts':
      return renamed(text, 'name', prefixed(slug, value.name as string));
    case 'resources':
      return renamed(text, 'uri', prefixedUri(slug, value.uri as string));
    case 'resourceTemplates':
      return renamed(text, 'uriTemplate', prefixedUri(slug, value.uriTemplate as string));
    case 'tasks':
      return text;
  }
}

function renamed(text: string, member: string, name: string): string {
  return rewriteMember(Buffer.from(text), [member], JSON.stringify(name)).toString();
}
