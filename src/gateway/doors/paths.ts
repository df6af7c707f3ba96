/** Data-plane paths, matched exactly: no decoding, no dot segments, no case folding. A trailing slash is the same resource. */

export type DataPath =
  /** Every server of the grant. */
  | { readonly kind: 'all' }
  | { readonly kind: 'mcp'; readonly server: string }
  | { readonly kind: 'sse'; readonly server: string }
  | { readonly kind: 'message'; readonly server: string; readonly session: string };

const ALL = /^\/mcp\/?$/;
const PATH = /^\/(mcp|sse|message)\/([A-Za-z0-9][A-Za-z0-9-]{0,62})\/?$/;

/** Whether a request belongs to the data plane, known or not. */
export function isDataPlane(target: string): boolean {
  return /^\/(mcp|sse|message)(?:[/?#]|$)/i.test(target);
}

/** Paths without a query that were read: clients send the same one with every message. */
const read = new Map<string, DataPath>();
const MOST_READ = 1_000;

export function dataPath(target: string): DataPath | undefined {
  const known = read.get(target);
  if (known !== undefined) return known;
  const path = readPath(target);
  if (path !== undefined && path.kind !== 'message' && read.size < MOST_READ) read.set(target, path);
  return path;
}

function readPath(target: string): DataPath | undefined {
  const query = target.indexOf('?');
  const path = query === -1 ? target : target.slice(0, query);
  if (ALL.test(path)) return { kind: 'all' };
  const match = PATH.exec(path);
  if (match === null) return undefined;
  const server = match[2]!;
  if (match[1] !== 'message') return { kind: match[1] as 'mcp' | 'sse', server };
  const session = new URLSearchParams(query === -1 ? '' : target.slice(query + 1)).get('sessionId');
  return { kind: 'message', server, session: session ?? '' };
}
