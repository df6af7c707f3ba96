/**
 * Where traces go, and which: the variables of the OpenTelemetry specification (OTLP exporter, SDK environment variables).
 * Without an endpoint nothing of this is read. A value that cannot be understood stops the program, and its text is not
 * repeated: headers hold credentials.
 */
import { accessSync, constants } from 'node:fs';
import { PortcullisError } from '../errors.ts';
import { readPairs } from './read-pairs.ts';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

export interface TraceSettings {
  /** Where spans are posted to, `/v1/traces` included. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: 'gzip' | 'none';
  /** For one export with its retries. */
  readonly timeoutMs: number;
  readonly sampler: (typeof SAMPLERS)[number];
  /** What share of traces a ratio sampler keeps, 0 to 1. */
  readonly ratio: number;
  /** Attributes of the resource; `service.name` is always there. */
  readonly resource: Readonly<Record<string, string>>;
  readonly batch: {
    /** How long a span waits for others. */
    readonly delayMs: number;
    /** Spans that wait or are on their way; more are dropped. */
    readonly maxQueue: number;
    readonly maxBatch: number;
  };
  /** The servers that hear of the trace, by name; `*` stands for all. */
  readonly upstreams: ReadonlySet<string>;
}

type Read = (name: string) => string | undefined;

const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const TRACES_ENDPOINT = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
const LONGEST_MS = 3_600_000;

/** Undefined: no traces. @throws PC_CONFIG_INVALID naming the variable and what it should be */
export function readTraceSettings(
  variables: Readonly<Record<string, string | undefined>>,
): TraceSettings | undefined {
  const read: Read = (name) => variables[name]?.trim() || undefined;
  const url = urlOf(read);
  if (url === undefined || isOff(read)) return undefined;
  oneOf(read, either(read, 'PROTOCOL'), ['http/json'], 'http/json');
  for (const file of ['CERTIFICATE', 'CLIENT_CERTIFICATE', 'CLIENT_KEY']) checkFile(read, either(read, file));
  const maxQueue = countOf(read, 'OTEL_BSP_MAX_QUEUE_SIZE', 2048, 1, 1_000_000);
  return {
    url,
    headers: {
      ...headersOf(read, 'OTEL_EXPORTER_OTLP_HEADERS'),
      ...headersOf(read, 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'),
    },
    compression: oneOf(read, either(read, 'COMPRESSION'), ['none', 'gzip'], 'none'),
    timeoutMs: countOf(read, either(read, 'TIMEOUT'), 10_000, 1, LONGEST_MS),
    sampler: oneOf(read, 'OTEL_TRACES_SAMPLER', SAMPLERS, 'parentbased_always_on'),
    ratio: ratioOf(read),
    resource: resourceOf(read),
    batch: {
      delayMs: countOf(read, 'OTEL_BSP_SCHEDULE_DELAY', 5000, 1, LONGEST_MS),
      maxQueue,
      maxBatch: Math.min(maxQueue, countOf(read, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 512, 1, 1_000_000)),
    },
    upstreams: upstreamsOf(read),
  };
}

/** The variable for traces alone goes before the one for all signals. */
function either(read: Read, end: string): string {
  const own = `OTEL_EXPORTER_OTLP_TRACES_${end}`;
  return read(own) === undefined ? `OTEL_EXPORTER_OTLP_${end}` : own;
}

function urlOf(read: Read): string | undefined {
  const own = endpoint(read, TRACES_ENDPOINT);
  const base = endpoint(read, ENDPOINT);
  if (own !== undefined) return own.href;
  if (base === undefined) return undefined;
  base.pathname = `${base.pathname.replace(/\/$/, '')}/v1/traces`;
  return base.href;
}

function endpoint(read: Read, name: string): URL | undefined {
  const text = read(name);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === undefined || !isHttp || url.username !== '' || url.password !== '')
    throw bad(name, 'an http:// or https:// URL without credentials, which OTEL_EXPORTER_OTLP_HEADERS takes');
  return url;
}

function isOff(read: Read): boolean {
  const disabled = read('OTEL_SDK_DISABLED')?.toLowerCase();
  if (disabled !== undefined && disabled !== 'true' && disabled !== 'false')
    throw bad('OTEL_SDK_DISABLED', 'true or false');
  const exporter = oneOf(read, 'OTEL_TRACES_EXPORTER', ['otlp', 'none'], 'otlp');
  return disabled === 'true' || exporter === 'none';
}

function headersOf(read: Read, name: string): Record<string, string> {
  const pairs = readPairs(read(name) ?? '');
  const sound =
    pairs !== undefined &&
    Object.entries(pairs).every(
      ([key, value]) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(key) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value),
    );
  if (!sound) throw bad(name, 'name=value pairs separated by commas, each value percent-encoded');
  return Object.fromEntries(Object.entries(pairs).map(([key, value]) => [key.toLowerCase(), value]));
}

function resourceOf(read: Read): Record<string, string> {
  const name = 'OTEL_RESOURCE_ATTRIBUTES';
  const pairs = readPairs(read(name) ?? '');
  if (pairs === undefined) throw bad(name, 'key=value pairs separated by commas, each value percent-encoded');
  return { ...pairs, 'service.name': read('OTEL_SERVICE_NAME') ?? pairs['service.name'] ?? 'portcullis' };
}

function ratioOf(read: Read): number {
  const name = 'OTEL_TRACES_SAMPLER_ARG';
  const text = read(name);
  if (text === undefined || read('OTEL_TRACES_SAMPLER')?.endsWith('traceidratio') !== true) return 1;
  if (/^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(text) && Number(text) <= 1) return Number(text);
  throw bad(name, 'a number from 0 to 1');
}

function upstreamsOf(read: Read): ReadonlySet<string> {
  const name = 'PORTCULLIS_TRACE_UPSTREAMS';
  const names = (read(name) ?? '').split(/[\s,]+/).filter((one) => one !== '');
  if (names.every((one) => /^([a-z0-9][a-z0-9-]*|\*)$/.test(one))) return new Set(names);
  throw bad(name, 'names of servers as they stand in /mcp/<server>, separated by commas, or *');
}

function countOf(read: Read, name: string, usual: number, least: number, most: number): number {
  const text = read(name) ?? String(usual);
  if (/^\d{1,7}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw bad(name, `a whole number from ${least} to ${most}`);
}

function oneOf<const T extends string>(read: Read, name: string, known: readonly T[], usual: T): T {
  const text = read(name) ?? usual;
  const found = known.find((one) => one === text);
  if (found === undefined) throw bad(name, known.join(' or '));
  return found;
}

function checkFile(read: Read, name: string): void {
  const path = read(name);
  try {
    if (path !== undefined) accessSync(path, constants.R_OK);
  } catch {
    throw bad(name, 'the path of a file that can be read');
  }
}

function bad(name: string, expected: string): PortcullisError {
  return new PortcullisError('PC_CONFIG_INVALID', { detail: `${name} must be ${expected}` });
}
