/** Three gateways on one PostgreSQL and one Redis, and calls at all of them. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createPolicy,
  guardServer,
  mintGrant,
  rawPost,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { freshDatabase } from '../kit/postgres.ts';
import { startRedis, type OwnRedis } from '../kit/redis.ts';

export type Outcome = 'allowed' | 'denied' | 'uncounted' | 'lost';

/** The same server, which answers soon or after some seconds. */
export type Which = 'Counted' | 'Slow';

export interface Three {
  readonly redis: OwnRedis;
  readonly nodes: readonly TestGateway[];
  readonly recorder: Fixture;
  /** A new grant under a policy of its own. */
  grantFor(document: object, server?: Which): Promise<string>;
  /** One call of `write_note` at a node. */
  call(node: number, token: string, server?: Which): Promise<Outcome>;
  /** So many calls, spread over the nodes, so many at a time. */
  calls(count: number, width: number, token: string, between?: () => void): Promise<Record<Outcome, number>>;
  /** How many calls have reached the server. */
  arrived(): Promise<number>;
  close(): Promise<void>;
}

export async function startThree(upstreamQuery = ''): Promise<Three> {
  const [database, redis, recorder] = await Promise.all([
    freshDatabase(),
    startRedis(),
    startFixture('recorder'),
  ]);
  const env = {
    PORTCULLIS_DATABASE_URL: database.url,
    PORTCULLIS_REDIS_URL: redis.url,
    PORTCULLIS_MASTER_KEY: randomBytes(32).toString('base64'),
    PORTCULLIS_ADMIN_KEY: `pck_${randomBytes(24).toString('base64url')}`,
  };
  const homes = await Promise.all([0, 1, 2].map(() => mkdtemp(join(tmpdir(), 'portcullis-node-'))));
  const nodes: TestGateway[] = [];
  for (const home of homes) nodes.push(await startGateway({ home, env, readyMs: 60_000 }));
  const first = nodes[0] as TestGateway;
  const register = (name: Which, query: string): Promise<GuardedServer> =>
    guardServer(first, { name, url: recorder.url + query }, { version: '1', default: 'allow' });
  const servers = {
    Counted: (await register('Counted', upstreamQuery)).server.id,
    Slow: (await register('Slow', '?mode=slow&delay=3000')).server.id,
  };
  let policies = 0;
  const call = async (node: number, token: string, server: Which = 'Counted'): Promise<Outcome> => {
    const url = `${(nodes[node % 3] as TestGateway).url}/mcp/${servers[server]}`;
    const message = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'write_note', arguments: {} },
    };
    const answer = await rawPost(url, JSON.stringify(message), { authorization: `Bearer ${token}` }).catch(
      () => undefined,
    );
    if (answer === undefined) return 'lost';
    if (answer.text.includes('[POLICY DENIED]')) return 'denied';
    if (answer.text.includes('PC_COUNTERS_UNAVAILABLE')) return 'uncounted';
    if (answer.json<{ result?: { isError?: boolean } }>().result?.isError === false) return 'allowed';
    return answer.text.includes('"result"') && !answer.text.includes('"isError":true') ? 'allowed' : 'lost';
  };
  return {
    redis,
    nodes,
    recorder,
    call,
    grantFor: async (document, server = 'Counted') => {
      const policy = await createPolicy(first, servers[server], document, `p${++policies}`);
      return (await mintGrant(first, servers[server], { policyId: policy.id })).token;
    },
    calls: async (count, width, token, between = () => {}) => {
      const outcomes: Record<Outcome, number> = { allowed: 0, denied: 0, uncounted: 0, lost: 0 };
      let next = 0;
      const worker = async (): Promise<void> => {
        for (let n = next++; n < count; n = next++) {
          outcomes[await call(n, token)]++;
          between();
        }
      };
      await Promise.all(Array.from({ length: width }, worker));
      return outcomes;
    },
    arrived: async () => (await recorder.calls('tools/call')).length,
    close: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
      await Promise.all([recorder.stop(), redis.close()]);
      await Promise.all(homes.map((home) => rm(home, { recursive: true, force: true })));
      await database.drop();
    },
  };
}

/** A policy with these limits on the one tool that is called. */
export function limited(...limits: readonly object[]): object {
  return { version: '1', default: 'deny', tools: { write_note: { limits } } };
}

/** So long that no run of a suite sees two of it. */
export const YEAR = 366 * 86_400;
