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

/** The headers that carry a context on. */
export function headersOf(context: Context): Record<string, string> {
  const headers: Record<string, string> = {};
  PROPAGATOR.inject(context, headers, { set: (carrier, name, value) => void (carrier[name] = value) });
  return headers;
}
