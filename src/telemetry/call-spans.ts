/**
 * A span for each message that the gateway handles, and one below it for the exchange with the server. Spans are made when
 * something is known to say; nothing here is waited for.
 */
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { Call, CallTrace, Clock, DecisionPart, Refusal } from '../gateway/index.ts';
import { callError, upstreamError } from './call-errors.ts';
import { decisionAttributes, messageAttributes, networkAttributes, spanName } from './describe-call.ts';
import { continued, extracted, originOf } from './trace-context.ts';

interface Spans {
  readonly server: Span;
  client: Span | undefined;
}

export class CallSpans implements CallTrace {
  readonly #tracer: Tracer;
  readonly #clock: Clock;
  readonly #upstreams: ReadonlySet<string>;
  readonly #open = new WeakMap<Call, Spans>();

  /** @param upstreams the servers that hear of the trace, by name; `*` for all */
  constructor(tracer: Tracer, clock: Clock, upstreams: ReadonlySet<string>) {
    this.#tracer = tracer;
    this.#clock = clock;
    this.#upstreams = upstreams;
  }

  sending(call: Call): Record<string, string> | undefined {
    const spans = this.#begin(call);
    this.#open.set(call, spans);
    const { slug, upstream } = call.caller.server;
    const above = trace.setSpan(ROOT_CONTEXT, spans.server);
    const options = {
      kind: SpanKind.CLIENT,
      startTime: this.#now(call),
      attributes: {
        ...messageAttributes(call),
        ...networkAttributes(upstream.transport),
        'portcullis.server': slug,
        'portcullis.decision.id': call.id,
      },
    };
    spans.client = this.#tracer.startSpan(spanName(call), options, above);
    const isTold = this.#upstreams.has('*') || this.#upstreams.has(slug);
    return isTold ? continued(call.headers, trace.setSpan(above, spans.client)) : undefined;
  }

  decided(call: Call, part: DecisionPart): void {
    // The gateway's own canary is nobody's call.
    if (call.front.surface === 'canary') return;
    const { server, client } = this.#open.get(call) ?? this.#begin(call);
    this.#open.delete(call);
    const now = this.#now(call);
    if (client !== undefined) this.#endClient(client, call, now);
    end(server, decisionAttributes(call, part), callError(call, part), now);
  }

  over(call: Call): void {
    if (call.message.kind === 'request' || !this.#open.has(call)) return;
    const failed = call.outcome?.error;
    this.decided(call, {
      outcome: failed === undefined ? 'allow' : 'error',
      rule: failed?.code ?? '',
      message: '',
      dispatched: failed === undefined ? true : 'unknown',
    });
  }

  turnedAway({ id, at, error, server, grant, surface, headers }: Refusal): void {
    // Who has no valid token continues nobody's trace.
    const parent = grant === undefined || headers === undefined ? ROOT_CONTEXT : extracted(headers);
    const attributes = {
      ...networkAttributes(surface),
      'portcullis.decision.id': id,
      'portcullis.outcome': 'error',
      'portcullis.rule': error.code,
      'portcullis.dispatched': 'false',
      ...(server === undefined ? {} : { 'portcullis.server': server.slug }),
      ...(grant === undefined ? {} : { 'portcullis.grant': grant.id }),
    };
    const span = this.#start('refused request', at, attributes, parent);
    end(span, {}, { 'error.type': error.code }, at);
  }

  #begin(call: Call): Spans {
    const { parent, links } = originOf(call);
    const attributes = { ...messageAttributes(call), ...networkAttributes(call.front.surface) };
    const options = { kind: SpanKind.SERVER, startTime: call.at, attributes, links };
    return { server: this.#tracer.startSpan(spanName(call), options, parent), client: undefined };
  }

  #start(name: string, at: number, attributes: Attributes, parent: Context): Span {
    return this.#tracer.startSpan(name, { kind: SpanKind.SERVER, startTime: at, attributes }, parent);
  }

  #endClient(span: Span, call: Call, now: number): void {
    const status = call.caller.server.upstream.transport === 'http' ? call.outcome?.status : undefined;
    end(span, status === undefined ? {} : { 'http.response.status_code': status }, upstreamError(call), now);
  }

  /** Ms since the epoch, by the clock that the call is measured with. */
  #now({ at, startedAt }: Call): number {
    return at + this.#clock.elapsed() - startedAt;
  }
}

function end(span: Span, attributes: Attributes, error: Attributes | undefined, at: number): void {
  span.setAttributes({ ...attributes, ...error });
  if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(at);
}
