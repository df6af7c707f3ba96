/**
 * Cookies travel with requests that other sites cause. So a request that relies on one must name a host that is served
 * here, and one that changes something must prove by Origin or Sec-Fetch-Site that our own page sent it. A browser sends
 * at least one of them; what sends neither has no business with cookies.
 */
import { PortcullisError } from '../errors.ts';
import { checkHostAndOrigin, type AddressPolicy } from '../identity/index.ts';

const SAFE = new Set(['GET', 'HEAD']);

/** @throws PC_HOST_FORBIDDEN, PC_ORIGIN_FORBIDDEN, PC_CROSS_SITE */
export function checkSameOrigin(policy: AddressPolicy, method: string, headers: Headers): void {
  const header = (name: string): string | undefined => headers.get(name) ?? undefined;
  const [host, origin, site] = [header('host'), header('origin'), header('sec-fetch-site')];
  checkHostAndOrigin(policy, host, SAFE.has(method) ? undefined : origin);
  if (SAFE.has(method)) return;
  if (site !== undefined && site !== 'same-origin') throw new PortcullisError('PC_CROSS_SITE');
  if (origin === undefined && site === undefined) throw new PortcullisError('PC_CROSS_SITE');
  // Ports do not separate cookies: another program's page on this machine is another origin.
  if (origin !== undefined && !policy.origins.has(origin) && origin !== `http://${host}`)
    throw new PortcullisError('PC_CROSS_SITE');
}
