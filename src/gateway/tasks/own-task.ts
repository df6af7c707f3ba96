/**
 * A task of the gateway's own: a call that waits for people while its client polls (MCP 2025-11-25, tasks; 2026-07-28, the
 * extension of that name). It lives in this process. After a restart its id is unknown, and the same call made again finds
 * its approval.
 */
import {
  locate,
  locateMembers,
  resultMessage,
  rewriteMember,
  type Era,
  type RequestId,
} from '../../wire/index.ts';

const RELATED = 'io.modelcontextprotocol/related-task';
const POLL_MS = 1000;

export interface TaskFacts {
  readonly id: string;
  readonly era: Era;
  readonly approval: string;
  /** Ms since the epoch. */
  readonly createdAt: number;
  /** Ms from then on. */
  readonly ttl: number;
  /** What it waits for, in words. */
  readonly message: string;
}

type Status = 'working' | 'completed' | 'failed' | 'cancelled';

export class OwnTask {
  readonly facts: TaskFacts;
  /** Resolves once it waits for nobody any more: answered, handed to a task of the server, or cancelled. */
  readonly moved: Promise<void>;
  /** Aborted: nobody waits for it, and it is not made. */
  readonly waiting = new AbortController();
  #move = (): void => {};
  #status: Status = 'working';
  #message: string;
  #changedAt: number;
  #made = false;
  #answer: Buffer | undefined;
  #upstreamId: string | undefined;

  constructor(facts: TaskFacts) {
    this.facts = facts;
    this.#message = facts.message;
    this.#changedAt = facts.createdAt;
    this.moved = new Promise((resolve) => (this.#move = resolve));
  }

  /** The task that the server made of the call. */
  get upstreamId(): string | undefined {
    return this.#upstreamId;
  }

  get ended(): boolean {
    return this.#status !== 'working';
  }

  /** Whether it can still be withdrawn without anything having been sent. */
  get withdrawable(): boolean {
    return !this.#made && !this.ended;
  }

  /** From here on it cannot be withdrawn. False: it was. */
  make(): boolean {
    if (!this.withdrawable || this.waiting.signal.aborted) return false;
    this.#made = true;
    this.#message = 'The answer is there; it is acted on.';
    return true;
  }

  cancel(at: number): void {
    this.waiting.abort();
    this.#end('cancelled', 'The request was withdrawn.', at);
  }

  /** What came of the call. @param answer the JSON-RPC response to it */
  answered(answer: Buffer, at: number): void {
    const { result } = JSON.parse(answer.toString()) as {
      result?: { isError?: unknown; resultType?: unknown; taskId?: unknown; task?: { taskId?: unknown } };
    };
    const taskId =
      this.facts.era === 'legacy' ? result?.task?.taskId : result?.resultType === 'task' && result.taskId;
    if (typeof taskId === 'string') {
      this.#upstreamId = taskId;
      return this.#move();
    }
    this.#answer = answer;
    const failed = result === undefined || (this.facts.era === 'legacy' && result.isError === true);
    this.#end(
      failed ? 'failed' : 'completed',
      failed ? 'The call was not served.' : 'The call was served.',
      at,
    );
  }

  /** The answer to the call that it stands for. */
  created(id: RequestId): Buffer {
    const task = this.#shown();
    return resultMessage(id, this.facts.era === 'legacy' ? { task } : { resultType: 'task', ...task });
  }

  /** The element that stands for it in `tasks/list`. */
  listed(): string {
    return JSON.stringify(this.#shown());
  }

  /** The answer to `tasks/get`, and in the legacy era to `tasks/cancel`. */
  state(id: RequestId): Buffer {
    if (this.facts.era === 'legacy') return resultMessage(id, this.#shown());
    const shown = resultMessage(id, { resultType: 'complete', ...this.#shown() });
    if (this.#answer === undefined) return shown;
    const member = this.#status === 'failed' ? 'error' : 'result';
    const span = locate(this.#answer, [member])!;
    return insertMember(shown, ['result'], member, this.#answer.toString('utf8', span.start, span.end));
  }

  /** The answer to `tasks/result`: what the call itself would have been answered with. */
  result(id: RequestId): Buffer | undefined {
    if (this.#answer === undefined) return undefined;
    const answer = rewriteMember(this.#answer, ['id'], id.text);
    if (locate(answer, ['result']) === undefined) return answer;
    const withMeta =
      locate(answer, ['result', '_meta']) === undefined
        ? insertMember(answer, ['result'], '_meta', '{}')
        : answer;
    return insertMember(withMeta, ['result', '_meta'], RELATED, JSON.stringify({ taskId: this.facts.id }));
  }

  /** An answer of the server about its task, under the id that the client knows. */
  underOwnId(answer: Buffer): Buffer {
    const id = JSON.stringify(this.facts.id);
    return [
      ['result', 'taskId'],
      ['result', '_meta', RELATED, 'taskId'],
    ].reduce(
      (bytes, path) => (locate(bytes, path) === undefined ? bytes : rewriteMember(bytes, path, id)),
      answer,
    );
  }

  #end(status: Status, message: string, at: number): void {
    this.#status = status;
    this.#message = message;
    this.#changedAt = at;
    this.#move();
  }

  #shown(): object {
    const { id, era, createdAt, ttl } = this.facts;
    const times = { createdAt: iso(createdAt), lastUpdatedAt: iso(this.#changedAt) };
    const state = { taskId: id, status: this.#status, statusMessage: this.#message, ...times };
    return era === 'legacy'
      ? { ...state, ttl, pollInterval: POLL_MS }
      : { ...state, ttlMs: ttl, pollIntervalMs: POLL_MS };
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** Puts a member in front of an object's others; every other byte stays. */
function insertMember(bytes: Buffer, path: readonly string[], name: string, value: string): Buffer {
  const { start } = locate(bytes, path)!;
  const more = (locateMembers(bytes, start)?.length ?? 0) > 0 ? ',' : '';
  const member = `{${JSON.stringify(name)}:${value}${more}`;
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(member), bytes.subarray(start + 1)]);
}
