/** The stand-in servers of tests/fixtures, each in a process of its own, and what they saw. */
import { join } from 'node:path';
import { FIXTURES } from './folders.ts';
import { runNode, type Exit } from './process.ts';
import { rawRequest } from './raw-http.ts';

export type FixtureName = 'orgo-stand-in' | 'codeforge-stand-in' | 'recorder' | 'everything';

/** One request as it arrived, before the server thought about it. */
export interface SeenRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Name and value as they came, in order. */
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text; `bytes` has it exactly. */
  readonly body: string;
  /** Base64. */
  readonly bytes: string;
}

export interface Fixture {
  /** The MCP endpoint. */
  readonly url: string;
  readonly origin: string;
  /** Every request so far but those for the log itself. */
  log(): Promise<SeenRequest[]>;
  /** The requests whose body is a JSON-RPC message of this method, as parsed bodies. */
  calls(method: string): Promise<Record<string, unknown>[]>;
  clear(): Promise<void>;
  output(): string;
  stop(): Promise<Exit>;
}

/** Starts one on a free port. `env` sets its modes (see the head of its file). */
export async function startFixture(
  name: FixtureName,
  env: Readonly<Record<string, string>> = {},
): Promise<Fixture> {
  const running = runNode(join(FIXTURES, `${name}.mjs`), [], { env: { PORT: '0', ...env } });
  const [, url = ''] = await running.line(/listening on (http:\/\/\S+)/);
  const { origin } = new URL(url);
  const log = async (): Promise<SeenRequest[]> => (await rawRequest(`${origin}/log`)).json<SeenRequest[]>();
  return {
    url,
    origin,
    log,
    calls: async (method) =>
      (await log()).map(parsedBody).filter((body) => body?.method === method) as Record<string, unknown>[],
    clear: async () => void (await rawRequest(`${origin}/log`, { method: 'DELETE' })),
    output: running.output,
    stop: () => running.stop(),
  };
}

function parsedBody({ body }: SeenRequest): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
