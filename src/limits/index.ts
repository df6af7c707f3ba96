export { createCounters } from './counters.ts';
export type { CountersOptions } from './counters.ts';
export type { Counters, Hold, LimitOwner, Taken } from './types.ts';
