/** OpenTelemetry is loaded by who sends traces, and by nobody else. */
import type { Clock, Logger } from '../gateway/index.ts';
import type { TraceSettings } from './read-settings.ts';
import type { Traces } from './types.ts';

export interface TraceParts {
  readonly version: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export async function openTraces(settings: TraceSettings, parts: TraceParts): Promise<Traces> {
  return (await import('./create-traces.ts')).createTraces(settings, parts);
}

/** Sends the collector an export without spans. @returns why it does not take it; undefined when it does */
export async function askCollector(settings: TraceSettings): Promise<string | undefined> {
  return (await import('./ask-collector.ts')).askCollector(settings);
}
