/**
 * Decisions as server-sent events. A client that reads too slowly is cut off: it finds what it missed in `GET /decisions`.
 */
import type { DecisionRecord } from '../audit/index.ts';
import type { DecisionFeed } from '../registry/index.ts';

/** Proxies cut silent connections. */
const KEEP_ALIVE_MS = 25_000;
const MOST_WAITING = 1000;

/** Ends with `signal`. Resolves when no later decision will be missed. */
export async function decisionStream(
  feed: DecisionFeed,
  signal: AbortSignal,
  wants: (record: DecisionRecord) => boolean,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const write = (text: string): void => controller?.enqueue(encoder.encode(text));
  const stop = await feed.listen((record) => {
    if (!wants(record)) return;
    if ((controller?.desiredSize ?? 0) <= 0) return end();
    write(`id: ${record.id}\nevent: decision\ndata: ${JSON.stringify(record)}\n\n`);
  });
  const release = (): void => {
    stop();
    clearInterval(timer);
    controller = undefined;
  };
  const end = (): void => {
    controller?.close();
    release();
  };
  signal.addEventListener('abort', end, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      start(started) {
        controller = started;
        write(': connected\n\n');
        timer = setInterval(() => write(': keep-alive\n\n'), KEEP_ALIVE_MS);
        timer.unref();
      },
      cancel: release,
    },
    { highWaterMark: MOST_WAITING },
  );
}
