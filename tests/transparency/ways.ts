/** The ways to one real server: directly, and through the gateway under a policy that allows everything or denies one call. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  freePort,
  PROGRAM,
  runNode,
  startGateway,
  untilAnswered,
  type RunningProcess,
  type TestGateway,
} from '../kit/index.ts';
import { overHttp, overSse, overStdio, type Conversation, type Opening } from './conversation.ts';
import { fill, scriptOf, type HttpServing, type RealServer } from './servers.ts';
import { tapHttp, type HttpTap } from './tap-http.ts';

export interface Way {
  direct(opening: Opening): Promise<Conversation>;
  through(policy: 'allow' | 'deny', opening: Opening): Promise<Conversation>;
  /** Everything that was sent to the server. */
  seen(): string;
  close(): Promise<void>;
}

const TAP = fileURLToPath(new URL('tap-stdio.mjs', import.meta.url));
const ALLOW = { version: '1', default: 'allow' };
const TOKENS = { allow: newToken(), deny: newToken() } as const;

function newToken(): string {
  return `pcg_${randomBytes(32).toString('base64url')}`;
}

const denying = ({ deny }: RealServer): object =>
  deny === undefined
    ? ALLOW
    : { ...ALLOW, tools: { [deny.name]: { action: 'deny', reason: 'not while testing' } } };

/** The command with a tap before it. */
function tapped(server: RealServer, folder: string) {
  const file = join(folder, 'tap.log');
  writeFileSync(file, '');
  const plain = [process.execPath, scriptOf(server), ...fill(server.args ?? [], folder)];
  const env = { HOME: folder, ...fill(server.env ?? {}, folder) };
  return {
    direct: (opening: Opening) => overStdio(plain, opening, env),
    command: [process.execPath, TAP, ...plain],
    env: { ...env, TAP_FILE: file },
    seen: () => readFileSync(file, 'utf8'),
  };
}

/** `portcullis wrap` in front of the command. */
export function wrapped(server: RealServer, folder: string): Promise<Way> {
  const tap = tapped(server, folder);
  const policies = { allow: join(folder, 'allow.json'), deny: join(folder, 'deny.json') };
  writeFileSync(policies.allow, JSON.stringify(ALLOW));
  writeFileSync(policies.deny, JSON.stringify(denying(server)));
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const variables = Object.entries(tap.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  return Promise.resolve({
    direct: tap.direct,
    through: (policy, opening) =>
      overStdio(
        [process.execPath, PROGRAM, 'wrap', '--policy', policies[policy], ...variables, '--', ...tap.command],
        opening,
        { PORTCULLIS_HOME: home },
      ),
    seen: tap.seen,
    close: () => Promise.resolve(),
  });
}

/** The HTTP gateway, which starts the command itself. */
export async function configured(server: RealServer, folder: string): Promise<Way> {
  const tap = tapped(server, folder);
  const gateway = await startGateway({
    config: configuration(server, { command: tap.command, env: tap.env }),
  });
  return {
    direct: tap.direct,
    through: throughHttp(gateway),
    seen: tap.seen,
    close: async () => void (await gateway.stop()),
  };
}

/** The HTTP gateway before a server that serves HTTP itself. */
export async function registered(server: RealServer, http: HttpServing, folder: string): Promise<Way> {
  const { running, url } = await serveHttp(server, http, folder);
  const { transport = 'http', bearer } = http;
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  let tap: HttpTap | undefined;
  try {
    const opened = (tap = await tapHttp(url));
    const gateway = await startGateway({
      config: configuration(server, { url: tap.url, transport, headers }),
    });
    return {
      direct: (opening) => (transport === 'sse' ? overSse : overHttp)(url, { ...opening, headers }),
      through: throughHttp(gateway),
      seen: opened.seen,
      close: async () => {
        await gateway.stop();
        opened.close();
        await running.stop();
      },
    };
  } catch (error) {
    tap?.close();
    await running.stop();
    throw error;
  }
}

async function serveHttp(
  server: RealServer,
  { args, env = {}, host = '127.0.0.1', path }: HttpServing,
  folder: string,
): Promise<{ running: RunningProcess; url: string }> {
  const port = await freePort();
  const running = runNode(scriptOf(server), fill(args, folder, port), {
    env: { HOME: folder, ...fill({ ...server.env, ...env }, folder, port) },
    cwd: folder,
  });
  const url = `http://${host}:${port}${path}`;
  try {
    // Real servers have no common word for "ready".
    await untilAnswered(url, running);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return { running, url };
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
