import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { TraceSettings } from './read-settings.ts';

/** OTLP over HTTP, as JSON. Redirects are not followed; certificates are those that `OTEL_EXPORTER_OTLP_*` name. */
export function createExporter({ url, headers, compression, timeoutMs }: TraceSettings): SpanExporter {
  return new OTLPTraceExporter({
    url,
    headers: { ...headers },
    compression: compression === 'gzip' ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE,
    timeoutMillis: timeoutMs,
  });
}
