/** Questions of the gateway's own to one server, each answered or failed within the deadline. */
import { PortcullisError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { AnswerEnvelope, Message } from '../wire/index.ts';
import { died, strange } from './failures.ts';
import type { AnswerHead, AnswerSink, Outbound, Upstream, UpstreamSession } from './types.ts';

const SILENT: AnswerSink = { head() {}, message() {}, event() {}, raw() {}, end() {}, fail() {} };

export interface Reply {
  /** The whole JSON-RPC response. */
  readonly bytes: Buffer;
  readonly result: JsonObject;
  readonly sessionId: string | undefined;
}

export class ProbeLine {
  readonly server: string;
  readonly #session: UpstreamSession;
  readonly #ownSessions: boolean;
  readonly #deadline: AbortSignal;
  readonly #seconds: number;
  #lastId = 0;
  #sessionId: string | undefined;

  /**
   * @param timeoutMs what `deadline` was set to, for the error text
   * @throws PortcullisError PC_UPSTREAM_BUSY, PC_UPSTREAM_UNREACHABLE
   */
  constructor(upstream: Upstream, key: string, deadline: AbortSignal, timeoutMs: number) {
    this.server = upstream.name ?? upstream.transport;
    this.#session = upstream.open(key);
    this.#ownSessions = upstream.ownSessions;
    this.#deadline = deadline;
    this.#seconds = timeoutMs / 1000;
  }

  /** From now on every message carries the session that the server opened, if it did. */
  carry(sessionId: string | undefined): void {
    this.#sessionId = sessionId;
  }

  tell(method: string, headers: Readonly<Record<string, string>>): Promise<void> {
    const bytes = Buffer.from(JSON.stringify({ jsonrpc: '2.0', method }));
    const message: Message = { kind: 'notification', method, params: undefined, bytes };
    return this.#exchange(message, headers, (resolve) => ({
      ...SILENT,
      end: () => resolve(undefined),
      fail: () => resolve(undefined),
    }));
  }

  /** @throws PortcullisError PC_UPSTREAM_PROTOCOL for an error response or none, PC_UPSTREAM_TIMEOUT, and what the transport says */
  ask(method: string, params: JsonObject, headers: Readonly<Record<string, string>>): Promise<Reply> {
    const id = ++this.#lastId;
    const bytes = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    const message: Message = { kind: 'request', id: { value: id, text: String(id) }, method, params, bytes };
    return this.#exchange(message, headers, (resolve, reject) => {
      let head: AnswerHead | undefined;
      return {
        ...SILENT,
        head: (given) => (head = given),
        message: (answer, envelope) => {
          if (envelope.kind === 'response' && envelope.id?.value === id)
            resolve(this.#reply(answer, envelope, method, head));
        },
        end: () => reject(this.#ended(method, head)),
        fail: reject,
      };
    });
  }

  #exchange<Answer>(
    message: Message,
    headers: Readonly<Record<string, string>>,
    sinkOf: (
      resolve: (answer: Answer | Promise<Answer>) => void,
      reject: (error: PortcullisError) => void,
    ) => AnswerSink,
  ): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      const settled = (): void => this.#deadline.removeEventListener('abort', expire);
      const sink = sinkOf(
        (answer) => {
          settled();
          resolve(answer);
        },
        (error) => {
          settled();
          reject(error);
        },
      );
      const flow = this.#session.send(this.#outbound(message, headers), sink);
      const expire = (): void => {
        flow.cancel();
        reject(new PortcullisError('PC_UPSTREAM_TIMEOUT', { server: this.server, seconds: this.#seconds }));
      };
      if (this.#deadline.aborted) expire();
      else this.#deadline.addEventListener('abort', expire, { once: true });
    });
  }

  /** Ends the server's session and frees what this one holds. */
  close(): void {
    if (this.#ownSessions && this.#sessionId !== undefined)
      this.#session.terminate({}, this.#sessionId, SILENT);
    this.#session.close();
  }

  #outbound(message: Message, headers: Readonly<Record<string, string>>): Outbound {
    const outbound = { message, bytes: message.bytes, headers };
    return this.#sessionId === undefined ? outbound : { ...outbound, sessionId: this.#sessionId };
  }

  #reply(
    bytes: Buffer,
    envelope: AnswerEnvelope,
    method: string,
    head: AnswerHead | undefined,
  ): Promise<Reply> {
    const { result, error } = JSON.parse(bytes.toString()) as {
      result?: unknown;
      error?: { code?: unknown; message?: unknown };
    };
    if (envelope.errorCode !== undefined || typeof result !== 'object' || result === null) {
      const detail = `${method} was answered with error ${String(error?.code)}: ${String(error?.message).slice(0, 200)}`;
      return Promise.reject(strange(this.server, detail));
    }
    return Promise.resolve({ bytes, result: result as JsonObject, sessionId: head?.sessionId });
  }

  #ended(method: string, head: AnswerHead | undefined): PortcullisError {
    if (head === undefined || head.status < 400) return died(this.server);
    if (head.status === 401 || head.status === 403) {
      return new PortcullisError('PC_UPSTREAM_CREDENTIALS', { server: this.server, status: head.status });
    }
    return strange(this.server, `${method} was answered with HTTP ${head.status}`);
  }
}
