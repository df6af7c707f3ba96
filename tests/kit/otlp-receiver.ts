/** An OpenTelemetry collector, as far as traces over OTLP/HTTP with JSON go: it reads what comes, and keeps every byte. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** `floods` and `drips`: an answer that does not end, fast or slow. `hangs`: none. */
export type CollectorManner = 'takes' | 'refuses' | 'hangs' | 'floods' | 'drips';

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly kind: 'SERVER' | 'CLIENT';
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** Ms since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly resource: Readonly<Record<string, unknown>>;
}

export interface OtlpReceiver {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  /** Exports that came, with and without spans. */
  readonly requests: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  /** Every span so far. */
  readonly spans: readonly ReceivedSpan[];
  /** Everything that came, headers and bodies, as text. */
  text(): string;
  /** The first span that fits, as soon as it is here; rejects after 15 s. */
  span(fits: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan>;
  /** Resolves when `count` exports have come. */
  asked(count: number): Promise<void>;
  stop(): Promise<void>;
}

const WAIT_MS = 15_000;

export async function startOtlpReceiver(manner: CollectorManner = 'takes'): Promise<OtlpReceiver> {
  const requests: { path: string; headers: IncomingMessage['headers'] }[] = [];
  const spans: ReceivedSpan[] = [];
  const texts: string[] = [];
  const sockets = new Set<Socket>();
  const watchers = new Set<() => void>();
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = readBody(request, Buffer.concat(pieces));
      requests.push({ path: request.url ?? '', headers: request.headers });
      texts.push(request.rawHeaders.join('\n'), body);
      spans.push(...spansOf(JSON.parse(body) as ExportRequest));
      answer(manner, response);
      for (const watcher of watchers) watcher();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        watchers.delete(look);
      };
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        finish();
        resolve(found);
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`not among ${spans.length} spans: ${spans.map(({ name }) => name).join(', ')}`));
      }, WAIT_MS);
      watchers.add(look);
      look();
    });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    spans,
    text: () => texts.join('\n'),
    span: (fits) => until(() => spans.find(fits)),
    asked: async (count) => void (await until(() => (requests.length >= count ? true : undefined))),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function answer(manner: CollectorManner, response: ServerResponse): void {
  if (manner === 'hangs') return;
  response.writeHead(manner === 'refuses' ? 500 : 200, { 'content-type': 'application/json' });
  if (manner === 'drips') {
    const drip = setInterval(() => response.write(' '), 100);
    return void response.on('close', () => clearInterval(drip));
  }
  if (manner !== 'floods') return void response.end('{}');
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

function readBody({ headers }: IncomingMessage, bytes: Buffer): string {
  return (headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
}

interface KeyValue {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string };
}

/** The JSON form of ExportTraceServiceRequest (opentelemetry-proto, trace/v1), as far as it is read here. */
interface ExportRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly KeyValue[];
  readonly status: { readonly code: number };
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

const KINDS = new Map([
  [2, 'SERVER'],
  [3, 'CLIENT'],
] as const);
const STATUS_ERROR = 2;

function spansOf({ resourceSpans }: ExportRequest): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map((span) => spanOf(span, record(resource.attributes)))),
  );
}

function spanOf(span: WireSpan, resource: ReceivedSpan['resource']): ReceivedSpan {
  const { traceId, spanId, parentSpanId, name, attributes, status, links } = span;
  return {
    traceId,
    spanId,
    parentSpanId,
    name,
    kind: KINDS.get(span.kind as 2 | 3)!,
    attributes: record(attributes),
    isError: status.code === STATUS_ERROR,
    links: links.map((link) => ({ traceId: link.traceId, spanId: link.spanId })),
    start: Number(span.startTimeUnixNano) / 1e6,
    end: Number(span.endTimeUnixNano) / 1e6,
    resource,
  };
}

function record(attributes: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]),
  );
}
