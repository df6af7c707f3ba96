/**
 * One client's child process. The child dies with the session and the session with the child; whatever the child started
 * goes with it. Answers that can no longer come fail with PC_UPSTREAM_DIED; messages that never left the gateway are
 * reported as not run.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { died, unreachable } from '../failures.ts';
import { Conversation, type Transmission } from '../line/conversation.ts';
import type { LineSession } from '../line/sessions-open.ts';
import type {
  AnswerSink,
  Ending,
  Flow,
  Outbound,
  UpstreamConfig,
  UpstreamContext,
  UpstreamLimits,
} from '../types.ts';
import { ChildOutput } from './child-output.ts';
import { childEnvironment } from './environment.ts';
import { createMask } from './mask.ts';
import { exited, guardGroup, stopGroup } from './process-group.ts';
import { spawnReason } from './spawn-reason.ts';
import { StdinQueue } from './stdin-queue.ts';
import { transmitLine } from './transmit-line.ts';

export type ChildConfig = Omit<Extract<UpstreamConfig, { transport: 'stdio' }>, 'transport'>;

/** What a shell says of a command that it cannot start. */
const NOT_STARTED = 127;
const GRACE_MS = 2000;
/** After the child ended, how long its last output may still take to arrive. */
const LAST_OUTPUT_MS = 500;

export class ChildSession implements LineSession {
  readonly closed: Promise<Ending>;
  readonly gone: Promise<void>;
  readonly #server: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #stdin: StdinQueue;
  readonly #conversation: Conversation;
  readonly #output: ChildOutput;
  readonly #onDeath: (how: string) => void;
  #alive = true;
  #closing = false;
  #spawnFailure: string | undefined;
  #resolveClosed: (ending: Ending) => void = () => {};
  #resolveGone: () => void = () => {};

  /** @param onDeath the child ended without being asked to; the text says how */
  constructor(
    config: ChildConfig,
    context: UpstreamContext,
    limits: UpstreamLimits,
    onDeath: (how: string) => void,
  ) {
    this.#server = context.name;
    this.#onDeath = onDeath;
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.gone = new Promise((resolve) => (this.#resolveGone = resolve));
    const [program, ...rest] = config.command;
    this.#child = spawn(program, rest, {
      detached: true,
      shell: false,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: childEnvironment(config.env, config.inherit),
      ...(config.cwd === undefined ? {} : { cwd: config.cwd }),
    });
    const child = this.#child;
    if (child.pid !== undefined) guardGroup(child.pid);
    this.#stdin = new StdinQueue(child.stdin, limits.maxMessageBytes);
    this.#conversation = new Conversation(context.name, context.logger, this.#transmit, (high) =>
      high ? child.stdout.pause() : child.stdout.resume(),
    );
    const mask = createMask(Object.values(config.env), config.command);
    this.#output = new ChildOutput(child, context, limits.maxMessageBytes, mask, (bytes, envelope) =>
      this.#conversation.receive(bytes, envelope),
    );
    child.once('error', (error) => this.#failedToStart(spawnReason(program, config.cwd, error)));
    child.once('exit', (code, signal) => void this.#exited(code, signal));
    child.stdin.on('error', () => this.#cut());
    child.stdout.once('close', () => this.#cut());
  }

  get alive(): boolean {
    return this.#alive;
  }

  send(outbound: Outbound, sink: AnswerSink): Flow {
    return this.#conversation.send(outbound, sink);
  }

  listen(_headers: Readonly<Record<string, string>>, _sessionId: string | undefined, sink: AnswerSink): Flow {
    return this.#conversation.listen(sink);
  }

  terminate(
    _headers: Readonly<Record<string, string>>,
    _sessionId: string | undefined,
    sink: AnswerSink,
  ): void {
    this.close();
    queueMicrotask(() => {
      sink.head({ status: 200, kind: 'empty', headers: {} });
      sink.end();
    });
  }

  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#end();
    void stopGroup(this.#child, GRACE_MS).then(this.#resolveGone);
  }

  readonly #transmit = (outbound: Outbound, transmission: Transmission): (() => boolean) => {
    if (this.#child.pid !== undefined || !this.#alive) {
      return transmitLine(this.#server, this.#stdin, () => this.#endReason(), outbound, transmission);
    }
    // It could not be started; why is about to be known.
    this.#child.once('error', () =>
      transmission.failed(unreachable(this.#server, this.#endReason() ?? ''), 'no'),
    );
    return () => true;
  };

  #endReason(): string | undefined {
    if (this.#alive) return undefined;
    return this.#spawnFailure ?? 'its process has ended';
  }

  /** Nothing more can be said or heard. */
  #end(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#stdin.close();
    if (this.#spawnFailure === undefined) this.#conversation.close(died(this.#server), 'unknown');
    else this.#conversation.close(unreachable(this.#server, this.#spawnFailure), 'no');
  }

  #failedToStart(reason: string): void {
    if (this.#child.pid !== undefined) return;
    this.#spawnFailure = reason;
    this.#onDeath(reason);
    this.#end();
    this.#resolveClosed({ exitCode: NOT_STARTED, how: reason });
    this.#resolveGone();
  }

  async #exited(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    if (this.#closing) return;
    await this.#output.drained(LAST_OUTPUT_MS);
    if (this.#closing) return;
    const how = [signal === null ? `exit code ${code}` : `signal ${signal}`, this.#output.lastWords()]
      .filter(Boolean)
      .join(': ');
    this.#onDeath(how);
    this.close();
    this.#resolveClosed({ exitCode: code, signal, how });
  }

  /** The child lives but one of its pipes does not: nobody could be answered any more. */
  #cut(): void {
    setTimeout(() => {
      if (exited(this.#child) || this.#closing) return;
      const how = 'it closed its standard input or output';
      this.#onDeath(how);
      this.close();
      this.#resolveClosed({ exitCode: null, how });
    }, LAST_OUTPUT_MS).unref();
  }
}
