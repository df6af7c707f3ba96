/** JSON-RPC over the standard streams of a child process: what a client does with `portcullis wrap`. */
import { createInterface } from 'node:readline';
import { PROGRAM } from './folders.ts';
import { runCommand, runNode, type Exit, type ProcessOptions, type RunningProcess } from './process.ts';

export interface JsonRpcMessage {
  readonly jsonrpc: '2.0';
  readonly id?: string | number | null;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

export interface StdioPeer {
  readonly process: RunningProcess;
  /** Sends a request and resolves with the message that answers it. Rejects when the process ends first. */
  request(method: string, params?: Record<string, unknown>): Promise<JsonRpcMessage>;
  notify(method: string, params?: Record<string, unknown>): void;
  /** Writes a line as it is. */
  writeLine(line: string): void;
  /** `initialize` and `notifications/initialized`. */
  initialize(capabilities?: Record<string, unknown>, protocolVersion?: string): Promise<JsonRpcMessage>;
  callTool(name: string, args?: Record<string, unknown>): Promise<JsonRpcMessage>;
  /** Every line of standard output so far. */
  readonly lines: readonly string[];
  /** The next message that fits and was not returned yet. */
  waitFor(fits: (message: JsonRpcMessage) => boolean): Promise<JsonRpcMessage>;
  /** Closes standard input, as a client that leaves does, and waits for the end. */
  leave(): Promise<Exit>;
}

/** `portcullis wrap …`: everything after the command name. */
export function wrapCommand(args: readonly string[], options: ProcessOptions = {}): StdioPeer {
  return stdioPeer(runNode(PROGRAM, ['wrap', ...args], options));
}

/** A stdio server without anything in front of it. */
export function stdioServer(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): StdioPeer {
  return stdioPeer(runCommand(command, args, options));
}

function stdioPeer(running: RunningProcess): StdioPeer {
  const lines: string[] = [];
  const unread: JsonRpcMessage[] = [];
  const waiting = new Set<{
    fits: (message: JsonRpcMessage) => boolean;
    take: (message: JsonRpcMessage) => void;
  }>();
  createInterface({ input: running.child.stdout, crlfDelay: Infinity }).on('line', (line) => {
    lines.push(line);
    const message = parse(line);
    if (message === undefined) return;
    const waiter = [...waiting].find(({ fits }) => fits(message));
    if (waiter === undefined) unread.push(message);
    else waiter.take(message);
  });
  const waitFor = (fits: (message: JsonRpcMessage) => boolean): Promise<JsonRpcMessage> =>
    new Promise((resolve, reject) => {
      const index = unread.findIndex(fits);
      if (index >= 0) return resolve(...(unread.splice(index, 1) as [JsonRpcMessage]));
      const waiter = {
        fits,
        take: (message: JsonRpcMessage) => {
          waiting.delete(waiter);
          resolve(message);
        },
      };
      waiting.add(waiter);
      const ended = ({ code, signal }: Exit): void => {
        if (waiting.delete(waiter))
          reject(new Error(`the process ended (${code ?? signal}) first:\n${running.output()}`));
      };
      void running.exited.then(ended);
    });
  const writeLine = (line: string): void => void running.child.stdin.write(`${line}\n`);
  const send = (message: object): void => writeLine(JSON.stringify({ jsonrpc: '2.0', ...message }));
  let nextId = 0;
  const request = (method: string, params?: Record<string, unknown>): Promise<JsonRpcMessage> => {
    const id = ++nextId;
    send({ id, method, ...(params === undefined ? {} : { params }) });
    return waitFor((message) => message.id === id && message.method === undefined);
  };
  const notify = (method: string, params?: Record<string, unknown>): void =>
    send({ method, ...(params === undefined ? {} : { params }) });
  return {
    process: running,
    lines,
    request,
    notify,
    writeLine,
    waitFor,
    initialize: async (capabilities = {}, protocolVersion = '2025-11-25') => {
      const answer = await request('initialize', {
        protocolVersion,
        capabilities,
        clientInfo: { name: 'kit', version: '1.0.0' },
      });
      notify('notifications/initialized');
      return answer;
    },
    callTool: (name, args = {}) => request('tools/call', { name, arguments: args }),
    leave: () => {
      running.child.stdin.end();
      return running.exited;
    },
  };
}

function parse(line: string): JsonRpcMessage | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonRpcMessage)
      : undefined;
  } catch {
    return undefined;
  }
}
