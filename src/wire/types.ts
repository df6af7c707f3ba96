/** MCP messages as bytes plus the few facts that the gateway judges by. */
import type { JsonObject } from '../json.ts';

export type ProtocolVersion = '2024-11-05' | '2025-03-26' | '2025-06-18' | '2025-11-25' | '2026-07-28';
/** Legacy: sessions opened by `initialize`. Modern: 2026-07-28, every request stands alone. */
export type Era = 'legacy' | 'modern';

/** A JSON-RPC id with its exact spelling, so that an answer can repeat it byte for byte. */
export interface RequestId {
  readonly value: string | number;
  /** As spelled in the message, quotes included. */
  readonly text: string;
}

interface MessageBase {
  /** The exact bytes of this message as received: what is forwarded. */
  readonly bytes: Buffer;
}

export interface RequestMessage extends MessageBase {
  readonly kind: 'request';
  readonly id: RequestId;
  readonly method: string;
  /** Parsed by the strict parser; absent when the message has none. */
  readonly params: JsonObject | undefined;
}

export interface NotificationMessage extends MessageBase {
  readonly kind: 'notification';
  readonly method: string;
  readonly params: JsonObject | undefined;
}

/** A client's answer to a request of the server (sampling, elicitation, roots, ping). */
export interface ResponseMessage extends MessageBase {
  readonly kind: 'response';
  readonly id: RequestId;
  readonly isError: boolean;
}

export type Message = RequestMessage | NotificationMessage | ResponseMessage;

/** Where an upstream's message stands: enough to route it and settle a call, without parsing its payload. */
export interface AnswerEnvelope {
  readonly kind: 'response' | 'request' | 'notification' | 'invalid';
  readonly id?: RequestId | undefined;
  readonly method?: string | undefined;
  /** For responses. */
  readonly errorCode?: number | undefined;
  readonly isError?: boolean | undefined;
  readonly resultType?: string | undefined;
  /** For notifications/progress. */
  readonly progressToken?: string | number | undefined;
}

/** One event of a text/event-stream, and the exact bytes that it came in. */
export interface SseEvent {
  readonly raw: Buffer;
  /** `message` when the field is absent. */
  readonly type: string;
  /** Data lines joined by LF; undefined when there was no data field. */
  readonly data: Buffer | undefined;
  readonly id: string | undefined;
  readonly retry: number | undefined;
  /** Only comment lines, nothing to dispatch. */
  readonly comment: boolean;
}

/** Several messages in one JSON array (protocol revision 2025-03-26 only). */
export interface Batch {
  readonly kind: 'batch';
  readonly bytes: Buffer;
  /** Each with its own bytes. */
  readonly messages: readonly Message[];
}
