/** What PostgreSQL's SQLSTATE codes (appendix A of its manual) and its client's failures mean to the rest of the program. */
import { PortcullisError } from '../../errors.ts';
import type { Problem } from '../../errors.ts';
import { conflict, LOST_REFERENCE } from '../conflicts.ts';

const READ_ONLY = '25006';

/** By SQLSTATE, its class, or the system's error code; addresses and names stay inside. */
const TROUBLE: Readonly<Record<string, string>> = {
  [READ_ONLY]: 'it is read-only',
  '3D000': 'the server has no database of this name',
  '42501': 'the user lacks rights on it',
  '53100': 'the disk of the server is full',
  '53300': 'the server has too many connections',
  '55P03': 'another process keeps a row locked',
  '57014': 'a query took too long',
  '28': 'the server refused the user or the password',
  '40': 'the change collided with another one',
  '57': 'the server is shutting down or starting up',
  ECONNREFUSED: 'the server refuses connections',
  ENOTFOUND: "the server's name is unknown",
  ENOENT: 'the server has no socket at this path',
};
export const LOST = 'the connection to the server failed';

const NUL: Problem = { pointer: '', message: 'A text must not hold U+0000.' };

/** The error to throw instead; one that is no fault of the database (a wrong query) stays itself. */
export function postgresFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof PortcullisError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === '23505') return conflict('constraint' in error ? String(error.constraint) : '', error);
  if (code === '23503') return conflict(LOST_REFERENCE, error);
  if (code === '22021') return new PortcullisError('PC_API_INVALID', {}, { cause: error, problems: [NUL] });
  const detail = TROUBLE[code] ?? TROUBLE[code.slice(0, 2)];
  if (detail === undefined && /^(22|42|23)/.test(code)) return error;
  return new PortcullisError('PC_STORE_UNAVAILABLE', { detail: detail ?? LOST }, { cause: error });
}

/** After these the connection is in an unknown state and must not serve another query. */
export function isBroken(error: unknown): boolean {
  return !(error instanceof Error && 'code' in error && /^(?=.*\d)[0-9A-Z]{5}$/.test(String(error.code)));
}

/**
 * A connection that only reads may lead to a standby, or to what was the primary before a failover. It is not used again, so
 * that the next one is made to what the name of the server says then.
 */
export function isStale(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === READ_ONLY;
}
