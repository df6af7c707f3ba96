import { AuthorizationResponseError, OperationProcessingError, ResponseBodyError } from 'oauth4webapi';
import { PortcullisError } from '../../errors.ts';

/** Thrown when the authorization server says that the grant is over: only a person can mend that. */
export class GrantOverError extends PortcullisError {}

/** The codes of RFC 6749, section 5.2, that repeating a refresh cannot change. */
const OVER = new Set(['invalid_grant', 'invalid_client', 'unauthorized_client']);

/** What went wrong in an OAuth exchange, as a public error. Bodies and parameters stay out: tokens could be in them. */
export function authorizationProblem(server: string, thrown: unknown): PortcullisError {
  if (thrown instanceof PortcullisError) return thrown;
  if (thrown instanceof ResponseBodyError || thrown instanceof AuthorizationResponseError) {
    const said = /^[\w.]{1,64}$/.test(thrown.error) ? thrown.error : 'an error';
    const detail = `its authorization server said ${said}`;
    return OVER.has(thrown.error)
      ? new GrantOverError('PC_UPSTREAM_AUTHORIZATION', { server, detail })
      : new PortcullisError('PC_UPSTREAM_AUTHORIZATION', { server, detail });
  }
  const detail =
    thrown instanceof OperationProcessingError
      ? `its authorization server's answer was refused (${thrown.message})`
      : 'its authorization server did not answer as OAuth 2.1 asks';
  return new PortcullisError('PC_UPSTREAM_AUTHORIZATION', { server, detail });
}
