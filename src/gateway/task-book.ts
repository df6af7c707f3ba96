/**
 * Which task belongs to whom. A task id that this process did not see being made for the caller is treated as unknown:
 * results of other grants cannot be fetched by guessing (state handle hijacking, MCP security best practices).
 */
import { PortcullisError } from '../errors.ts';
import type { ResultRules } from '../policy/index.ts';
import type { OwnTask } from './tasks/own-task.ts';

interface TaskEntry {
  readonly server: string;
  readonly grant: string;
  /** What may come back is ruled by the tool that the task runs. */
  readonly resultRules: ResultRules | undefined;
  readonly tool: string;
  /** Where the gateway itself made the task. */
  readonly own?: OwnTask;
}

/** Of MCP 2026-07-28: client and server must both declare it. */
export const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks';

const MOST = 100_000;
/** Of the gateway's own, for one grant. */
const MOST_OWN = 100;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export class TaskBook {
  readonly #tasks = new Map<string, TaskEntry>();
  readonly #own = new Map<OwnTask, TaskEntry>();
  readonly #offered = new Set<string>();

  /** Notes what a server says of itself. @param answer to `server/discover`, with a result */
  noteOffer(server: string, answer: Buffer): void {
    const { result } = JSON.parse(answer.toString()) as {
      result?: { capabilities?: { extensions?: Record<string, unknown> } };
    };
    if (result?.capabilities?.extensions?.[TASKS_EXTENSION] === undefined) this.#offered.delete(server);
    else this.#offered.add(server);
  }

  /** Whether clients were told that the server may answer with tasks. */
  isOffered(server: string): boolean {
    return this.#offered.has(server);
  }

  add(taskId: string, entry: TaskEntry): void {
    if (this.#tasks.size >= MOST) {
      const oldest = this.#tasks.keys().next().value;
      if (oldest !== undefined) this.#tasks.delete(oldest);
    }
    this.#tasks.set(key(entry.server, taskId), entry);
  }

  /** Kept for its time to live. @throws PC_APPROVAL_FULL */
  addOwn(own: OwnTask, entry: TaskEntry): void {
    const { id, ttl } = own.facts;
    if ([...this.#own.values()].filter(({ grant }) => grant === entry.grant).length >= MOST_OWN)
      throw new PortcullisError('PC_APPROVAL_FULL', { limit: MOST_OWN });
    this.add(id, { ...entry, own });
    this.#own.set(own, entry);
    const over = setTimeout(
      () => {
        this.#own.delete(own);
        this.#tasks.delete(key(entry.server, id));
      },
      Math.min(ttl, LONGEST_TIMER_MS),
    );
    over.unref();
  }

  /** Whether a task still waits for this approval. */
  isWaitedFor(approval: string): boolean {
    return [...this.#own.keys()].some((own) => own.withdrawable && own.facts.approval === approval);
  }

  /** The gateway's own of one grant, as far as no task of the server stands for them. */
  ownOf(server: string, grant: string): readonly OwnTask[] {
    return [...this.#own]
      .filter(
        ([own, entry]) => entry.server === server && entry.grant === grant && own.upstreamId === undefined,
      )
      .map(([own]) => own);
  }

  /** The task, if it is this grant's on this server. */
  find(taskId: string, server: string, grant: string): TaskEntry | undefined {
    const entry = this.#tasks.get(key(server, taskId));
    return entry?.grant === grant ? entry : undefined;
  }
}

function key(server: string, taskId: string): string {
  return `${server}\n${taskId}`;
}
