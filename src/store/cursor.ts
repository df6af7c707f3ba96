/** Where a page ended: opaque to callers, and checked like anything else that they send. */
import { PortcullisError } from '../errors.ts';
import type { PageRequest } from './page-types.ts';

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 500;

/** Rows are ordered by these, newest first. */
export interface Position {
  /** Ms since the epoch. */
  readonly at: number;
  readonly seq: number;
  readonly chain: string;
}

export function encodeCursor({ at, seq, chain }: Position): string {
  return Buffer.from(JSON.stringify([at, seq, chain])).toString('base64url');
}

/** @throws PC_API_INVALID at /cursor */
export function decodeCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const position = parse(Buffer.from(cursor, 'base64url').toString());
  // Whatever does not come out of encodeCursor is not a cursor, also when it could be read as one.
  if (position === undefined || encodeCursor(position) !== cursor)
    throw invalid('/cursor', 'This is not a cursor that a page ended with.');
  return position;
}

/** @throws PC_API_INVALID at /limit */
export function pageLimit({ limit = DEFAULT_LIMIT }: PageRequest): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_LIMIT)
    throw invalid('/limit', `The limit must be an integer from 1 to ${LARGEST_LIMIT}.`);
  return limit;
}

function parse(text: string): Position | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value) || value.length !== 3) return undefined;
    const [at, seq, chain] = value as unknown[];
    if (!Number.isSafeInteger(at) || !Number.isSafeInteger(seq) || typeof chain !== 'string')
      return undefined;
    return chain.includes('\0') ? undefined : { at: at as number, seq: seq as number, chain };
  } catch {
    return undefined;
  }
}

function invalid(pointer: string, message: string): PortcullisError {
  return new PortcullisError('PC_API_INVALID', {}, { problems: [{ pointer, message }] });
}
