/** Messages of the gateway's own, and changes to single members that leave every other byte alone. */
import type { JsonObject } from '../json.ts';
import type { Message, RequestId } from './types.ts';
import { locate } from './locate.ts';

/** A response with a result. The id is repeated as the client spelled it. */
export function resultMessage(id: RequestId, result: object): Buffer {
  return Buffer.from(`{"jsonrpc":"2.0","id":${id.text},"result":${JSON.stringify(result)}}`);
}

/** An error response; null: the request's id could not be read (JSON-RPC 2.0 section 5). */
export function errorMessage(id: RequestId | null, code: number, message: string, data?: object): Buffer {
  const error = data === undefined ? { code, message } : { code, message, data };
  return Buffer.from(`{"jsonrpc":"2.0","id":${id?.text ?? 'null'},"error":${JSON.stringify(error)}}`);
}

/** A notification, ready to be sent. */
export function notificationMessage(method: string, params: JsonObject): Message {
  return {
    kind: 'notification',
    method,
    params,
    bytes: Buffer.from(JSON.stringify({ jsonrpc: '2.0', method, params })),
  };
}

/**
 * Replaces the value at `path` by `newText` (JSON text). The bytes must be JSON without duplicate names on the path.
 * @throws RangeError when there is no such member
 */
export function rewriteMember(bytes: Buffer, path: readonly string[], newText: string): Buffer {
  const span = locate(bytes, path);
  if (span === undefined) throw new RangeError(`no member ${path.join('.')}`);
  return Buffer.concat([bytes.subarray(0, span.start), Buffer.from(newText), bytes.subarray(span.end)]);
}
