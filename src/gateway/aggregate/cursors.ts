/** One cursor for the lists of several servers: where each of those goes on that have more. */
import { PortcullisError } from '../../errors.ts';
import type { Json } from '../../json.ts';

/** By slug. */
export type Cursors = Readonly<Record<string, string>>;

export function encodeCursors(cursors: Cursors): string {
  return Buffer.from(JSON.stringify(cursors)).toString('base64url');
}

/** @throws PC_PARAMS_INVALID for what was not made here */
export function decodeCursors(cursor: Json): Cursors {
  try {
    const value = JSON.parse(Buffer.from(String(cursor), 'base64url').toString()) as unknown;
    if (typeof value === 'object' && value !== null && Object.values(value).every(isText))
      return value as Cursors;
  } catch {
    // Said below.
  }
  throw new PortcullisError('PC_PARAMS_INVALID', { detail: 'this cursor is not one of this endpoint' });
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
