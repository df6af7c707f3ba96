import type { Clock } from '../gateway/index.ts';

export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() };
