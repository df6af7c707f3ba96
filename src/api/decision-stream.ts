/** Decisions as server-sent events. */
import type { DecisionRecord } from '../audit/index.ts';
import type { DecisionFeed } from '../registry/index.ts';
import { eventStream } from './event-stream.ts';

/** Ends with `signal`. Resolves when no later decision will be missed. */
export function decisionStream(
  feed: DecisionFeed,
  signal: AbortSignal,
  wants: (record: DecisionRecord) => boolean,
): Promise<ReadableStream<Uint8Array>> {
  return eventStream('decision', signal, (send) =>
    feed.listen((record) => {
      if (wants(record)) send(record.id, record);
    }),
  );
}
