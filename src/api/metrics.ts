/** Prometheus metrics: for whoever has an API key, and for a scraper on this machine. */
import type { IncomingMessage } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Registry as MetricsRegistry } from 'prom-client';
import type { Gateway } from '../gateway/index.ts';
import { checkHostAndOrigin, type AddressPolicy } from '../identity/index.ts';
import type { TraceCounts } from '../telemetry/index.ts';

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip'] as const;

export interface ApiMetrics {
  readonly registry: MetricsRegistry;
  answered(method: string, path: string, status: number): void;
}

export function createMetrics(registry: MetricsRegistry, gateway: Gateway, traces?: TraceCounts): ApiMetrics {
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'portcullis_api_requests_total',
    help: 'REST requests by route and status',
    labelNames: ['method', 'path', 'status'],
    registers: [registry],
  });
  const ready = new Gauge({
    name: 'portcullis_ready',
    help: '1 when a readiness check passes',
    labelNames: ['check'],
    registers: [registry],
    async collect() {
      for (const { name, ok } of await gateway.readiness()) this.set({ check: name }, ok ? 1 : 0);
    },
  });
  void ready;
  if (traces !== undefined) addTraceCounts(registry, traces);
  return { registry, answered: (method, path, status) => requests.inc({ method, path, status }) };
}

function addTraceCounts(registry: MetricsRegistry, traces: TraceCounts): void {
  const add = (name: string, help: string, count: () => number): Counter =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(count());
      },
    });
  add('portcullis_spans_exported_total', 'Spans that the collector has taken', () => traces.exported);
  add('portcullis_spans_dropped_total', 'Spans that could not be sent', () => traces.dropped);
}

/**
 * Whether a request without a key comes from this very machine. A reverse proxy on it speaks for others, and a web page
 * can reach a loopback address under a name of its own: both need a key.
 */
export function isLocalScraper({ socket, headers }: IncomingMessage, policy: AddressPolicy): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  if (address !== '::1' && !/^127\.\d+\.\d+\.\d+$/.test(address)) return false;
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false;
  try {
    checkHostAndOrigin(policy, headers.host, headers.origin);
    return true;
  } catch {
    return false;
  }
}
