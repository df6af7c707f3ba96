/** One request, asked of every server that it concerns. */
import { PortcullisError } from '../../errors.ts';
import { readMessage, rewriteMember, type RequestMessage } from '../../wire/index.ts';
import type { Caller } from '../call.ts';
import { decodeCursors } from './cursors.ts';
import type { Exchange } from './exchange.ts';
import { gather, type Gathered } from './gather.ts';

export interface Answers {
  readonly all: readonly Gathered[];
  /** Those that hold a result. */
  readonly good: readonly Gathered[];
}

/** @throws PC_PARAMS_INVALID for a cursor of another endpoint */
export async function askAll(
  { doors, party, headers, front }: Exchange,
  message: RequestMessage,
  members: readonly Caller[] = party.members,
): Promise<Answers> {
  const asked = members.flatMap((caller) => {
    const own = pageOf(message, caller);
    return own === undefined ? [] : [[caller, own] as const];
  });
  const all = await gather(doors, asked, headers, front);
  return { all, good: all.filter(({ failed }) => !failed) };
}

/** The first server's own words, where all have failed. */
export function replyFailure(
  { front, refuse }: Exchange,
  { method }: RequestMessage,
  [failure]: readonly Gathered[],
): void {
  if (failure?.bytes !== undefined)
    return front.reply(failure.status, failure.bytes, { 'content-type': 'application/json' });
  const server = failure?.caller.server.slug ?? '';
  const detail = `none of the servers answered ${method}`;
  refuse(new PortcullisError('PC_UPSTREAM_UNREACHABLE', { server, detail }));
}

/** A list request where the server's own pages go on; undefined when it has no more. */
function pageOf(message: RequestMessage, { server }: Caller): RequestMessage | undefined {
  const cursor = message.method.endsWith('/list') ? message.params?.cursor : undefined;
  if (cursor === undefined) return message;
  const cursors = decodeCursors(cursor);
  if (!Object.hasOwn(cursors, server.slug)) return undefined;
  const own = JSON.stringify(cursors[server.slug]);
  return readMessage(rewriteMember(message.bytes, ['params', 'cursor'], own)) as RequestMessage;
}
