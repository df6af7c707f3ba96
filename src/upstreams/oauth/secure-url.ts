import { PortcullisError } from '../../errors.ts';
import { isLoopback } from '../../loopback.ts';

/**
 * A URL that credentials may travel to: https, or http on this machine (RFC 8252, section 8.3), which only a server that is
 * on this machine itself may name: from elsewhere it would reach what was never meant for it.
 * @param near the server's own URL; absent for that one
 * @throws PC_UPSTREAM_AUTHORIZATION
 */
export function secureUrl(server: string, text: unknown, what: string, near?: string): URL {
  const refuse = (why: string): PortcullisError =>
    new PortcullisError('PC_UPSTREAM_AUTHORIZATION', { server, detail: `${what} ${why}` });
  if (typeof text !== 'string' || !URL.canParse(text)) throw refuse('is not a URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw refuse('holds credentials');
  const isHere = isLoopback(url.hostname);
  const isSecure = url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
  if (!isSecure) throw refuse('must begin with https://');
  if (isHere && near !== undefined && !isLoopback(new URL(near).hostname))
    throw refuse('is on this machine, where the server is not');
  return url;
}
