/**
 * Variables that look like ours and that nothing reads. Whoever misspells one believes that a setting is in force which is
 * not; it is no reason to refuse, because configuration files name variables of their own (`${PORTCULLIS_TRACKER_SECRET}`).
 */
import type { Logger } from '../gateway/index.ts';
import type { EnvironmentVariables } from '../store/index.ts';
import { nearest } from './nearest.ts';

/** Every variable with our prefix that the program reads. */
export const OWN_VARIABLES: readonly string[] = [
  'PORTCULLIS_ADMIN_KEY',
  'PORTCULLIS_ALLOW_PRIVATE_UPSTREAMS',
  'PORTCULLIS_APPROVAL_HOLD_SECONDS',
  'PORTCULLIS_APPROVAL_RETENTION_DAYS',
  'PORTCULLIS_CONFIG',
  'PORTCULLIS_DATABASE_URL',
  'PORTCULLIS_GITHUB_CLIENT_ID',
  'PORTCULLIS_GITHUB_CLIENT_SECRET',
  'PORTCULLIS_GOOGLE_CLIENT_ID',
  'PORTCULLIS_GOOGLE_CLIENT_SECRET',
  'PORTCULLIS_HOME',
  'PORTCULLIS_HOST',
  'PORTCULLIS_LOG_KEEP_DAYS',
  'PORTCULLIS_LOG_LEVEL',
  'PORTCULLIS_LOG_MAX_BYTES',
  'PORTCULLIS_MASTER_KEY',
  'PORTCULLIS_MASTER_KEY_PREVIOUS',
  'PORTCULLIS_OIDC_CLIENT_ID',
  'PORTCULLIS_OIDC_CLIENT_SECRET',
  'PORTCULLIS_OIDC_ISSUER',
  'PORTCULLIS_OIDC_NAME',
  'PORTCULLIS_PORT',
  'PORTCULLIS_PUBLIC_URL',
  'PORTCULLIS_REDIS_URL',
  'PORTCULLIS_SMTP_FROM',
  'PORTCULLIS_SMTP_URL',
  'PORTCULLIS_TRACE_UPSTREAMS',
  'PORTCULLIS_TRUSTED_PROXIES',
];

/** Of test suites, benchmarks, the scan in workflows, clients on the same machine, and Kubernetes' links to a service of our name. */
const OF_OTHERS =
  /^PORTCULLIS_(?:TEST_.*|BENCH_.*|SCAN_.*|TOKEN|SERVICE_(?:HOST|PORT(?:_.*)?)|PORT_\d+_(?:TCP|UDP|SCTP)(?:_.*)?)$/;
const PREFIX = 'PORTCULLIS';

/** One sentence that names them all, with what was probably meant; undefined when there are none. Values are not repeated. */
export function unknownVariables(variables: EnvironmentVariables): string | undefined {
  const unknown = Object.keys(variables)
    .filter((name) => variables[name] !== undefined && looksLikeOurs(name))
    .filter((name) => !OWN_VARIABLES.includes(name) && !OF_OTHERS.test(name))
    .toSorted()
    .map((name) => {
      const meant = nearest(name, OWN_VARIABLES);
      return meant === undefined ? name : `${name} (did you mean ${meant}?)`;
    });
  return unknown.length === 0
    ? undefined
    : `Portcullis reads no variable of this name: ${unknown.join(', ')}`;
}

/** Says it once, in one line. */
export function warnOfUnknown(variables: EnvironmentVariables, logger: Pick<Logger, 'warn'>): void {
  const unknown = unknownVariables(variables);
  if (unknown !== undefined) logger.warn({}, unknown);
}

function looksLikeOurs(name: string): boolean {
  const [first = '', ...rest] = name.split('_');
  return rest.length > 0 && nearest(first, [PREFIX]) !== undefined;
}
