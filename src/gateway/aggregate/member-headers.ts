import { versionHeader } from '../../wire/index.ts';
import type { Caller } from '../call.ts';

/** Each server has agreed on a version of its own; clients say the one that was agreed on with all. */
export function memberHeaders(
  headers: Readonly<Record<string, string>>,
  { session }: Caller,
): Readonly<Record<string, string>> {
  const version = session?.facts?.version;
  if (version === undefined) return headers;
  const { 'mcp-protocol-version': _, ...rest } = headers;
  return { ...rest, ...versionHeader(version) };
}
