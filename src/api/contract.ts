/** The contract: one table of routes, from which the router and the OpenAPI document are made. */
import type { z } from 'zod';
import type { Alerts } from '../alerts/index.ts';
import type { ApprovalDesk } from '../approvals/index.ts';
import type { Catalog } from '../catalog/index.ts';
import type { Accounts, SignedIn } from '../accounts/index.ts';
import type { Connections } from '../connections/index.ts';
import type { Gateway } from '../gateway/index.ts';
import type { Actor, DecisionFeed, Registry, Role } from '../registry/index.ts';
import type { MembershipRow } from '../store/index.ts';

export interface Contract {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under /api/v1, parameters in braces. */
  readonly path: `/${string}`;
  /** The least role that may; `person`: anybody who is signed in or has a key; `anyone`: nobody needs to be. */
  readonly role: Role | 'person' | 'anyone';
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly status: 200 | 201 | 204;
  /** Absent for 204 and streams. */
  readonly answer?: z.ZodType;
  /** It alters the configuration: the answer waits until every node acts on it. */
  readonly changes?: true;
  /** What it changes has versions: If-Match refuses a change that is based on another one. */
  readonly versioned?: true;
  /** It is about the whole installation: only for members of its first organization. */
  readonly installation?: true;
  /** It answers with text/event-stream. */
  readonly streams?: true;
}

/** What handlers work with. */
export interface Services {
  /** As far as the caller sees it. */
  readonly registry: Registry;
  readonly accounts: Accounts;
  readonly gateway: Gateway;
  readonly desk: ApprovalDesk;
  readonly alerts: Alerts;
  readonly feed: DecisionFeed;
  /** Resolves when decisions taken so far can be read, or after a second. */
  readonly settled: () => Promise<void>;
  readonly publicUrl: string;
  /** Sign-ins at servers that want OAuth. */
  readonly connections: Connections;
  /** The index of servers and tools. */
  readonly catalog: Catalog;
}

export interface Caller extends Actor {
  /** null for one who is in no organization, or not signed in. */
  readonly role: Role | null;
  readonly organization: string | null;
  /** Of the person or the API key. */
  readonly id: string | null;
  /** Who signed in; absent for an API key. */
  readonly person?: SignedIn;
  /** The person's organizations. */
  readonly memberships?: readonly MembershipRow[];
}

export interface RouteCall<Query, Body> {
  readonly services: Services;
  readonly caller: Caller;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** Whether a browser sent it, from one of our own pages or another. */
  readonly fromBrowser: boolean;
  /** The version that If-Match names. */
  readonly expectedVersion: number | undefined;
  readonly request: Request;
  /** Where the request came from. */
  readonly address: string;
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly body?: unknown;
  /** The body, where it is JSON text already. */
  readonly text?: string;
  /** Becomes the ETag. */
  readonly version?: number;
  /** Values of Set-Cookie. */
  readonly setCookie?: readonly string[];
  /** Path under /api/v1. */
  readonly location?: string;
  /** Instead of a JSON body. */
  readonly stream?: ReadableStream<Uint8Array>;
}

export interface Route extends Contract {
  readonly handle: (call: RouteCall<never, never>) => Promise<Answer>;
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A row of the table: its handler gets what its schemas make of query and body. The row keeps its exact types: the client is made from them. */
export function route<const Row extends Contract>(
  contract: Row,
  handle: (call: RouteCall<Output<Row['query']>, Output<Row['body']>>) => Promise<Answer>,
): Route & Row {
  return { ...contract, handle };
}
