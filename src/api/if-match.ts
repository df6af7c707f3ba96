/** Versions as entity tags, so that nobody overwrites what they have not seen (RFC 9110, section 13.1.1). */
import { invalid } from '../registry/index.ts';

export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * The version that an If-Match header names; undefined when any will do.
 * @param versioned whether what is asked for has versions: where it has none, nobody may believe that theirs is guarded
 * @throws PC_API_INVALID for several tags or a foreign one, and for any where there are no versions
 */
export function expectedVersion(header: string | undefined, versioned: boolean): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  if (!versioned)
    throw invalid('', 'If-Match guards nothing here, because this has no versions: leave it out.');
  const version = /^"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (version !== undefined) return Number(version);
  throw invalid('', 'If-Match must be one ETag as it was answered, or *.');
}
