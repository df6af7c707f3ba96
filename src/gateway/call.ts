/** One message on its way through the pipeline: what is known of it so far. Steps read and fill it in order. */
import type { SharedText } from '../audit/index.ts';
import type { PortcullisError } from '../errors.ts';
import type { Hold, LimitOwner } from '../limits/index.ts';
import type { AnsweredApproval } from '../approvals/index.ts';
import type { CodeVerdicts, ResultRules, Verdict } from '../policy/index.ts';
import type { AnswerHead, KnownTool } from '../upstreams/index.ts';
import type { Era, Message, ProtocolVersion, SseEvent } from '../wire/index.ts';
import type { GrantEntry, ServerEntry } from './directory.ts';
import type { Session } from './sessions.ts';
import type { OwnTask } from './tasks/own-task.ts';

/** The client's side of an exchange: an HTTP response, an SSE stream or stdout. */
export interface Front {
  readonly surface: 'http' | 'sse' | 'stdio' | 'canary';
  /** The status line and headers of an upstream's answer; `sessionId` is already sealed. */
  head(head: AnswerHead): void;
  /** One JSON-RPC message; `event` holds the exact bytes it came in when the upstream streams. */
  message(bytes: Buffer, event?: SseEvent): void;
  event(event: SseEvent): void;
  raw(bytes: Buffer): void;
  end(): void;
  /** A whole answer of the gateway's own; null: none (202 for notifications). After `head` it becomes one more message and the end. */
  reply(status: number, bytes: Buffer | null, headers?: Readonly<Record<string, string>>): void;
  /** Calls back once when the client went away before the end. Returns what stops listening. */
  onGone(listener: () => void): () => void;
  /** Whether the client can take more; when false, `listener` is called once it can again. */
  ready(listener: () => void): boolean;
}

/** Who sent the message, established at the door. */
export interface Caller {
  readonly server: ServerEntry;
  readonly grant: GrantEntry;
  /** Absent for `initialize`, for stateless upstreams and in the modern era. */
  readonly session: Session | undefined;
}

/** What a message wants to reach. */
export type Target =
  | { readonly kind: 'tool'; readonly name: string; readonly tool: KnownTool }
  | { readonly kind: 'resource'; readonly uris: readonly string[] }
  | { readonly kind: 'prompt'; readonly name: string }
  | { readonly kind: 'list'; readonly member: 'tools' | 'resources' | 'resourceTemplates' | 'prompts' }
  | { readonly kind: 'task'; readonly taskId: string }
  /** Part of the protocol's own housekeeping: passes for every grant. */
  | { readonly kind: 'protocol' }
  | { readonly kind: 'unknown' };

export interface Call {
  readonly id: string;
  /** Ms since the epoch. */
  readonly at: number;
  /** Monotonic ms: for durations. */
  readonly startedAt: number;
  readonly caller: Caller;
  /** A call that waits for approval may be given a stream in its place. */
  front: Front;
  readonly message: Message;
  /** Client headers in lower case, as far as they may pass upstream. */
  readonly headers: Readonly<Record<string, string>>;
  readonly era: Era;
  readonly version: ProtocolVersion | undefined;
  readonly client: { readonly name: string | undefined; readonly version: string | undefined };
  readonly owner: LimitOwner;

  target: Target;
  /** The bytes to forward when they differ from `message.bytes` (a bound `requestState` is unwrapped). */
  outboundBytes: Buffer | undefined;
  /** The approval that the client says it was told to get (`requestState` of the gateway's own). */
  ownState: string | undefined;
  /** The approval that this call was made on, or waits for. */
  approval: AnsweredApproval | undefined;
  /** The task of the gateway's own that it asks about. */
  ownTask: OwnTask | undefined;
  /** What was read in its arguments, where the policy reads code. */
  code: CodeVerdicts | undefined;
  verdict: Verdict | undefined;
  resultRules: ResultRules | undefined;
  hold: Hold | undefined;
  /** What the log says of the call whatever its end; filled by the first record. */
  recorded: SharedText | undefined;
  /** Whether it holds the id of its request in its session. */
  claimed: boolean;
  /** Whether an intent record was made durable. */
  intended: boolean;
  outcome: Outcome | undefined;
}

/** How a dispatched call ended. */
export interface Outcome {
  readonly status: number | undefined;
  readonly kind: 'result' | 'error' | 'task' | 'input_required' | 'none' | 'unknown';
  readonly isError: boolean | undefined;
  readonly errorCode: number | undefined;
  readonly bytes: number;
  readonly error: PortcullisError | undefined;
  readonly ran: 'yes' | 'no' | 'unknown';
  readonly durationMs: number;
}

/** Why a message goes no further: a verdict of the policy, or an error of the protocol or of the gateway. */
export type Ending =
  | {
      readonly kind: 'verdict';
      readonly verdict: Verdict;
      /** The whole answer, where it is not the usual denial. */
      readonly answer?: Buffer;
    }
  | { readonly kind: 'error'; readonly error: PortcullisError };

/** A step that needs no waiting returns at once; an Ending stops the pipeline. */
export type JudgeStep = (call: Call, core: import('./core.ts').Core) => Ending | undefined;

/** What steps say: with a promise where they wait for counters of all nodes. */
export type Judged = Ending | undefined | Promise<Ending | undefined>;

/** A step that may have to wait. */
export type CountingStep = (call: Call, core: import('./core.ts').Core) => Judged;
