import type { Era } from '../../wire/index.ts';
import type { Call, Caller, Front } from '../call.ts';
import type { Doors } from '../doors/doors.ts';
import { makeCall } from '../make-call.ts';
import { run } from '../pipeline.ts';
import type { Message } from '../../wire/index.ts';
import { memberHeaders } from './member-headers.ts';
import { OutwardFront } from './outward-front.ts';
import type { Party } from './party.ts';

/** One message of a client at `/mcp`, and how it can be answered. */
export interface Exchange {
  readonly doors: Doors;
  readonly party: Party;
  readonly headers: Readonly<Record<string, string>>;
  readonly era: Era;
  readonly front: Front;
  /** Answers and records what goes no further. */
  readonly refuse: (thrown: unknown) => void;
}

/** Through the pipeline of one server. @throws PC_HEADER_MISMATCH, PC_PROTOCOL_VERSION */
export function runFor(
  exchange: Exchange,
  caller: Caller,
  message: Message,
  renamed: Readonly<Record<string, string>> = {},
): void {
  const { core, dispatch } = exchange.doors;
  run(callFor(exchange, caller, message, renamed), core, dispatch);
}

/** The message as a call on that server. @throws PC_HEADER_MISMATCH, PC_PROTOCOL_VERSION */
export function callFor(
  { doors, headers, front }: Exchange,
  caller: Caller,
  message: Message,
  renamed: Readonly<Record<string, string>> = {},
): Call {
  const method = message.kind === 'request' ? message.method : undefined;
  const outward = new OutwardFront(front, caller.server.slug, method);
  return makeCall(doors.core, caller, outward, message, { ...memberHeaders(headers, caller), ...renamed });
}
