/** What tests give to `createUpstream`. */
import { createAddressGuard } from '../address/address-guard.ts';
import type { UpstreamContext } from '../types.ts';
import { MemoryLog } from './recorder.ts';

export function testContext(
  overrides: Partial<UpstreamContext> = {},
): UpstreamContext & { logger: MemoryLog } {
  const logger = new MemoryLog();
  return {
    name: 'demo',
    guard: createAddressGuard({ allowPrivate: true }),
    clock: () => performance.now(),
    ...overrides,
    logger,
  };
}
