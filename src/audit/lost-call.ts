/**
 * What tells identical calls of one grant: the same tool of the same server with the same arguments, by the digests that the log has
 * of them, so that a call that only the log knows is recognised too.
 */
import { hash } from 'node:crypto';
import { MOST_ARGUMENTS } from './argument-digests.ts';
import { bodyOf } from './line.ts';
import type { DecisionBody } from './record.ts';

/** A call that was sent and whose answer was lost. */
export interface LostCall {
  readonly key: string;
  readonly id: string;
  readonly server: string;
  readonly grant: string;
  readonly tool: string;
  readonly at: number;
}

/**
 * SHA-256, base64url. Where there are more arguments than the log has digests of, all calls with the same names are taken for identical.
 * @param described what `argumentsText` says of the arguments
 */
export function callKey(server: string, grant: string, tool: string, described: string): string {
  const said = JSON.parse(`{${described}}`) as Pick<DecisionBody, 'argumentKeys' | 'argumentDigests'>;
  return keyOf(server, grant, tool, said);
}

function keyOf(
  server: string,
  grant: string,
  tool: string,
  { argumentKeys, argumentDigests }: Pick<DecisionBody, 'argumentKeys' | 'argumentDigests'>,
): string {
  const digests =
    argumentKeys.length > MOST_ARGUMENTS ? [] : argumentKeys.map((name) => argumentDigests[name]);
  return hash('sha256', JSON.stringify([server, grant, tool, argumentKeys, digests]), 'base64url');
}

/** The tool call that an intent or a decision is about; undefined when it is about something else, or its server answered that it refused it. */
export function lostCall(line: string): LostCall | undefined {
  const { id, at, server, grant, tool, upstream, ...said } = bodyOf(line) as Partial<DecisionBody>;
  const { argumentKeys, argumentDigests } = said;
  if (id === undefined || at === undefined || server === undefined || grant == null || tool === undefined)
    return undefined;
  if (argumentKeys === undefined || argumentDigests === undefined || isRefusal(upstream?.status))
    return undefined;
  const key = keyOf(server.id, grant.id, tool, { argumentKeys, argumentDigests });
  return { key, id, server: server.id, grant: grant.id, tool, at };
}

/** Whether an HTTP status alone says that the request was not acted on. */
export function isRefusal(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500;
}
