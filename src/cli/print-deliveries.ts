import type { showDelivery } from '../api/index.ts';
import type { Io } from './io.ts';
import { printList } from './print.ts';

/** What became of an alert's messages, the newest first. */
export function printDeliveries(io: Io, deliveries: readonly ReturnType<typeof showDelivery>[]): void {
  printList(io, false, deliveries, [
    ['AT', ({ at }) => at],
    ['TRIES', ({ attempts }) => String(attempts)],
    ['DELIVERED', ({ doneAt, error }) => (error === null ? (doneAt ?? 'not yet') : 'no')],
    ['WHY NOT', ({ error }) => error ?? ''],
  ]);
}
