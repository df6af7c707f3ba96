/**
 * Server-sent events for a reader that comes and goes. One that reads too slowly is cut off: lists have what it missed.
 */

/** Proxies cut silent connections. */
const KEEP_ALIVE_MS = 25_000;
const MOST_WAITING = 1000;

/** Sends one event. */
export type SendEvent = (id: string, data: object) => void;

/**
 * Ends with `signal`. Resolves when no later event will be missed.
 * @param listen starts listening and resolves with what ends it
 */
export async function eventStream(
  name: string,
  signal: AbortSignal,
  listen: (send: SendEvent) => Promise<() => void>,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const write = (text: string): void => controller?.enqueue(encoder.encode(text));
  const stop = await listen((id, data) => {
    if ((controller?.desiredSize ?? 0) <= 0) return end();
    write(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
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
