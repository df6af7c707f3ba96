/** The promises to a real server, as tests: behind the gateway it looks as it does alone, and a denied call stays away from it. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  freePort,
  PROGRAM,
  runNode,
  startGateway,
  type JsonRpcMessage,
  type RunningProcess,
  type TestGateway,
} from '../kit/index.ts';
import { catalogOf } from './catalog.ts';
import { overHttp, overSse, overStdio, type Conversation, type Era, type Opening } from './conversation.ts';
import { tapHttp, type HttpTap } from './tap-http.ts';

export interface Call {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
}

export interface RealServer {
  readonly name: string;
  /** A Node.js script and its arguments. */
  readonly script: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How it is told to serve HTTP; without it only standard streams are tried. */
  readonly http?: HttpServing;
  /** Whether to speak to it on standard streams. */
  readonly stdio: boolean;
  readonly eras: readonly Era[];
  /** What clients say that they can: every set is tried. */
  readonly capabilities: readonly Record<string, unknown>[];
  /** Changes nothing and gives the same answer every time. */
  readonly harmless: () => Call;
  /** The call that the second policy denies. */
  readonly forbidden: () => Call;
  /** Members of an answer that differ from one run to the next even without a gateway. */
  readonly steady?: (answer: JsonRpcMessage) => unknown;
}

export interface HttpServing {
  readonly script: (port: number) => readonly string[];
  readonly env?: (port: number) => Readonly<Record<string, string>>;
  readonly path: string;
  readonly host?: string;
  readonly ready: RegExp;
  readonly transport: 'http' | 'sse';
}

/** One way to the server: directly, and through the gateway under each policy. */
interface Way {
  direct(opening: Opening): Promise<Conversation>;
  through(policy: 'allow' | 'deny', opening: Opening): Promise<Conversation>;
  /** Everything that was sent to the server. */
  seen(): string;
}

const TAP = fileURLToPath(new URL('tap-stdio.mjs', import.meta.url));
const ALLOW = { version: '1', default: 'allow' };
const TOKENS = { allow: newToken(), deny: newToken() } as const;

function newToken(): string {
  return `pcg_${randomBytes(32).toString('base64url')}`;
}

/** Declares the tests of one server. */
export function describeRealServer(server: RealServer): void {
  if (server.stdio) {
    describe(`${server.name} behind portcullis wrap`, () => describeWay(server, () => wrapped(server)));
    describe(`${server.name} as a command behind HTTP`, () => describeWay(server, () => configured(server)));
  }
  const { http } = server;
  if (http !== undefined)
    describe(`${server.name} behind HTTP over ${http.transport === 'sse' ? 'HTTP+SSE' : 'Streamable HTTP'}`, () =>
      describeWay(server, () => registered(server, http)));
}

function describeWay(
  { eras, capabilities, harmless, forbidden, steady = (answer) => answer.result ?? answer.error }: RealServer,
  open: () => Promise<Way & { close(): Promise<void> }>,
): void {
  let way: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    way = await open();
  });
  afterAll(() => way?.close());

  const openings = eras.flatMap((era) => capabilities.map((set) => ({ era, capabilities: set })));
  it.each(openings)('$era clients with $capabilities see the same lists and answers', async (opening) => {
    const direct = await look(await way.direct(opening), harmless(), steady);
    const through = await look(await way.through('allow', opening), harmless(), steady);
    expect(through).toEqual(direct);
    expect(direct.catalog['tools/list']?.length).toBeGreaterThan(0);
  });

  it.each(eras)('a denied call of a %s client never reaches it', async (era) => {
    const conversation = await way.through('deny', { era, capabilities: {} });
    try {
      const before = way.seen().length;
      const denied = await conversation.request('tools/call', { ...forbidden() });
      expect(denied.result).toMatchObject({ isError: true });
      expect(JSON.stringify(denied.result)).toContain('not while testing');
      await conversation.request('tools/call', { ...harmless() });
      const sent = way.seen().slice(before);
      expect(sent).toContain(`"${harmless().name}"`);
      expect(sent).not.toContain(forbidden().name);
    } finally {
      await conversation.close();
    }
  });
}

async function look(conversation: Conversation, call: Call, steady: (answer: JsonRpcMessage) => unknown) {
  try {
    return {
      catalog: await catalogOf(conversation),
      answer: JSON.stringify(steady(await conversation.request('tools/call', { ...call }))),
    };
  } finally {
    await conversation.close();
  }
}

function denying({ forbidden }: RealServer): object {
  return { ...ALLOW, tools: { [forbidden().name]: { action: 'deny', reason: 'not while testing' } } };
}

/** The command with a tap before it, in a folder of its own. */
function tapped({ script, env }: RealServer) {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-servers-'));
  const file = join(folder, 'tap.log');
  writeFileSync(file, '');
  return {
    folder,
    command: [process.execPath, TAP, process.execPath, ...script],
    env: { ...env, TAP_FILE: file },
    seen: () => readFileSync(file, 'utf8'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function wrapped(server: RealServer): Promise<Way & { close(): Promise<void> }> {
  const tap = tapped(server);
  const policies = { allow: join(tap.folder, 'allow.json'), deny: join(tap.folder, 'deny.json') };
  writeFileSync(policies.allow, JSON.stringify(ALLOW));
  writeFileSync(policies.deny, JSON.stringify(denying(server)));
  const variables = Object.entries(tap.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  return Promise.resolve({
    direct: (opening) => overStdio([process.execPath, ...server.script], opening, server.env),
    through: (policy, opening) =>
      overStdio(
        [process.execPath, PROGRAM, 'wrap', '--policy', policies[policy], ...variables, '--', ...tap.command],
        opening,
        { PORTCULLIS_HOME: join(tap.folder, 'home') },
      ),
    seen: tap.seen,
    close: () => Promise.resolve(tap.remove()),
  });
}

async function configured(server: RealServer): Promise<Way & { close(): Promise<void> }> {
  const tap = tapped(server);
  const gateway = await startGateway({
    config: configuration(server, { command: tap.command, env: tap.env }),
  });
  return {
    direct: (opening) => overStdio([process.execPath, ...server.script], opening, server.env),
    through: throughHttp(gateway),
    seen: tap.seen,
    close: async () => {
      await gateway.stop();
      tap.remove();
    },
  };
}

async function registered(server: RealServer, http: HttpServing): Promise<Way & { close(): Promise<void> }> {
  const { running, url } = await serveHttp(server, http);
  let tap: HttpTap | undefined;
  let gateway: TestGateway | undefined;
  try {
    tap = await tapHttp(url);
    gateway = await startGateway({
      config: configuration(server, { url: tap.url, transport: http.transport }),
    });
  } catch (error) {
    tap?.close();
    await running.stop();
    throw error;
  }
  const { seen, close } = tap;
  const opened = gateway;
  return {
    direct: (opening) => (http.transport === 'sse' ? overSse(url, opening) : overHttp(url, opening)),
    through: throughHttp(opened),
    seen,
    close: async () => {
      await opened.stop();
      close();
      await running.stop();
    },
  };
}

async function serveHttp(
  server: RealServer,
  { script, env, host = '127.0.0.1', path, ready }: HttpServing,
): Promise<{ running: RunningProcess; url: string }> {
  const port = await freePort();
  const [file = '', ...args] = script(port);
  const running = runNode(file, args, { env: { ...server.env, ...env?.(port) } });
  await running.line(ready);
  return { running, url: `http://${host}:${port}${path}` };
}

function configuration(server: RealServer, target: object): object {
  return {
    servers: [{ name: 'real', ...target }],
    policies: [
      { name: 'allow', server: 'real', document: ALLOW },
      { name: 'deny', server: 'real', document: denying(server) },
    ],
    grants: (['allow', 'deny'] as const).map((policy) => ({
      label: policy,
      server: 'real',
      policy,
      token: TOKENS[policy],
    })),
  };
}

function throughHttp({ url }: TestGateway): Way['through'] {
  return (policy, opening) =>
    overHttp(`${url}/mcp/real`, { ...opening, headers: { authorization: `Bearer ${TOKENS[policy]}` } });
}
