import { makeFinding } from '../make-finding.ts';
import type { Finding, StatedServer } from '../types.ts';
import { bareUrl } from './url-secrets.ts';

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const INNER =
  /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\.|\.(?:local|internal|lan)$|^[^.]+$|^\[f[cd]/;

/** Plain http to anywhere but this machine. */
export function checkAddress({ target, places }: StatedServer): Finding[] {
  if (target.transport === 'stdio' || !URL.canParse(target.url)) return [];
  const { protocol, hostname } = new URL(target.url);
  if (protocol !== 'http:' || LOOPBACK.test(hostname)) return [];
  return [
    makeFinding('plain-http', 'configuration: url', bareUrl(target.url), {
      source: places.get('url'),
      severity: INNER.test(hostname) ? 'medium' : 'high',
    }),
  ];
}
