/** Puts tracing together. Nothing is registered globally: who imports OpenTelemetry elsewhere sees nothing of this. */
import { setTimeout as pause } from 'node:timers/promises';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { BoundedExport } from './bounded-export.ts';
import { CallSpans } from './call-spans.ts';
import { createExporter } from './exporter.ts';
import type { TraceParts } from './load-traces.ts';
import { Losses } from './losses.ts';
import { neverThrowing } from './never-throwing.ts';
import type { TraceSettings } from './read-settings.ts';
import { samplerOf } from './sampler.ts';
import type { Traces } from './types.ts';

/** Names are the agents' and the servers' choice; nobody needs more of them. */
const LONGEST_VALUE = 256;

export function createTraces(settings: TraceSettings, { version, clock, logger }: TraceParts): Traces {
  const losses = new Losses(logger, new URL(settings.url).origin, () => clock.elapsed());
  const bounded = new BoundedExport(createExporter(settings), settings, (spans, why) =>
    losses.note(spans, why),
  );
  const provider = new BasicTracerProvider({
    sampler: samplerOf(settings),
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.version': version, ...settings.resource }),
    ),
    spanLimits: { attributeValueLengthLimit: LONGEST_VALUE },
    spanProcessors: [bounded],
  });
  const spans = new CallSpans(provider.getTracer('portcullis', version), clock, settings.upstreams);
  return {
    trace: neverThrowing(spans, (error) => losses.note(1, `it could not be made: ${String(error)}`)),
    counts: {
      get exported() {
        return bounded.exported;
      },
      get dropped() {
        return losses.total;
      },
    },
    async close(graceMs) {
      await Promise.race([provider.shutdown().catch(() => {}), pause(graceMs)]);
      if (bounded.waiting > 0) losses.note(bounded.waiting, 'the gateway could not wait for the collector');
      losses.say();
    },
  };
}
