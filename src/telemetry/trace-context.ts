/**
 * Where a message comes from, by W3C Trace Context. MCP carries it in `params._meta` (SEP-414), HTTP in headers: the
 * message's own goes first, and the header's is linked. What is malformed counts as absent.
 */
import { ROOT_CONTEXT, trace, type Context, type Link } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { Call } from '../gateway/index.ts';

type Carrier = Readonly<Record<string, unknown>>;

export interface Origin {
  readonly parent: Context;
  readonly links: Link[];
}

const PROPAGATOR = new W3CTraceContextPropagator();
const TEXT = {
  get: (carrier: Carrier, name: string): string | undefined => {
    const value = carrier[name];
    return typeof value === 'string' ? value : undefined;
  },
  keys: (carrier: Carrier): string[] => Object.keys(carrier),
};

export function originOf({ message, headers }: Call): Origin {
  const params = message.kind === 'response' ? undefined : message.params;
  const meta = params?._meta;
  const own = extracted(typeof meta === 'object' && meta !== null ? (meta as Carrier) : {});
  const carried = extracted(headers);
  const other = trace.getSpanContext(carried);
  if (own === ROOT_CONTEXT || other === undefined)
    return { parent: own === ROOT_CONTEXT ? carried : own, links: [] };
  return {
    parent: own,
    links: other.spanId === trace.getSpanContext(own)?.spanId ? [] : [{ context: other }],
  };
}

/** `ROOT_CONTEXT` itself when there is none. */
export function extracted(carrier: Carrier): Context {
  return PROPAGATOR.extract(ROOT_CONTEXT, carrier, TEXT);
}

/** The same headers with this context in them, and nothing of the one before. */
export function continued(
  headers: Readonly<Record<string, string>>,
  context: Context,
): Record<string, string> {
  const { traceparent: _, tracestate: __, ...carrier } = headers;
  PROPAGATOR.inject(context, carrier, { set: (into, name, value) => void (into[name] = value) });
  return carrier;
}
