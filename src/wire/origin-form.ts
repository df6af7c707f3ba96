/**
 * Targets in absolute form, which every server has to accept (RFC 9112, section 3.2.2). What follows sees path and query, and
 * the host that the target names in place of the Host header, so that one check of hosts holds for both forms.
 */
import type { IncomingMessage } from 'node:http';

const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/is;

export function toOriginForm(request: IncomingMessage): void {
  if (request.url === undefined || request.url.startsWith('/')) return;
  const [, authority, rest] = ABSOLUTE.exec(request.url) ?? [];
  if (authority === undefined || rest === undefined) return;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  request.headers.host = authority;
  for (let name = 0; name < request.rawHeaders.length; name += 2)
    if (request.rawHeaders[name]!.toLowerCase() === 'host') request.rawHeaders[name + 1] = authority;
}
