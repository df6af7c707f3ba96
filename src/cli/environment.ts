/** Every variable that Portcullis reads, checked once. A bad value stops the program: a guess could open a door. */
import { isLoopback } from '../loopback.ts';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { readSettings, type AccountSettings } from '../accounts/index.ts';
import { PortcullisError } from '../errors.ts';
import { rangeProblem } from '../identity/index.ts';
import { parseRedisUrl, type RedisAddress } from '../limits/index.ts';
import { homeDirectory, type EnvironmentVariables } from '../store/index.ts';
import { readTraceSettings, type TraceSettings } from '../telemetry/index.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Environment {
  readonly host: string;
  readonly port: number;
  /** Absolute; exists. */
  readonly home: string;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly databaseUrl: string;
  /** Where all nodes count limits together. */
  readonly redis: RedisAddress | undefined;
  readonly adminKey: string | undefined;
  /** The configuration file that was asked for; undefined means `<home>/portcullis.yaml`, if it is there. */
  readonly config: string | undefined;
  readonly allowPrivateUpstreams: boolean;
  /** Addresses and CIDR ranges of proxies in front, whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Ways to sign in. */
  readonly accounts: AccountSettings;
  /** How long a call may wait for its approval before it is told to come again. */
  readonly approvalHoldMs: number;
  /** How long the arguments of an approval are kept after it has ended. */
  readonly approvalKeepMs: number;
  /** Beyond which the decision log is removed; without a bound, never. */
  readonly retention: { readonly keepMs?: number; readonly maxBytes?: number };
  readonly smtpUrl: string | undefined;
  /** The sender's address. */
  readonly smtpFrom: string | undefined;
  readonly logLevel: LogLevel;
  /** Where spans go; undefined: no traces. */
  readonly traces: TraceSettings | undefined;
  /** What the configuration file's `${NAME}` and the master key are read from. */
  readonly variables: EnvironmentVariables;
}

const SHORTEST_ADMIN_KEY = 16;

/** @throws PC_CONFIG_INVALID naming the variable and what it should be */
export function readEnvironment(variables: EnvironmentVariables): Environment {
  const read = (name: string): string | undefined => {
    const value = variables[name]?.trim();
    return value === '' ? undefined : value;
  };
  const host = hostOf(read('PORTCULLIS_HOST') ?? '127.0.0.1');
  const port = portOf(read('PORTCULLIS_PORT') ?? '8080');
  const home = homeDirectory(variables);
  const publicUrl = publicUrlOf(
    read('PORTCULLIS_PUBLIC_URL') ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
  );
  return {
    host,
    port,
    home,
    publicUrl,
    accounts: readSettings(variables, publicUrl),
    databaseUrl: databaseUrlOf(read('PORTCULLIS_DATABASE_URL') ?? `sqlite:${join(home, 'portcullis.db')}`),
    redis: redisOf(read('PORTCULLIS_REDIS_URL')),
    adminKey: adminKeyOf(read('PORTCULLIS_ADMIN_KEY')),
    config: read('PORTCULLIS_CONFIG'),
    allowPrivateUpstreams:
      flagOf('PORTCULLIS_ALLOW_PRIVATE_UPSTREAMS', read('PORTCULLIS_ALLOW_PRIVATE_UPSTREAMS')) ??
      isLoopback(host),
    trustedProxies: proxiesOf(read('PORTCULLIS_TRUSTED_PROXIES') ?? ''),
    approvalHoldMs: 1000 * countOf('PORTCULLIS_APPROVAL_HOLD_SECONDS', read, 10, 50),
    approvalKeepMs: 86_400_000 * countOf('PORTCULLIS_APPROVAL_RETENTION_DAYS', read, 30, 3650),
    retention: retentionOf(read),
    smtpUrl: schemeOf('PORTCULLIS_SMTP_URL', read('PORTCULLIS_SMTP_URL'), ['smtp:', 'smtps:']),
    smtpFrom: read('PORTCULLIS_SMTP_FROM'),
    logLevel: logLevelOf(read('PORTCULLIS_LOG_LEVEL') ?? 'info'),
    traces: readTraceSettings(variables),
    variables,
  };
}

function bad(name: string, expected: string): PortcullisError {
  return new PortcullisError('PC_CONFIG_INVALID', { detail: `${name} must be ${expected}` });
}

function hostOf(text: string): string {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(host)) return host;
  throw bad('PORTCULLIS_HOST', 'an IP address or a host name');
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw bad('PORTCULLIS_PORT', 'a port from 0 to 65535');
}

function publicUrlOf(text: string): string {
  const expected =
    'an http:// or https:// URL without path, query or credentials, such as https://mcp.example.com';
  if (!URL.canParse(text)) throw bad('PORTCULLIS_PUBLIC_URL', expected);
  const url = new URL(text);
  const plain =
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  if (!plain || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw bad('PORTCULLIS_PUBLIC_URL', expected);
  return url.origin;
}

function databaseUrlOf(text: string): string {
  if (/^sqlite:.+/.test(text) || /^postgres(ql)?:\/\/./.test(text)) return text;
  throw bad('PORTCULLIS_DATABASE_URL', 'sqlite:<path> or postgres://…');
}

function redisOf(text: string | undefined): RedisAddress | undefined {
  const address = text === undefined ? undefined : parseRedisUrl(text);
  if (text === undefined || address !== undefined) return address;
  throw bad(
    'PORTCULLIS_REDIS_URL',
    'redis:// or rediss://, then [user:password@]host[:port][/database], with special characters percent-encoded',
  );
}

function schemeOf(name: string, text: string | undefined, schemes: readonly string[]): string | undefined {
  if (text === undefined || (URL.canParse(text) && schemes.includes(new URL(text).protocol))) return text;
  throw bad(name, `a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`);
}

function proxiesOf(text: string): string[] {
  const ranges = text.split(/[\s,]+/).filter((range) => range !== '');
  if (ranges.every((range) => rangeProblem(range) === undefined)) return ranges;
  throw bad('PORTCULLIS_TRUSTED_PROXIES', 'addresses or CIDR ranges, separated by commas');
}

function adminKeyOf(text: string | undefined): string | undefined {
  if (text === undefined || (text.length >= SHORTEST_ADMIN_KEY && /^[\u0021-\u007e]+$/.test(text)))
    return text;
  throw bad('PORTCULLIS_ADMIN_KEY', `at least ${SHORTEST_ADMIN_KEY} visible ASCII characters without spaces`);
}

function flagOf(name: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === '1' || text === 'true') return true;
  if (text === '0' || text === 'false') return false;
  throw bad(name, '1 or 0');
}

function countOf(
  name: string,
  read: (name: string) => string | undefined,
  usual: number,
  most: number,
): number {
  const text = read(name) ?? String(usual);
  if (/^\d{1,4}$/.test(text) && Number(text) <= most) return Number(text);
  throw bad(name, `a whole number from 0 to ${most}`);
}

const UNITS = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };
const SMALLEST_LOG = 1024 ** 2;

function retentionOf(read: (name: string) => string | undefined): Environment['retention'] {
  const days = read('PORTCULLIS_LOG_KEEP_DAYS');
  const size = read('PORTCULLIS_LOG_MAX_BYTES');
  if (days !== undefined && !(/^\d{1,5}$/.test(days) && Number(days) >= 1 && Number(days) <= 36_500))
    throw bad('PORTCULLIS_LOG_KEEP_DAYS', 'a whole number of days from 1 to 36500');
  const [, count, unit = ''] = /^(\d{1,12})([KMGT]?)$/.exec(size ?? '') ?? [];
  const maxBytes = Number(count) * UNITS[unit as keyof typeof UNITS];
  if (size !== undefined && !(maxBytes >= SMALLEST_LOG && Number.isSafeInteger(maxBytes)))
    throw bad('PORTCULLIS_LOG_MAX_BYTES', 'a whole number of bytes, at least 1M, such as 20G');
  return {
    ...(days === undefined ? {} : { keepMs: Number(days) * 86_400_000 }),
    ...(size === undefined ? {} : { maxBytes }),
  };
}

function logLevelOf(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (level === undefined) throw bad('PORTCULLIS_LOG_LEVEL', LOG_LEVELS.join(', '));
  return level;
}
