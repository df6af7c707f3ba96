/** A server with tools of several kinds, which notes every call and then does with the answer what the test wants. */
import { vi } from 'vitest';
import { startUpstream, type Exchange } from '../chaos/upstream.ts';

const anything = { type: 'object' };
export const TOOLS = [
  { name: 'run_job', description: 'Runs a shell command.', inputSchema: anything },
  {
    name: 'run_long_job',
    description: 'Runs a shell command for long.',
    inputSchema: anything,
    execution: { taskSupport: 'optional' },
  },
  { name: 'write_note', description: 'Writes a note.', inputSchema: anything },
  {
    name: 'get_note',
    description: 'Reads a note.',
    inputSchema: anything,
    annotations: { readOnlyHint: true },
  },
  {
    name: 'update_title',
    description: 'Updates the title of a note.',
    inputSchema: anything,
    annotations: { idempotentHint: true, destructiveHint: false },
  },
  {
    name: 'delete_note',
    description: 'Deletes a note.',
    inputSchema: anything,
    annotations: { idempotentHint: true },
  },
];

/** `refuse`: an HTTP status that says so. `hold`: no answer, until the next mode. */
export type Mode = 'answer' | 'lose' | 'cut' | 'refuse' | 'hold';

export interface LosingServer {
  readonly url: string;
  mode: Mode;
  /** What reached it, as `<tool> <arguments>`. */
  readonly arrived: readonly string[];
  /** Resolves once so many calls have arrived. */
  reached(count: number): Promise<void>;
  /** Answers what is held. */
  release(): void;
  close(): Promise<void>;
}

export async function startLosingServer(): Promise<LosingServer> {
  const upstream = await startUpstream(TOOLS);
  const arrived: string[] = [];
  const held: Exchange[] = [];
  const server: LosingServer = {
    url: upstream.url,
    mode: 'answer',
    arrived,
    reached: (count) =>
      vi.waitFor(() => {
        if (arrived.length < count) throw new Error(`${arrived.length} calls have arrived`);
      }, 10_000),
    release: () => held.splice(0).forEach((exchange) => exchange.answer('done')),
    close: () => upstream.close(),
  };
  const act: Record<Mode, (exchange: Exchange) => void> = {
    answer: (exchange) => exchange.answer('done'),
    lose: ({ response }) => void response.destroy(),
    cut: (exchange) => {
      exchange.stream();
      exchange.response.write(': begun\n\n', () => exchange.response.destroy());
    },
    refuse: ({ response }) => void response.writeHead(403).end(),
    hold: (exchange) => void held.push(exchange),
  };
  const serve = async (): Promise<never> => {
    for (;;) {
      const exchange = await upstream.next();
      const { method, params } = exchange.message ?? {};
      if (method !== 'tools/call') exchange.response.writeHead(405).end();
      else {
        arrived.push(`${String(params?.['name'])} ${JSON.stringify(params?.['arguments'])}`);
        act[server.mode](exchange);
      }
    }
  };
  void serve();
  return server;
}
