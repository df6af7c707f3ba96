/** Versions as entity tags, so that nobody overwrites what they have not seen (RFC 9110, section 13.1.1). */
import { PortcullisError } from '../errors.ts';

export function entityTag(version: number): string {
  return `"${version}"`;
}

/** The version that an If-Match header names; undefined when any will do. @throws PC_API_INVALID for several tags or a foreign one */
export function expectedVersion(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const version = /^"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (version !== undefined) return Number(version);
  const problem = { pointer: '', message: 'If-Match must be one ETag as it was answered, or *.' };
  throw new PortcullisError('PC_API_INVALID', {}, { problems: [problem] });
}
