/** What is loaded only where PORTCULLIS_REDIS_URL is set. */
export { openSharedCounters } from './open-shared-counters.ts';
export { examineRedis } from './examine.ts';
