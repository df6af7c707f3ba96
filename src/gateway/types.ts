/** What the rest of the program may ask of the gateway. Messages themselves enter through `handle`, and through the channels of the stdio wrapper. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject, Json } from '../json.ts';
import type { LimitNotice } from './limit-watch.ts';
import type { CompiledPolicy, Verdict } from '../policy/index.ts';

export interface EvaluateRequest {
  /** Server id or slug; without one the tool is judged by its name alone. */
  readonly server?: string;
  readonly grant?: string;
  /** A compiled document to judge by instead of the grant's policy. */
  readonly policy?: CompiledPolicy;
  readonly tool: string;
  readonly arguments: JsonObject;
}

export interface ReadinessCheck {
  readonly name: 'store' | 'counters' | 'audit' | 'canary';
  readonly ok: boolean;
  /** Why not, in words an operator can act on. */
  readonly detail?: string;
}

/** A tool as the gateway knows it, for API and CLI. */
export interface KnownToolView {
  readonly name: string;
  readonly definition: Json;
  readonly class: string;
  readonly classes: readonly string[];
  readonly severity: string;
  readonly classOverride: string | null;
  readonly assessment: Json;
  readonly digest: string;
  readonly pinnedDigest: string;
  readonly drifted: boolean;
}

export interface Gateway {
  /** Answers data-plane paths (/mcp…, /sse…, /message…). False: not its path. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** The verdict on a call, with its trace and without side effects: nothing is reserved, logged or sent. @throws PC_SERVER_UNKNOWN, PC_TOKEN_OTHER_SERVER, PC_API_NOT_FOUND for a grant; PC_JSON_* for arguments that no call could carry */
  evaluate(request: EvaluateRequest): Promise<Verdict>;
  /** Asks the upstream for its tools now, as a person where everybody signs in for themself. @throws PC_UPSTREAM_* */
  refreshTools(serverId: string, person?: string): Promise<readonly KnownToolView[]>;
  tools(serverId: string): Promise<readonly KnownToolView[]>;
  /** Reads servers, policies and grants anew; resolves when the next message will be judged by them and streams of revoked grants are cut. */
  reload(): Promise<void>;
  /** Tells when counters are nearly used up; undefined stops it. There is one listener. */
  watchLimits(listener: ((notice: LimitNotice) => void) | undefined): void;
  readiness(): Promise<readonly ReadinessCheck[]>;
  /** Stops taking messages, lets those in flight end for at most `graceMs`, closes streams and upstreams, closes the log. */
  stop(graceMs: number): Promise<void>;
}
