/** The parts that the steps of the pipeline work with: made once, handed to every step. */
import type { DecisionLog } from '../audit/index.ts';
import type { Binder } from '../identity/index.ts';
import type { JsonObject } from '../json.ts';
import type { Counters, SharedCounters } from '../limits/index.ts';
import type { Approvals } from './approvals.ts';
import type { CallTrace } from './call-trace.ts';
import type { Call } from './call.ts';
import type { Sessions } from './sessions.ts';
import type { TaskBook } from './task-book.ts';
import type { UnknownOutcomes } from './unknown-outcomes.ts';

export interface Logger {
  debug(details: object, text: string): void;
  info(details: object, text: string): void;
  warn(details: object, text: string): void;
  error(details: object, text: string): void;
}

export interface Clock {
  /** Ms since the epoch. */
  now(): number;
  /** Monotonic ms. */
  elapsed(): number;
}

export interface Core {
  readonly clock: Clock;
  readonly newId: () => string;
  /** Not to be guessed: ids of tasks travel with clients. */
  readonly newTaskId: () => string;
  readonly logger: Logger;
  readonly log: DecisionLog;
  readonly counters: Counters;
  /** Counters of all nodes: where they are set, nothing is counted in `counters`. */
  readonly together?: SharedCounters | undefined;
  readonly binder: Binder;
  readonly sessions: Sessions;
  readonly tasks: TaskBook;
  readonly unknownOutcomes: UnknownOutcomes;
  /** Hears of calls that have reserved something; undefined while nobody wants to know. */
  limitWatch?: ((call: Call) => void) | undefined;
  /** Watches every message; undefined while nobody wants to know. */
  readonly trace?: CallTrace | undefined;
  /** Absent: there is nobody to ask. */
  readonly approvals?: Approvals;
  /** The names and, under the installation's key, the digests of top-level arguments; see `argumentsText`. */
  readonly describeArguments: (args: JsonObject, written?: ReadonlyMap<string, Uint8Array>) => string;
}
