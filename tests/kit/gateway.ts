/** A gateway as users start it: `bin/portcullis.js start` in a process of its own, with a data directory of its own. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAM } from './folders.ts';
import { freePort } from './ports.ts';
import { runNode, type Exit, type RunningProcess } from './process.ts';
import { rawRequest } from './raw-http.ts';
import { untilAnswered } from './until-answered.ts';

export interface GatewayOptions {
  /** Data directory to use and keep; without one a fresh one is made and removed at the end. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What `<home>/portcullis.yaml` shall hold. */
  readonly config?: object;
  /** More arguments for `start`. */
  readonly args?: readonly string[];
  /** Milliseconds until /readyz must answer 200; default 20 s. */
  readonly readyMs?: number;
}

export interface ApiAnswer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
}

export interface TestGateway {
  /** `http://127.0.0.1:<port>`; stays the same over restarts. */
  readonly url: string;
  readonly home: string;
  /** The process that runs now. */
  pid(): number;
  readonly adminKey: string;
  /** A REST call: `api('POST', '/servers', { … })` goes to /api/v1/servers with the admin key, or with another. */
  api<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<ApiAnswer<T>>;
  /** SIGTERM, and the end of the process. A data directory of its own is removed. */
  stop(): Promise<Exit>;
  /** SIGKILL, as a crash or a power cut would. The data directory stays. */
  kill9(): Promise<Exit>;
  /** Stops it if it runs, and starts it again on the same port and data, with more environment if given. */
  restart(env?: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Everything that all runs have printed. */
  logs(): string;
}

/** Starts a gateway and waits until it is ready. @throws Error with its output when it does not get ready */
export async function startGateway(options: GatewayOptions = {}): Promise<TestGateway> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'portcullis-home-')));
  if (options.config !== undefined)
    await writeFile(join(home, 'portcullis.yaml'), JSON.stringify(options.config, null, 2));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const adminKey = options.env?.PORTCULLIS_ADMIN_KEY ?? `pck_${randomBytes(24).toString('base64url')}`;
  let env: Readonly<Record<string, string | undefined>> = {
    ...Object.fromEntries(
      Object.keys(process.env)
        .filter(isOurs)
        .map((name) => [name, undefined]),
    ),
    PORTCULLIS_HOME: home,
    PORTCULLIS_PORT: String(port),
    PORTCULLIS_ADMIN_KEY: adminKey,
    PORTCULLIS_LOG_LEVEL: 'info',
    ...options.env,
  };
  let earlier = '';
  const start = async (): Promise<RunningProcess> => {
    const started = runNode(PROGRAM, ['start', ...(options.args ?? [])], { env });
    try {
      await started.line(/listening on http/);
      await untilAnswered(`${url}/readyz`, started, {
        method: 'GET',
        withinMs: options.readyMs ?? 20_000,
        isWanted: ({ status }) => status === 200,
      });
    } catch (error) {
      await started.stop('SIGKILL');
      throw error;
    }
    return started;
  };
  let running = await start();
  return {
    url,
    home,
    pid: () => running.child.pid ?? 0,
    adminKey,
    api: (method, path, body, key = adminKey) => callApi(`${url}/api/v1${path}`, method, body, key),
    stop: async () => {
      // It gives calls that are in flight 20 s.
      const exit = await running.stop('SIGTERM', 30_000);
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
      return exit;
    },
    kill9: () => running.stop('SIGKILL'),
    restart: async (more = {}) => {
      await running.stop();
      earlier += running.output();
      env = { ...env, ...more };
      running = await start();
    },
    logs: () => earlier + running.output(),
  };
}

/** A developer's own settings must not reach the gateway under test. */
const isOurs = (name: string): boolean =>
  name.startsWith('OTEL_') || (name.startsWith('PORTCULLIS_') && !name.startsWith('PORTCULLIS_TEST_'));

async function callApi<T>(url: string, method: string, body: unknown, key: string): Promise<ApiAnswer<T>> {
  const bytes = body === undefined ? undefined : JSON.stringify(body);
  const answer = await rawRequest(url, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      accept: 'application/json',
      ...(bytes === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes) }),
    },
    ...(bytes === undefined ? {} : { body: bytes }),
  });
  return { status: answer.status, body: (answer.text === '' ? undefined : answer.json()) as T };
}
