import { VERSION } from '../api/index.ts';
import type { Logger } from '../gateway/index.ts';
import { openTraces, type Traces } from '../telemetry/index.ts';
import { systemClock } from './clock.ts';
import type { Environment } from './environment.ts';

/** Undefined without an endpoint: then nothing of tracing is loaded. */
export async function openOwnTraces({ traces }: Environment, logger: Logger): Promise<Traces | undefined> {
  return traces === undefined
    ? undefined
    : openTraces(traces, { version: VERSION, clock: systemClock, logger });
}
