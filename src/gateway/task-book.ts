/**
 * Which task belongs to whom. A task id that this process did not see being made for the caller is treated as unknown:
 * results of other grants cannot be fetched by guessing (state handle hijacking, MCP security best practices).
 */
import type { ResultRules } from '../policy/index.ts';

interface TaskEntry {
  readonly server: string;
  readonly grant: string;
  /** What may come back is ruled by the tool that the task runs. */
  readonly resultRules: ResultRules | undefined;
  readonly tool: string;
}

const MOST = 100_000;

export class TaskBook {
  readonly #tasks = new Map<string, TaskEntry>();

  add(taskId: string, entry: TaskEntry): void {
    if (this.#tasks.size >= MOST) {
      const oldest = this.#tasks.keys().next().value;
      if (oldest !== undefined) this.#tasks.delete(oldest);
    }
    this.#tasks.set(key(entry.server, taskId), entry);
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
