/**
 * Credentials are read from the Authorization header only (RFC 6750 section 2.1): never from the query, a cookie or a body.
 * Anything but exactly one well-formed bearer token is no token.
 */

const PREFIX = 'bearer ';

/** The bearer token of an Authorization header, or undefined when there is none. */
export function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length <= PREFIX.length || authorization.length > 4096)
    return undefined;
  if (authorization.slice(0, PREFIX.length).toLowerCase() !== PREFIX) return undefined;
  const token = authorization.slice(PREFIX.length).trim();
  return token === '' || token.includes(' ') || token.includes(',') ? undefined : token;
}
