/** One running gateway with the servers behind it, and callers made over REST. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createPolicy,
  mintGrant,
  registerServer,
  startFixture,
  startGateway,
  type Fixture,
  type TestGateway,
} from '../kit/index.ts';

export const TOOLS_FILE = new URL('tools.json', import.meta.url).pathname;
/** What the recorder does with a call (see its head). */
const MODES = ['json', 'sse', 'ask', 'tasks'] as const;
export type Mode = (typeof MODES)[number];

export interface Caller {
  /** `/mcp/<slug>` of the gateway. */
  readonly url: string;
  readonly slug: string;
  readonly grant: string;
  readonly headers: { readonly authorization: string };
  /** Another policy for this caller from now on. */
  assign(document: object): Promise<void>;
}

export interface Scene {
  readonly gateway: TestGateway;
  /** What gateway and wrapped servers are started with. */
  readonly env: Readonly<Record<string, string>>;
  readonly recorder: Fixture;
  /** A folder that ends with the scene. */
  readonly folder: string;
  caller(mode: Mode, document: object): Promise<Caller>;
  /** Lets the caller's grant reach one more server, where everything is denied. */
  widen(caller: Caller, mode: Mode): Promise<void>;
  /** A number that no one else got. */
  next(): number;
  close(): Promise<void>;
}

/** Nobody approves here, so no call waits for it. */
const ENV = { PORTCULLIS_APPROVAL_HOLD_SECONDS: '0' };

export async function openScene(more: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const env = { ...ENV, ...more };
  const [gateway, recorder, folder] = await Promise.all([
    startGateway({ env: { PORTCULLIS_LOG_LEVEL: 'warn', ...env } }),
    startFixture('recorder', { TOOLS_FILE }),
    mkdtemp(join(tmpdir(), 'portcullis-parity-')),
  ]);
  const servers = new Map<Mode, string>();
  for (const mode of MODES) {
    const server = await registerServer(gateway, {
      name: `parity-${mode}`,
      url: `${recorder.url}?mode=${mode},sessions`,
    });
    servers.set(mode, server.id);
  }
  const policies = new Map<string, Promise<{ readonly id: string }>>();
  let last = 0;
  const next = (): number => (last += 1);
  return {
    gateway,
    env,
    recorder,
    folder,
    next,
    caller: async (mode, document) => {
      const id = servers.get(mode)!;
      const made = (one: object): Promise<string> => {
        const key = `${id} ${JSON.stringify(one)}`;
        const known = policies.get(key) ?? createPolicy(gateway, id, one, `policy ${next()}`);
        policies.set(key, known);
        return known.then((policy) => policy.id);
      };
      const grant = await mintGrant(gateway, id, { label: 'wrap', policyId: await made(document) });
      return {
        url: `${gateway.url}/mcp/${id}`,
        slug: id,
        grant: grant.id,
        headers: { authorization: `Bearer ${grant.token}` },
        assign: async (other) => {
          const change = { policyId: await made(other) };
          const { status, body } = await gateway.api('PATCH', `/grants/${grant.id}`, change);
          if (status !== 200) throw new Error(`PATCH grant: ${status} ${JSON.stringify(body)}`);
        },
      };
    },
    widen: async (caller, mode) => {
      const grant = `/grants/${caller.grant}`;
      const { serverId, policyId } = (await gateway.api('GET', grant)).body;
      const reached = [{ server: serverId, policyId }, { server: servers.get(mode) }];
      const { status, body } = await gateway.api('PATCH', grant, { servers: reached });
      if (status !== 200) throw new Error(`PATCH grant: ${status} ${JSON.stringify(body)}`);
    },
    close: async () => {
      await gateway.stop();
      await recorder.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
