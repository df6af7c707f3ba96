/** The contract: one table of routes, from which the router and the OpenAPI document are made. */
import type { z } from 'zod';
import type { Gateway } from '../gateway/index.ts';
import type { Actor, DecisionFeed, Registry, Role } from '../registry/index.ts';

export interface Contract {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under /api/v1, parameters in braces. */
  readonly path: `/${string}`;
  /** The least role that may. */
  readonly role: Role;
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly status: 200 | 201 | 204;
  /** Absent for 204 and streams. */
  readonly answer?: z.ZodType;
  /** It alters the configuration: the answer waits until every node acts on it. */
  readonly changes?: true;
  /** It answers with text/event-stream. */
  readonly streams?: true;
}

/** What handlers work with. */
export interface Services {
  readonly registry: Registry;
  readonly gateway: Gateway;
  readonly feed: DecisionFeed;
  /** Resolves when decisions taken so far can be read, or after a second. */
  readonly settled: () => Promise<void>;
  readonly publicUrl: string;
}

export interface Caller extends Actor {
  readonly role: Role;
}

export interface RouteCall<Query, Body> {
  readonly services: Services;
  readonly caller: Caller;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** The version that If-Match names. */
  readonly expectedVersion: number | undefined;
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly body?: unknown;
  /** Becomes the ETag. */
  readonly version?: number;
  /** Path under /api/v1. */
  readonly location?: string;
  /** Instead of a JSON body. */
  readonly stream?: ReadableStream<Uint8Array>;
}

export interface Route extends Contract {
  readonly handle: (call: RouteCall<never, never>) => Promise<Answer>;
}

/** A row of the table: its handler gets what its schemas make of query and body. */
export function route<Query extends z.ZodType = z.ZodUndefined, Body extends z.ZodType = z.ZodUndefined>(
  contract: Contract & { readonly query?: Query; readonly body?: Body },
  handle: (call: RouteCall<z.output<Query>, z.output<Body>>) => Promise<Answer>,
): Route {
  return { ...contract, handle };
}
