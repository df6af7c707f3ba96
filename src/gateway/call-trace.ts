/** Whoever watches messages on their way. It decides nothing, nothing waits for it, and it never throws. */
import type { IncomingHttpHeaders } from 'node:http';
import type { PortcullisError } from '../errors.ts';
import type { Call, Front } from './call.ts';
import type { GrantEntry, ServerEntry } from './directory.ts';
import type { DecisionPart } from './record.ts';

export interface CallTrace {
  /** A judged message goes to its server now. @returns the headers for it, where it may hear of the trace */
  sending(call: Call): Readonly<Record<string, string>> | undefined;
  /** What the decision log says of a message: it goes no further, or its answer is here. */
  decided(call: Call, part: DecisionPart): void;
  /** Nothing more comes from the server: the end of messages that want no answer. */
  over(call: Call): void;
  turnedAway(refusal: Refusal): void;
}

/** A request that was refused before there was a call. */
export interface Refusal {
  readonly id: string;
  /** Ms since the epoch. */
  readonly at: number;
  readonly error: PortcullisError;
  readonly server: ServerEntry | undefined;
  readonly grant: GrantEntry | undefined;
  readonly surface: Front['surface'];
  /** Of the HTTP request, where there is one of its own. */
  readonly headers: IncomingHttpHeaders | undefined;
}
