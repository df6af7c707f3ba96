export { createCounters } from './counters.ts';
export type { CountersOptions } from './counters.ts';
export { loadShared } from './load-shared.ts';
export { parseRedisUrl } from './redis/address.ts';
export type { RedisAddress } from './redis/address.ts';
export type { Counters, Hold, LimitOwner, SharedCounters, Taken } from './types.ts';
