/**
 * Asks a server what it is and which tools it has, in a session of its own that is ended afterwards. This is the gateway's
 * own question: it carries no client's capabilities, and it calls nothing. Servers that refuse `initialize` are asked
 * again in the modern way, on a fresh process where the server is one.
 */
import { randomUUID } from 'node:crypto';
import { PortcullisError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Era } from '../wire/index.ts';
import type { ListedTool } from './catalogue/types.ts';
import { askLegacy, askModern } from './probe-eras.ts';
import { ProbeLine } from './probe-line.ts';
import type { Upstream } from './types.ts';

export interface ProbeOptions {
  /** For the whole probe. Default 30 s. */
  readonly timeoutMs?: number;
  /** Pages of `tools/list` at most. Default 100. */
  readonly maxPages?: number;
  /** Asks for prompts, resources and resource templates too. What a server fails to list is absent, and no error. */
  readonly everything?: boolean;
}

/** What a server lists beside its tools; a list that it does not offer or failed to give is absent. */
export interface OtherLists {
  readonly prompts?: readonly ListedTool[];
  readonly resources?: readonly ListedTool[];
  readonly resourceTemplates?: readonly ListedTool[];
}

export interface Probed {
  readonly tools: readonly ListedTool[];
  /** Empty unless everything was asked for. */
  readonly others: OtherLists;
  /** Definitions that cannot be read exactly, and are in none of the lists. */
  readonly unreadable: number;
  /** What the server wants a model to know; undefined when it says nothing. */
  readonly instructions: string | undefined;
  /** As the server says; null when it says nothing. */
  readonly serverInfo: Json;
  readonly capabilities: JsonObject;
  readonly protocolVersion: string;
  readonly era: Era;
}

/** @throws PortcullisError PC_UPSTREAM_* when the server cannot be reached, answers no MCP or takes too long. */
export async function probe(upstream: Upstream, options: ProbeOptions = {}): Promise<Probed> {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const wanted = { maxPages: options.maxPages ?? 100, everything: options.everything ?? false };
  const deadline = AbortSignal.timeout(timeoutMs);
  const on = async (ask: (line: ProbeLine) => Promise<Probed>): Promise<Probed> => {
    const line = new ProbeLine(upstream, `probe ${randomUUID()}`, deadline, timeoutMs);
    try {
      return await ask(line);
    } finally {
      line.close();
    }
  };
  let greeted = false;
  try {
    return await on((line) => askLegacy(line, wanted, () => (greeted = true)));
  } catch (first) {
    if (greeted || deadline.aborted || !mayBeModern(first)) throw first;
    return on((line) => askModern(line, wanted)).catch(() => {
      throw first;
    });
  }
}

/** Whether `initialize` failed in a way that a server without it would make it fail. */
function mayBeModern(error: unknown): boolean {
  return (
    error instanceof PortcullisError &&
    (error.code === 'PC_UPSTREAM_PROTOCOL' || error.code === 'PC_UPSTREAM_DIED')
  );
}
