export { askCollector, openTraces, type TraceParts } from './load-traces.ts';
export { readTraceSettings, type TraceSettings } from './read-settings.ts';
export type { TraceCounts, Traces } from './types.ts';
