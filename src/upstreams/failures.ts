/** The errors of this folder in one place, so that each says the same everywhere and never carries an inner address. */
import { PortcullisError } from '../errors.ts';
import { ForbiddenAddressError } from './address/address-guard.ts';

/** What is known of a message that failed: 'no' = the upstream provably did not receive it. */
export interface Failure {
  readonly error: PortcullisError;
  readonly ran: 'no' | 'unknown';
}

export function unreachable(server: string, detail: string, cause?: unknown): PortcullisError {
  return new PortcullisError('PC_UPSTREAM_UNREACHABLE', { server, detail }, { cause });
}

export function died(server: string, cause?: unknown): PortcullisError {
  return new PortcullisError('PC_UPSTREAM_DIED', { server }, { cause });
}

export function strange(server: string, detail: string, cause?: unknown): PortcullisError {
  return new PortcullisError('PC_UPSTREAM_PROTOCOL', { server, detail }, { cause });
}

export function busy(server: string, limit: number): PortcullisError {
  return new PortcullisError('PC_UPSTREAM_BUSY', { server, limit });
}

/** A connection that could not be opened, as an error that names the reason but no resolved address. */
export function connectFailure(server: string, cause: unknown): PortcullisError {
  if (cause instanceof PortcullisError) return cause;
  if (cause instanceof ForbiddenAddressError) {
    return new PortcullisError('PC_UPSTREAM_FORBIDDEN_ADDRESS', { server, detail: cause.reason }, { cause });
  }
  return unreachable(server, connectReason(codeOf(cause)), cause);
}

/** The `code` of a Node.js or undici error, or ''. */
export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset before it was usable',
  ENOTFOUND: 'its host name does not resolve',
  EAI_AGAIN: 'its host name could not be looked up',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  ETIMEDOUT: 'the connection was not opened in time',
  UND_ERR_CONNECT_TIMEOUT: 'the connection was not opened in time',
};

function connectReason(code: string): string {
  const known = REASONS[code];
  if (known !== undefined) return known;
  if (/CERT|TLS|SSL|SIGNED|ISSUER|CRL/.test(code))
    return `its TLS certificate or handshake was not accepted (${code})`;
  return code === '' ? 'the connection could not be opened' : `the connection could not be opened (${code})`;
}
